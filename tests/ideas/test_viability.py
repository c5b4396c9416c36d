"""The numbers of a gate, against a slow and plain reckoning: each number of pieces tried, roots drawn by digits."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from moothall.ideas import viability
from moothall.ideas.viability import Costs

MOST = 120  # pieces that the plain reckoning tries
PERCENT = st.integers(0, 3000)
RUNS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 900)), min_size=1, max_size=5, unique_by=lambda run: run[0]
)
HEARD = st.dictionaries(st.integers(1, 60), st.integers(1, 9), max_size=8).map(lambda said: sorted(said.items()))


@st.composite
def costs(draw: st.DrawFn) -> Costs:
    runs = draw(RUNS)
    sizes, units = sorted(size for size, _unit in runs), sorted((unit for _size, unit in runs), reverse=True)
    amount = st.integers(0, 400)
    return Costs(
        tuple(zip(sizes, units, strict=True)),
        fixed=draw(st.integers(0, 9000)),
        shipping=draw(amount),
        fee=draw(PERCENT),
        fee_each=draw(amount),
        tax=draw(PERCENT),
        royalty=draw(PERCENT),
    )


def plain_profit(costs: Costs, price: int, sold: int) -> Fraction:
    """Each sum of money in turn, as one would write it down."""
    made = max(sold, costs.runs[0][0])
    piece = [unit for size, unit in costs.runs if size <= made][-1]
    before_tax = Fraction(price * 10_000, 10_000 + costs.tax)
    royalty = before_tax * costs.royalty / 10_000
    fee = Fraction(price * costs.fee, 10_000) + costs.fee_each
    return sold * (before_tax - royalty - fee - costs.shipping) - made * piece - costs.fixed


@given(costs=costs(), price=st.integers(1, 2000), sold=st.integers(0, MOST))
def test_profit_is_what_is_left_of_everything(costs: Costs, price: int, sold: int) -> None:
    assert viability.profit(costs, price, sold) == plain_profit(costs, price, sold)


@given(costs=costs(), price=st.integers(1, 2000))
def test_break_even_is_the_first_number_that_loses_nothing(costs: Costs, price: int) -> None:
    carried = [sold for sold in range(1, MOST) if plain_profit(costs, price, sold) >= 0]
    found = viability.break_even(costs, price)
    if carried:
        assert found == carried[0]
        assert carried == list(range(carried[0], MOST)), "and so does every larger number"
    else:
        assert found is None or found >= MOST


def plain_bounds(voices: int, whole: int) -> tuple[int, int]:
    """Wilson's interval by its formula."""
    with localcontext(prec=50):
        k, n, z2 = Decimal(voices), Decimal(whole), Decimal("3.8416")
        root = (z2 * (k * (n - k) / n + z2 / 4)).sqrt()
        low, high = (((k + z2 / 2 + sign * root) * n / (n + z2)) for sign in (-1, 1))
        tiny = Decimal("1e-30")  # the formula ends a hair beside nothing and all
        return (
            int((low + tiny).to_integral_value(ROUND_FLOOR)),
            int((high - tiny).to_integral_value(ROUND_CEILING)),
        )


@given(whole=st.integers(1, 400), part=st.floats(0, 1))
def test_the_bounds_are_wilsons(whole: int, part: float) -> None:
    voices = round(whole * part)
    assert viability.bounds(voices, whole) == plain_bounds(voices, whole)


def test_the_bounds_of_a_known_case() -> None:
    """Of 40, 30 said yes: between 59.8 and 85.8 percent, as textbooks have it."""
    assert viability.bounds(30, 40) == (23, 35)
    assert viability.bounds(0, 40) == (0, 4)
    assert viability.bounds(40, 40) == (36, 40)
    assert viability.bounds(0, 0) == (0, 0)


@given(heard=HEARD)
def test_the_curve_never_rises_with_the_price(heard: list[tuple[int, int]]) -> None:
    points = viability.curve(heard)
    assert [point.price for point in points] == [price for price, _number in heard]
    for point in points:
        assert point == viability.at(heard, point.price)
        assert 0 <= point.low <= point.voices <= point.high <= viability.asked(heard)
    for one, next_ in pairwise(points):
        assert (one.voices, one.low, one.high) >= (next_.voices, next_.low, next_.high)
        assert one.low >= next_.low
        assert one.high >= next_.high


@given(costs=costs(), heard=HEARD)
def test_the_ranges_are_the_prices_at_which_the_lower_number_breaks_even(
    costs: Costs, heard: list[tuple[int, int]]
) -> None:
    assume(viability.kept(costs) > 0)
    cheap = Costs(tuple((size, unit // 40) for size, unit in costs.runs), costs.fixed // 40, costs.shipping // 40)
    for one in (costs, cheap):
        held = set()
        for low, high in viability.ranges(one, viability.curve(heard)):
            held |= set(range(low, high + 1))
        tried = {
            price
            for price in range(1, 70)
            if (low := viability.at(heard, price).low) and plain_profit(one, price, low) >= 0
        }
        assert held == tried
        for price in tried:
            assert (viability.break_even(one, price) or 0) <= viability.at(heard, price).low


def test_ranges_are_apart_and_in_order() -> None:
    heard = [(10, 30), (50, 60)]
    found = viability.ranges(Costs(((1, 8),)), viability.curve(heard))
    assert found == [(8, 50)], "what touches is one range"
    found = viability.ranges(Costs(((1, 0),), fixed=700), viability.curve(heard))
    assert all(low <= high for low, high in found)
    assert all(one[1] + 1 < two[0] for one, two in pairwise(found))


def test_who_sells_fewer_than_the_smallest_run_has_made_it_all_the_same() -> None:
    costs = Costs(((100, 5), (200, 4)), fixed=50)
    assert viability.profit(costs, 20, 10) == 10 * 20 - 100 * 5 - 50
    assert viability.break_even(costs, 20) == 28
    assert viability.break_even(costs, 5) == 200, "only the larger run carries it"
    assert viability.break_even(costs, 4) is None


def test_costs_that_leave_nothing_have_no_range() -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        viability.ranges(Costs(((1, 0),), fee=10_000), viability.curve([(1, 1)]))


def test_it_is_rounded_in_one_place_half_away_from_nothing() -> None:
    assert [viability.rounded(Fraction(n, 2)) for n in (1, -1, 3, 4)] == [1, -1, 2, 2]
    sold = viability.outlook(Costs(((1, 0),), royalty=3333), 101, [(101, 3)])
    assert (sold.profit, sold.margin, sold.break_even) == (202, 67, 1)
