"""Keeping the index: things that were touched are read by the worker, a batch in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import connection, transaction
from django.db.models import F

from .. import clock, kinds, work
from ..models import Hall, Near, Posting, Stale, Word
from .words import STOP, fold, shapes, stem

# How much a text says of its thing. A title says more the shorter it is: 64 for one word, 44 for six.
TITLE, SHORT_TITLE = 40, 24
STRONG, SIDE, BODY = 24, 12, 4
MOST_WORDS = 96  # of one thing, the strongest first
MOST_LETTERS = 4_000  # of one text
BATCH = 100
Words = dict[str, int]


def touch(kind: str, ids: Iterable[int]) -> None:
    """Said by an action in its transaction: these changed, or came, or went. Rows are only added here, so that actions
    wait neither for each other nor for the worker."""
    if not connection.in_atomic_block:
        raise RuntimeError("what can be found is touched in the transaction of its change")
    now = clock.now()
    Stale.objects.bulk_create((Stale(kind=kind, subject_id=id, due=now) for id in ids), batch_size=1000)


@work.enrol("search", Stale, batch=BATCH, lease=120)
def read_stale(rows: Sequence[Stale]) -> None:
    """A touch that comes meanwhile is a row of its own and is read later: the last state is the one that stays."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.kind].add(row.subject_id)
    with transaction.atomic():
        for kind, ids in sorted(wanted.items()):
            index(kind, ids)
        Stale.objects.filter(pk__in=[row.pk for row in rows], claim=rows[0].claim).delete()


def rebuild() -> Iterator[tuple[str, int]]:
    """Read everything anew while the hall is open; tells of each batch its kind and how many it held."""
    for name, kind in sorted(kinds.known().items()):
        if kind.documents is None or kind.ids is None:
            continue
        indexed = Posting.objects.filter(word__kind=name).values_list("subject_id", flat=True).distinct()
        for ids in _batched(sorted({*kind.ids(), *indexed})):
            with transaction.atomic():
                index(name, ids)
            yield name, len(ids)


def _batched(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        yield batch


def index(kind: str, ids: Iterable[int]) -> None:
    """Make the index say of these what they say of themselves now. What is gone, or seen by nobody, leaves it."""
    # One at a time, and what the things say is read behind this lock: else of two who read the same thing the one
    # with the older state might write last.
    list(Hall.objects.select_for_update().values_list("pk"))
    subjects = sorted(set(ids))
    found = kinds.known().get(kind)
    documents = found.documents(subjects) if found and found.documents else {}
    wanted = {id: words_of(documents[id]) if id in documents else {} for id in subjects}
    there: dict[int, dict[str, tuple[int, int, int]]] = {id: {} for id in subjects}
    rows = Posting.objects.filter(subject_id__in=subjects, word__kind=kind)
    for pk, id, weight, word_id, word in rows.values_list("pk", "subject_id", "weight", "word_id", "word__word"):
        there[id][word] = (pk, weight, word_id)
    _write(kind, wanted, there)


def words_of(document: kinds.Doc) -> Words:
    """Each word with its weight, plurals beside their singular. Words that say nothing are kept of a title only."""
    title = fold(document.title[:MOST_LETTERS])
    found: Words = {}
    _add(found, title, TITLE + SHORT_TITLE // max(len(title), 1))
    for weight, text in sorted(document.texts.items(), reverse=True):
        _add(found, (word for word in fold(text[:MOST_LETTERS]) if word not in STOP), weight)
    return dict(islice(found.items(), MOST_WORDS))


def _add(found: Words, words: Iterable[str], weight: int) -> None:
    for word in words:
        found.setdefault(word, weight)
        found.setdefault(stem(word), weight)


def _write(kind: str, wanted: Mapping[int, Words], there: Mapping[int, Mapping[str, tuple[int, int, int]]]) -> None:
    known = _word_ids(kind, {word for words in wanted.values() for word in words})
    fresh: list[Posting] = []
    others: list[Posting] = []
    gone: list[int] = []
    moved: Counter[int] = Counter()
    for id, words in wanted.items():
        old = there[id]
        for word, weight in words.items():
            if word not in old:
                fresh.append(Posting(word_id=known[word], subject_id=id, weight=weight))
                moved[known[word]] += 1
            elif old[word][1] != weight:
                others.append(Posting(pk=old[word][0], weight=weight))
        for word in old.keys() - words.keys():
            gone.append(old[word][0])
            moved[old[word][2]] -= 1
    for pks in _batched(gone):
        Posting.objects.filter(pk__in=pks).delete()
    Posting.objects.bulk_update(others, ["weight"], batch_size=200)
    Posting.objects.bulk_create(fresh, batch_size=2000)
    _count(moved)


def _word_ids(kind: str, words: set[str]) -> dict[str, int]:
    """The row of each word; unknown words are added with their shapes."""
    known: dict[str, int] = {}
    for some in _chunks(sorted(words)):
        known.update(Word.objects.filter(kind=kind, word__in=some).values_list("word", "pk"))
    fresh = Word.objects.bulk_create([Word(kind=kind, word=word) for word in sorted(words - known.keys())], 1000)
    near = (Near(word=word, shape=shape) for word in fresh for shape in sorted(shapes(word.word)))
    Near.objects.bulk_create(near, batch_size=2000)
    return known | {word.word: word.pk for word in fresh}


def _chunks(words: list[str]) -> Iterator[list[str]]:
    return (words[n : n + 1000] for n in range(0, len(words), 1000))


def _count(moved: Mapping[int, int]) -> None:
    """How many things hold each word; a word that nothing holds is forgotten, as it may be the name of somebody who
    left."""
    by_step: dict[int, list[int]] = defaultdict(list)
    for word, step in moved.items():
        by_step[step].append(word)
    for step, words in sorted(by_step.items()):
        if step:
            Word.objects.filter(pk__in=words).update(documents=F("documents") + step)
    less = [word for word, step in moved.items() if step < 0]
    Word.objects.filter(pk__in=less, documents=0).delete()
