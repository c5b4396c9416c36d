"""Search gives what a plain look through everything would give, on either database, and nothing that is not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from moothall.core import kinds, search, work
from moothall.core.kinds import Doc, Kind
from moothall.core.models import Near, Posting, Stale, Word
from moothall.core.search import index as keeping
from moothall.core.search.finding import (
    ALIKE,
    BEGUN,
    LONGEST_QUESTION,
    MOST_SPACED,
    SHORTEST_HALF,
    SLIPPED,
    rarity,
)
from moothall.core.search.index import words_of
from moothall.core.search.words import SHORTEST_NEAR, STOP, asked, stem
from tests.core.test_words import distance, slipped

pytestmark = pytest.mark.django_db

POOL = (
    "lamp lamps lmap clamp pot pots potter berry berries bery café cafe the of red rde blue bleu wool woolly woll "
    "tw-01 抹茶碗 iris glasses glass Ёлка"
).split()
SAID = st.lists(st.sampled_from(POOL), min_size=1, max_size=4).map(" ".join)
DOC = st.builds(Doc, SAID, st.dictionaries(st.sampled_from([search.STRONG, search.SIDE, search.BODY]), SAID))
DOCS = st.dictionaries(st.integers(1, 9), DOC, min_size=1)


@dataclass
class Shelf:
    """Things of a kind of the test's own; each viewer is the set of what is hidden from them."""

    docs: dict[int, Doc] = field(default_factory=dict)
    asked_for: list[list[int]] = field(default_factory=list)

    def visible(self, viewer: frozenset[int], ids: Iterable[int]) -> set[int]:
        self.asked_for.append(list(ids))
        return {id for id in self.asked_for[-1] if id in self.docs and id not in viewer}

    def documents(self, ids: Iterable[int]) -> dict[int, Doc]:
        return {id: self.docs[id] for id in ids if id in self.docs}

    def hold(self, **titles: str) -> None:
        """hold(_1="Red lamp"), and nothing else."""
        self.docs = {int(name[1:]): Doc(title) for name, title in titles.items()}
        list(search.rebuild())

    def find(self, words: str, hidden: Iterable[int] = (), limit: int = 50, offset: int = 0) -> list[int]:
        return search.find(frozenset(hidden), words, ["thing"], limit=limit, offset=offset).ids["thing"]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = Shelf()
    thing = Kind("thing", made.visible, lambda viewer, ids: {}, made.documents, lambda: sorted(made.docs))
    monkeypatch.setattr(kinds, "_kinds", {"thing": thing})
    return made


# ---- what is found


@pace(max_examples=150)
@given(docs=DOCS, data=st.data())
def test_the_same_as_a_look_through_everything(shelf: Shelf, docs: dict[int, Doc], data: st.DataObject) -> None:
    """What the last example left is written over, so that changes and removals are tried too."""
    shelf.docs = docs
    list(search.rebuild())
    for _question in range(4):
        words = data.draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=3))
        words = [slipped(word, data) if data.draw(st.booleans()) else word for word in words]
        hidden = data.draw(st.frozensets(st.sampled_from(sorted(docs))))
        assert shelf.find(" ".join(words), hidden) == plainly(docs, hidden, " ".join(words))
    assert counted_right()


def plainly(docs: dict[int, Doc], hidden: frozenset[int], question: str) -> list[int]:
    """Each thing is looked at: for the words as typed; else for those written together or apart; else one slip away."""
    words = {id: words_of(doc) for id, doc in docs.items()}
    held = Counter(word for own in words.values() for word in own)
    typed = list(dict.fromkeys(asked(question)))
    terms = [(word, word == typed[-1]) for word in [word for word in typed if word not in STOP] or typed]

    def looked(terms: list[tuple[str, bool]], forgiving: bool = False) -> list[int]:
        scores = {}
        for id, own in words.items():
            best = [
                max((w * like(term, word, is_last, forgiving) * rarity(held[word]) for word, w in own.items()))
                for term, is_last in terms
            ]
            if id not in hidden and best and all(best):
                scores[id] = sum(best)
        return sorted(scores, key=lambda id: (-scores[id], -id))

    ways = list(islice(spaced(terms, held), MOST_SPACED))
    return next((found for found in map(looked, [terms, *ways]) if found), looked(terms, forgiving=True))


def spaced(terms: list[tuple[str, bool]], held: Container[str]) -> Iterator[list[tuple[str, bool]]]:
    """Two neighbours as one word, then a word as two, where things hold each of the words that come of it."""
    together = [(n, n + 2, [terms[n][0] + terms[n + 1][0]]) for n in range(len(terms) - 1)]
    apart = [
        (n, n + 1, [word[:end], word[end:]])
        for n, (word, _is_last) in enumerate(terms)
        for end in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    ]
    for start, end, new in together + apart:
        if all(word in held or stem(word) in held for word in new):
            yield [*terms[:start], *((word, False) for word in new), *terms[end:]]


def like(term: str, word: str, is_last: bool, forgiving: bool) -> int:
    if word in (term, stem(term)):
        return ALIKE
    if is_last and word.startswith(term):
        return BEGUN
    near = [form for form in (term, stem(term)) if min(len(form), len(word)) >= SHORTEST_NEAR]
    return SLIPPED if forgiving and any(distance(form, word) == 1 for form in near) else 0


def test_two_words_may_be_one_and_one_two(shelf: Shelf) -> None:
    shelf.hold(_1="Black beanbags", _2="Rain coat", _3="Bean", _4="Bag of rain")
    assert shelf.find("black bean bag") == [1]
    assert shelf.find("raincoats") == [2]
    found = search.find(frozenset(), "raincoat", ["thing"])
    assert found.instead == {"raincoat": "rain coat"}
    unseen = search.find(frozenset({1}), "black bean bag", ["thing"])
    assert (unseen.ids, unseen.instead) == ({"thing": []}, {})
    shelf.hold(_1="Beanbag", _2="Bag, bean")
    assert shelf.find("bean bag") == [2], "as it was typed comes before"


@given(text=st.text(max_size=80), other=st.text(max_size=80))
def test_each_word_of_a_title_finds_it(shelf: Shelf, text: str, other: str) -> None:
    shelf.hold(_1=text, _2=other)
    for word in asked(text):
        assert 1 in shelf.find(word)
    for n, word in enumerate(asked(text)[:-1]):
        assert 1 in shelf.find(f"{word} {asked(text)[n + 1]}")


@given(word=st.text("abcdefgéжя", min_size=5, max_size=12), data=st.data())
def test_one_slip_in_a_word_of_five_letters_is_forgiven(shelf: Shelf, word: str, data: st.DataObject) -> None:
    shelf.hold(_1=f"Blue {word}", _2="Green thing")
    assert shelf.find(f"{slipped(word, data)} blue") == [1]


def test_two_words_one_with_a_slip_find_the_right_thing(shelf: Shelf) -> None:
    shelf.hold(_1="Red desk lamp", _2="Red kettle", _3="Green desk lamp", _4="Ramp, red")
    found = search.find(frozenset(), "red lmap", ["thing"])
    assert (found.ids["thing"], found.instead) == ([1], {"lmap": "lamp"})
    assert search.find(frozenset(), "red lamp", ["thing"]).instead == {}


def test_what_is_as_typed_comes_before_what_begins_so(shelf: Shelf) -> None:
    shelf.hold(_1="Pot", _2="Pottery wheel", _3="Lidded pot of clay")
    assert shelf.find("pot") == [1, 3, 2]
    assert shelf.find("pots") == [1, 3]
    assert shelf.find("potter") == [2]


def test_of_alike_the_newer_comes_first_and_pages_follow_each_other(shelf: Shelf) -> None:
    shelf.hold(**{f"_{n}": "Plain mug" for n in range(1, 31)})
    whole = shelf.find("mug")
    assert whole == list(range(30, 0, -1))
    assert shelf.find("mug", limit=7) + shelf.find("mug", limit=23, offset=7) == whole
    first = search.find(frozenset(), "mug", ["thing"], limit=30)
    assert not first.more["thing"]
    assert search.find(frozenset(), "mug", ["thing"], limit=29).more["thing"]
    assert not search.find(frozenset(), "mug", ["thing"], limit=5, offset=40).ids["thing"]


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others(shelf: Shelf) -> None:
    shelf.hold(_1="The The", _2="Lamp for the desk")
    assert shelf.find("the lamp for a desk") == [2]
    assert shelf.find("the") == [1, 2]


@pytest.mark.parametrize(
    "odd", ["", " ", "\0", "%", "_", "'", '"; DROP TABLE core_word; --', "lamp\0", "\ud800", "*", "🏺"]
)
def test_odd_questions_break_nothing(shelf: Shelf, odd: str) -> None:
    shelf.hold(_1="Lamp")
    assert shelf.find(odd) == ([1] if "lamp" in odd else [])
    assert search.complete(frozenset(), odd, ["thing"]).words == []


def test_a_long_question_is_cut(shelf: Shelf) -> None:
    shelf.hold(_1="a1 a2 a3 a4 a5 a6 a7 a8")
    assert shelf.find("a1 a2 a3 a4 a5 a6 a7 a8 nothing like it") == [1]
    assert shelf.find("a1 " * LONGEST_QUESTION + "nothing") == [1]
    assert shelf.find("x" * 10_000) == []


# ---- what is not seen


def test_the_unseen_neither_is_found_nor_decides(shelf: Shelf) -> None:
    """Whether somebody hidden holds the word as typed makes no difference to what is forgiven, offered or counted."""
    shelf.hold(_1="Lamp", _2="Lmap")
    with_it = search.find(frozenset({2}), "lmap", ["thing"], limit=1)
    done = search.complete(frozenset({2}), "lm", ["thing"])
    assert (with_it.ids["thing"], with_it.more["thing"], with_it.instead) == ([1], False, {"lmap": "lamp"})
    assert (done.words, done.found.ids["thing"]) == ([], [])
    shelf.hold(_1="Lamp")
    assert search.find(frozenset({2}), "lmap", ["thing"], limit=1) == with_it


def test_more_is_said_of_what_is_seen_only(shelf: Shelf) -> None:
    shelf.hold(**{f"_{n}": "Mug" for n in range(1, 401)})
    hidden = frozenset(range(2, 401))
    found = search.find(hidden, "mug", ["thing"], limit=1)
    assert (found.ids["thing"], found.more["thing"]) == ([1], False)


def test_completion_is_made_of_what_is_seen(shelf: Shelf) -> None:
    shelf.hold(_1="Woolly hat", _2="Woollen secret", _3="James Wool")
    assert search.complete(frozenset({2}), "red woo", ["thing"]).words == []
    assert search.complete(frozenset({2}), "wool", ["thing"]).words == ["woolly"]
    assert search.complete(frozenset(), "jam", ["thing"]).words == ["james"]
    assert set(search.complete(frozenset(), "woo", ["thing"]).words) == {"wool", "woolly", "woollen"}


# ---- keeping it


def test_a_touch_belongs_to_a_change(shelf: Shelf, transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        search.touch("thing", [1])


def test_what_was_touched_is_found_once_the_worker_came_by(shelf: Shelf) -> None:
    shelf.docs = {1: Doc("Lamp"), 2: Doc("Kettle")}
    with transaction.atomic():
        search.touch("thing", [1, 2])
        search.touch("unheard of", [7])
    assert shelf.find("lamp") == []
    work.do_due()
    assert shelf.find("lamp") == [1]
    del shelf.docs[1]
    with transaction.atomic():
        search.touch("thing", [1])
    work.do_due()
    assert not Word.objects.filter(word="lamp").exists(), "the name of what left stays behind"
    assert not Near.objects.exclude(word__word="kettle").exists()
    assert not Stale.objects.exists()


def test_what_is_touched_while_it_is_read_is_read_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.docs = {1: Doc("Old name")}
    read = shelf.documents

    def changed_meanwhile(ids: Iterable[int]) -> dict[int, Doc]:
        found = read(ids)
        if shelf.docs[1].title == "Old name":
            shelf.docs[1] = Doc("New name")
            search.touch("thing", [1])
        return found

    monkeypatch.setattr(kinds.known()["thing"], "documents", changed_meanwhile)
    with transaction.atomic():
        search.touch("thing", [1])
    work.do_due()
    assert (shelf.find("new"), shelf.find("old")) == ([1], [])


def test_twice_read_is_once_written(shelf: Shelf) -> None:
    shelf.hold(_1="Red lamps", _2="Lamp")
    before = list(Posting.objects.order_by("pk").values_list())
    for _time in range(2):
        list(search.rebuild())
    assert list(Posting.objects.order_by("pk").values_list()) == before
    assert counted_right()


def test_a_thing_that_cannot_be_read_waits_and_holds_up_no_other(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.docs = {1: Doc("Lamp")}
    monkeypatch.setattr(kinds.known()["thing"], "documents", lambda ids: 1 / 0)
    with transaction.atomic():
        search.touch("thing", [1])
    work.do_due()
    assert Stale.objects.get().error.startswith("ZeroDivisionError")
    monkeypatch.setattr(kinds.known()["thing"], "documents", shelf.documents)
    Stale.objects.update(due="2000-01-01T00:00:00Z")
    work.do_due()
    assert shelf.find("lamp") == [1]


def test_a_thing_has_so_many_words_the_strongest_first(shelf: Shelf) -> None:
    body = " ".join(f"word{n}x" for n in range(2000))
    words = words_of(Doc("Lamp", {search.BODY: body, search.STRONG: "Wool"}))
    assert len(words) == keeping.MOST_WORDS
    assert list(words)[:2] == ["lamp", "wool"]


def counted_right() -> bool:
    held = dict(Posting.objects.values_list("word").annotate(n=Count("pk")))
    return held == dict(Word.objects.values_list("pk", "documents"))
