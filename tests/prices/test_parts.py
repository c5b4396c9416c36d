"""Money that is parted and given back, without a database: whatever the basket, the voucher and the order of refunds,
parts sum to their whole and each is as near to its fair part as whole pennies allow. MONEY_CASES says how many."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from moothall.catalog.models import REDUCED, STANDARD, ZERO
from moothall.core.money import Money, portion
from moothall.orders.models import OrderLine
from moothall.prices.costs import WHOLE, Ask, Charge, Cost, Thing, cost, discount_of

CASES = int(os.environ.get("MONEY_CASES", "100"))
PRICES = st.integers(0, 300) | st.integers(0, 10**9)
THINGS = st.lists(
    st.builds(Thing, price=PRICES, quantity=st.integers(1, 99), sort=st.sampled_from([STANDARD, REDUCED, ZERO])),
    min_size=1,
    max_size=6,
)
RATE = st.integers(0, WHOLE)
LOT = st.randoms(use_true_random=False)
many = pace(max_examples=CASES)


@dataclass
class Sold:
    """A brand's part of a basket as it was charged, and its lines as the order keeps them."""

    things: list[Thing]
    cost: Cost
    lines: list[OrderLine]

    @property
    def charges(self) -> list[Charge]:
        return [*self.cost.lines, self.cost.sending]


@st.composite
def sold(draw: st.DrawFn, with_voucher: bool) -> Sold:
    things = draw(THINGS)
    whole = sum(thing.total for thing in things)
    percent = draw(st.none() | st.integers(1, 100))
    less = discount_of(whole, percent=percent, amount=None if percent else draw(st.integers(1, 10**9)))
    ask = Ask(draw(st.integers(0, 10**5)), draw(st.none() | st.integers(1, whole + 1)))
    rates = draw(st.just({}) | st.fixed_dictionaries({STANDARD: RATE, REDUCED: RATE}))
    included = draw(st.booleans())
    found = cost(things, currency="GBP", ask=ask, discount=less if with_voucher else 0, rates=rates, included=included)
    lines = [
        OrderLine(price=thing.price, quantity=thing.quantity, amount=charge.amount, tax=charge.tax, variant_id=1)
        for thing, charge in zip(things, found.lines, strict=True)
    ]
    if found.sending.full:
        sent = found.sending
        lines.append(OrderLine(price=sent.full, quantity=1, amount=sent.amount, tax=sent.tax))
    return Sold(things, found, lines)


@st.composite
def purchases(draw: st.DrawFn) -> list[Sold]:
    """Of one to four brands; the voucher is of one of them."""
    brands = draw(st.integers(1, 4))
    lucky = draw(st.integers(0, brands))
    return [draw(sold(with_voucher=n == lucky)) for n in range(brands)]


@many
@given(purchases())
def test_what_several_brands_charge_is_what_is_paid(bought: list[Sold]) -> None:
    paid = sum((one.cost.total for one in bought), Money(0, "GBP"))
    things = sum(thing.total for one in bought for thing in one.things)
    less = sum(charge.discount for one in bought for charge in one.charges)
    sending = sum(one.cost.sending.full for one in bought)
    added = sum(charge.tax for one in bought if not one.cost.included for charge in one.charges)
    assert paid.minor == things - less + sending + added
    assert paid.minor == sum(line.amount for one in bought for line in one.lines)


@many
@given(sold(with_voucher=True))
def test_a_discount_and_a_tax_are_shared_fairly(of: Sold) -> None:
    """By largest remainder each part is less than a penny from its exact one, and who pays nothing bears nothing."""
    fair([charge.discount for charge in of.cost.lines], [charge.full for charge in of.cost.lines])
    for rate in {charge.tax_rate for charge in of.charges}:
        same = [charge for charge in of.charges if charge.tax_rate == rate]
        fair([charge.tax for charge in same], [charge.paid for charge in same])


def fair(parts: list[int], weights: list[int]) -> None:
    whole, total = sum(parts), sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(whole * weight, total or 1)) < 1
        assert part == 0 or weight > 0


@many
@given(purchases(), LOT)
def test_refunds_in_any_split_and_order_end_at_what_was_charged(bought: list[Sold], lot: Random) -> None:
    """Some pieces of some lines at a time: never more than was charged, never below nothing, and the last brings it
    all, tax and amount alike."""
    lines = [line for one in bought for line in one.lines]
    back, taxes = [0] * len(lines), [0] * len(lines)
    while waiting := [n for n, line in enumerate(lines) if line.to_return]:
        n = lot.choice(waiting)
        line = lines[n]
        pieces = lot.randint(1, line.to_return)
        amount = line.part_of(pieces)
        assert 0 <= amount <= line.amount - back[n]
        assert line.part_of(0) == 0
        # As a credit note reckons it: rounded over all that went back.
        whole = line.amount or 1
        tax = portion(line.tax, back[n] + amount, whole) - portion(line.tax, back[n], whole)
        assert 0 <= tax <= amount
        line.returned += pieces
        back[n] += amount
        taxes[n] += tax
        assert abs(back[n] - Fraction(line.amount * line.returned, line.quantity)) <= Fraction(1, 2)
    assert back == [line.amount for line in lines]
    assert taxes == [line.tax for line in lines]
    assert sum(back) == sum(one.cost.total.minor for one in bought)


@many
@given(st.integers(0, 10**9), st.integers(1, 99), st.data())
def test_what_is_given_back_does_not_depend_on_the_way(amount: int, quantity: int, data: st.DataObject) -> None:
    """Two who give back as many pieces in other steps have given back the same money."""
    end = data.draw(st.integers(0, quantity))

    def walked() -> int:
        line, back = OrderLine(quantity=quantity, amount=amount), 0
        steps = data.draw(st.sets(st.integers(0, end), max_size=6))
        for before, after in pairwise(sorted(steps | {0, end})):
            back += line.part_of(after - before)
            line.returned = after
        return back

    assert walked() == walked() == portion(amount, end, quantity)


@many
@given(st.integers(0, 10**9), st.integers(1, 100), st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_voucher_takes_off_what_it_says_rounded_half_up(whole: int, percent: int, amount: int, more: int) -> None:
    exact = Fraction(whole * percent, 100)
    less = discount_of(whole, percent=percent, amount=None)
    assert -Fraction(1, 2) < less - exact <= Fraction(1, 2)
    assert discount_of(whole + more, percent=percent, amount=None) >= less, "who buys more is given no less"
    assert discount_of(whole, percent=None, amount=amount) == min(whole, amount)
