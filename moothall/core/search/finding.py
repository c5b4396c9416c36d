"""Asking the index: which things hold all the words, best first, and only those that the viewer may see.

A thing's score is the sum over the words asked for of weight × likeness × rarity, each at its best; rarity is the
logarithm of 2²⁰ / (things that hold the word), so that the index need not be counted. All of it is whole numbers and
ties go to the newer id: every database orders alike. The form is that of TF-IDF (K. Spärck Jones, 1972), the weights
standing for how often a word is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from .. import kinds
from ..models import Near, Posting, Word
from .index import BODY
from .scoring import best
from .words import SHORTEST_NEAR, STOP, asked, is_slip, shapes, stem

LONGEST_QUESTION = 200  # letters
MOST_ASKED = 8  # words of a question
MOST_BEGUN = 32  # words that begin with what is typed, those of most things first
MOST_NEAR = 16  # words one slip away
MOST_SPACED = 6  # ways to write a question's words together or apart
SHORTEST_HALF = 3  # letters of a word that another is taken apart into
ALIKE, BEGUN, SLIPPED = 4, 2, 1
_SEEN_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Found:
    """Ids by kind, best first, all of them seen by the viewer; of which kinds there are more; and, where nothing holds
    the words as they were typed, what is shown instead of which."""

    ids: dict[str, list[int]]
    more: dict[str, bool]
    instead: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.ids.values())


@dataclass(frozen=True, slots=True)
class Completed:
    words: list[str]
    found: Found


@dataclass(slots=True)
class Term:
    """One word of the question and what it may stand for: a row of the index, its word, and the likeness."""

    typed: str
    is_last: bool
    rows: dict[int, tuple[Word, int]] = field(default_factory=dict)

    @property
    def forms(self) -> set[str]:
        return {self.typed, stem(self.typed)}

    def of(self, kind: str) -> dict[int, int]:
        """What a weight counts for, by the row of the word."""
        return {pk: like * rarity(word.documents) for pk, (word, like) in self.rows.items() if word.kind == kind}

    def take(self, words: Iterable[Word], like: int) -> None:
        for word in words:
            self.rows.setdefault(word.pk, (word, like))


def rarity(documents: int) -> int:
    """1 for the commonest words, 20 for one that a single thing holds."""
    return max(1, 21 - documents.bit_length())


def find(viewer: kinds.Viewer, words: str, among: Sequence[str], *, limit: int = 24, offset: int = 0) -> Found:
    """Things of these kinds that hold all the words: as typed, or in the other number, the last also as a beginning.
    Only if nothing seen does, two words may be one or one be two, as in bean bag and raincoat; and only then each word
    may be one slip away. At most MOST of a kind; words beyond eight are left."""
    return _find(viewer, terms_of(words), among, limit, offset)


def complete(viewer: kinds.Viewer, words: str, among: Sequence[str], *, limit: int = 5) -> Completed:
    """What somebody may be about to type: things, and words that those hold."""
    terms = terms_of(words)
    found = _find(viewer, terms, among, limit, 0)
    head = " ".join(term.typed for term in terms[:-1])
    ends = _ends(terms[-1], found) if terms and found else []
    said = " ".join(asked(words[:LONGEST_QUESTION]))
    whole = [f"{head} {end}".strip() for end in ends]
    return Completed([one for one in whole if one != said][:limit], found)


def terms_of(words: str) -> list[Term]:
    """The words asked for, once each; those that say nothing only where there are no others."""
    typed = list(dict.fromkeys(asked(words[:LONGEST_QUESTION])))
    kept = ([word for word in typed if word not in STOP] or typed)[:MOST_ASKED]
    return [Term(word, is_last=word == typed[-1]) for word in kept]


def _find(viewer: kinds.Viewer, terms: list[Term], among: Sequence[str], limit: int, offset: int) -> Found:
    if not terms:
        return Found({kind: [] for kind in among}, dict.fromkeys(among, False))
    _look_up(terms, among)
    found = _seen(viewer, terms, among, limit, offset)
    # Whether to forgive is asked of what the viewer sees: else the answer tells of what is hidden.
    if found or (offset and _seen(viewer, terms, among, 1, 0)):
        return found
    for spaced, instead in islice(_spaced(terms, among), MOST_SPACED):
        _look_up(spaced, among)
        if _seen(viewer, spaced, among, 1, 0):
            found = _seen(viewer, spaced, among, limit, offset)
            return Found(found.ids, found.more, instead)
    if not _look_near(terms, among):
        return found
    found = _seen(viewer, terms, among, limit, offset)
    return Found(found.ids, found.more, _instead(terms, found))


def _look_up(terms: Sequence[Term], among: Sequence[str]) -> None:
    forms = {form for term in terms for form in term.forms}
    known = list(Word.objects.filter(kind__in=among, word__in=forms))
    for term in terms:
        term.take((word for word in known if word.word in term.forms), ALIKE)
        if term.is_last:
            for kind in among:
                begun = Word.objects.filter(kind=kind, word__gte=term.typed, word__lt=term.typed + "\U0010ffff")
                term.take(begun.order_by("-documents", "word")[:MOST_BEGUN], BEGUN)


def _spaced(terms: Sequence[Term], among: Sequence[str]) -> Iterator[tuple[list[Term], dict[str, str]]]:
    """The question with two neighbours as one word, or a word as two, where some thing holds them; and what is shown
    instead of which."""
    words = [term.typed for term in terms]
    ways: list[tuple[int, int, tuple[str, ...]]] = [
        (n, n + 2, (one + other,)) for n, (one, other) in enumerate(pairwise(words))
    ]
    for n, word in enumerate(words):
        ends = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        ways += [(n, n + 1, (word[:end], word[end:])) for end in ends]
    forms = {form for _start, _end, new in ways for word in new for form in (word, stem(word))}
    known = set(Word.objects.filter(kind__in=among, word__in=forms).values_list("word", flat=True)) if forms else set()
    for start, end, new in ways:
        if all(word in known or stem(word) in known for word in new):
            others = [Term(term.typed, term.is_last) for term in terms]
            others[start:end] = [Term(word, is_last=False) for word in new]
            yield others, {" ".join(words[start:end]): " ".join(new)}


def _look_near(terms: Sequence[Term], among: Sequence[str]) -> bool:
    """Give each term the words one slip away; whether there are any."""
    long = [term for term in terms if len(term.typed) >= SHORTEST_NEAR]
    cut = {form: shapes(form) for term in long for form in term.forms if len(form) >= SHORTEST_NEAR}
    less = {shape for some in cut.values() for shape in some}
    if not less:
        return False
    # Two questions: with an OR between them PostgreSQL would read all the words there are.
    having = Near.objects.filter(shape__in=less | cut.keys(), word__kind__in=among).select_related("word")
    known = {one.word.pk: one.word for one in having}
    known |= {word.pk: word for word in Word.objects.filter(kind__in=among, word__in=less)}
    near = sorted(known.values(), key=lambda word: (-word.documents, word.word, word.kind))
    before = sum(len(term.rows) for term in terms)
    for term in long:
        for kind in among:
            slips = (one for one in near if one.kind == kind and any(_is_near(one.word, form) for form in term.forms))
            term.take([one for one in slips if one.pk not in term.rows][:MOST_NEAR], SLIPPED)
    return sum(len(term.rows) for term in terms) > before


def _is_near(word: str, form: str) -> bool:
    return min(len(word), len(form)) >= SHORTEST_NEAR and is_slip(word, form)


def _seen(viewer: kinds.Viewer, terms: Sequence[Term], among: Sequence[str], limit: int, offset: int) -> Found:
    ids: dict[str, list[int]] = {}
    more: dict[str, bool] = {}
    held = {pk: word.documents for term in terms for pk, (word, _like) in term.rows.items()}
    step = max(_SEEN_AT_ONCE, limit)
    for kind in among:
        ranked = best([term.of(kind) for term in terms], held)
        seen: list[int] = []
        for start in range(0, len(ranked), step):
            visible = kinds.visible(kind, viewer, ranked[start : start + step])
            seen += [id for id in ranked[start : start + step] if id in visible]
            if len(seen) > offset + limit:
                break
        ids[kind], more[kind] = seen[offset : offset + limit], len(seen) > offset + limit
    return Found(ids, more)


def _instead(terms: Sequence[Term], found: Found) -> dict[str, str]:
    """For each word that what is shown first does not hold as typed, the word that it holds."""
    first = next(((kind, ids[0]) for kind, ids in found.ids.items() if ids), None)
    if first is None:
        return {}
    rows = {pk for term in terms for pk, (word, _like) in term.rows.items() if word.kind == first[0]}
    held = Posting.objects.filter(subject_id=first[1], word__in=rows).order_by("-weight", "word__word")
    words = list(held.values_list("word", flat=True))
    shown = {}
    for term in terms:
        its = [term.rows[pk] for pk in words if pk in term.rows]
        if its and max(like for _word, like in its) == SLIPPED:
            shown[term.typed] = its[0][0].word
    return shown


def _ends(last: Term, found: Found) -> list[str]:
    """Words that the last one may become, of the things found, the strongest first. A word that is only in a thing's
    long text is no name for it, and a singular that weighs no more than its plural is perhaps nobody's word."""
    ids = {id for some in found.ids.values() for id in some}
    rows = Posting.objects.filter(subject_id__in=ids, word__in=last.rows, weight__gt=BODY)
    held: dict[tuple[str, int], dict[str, int]] = {}
    for id, row, weight in rows.values_list("subject_id", "word", "weight"):
        word = last.rows[row][0]
        held.setdefault((word.kind, id), {})[word.word] = weight
    ends: dict[str, None] = {}
    for thing in ((kind, id) for kind, some in found.ids.items() for id in some):
        words = held.get(thing, {})
        made = {
            stem(word) for word, weight in words.items() if words.get(stem(word), 0) <= weight and stem(word) != word
        }
        ends |= dict.fromkeys(sorted(words.keys() - made, key=lambda word: (-words[word], word)))
    return list(ends)
