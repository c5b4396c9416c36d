"""Whatever is asked, joined, left, taken back, declined, taken in and undone, in whatever order: the rows are what a
plain reckoning of the same says. ASK_CASES says how many sequences are tried."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.catalog.models import Product, Revision
from moothall.config.invariants import offenders
from moothall.core.refusals import Refusal
from moothall.improvements import actions
from moothall.improvements.actions.asking import A_DAY, MOST_OPEN
from moothall.improvements.models import Improvement, Voice
from moothall.people.models import Profile
from tests.improvements.made import asked, brought, fresh, known
from tests.town import Town

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("ASK_CASES", "25"))
DEEDS = ("ask", "join", "leave", "back", "again", "decline", "reopen", "bring", "undo")
STEP = st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 5), st.integers(0, 63))


@dataclass
class Ask:
    """An improvement as it ought to be."""

    first: int
    number: int
    voices: set[int]
    state: str = "open"
    revision: int | None = None


@dataclass
class Plain:
    """The same, reckoned without a database. Says whether a deed is done."""

    asks: list[Ask] = field(default_factory=list)
    took: list[list[Ask]] = field(default_factory=lambda: [[]])  # by revision, the first one takes nothing in

    def do(self, deed: str, who: int, which: int, many: int) -> bool:
        if deed == "ask":
            waiting = [one for one in self.asks if one.first == who and one.state == "open"]
            may = len(waiting) < MOST_OPEN and sum(one.first == who for one in self.asks) < A_DAY
            if may:
                self.asks.append(Ask(who, len(self.took), {who}))
            return may
        if deed == "bring":
            return self._bring([one for n, one in enumerate(self.asks) if many >> n & 1])
        if deed == "undo":
            return self._undo()
        return which < len(self.asks) and self._of(self.asks[which], deed, who)

    def _of(self, one: Ask, deed: str, who: int) -> bool:
        if deed == "join" and one.state == "open":
            one.voices.add(who)
            return True
        if deed == "leave" and one.first != who and (one.state == "open" or who not in one.voices):
            one.voices.discard(who)
            return True
        moves = {
            "back": ("open", "back"),
            "again": ("back", "open"),
            "decline": ("open", "declined"),
            "reopen": ("declined", "open"),
        }
        own = deed in ("decline", "reopen") or one.first == who
        if deed in moves and own and one.state == moves[deed][0]:
            one.state = moves[deed][1]
            return True
        return False

    def _bring(self, chosen: list[Ask]) -> bool:
        if any(one.state != "open" for one in chosen):
            return False
        self.took.append(chosen)
        for one in chosen:
            one.state, one.revision = "taken", len(self.took)
        return True

    def _undo(self) -> bool:
        if len(self.took) < 2:
            return False
        for one in self.took.pop():
            one.state, one.revision = "open", None
        for one in self.asks:
            one.number = min(one.number, len(self.took))
        return True


@dataclass
class Real:
    """The same by the actions."""

    product: Product
    people: tuple[Profile, ...]
    maker: Profile
    made: list[Improvement] = field(default_factory=list)
    words: int = 0

    def do(self, deed: str, who: int, which: int, many: int) -> bool:
        try:
            with transaction.atomic():
                return self._do(deed, self.people[who], which, many)
        except Refusal:
            return False

    def _do(self, deed: str, by: Profile, which: int, many: int) -> bool:
        self.words += 1
        if deed == "ask":
            self.made.append(asked(by, self.product, f"Change {self.words}"))
        elif deed == "bring":
            brought(self.maker, self.product, *self._chosen(many), words=f"New {self.words}")
        elif deed == "undo":
            number = Product.objects.get(pk=self.product.pk).revision
            actions.take_back_revision(by=self.maker, product=self.product, number=number)
        elif which < len(self.made):
            self._of(fresh(self.made[which]), deed, by)
        return True

    def _of(self, one: Improvement, deed: str, by: Profile) -> None:
        match deed:
            case "join":
                actions.join(by=by, improvement=one)
            case "leave":
                actions.leave(by=by, improvement=one)
            case "back":
                actions.take_back(by=by, improvement=one)
            case "again":
                actions.ask_again(by=by, improvement=one)
            case "decline":
                actions.decline(by=self.maker, improvement=one, answer="It would not close.")
            case _:
                actions.reopen(by=self.maker, improvement=one)

    def _chosen(self, many: int) -> list[Improvement]:
        return [one for n, one in enumerate(self.made) if many >> n & 1]


def states(real: Real) -> list[tuple[int, str, int | None, int, set[int]]]:
    rows = {row.pk: row for row in Improvement.objects.all()}
    places = {one.pk: n for n, one in enumerate(real.people)}
    voices: dict[int, set[int]] = {pk: set() for pk in rows}
    for voice in Voice.objects.all():
        voices[voice.improvement_id].add(places[voice.person_id])
    found = (rows[one.pk] for one in real.made)
    return [(row.number, row.state, row.revision, row.asks, voices[row.pk]) for row in found]


@settings(max_examples=CASES, deadline=None)
@given(steps=st.lists(STEP, max_size=25))
def test_the_rows_are_what_a_plain_reckoning_says(town: Town, steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        town.mira.refresh_from_db()
        people = (town.ana, town.ben, town.noor)
        known(*people)
        plain, real = Plain(), Real(town.product(), people, town.mira)
        real.product.refresh_from_db()
        for step in steps:
            before = len(plain.asks)
            may = plain.do(*step)
            did = real.do(*step)
            # An act that says the same twice is done once and refuses nothing.
            assert did or not may, step
            assert len(plain.asks) == len(real.made) or len(plain.asks) == before
        assert states(real) == [
            (one.number, one.state, one.revision, len(one.voices), one.voices) for one in plain.asks
        ]
        assert Product.objects.get(pk=real.product.pk).revision == len(plain.took)
        asked_in = Revision.objects.filter(product=real.product).order_by("number").values_list("asked", flat=True)
        assert list(asked_in) == [len(chosen) for chosen in plain.took]
        assert offenders() == {}
        transaction.set_rollback(True)
