"""What a price question comes to, by examples reckoned by hand, and against a plain second reckoning."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.polls.pricing import reckon, steps
from tests.ideas.test_viability import plain_bounds

Answer = tuple[bool, ...]
Y, N = True, False


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[int], list[Answer]]:
    prices = sorted(draw(st.sets(st.integers(1, 10**6), min_size=3, max_size=7)))
    answer = st.tuples(*(st.booleans() for _price in prices))
    return prices, draw(st.lists(answer, min_size=1, max_size=40))


@pytest.mark.parametrize(
    ("answer", "level"),
    [((Y, Y, Y), 3), ((Y, Y, N), 2), ((Y, N, Y), 1), ((N, Y, Y), 0), ((N, N, N), 0)],
)
def test_one_counts_up_to_their_first_no(answer: Answer, level: int) -> None:
    assert steps(answer) == level


def test_ten_people_by_hand() -> None:
    """At 20 nine would buy, at 30 six, at 40 three, at 50 one: they bring in 180, 180, 120, 50."""
    said = {(Y, N, N, N): 3, (Y, Y, N, N): 3, (Y, Y, Y, N): 2, (Y, Y, Y, Y): 1, (N, N, N, Y): 1}
    found = reckon([2000, 3000, 4000, 5000], said)
    assert (found.people, found.odd) == (10, 1)
    assert [one.voices for one in found.points] == [9, 6, 3, 1]
    assert [one.index for one in found.points] == [100, 100, 67, 28]
    assert [one.good for one in found.points] == [True, True, False, False]
    assert [(low.price, high.price) for low, high in found.ranges] == [(2000, 3000)]


def test_nine_tenths_of_the_best_is_acceptable_and_a_hair_less_is_not() -> None:
    """100 people at 9, 90 at 9.99: 900 and 899.1. Then 90 at 10: 900 and 900; 1000 of which nine tenths are 900."""
    at = {(Y, Y, N): 50, (Y, Y, Y): 50}
    assert [one.good for one in reckon([1800, 2000, 2001], at).points] == [True, True, False]
    assert [one.good for one in reckon([1799, 2000, 2001], at).points] == [False, True, False]


def test_acceptable_prices_need_not_stand_together() -> None:
    found = reckon([1000, 1100, 2000], {(Y, N, N): 10, (Y, Y, Y): 10})
    assert [one.index for one in found.points] == [100, 55, 100]
    assert [(low.price, high.price) for low, high in found.ranges] == [(1000, 1000), (2000, 2000)]


def test_where_nobody_would_buy_nothing_is_acceptable() -> None:
    found = reckon([10, 20, 30], {(N, N, N): 7})
    assert found.ranges == ()
    assert [(one.voices, one.index, one.good) for one in found.points] == [(0, 0, False)] * 3


@given(question=asked())
def test_it_is_what_asking_each_of_them_gives(question: tuple[list[int], list[Answer]]) -> None:
    prices, answers = question
    found = reckon(prices, Counter(answers))
    buyers = [sum(all(one[: place + 1]) for one in answers) for place in range(len(prices))]
    money = [price * number for price, number in zip(prices, buyers, strict=True)]
    assert [one.voices for one in found.points] == buyers
    assert [(one.low, one.high) for one in found.points] == [plain_bounds(one, len(answers)) for one in buyers]
    assert found.odd == sum(sorted(one, reverse=True) != list(one) for one in answers)
    assert found.people == len(answers)
    for one, brings in zip(found.points, money, strict=True):
        share = Decimal(100 * brings) / max(money) if max(money) else Decimal(0)
        assert one.index == int(share.to_integral_value(ROUND_HALF_UP))
        assert one.good == (max(money) > 0 and Decimal(brings) >= Decimal(max(money)) * Decimal("0.9"))
    between = [one.price for low, high in found.ranges for one in found.points if low.price <= one.price <= high.price]
    assert between == [one.price for one in found.points if one.good]


@given(question=asked())
def test_neither_the_number_nor_its_bounds_rise_with_the_price(question: tuple[list[int], list[Answer]]) -> None:
    prices, answers = question
    points = reckon(prices, Counter(answers)).points
    for name in ("voices", "low", "high"):
        found = [getattr(one, name) for one in points]
        assert found == sorted(found, reverse=True)
