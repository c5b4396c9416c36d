"""Whatever is sold, given back, signed, posted late and paid out: the books say what a plain reckoning says, to the
penny. CREDIT_CASES says how many sequences are tried."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core import work
from moothall.core.refusals import Refusal
from moothall.credit import actions
from moothall.credit.models import PayoutLine
from moothall.ideas.models import Idea
from moothall.ledger.actions import PAYABLE, book
from moothall.ledger.queries import balance
from moothall.orders.models import Order
from moothall.people.models import Profile
from tests.credit.ground import IBANS, all_owed, contributors, made, parts, refund, steward
from tests.town import Town, lines_of

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("CREDIT_CASES", "25"))
CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(1, 7)),
        st.tuples(st.just("sell"), st.integers(1, 7)),
        st.tuples(st.just("refund"), st.integers(0, 5), st.integers(1, 4)),
        st.tuples(st.just("split"), CUTS),
        st.tuples(st.just("work")),
        st.tuples(st.just("pay out")),
    ),
    min_size=3,
    max_size=12,
)
PRICES = st.sampled_from(["0.07", "3.33", "12.50", "99.99"])
RATES = st.sampled_from([1, 333, 500, 1000, 5000])


def rounded(exact: Fraction) -> int:
    """Half up; nothing here is below zero."""
    return floor(exact + Fraction(1, 2))


def shared(amount: int, points: dict[int, int]) -> dict[int, int]:
    """By largest remainder, of alike ones the lowest id first: each takes what is whole, then a penny each."""
    exact = {who: Fraction(amount * part, 10_000) for who, part in points.items()}
    found = {who: floor(one) for who, one in exact.items()}
    while sum(found.values()) < amount:
        who = max(exact, key=lambda one: (exact[one] - found[one], -one))
        found[who] += 1
    return found


@dataclass
class Sale:
    order: Order
    amount: int
    pieces: int
    back: int = 0
    by: dict[int, int] | None = None  # the split that stood when it was paid
    posted: dict[int, int] | None = None  # minor units for each, before anything went back

    @property
    def left(self) -> int:
        return self.amount - rounded(Fraction(self.amount * self.back, self.pieces))


@dataclass
class Reckoning:
    """The same in plain numbers, beside what the hall does."""

    town: Town
    idea: Idea
    thing: Variant
    rate: int
    stella: Profile
    sales: list[Sale] = field(default_factory=list)
    splits: list[dict[int, int]] = field(default_factory=list)
    paid: dict[int, int] = field(default_factory=dict)
    payouts: int = 0

    def sell(self, pieces: int) -> None:
        order = self.town.bought(self.town.noor, {self.thing: pieces})
        amount = lines_of(order)[0].amount
        self.sales.append(Sale(order, amount, pieces, by=self.splits[-1] if self.splits else None))

    def refund(self, which: int, pieces: int) -> None:
        if not self.sales:
            return
        sale = self.sales[which % len(self.sales)]
        pieces = min(pieces, sale.pieces - sale.back)
        if pieces and rounded(Fraction(sale.amount * (sale.back + pieces), sale.pieces)) > sale.amount - sale.left:
            refund(self.town, sale.order, pieces)
            sale.back += pieces

    def split(self, cuts: tuple[int, int]) -> None:
        low, high = sorted(cuts)
        people = contributors(self.town)
        points = {one.pk: part for one, part in zip(people, (low, high - low, 10_000 - high), strict=True) if part}
        named = [(one, points[one.pk]) for one in people if one.pk in points]
        made_ = actions.propose_split(by=self.idea.lead, idea=self.idea, parts=parts(*named))
        for one, _points in named:
            actions.sign(by=one, split=made_)
        if not self.splits or self.splits[-1] != points:
            self.splits.append(points)

    def work(self) -> None:
        work.do_due()
        for sale in self.sales:
            points = sale.by or (self.splits[0] if self.splits else None)
            royalty = rounded(Fraction(sale.amount * self.rate, 10_000))
            if points and sale.posted is None:
                sale.posted = shared(royalty, points)

    def pay_out(self) -> None:
        owed = self.owed()
        ready = {one.pk for one in (self.town.ana, self.town.ben) if owed.get(one.pk, 0) >= 500}
        for _twice in range(2):
            try:
                actions.pay_out(by=self.stella, after=self.payouts)
            except Refusal:
                assert not ready
        if ready:
            self.payouts += 1
            for who in ready:
                self.paid[who] = self.paid.get(who, 0) + owed[who]

    def owed(self) -> dict[int, int]:
        found = {who: -amount for who, amount in self.paid.items()}
        for sale in self.sales:
            for who, part in (sale.posted or {}).items():
                found[who] = found.get(who, 0) + rounded(Fraction(part * sale.left, sale.amount))
        return found

    def agrees(self) -> None:
        owed, people = self.owed(), contributors(self.town)
        assert all_owed(*people) == [owed.get(one.pk, 0) for one in people]
        earned = sum(owed.values()) + sum(self.paid.values())
        assert -balance(book(self.town.brand, PAYABLE, "GBP")) == sum(sale.left for sale in self.sales) - earned
        assert sum(PayoutLine.objects.values_list("amount", flat=True)) == sum(self.paid.values())


def test_the_books_say_what_a_plain_reckoning_says(town: Town) -> None:
    stella = steward()
    for n, one in enumerate((town.ana, town.ben)):
        actions.set_payee(by=one, holder=one.name, iban=IBANS[n])
    work.do_due()

    @settings(max_examples=CASES)
    @given(STEPS, PRICES, RATES)
    def try_it(steps: list[tuple[Any, ...]], price: str, rate: int) -> None:
        with transaction.atomic():
            idea, thing = made(town, rate=rate, price=price)
            reckoned = Reckoning(town, idea, thing, rate, stella)
            end: list[tuple[Any, ...]] = [("work",), ("split", (3333, 6666)), ("work",), ("pay out",)]
            for name, *rest in [*steps, *end]:
                getattr(reckoned, name.replace(" ", "_"))(*rest)
                reckoned.agrees()
            assert offenders() == {}
            transaction.set_rollback(True)

    try_it()
