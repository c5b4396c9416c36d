"""What a basket costs: whatever the prices, its parts sum exactly and nothing is below nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.catalog.models import REDUCED, STANDARD, ZERO
from moothall.prices.costs import WHOLE, Ask, Cost, Thing, cost, discount_of, shared, tax_of
from moothall.prices.models import Rate
from moothall.prices.queries import rate_for

TAX = st.sampled_from([0, 500, 770, 1900, 2000, 2550, WHOLE])
RATES = st.fixed_dictionaries({STANDARD: TAX, REDUCED: TAX})
SORTS = st.sampled_from([STANDARD, REDUCED, ZERO])
THINGS = st.lists(
    st.builds(
        Thing, price=st.integers(0, 10**7), quantity=st.integers(1, 99), grams=st.integers(0, 90_000), sort=SORTS
    ),
    min_size=1,
    max_size=8,
)


@st.composite
def baskets(draw: st.DrawFn) -> tuple[list[Thing], Cost]:
    things = draw(THINGS)
    whole = sum(thing.total for thing in things)
    ask = Ask(draw(st.integers(0, 10**6)), draw(st.none() | st.integers(1, max(whole, 1) + 1)))
    discount = draw(st.integers(0, whole))
    included, rates = draw(st.booleans()), draw(RATES)
    return things, cost(things, currency="GBP", ask=ask, discount=discount, rates=rates, included=included)


@given(baskets())
def test_the_whole_is_the_sum_of_what_is_shown(basket: tuple[list[Thing], Cost]) -> None:
    things, found = basket
    assert found.things.minor == sum(thing.total for thing in things)
    added = 0 if found.included else found.tax.minor
    shown = found.things.minor - found.discount.minor + found.shipping.minor + added
    assert found.total.minor == shown == sum(line.amount for line in found.lines) + found.sending.amount


@given(baskets())
def test_nothing_is_below_nothing_and_no_tax_above_its_amount(basket: tuple[list[Thing], Cost]) -> None:
    things, found = basket
    assert [line.full for line in found.lines] == [thing.total for thing in things]
    assert all(line.tax_rate == 0 for line, thing in zip(found.lines, things, strict=True) if thing.sort == ZERO)
    for line in (*found.lines, found.sending):
        assert 0 <= line.discount <= line.full
        assert 0 <= line.tax <= line.amount
        assert line.amount == line.paid + (0 if found.included else line.tax)
        assert line.tax_rate or not line.tax


@given(baskets())
def test_each_rate_of_tax_is_rounded_once(basket: tuple[list[Thing], Cost]) -> None:
    _things, found = basket
    charges = (*found.lines, found.sending)
    for rate in {one.tax_rate for one in charges}:
        paid = sum(one.paid for one in charges if one.tax_rate == rate)
        exact = Fraction(paid * rate, WHOLE + rate if found.included else WHOLE)
        told = sum(one.tax for one in charges if one.tax_rate == rate)
        assert abs(told - exact) <= Fraction(1, 2)


@given(THINGS, st.integers(1, 10**6), st.integers(0, 10**6))
def test_free_from_looks_at_the_things_after_their_discount(things: list[Thing], asked: int, less: int) -> None:
    whole = sum(thing.total for thing in things)
    discount = min(less, whole)
    for free_from, free in ((whole - discount, True), (whole - discount + 1, False)):
        if free_from:
            found = cost(things, currency="GBP", ask=Ask(asked, free_from), discount=discount)
            assert bool(found.shipping) is not free


@given(st.integers(0, 10**9), st.integers(1, 100), st.integers(1, 10**9))
def test_a_voucher_takes_no_more_than_there_is(whole: int, percent: int, amount: int) -> None:
    assert 0 <= discount_of(whole, percent=percent, amount=None) <= whole
    assert discount_of(whole, percent=None, amount=amount) == min(whole, amount)
    assert discount_of(whole, percent=100, amount=None) == whole


def test_a_discount_above_the_whole_is_refused() -> None:
    for wrong in (-1, 101):
        with pytest.raises(ValueError, match="discount"):
            cost([Thing(100, 1)], currency="GBP", ask=Ask(), discount=wrong)


def test_tax_as_people_know_it() -> None:
    assert tax_of(12_000, 2000, included=True) == 2000
    assert tax_of(10_000, 2000, included=False) == 2000
    assert tax_of(999, 0, included=True) == 0
    assert shared(0, [0, 0]) == [0, 0]


@given(st.sets(st.integers(1, 1000), max_size=6), st.booleans(), st.integers(0, 1100))
def test_the_smallest_weight_that_is_enough_holds(weights: set[int], any_too: bool, grams: int) -> None:
    rates = [Rate(up_to_grams=one) for one in weights] + ([Rate(up_to_grams=None)] if any_too else [])
    found = rate_for(rates, grams)
    enough = [one for one in weights if one >= grams]
    if enough:
        assert found is not None
        assert found.up_to_grams == min(enough)
    else:
        assert (found is not None) == any_too
        assert found is None or found.up_to_grams is None
