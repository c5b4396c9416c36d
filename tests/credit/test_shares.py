"""Shares come to the whole, whatever is shared: against a plain reckoning in fractions. SHARE_CASES says how many."""

from __future__ import annotations

import os
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.credit.shares import MOST, WHOLE, portions, proposed

CASES = int(os.environ.get("SHARE_CASES", "200"))
PERSON = st.integers(1, 60)


@st.composite
def points(draw: st.DrawFn) -> list[int]:
    """Points of a split: one to twenty people, together the whole."""
    cuts = sorted(draw(st.sets(st.integers(1, WHOLE - 1), max_size=MOST - 1)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, WHOLE], strict=True)]


@settings(max_examples=CASES)
@given(st.integers(0, 10**9), points())
def test_portions_come_to_the_amount(amount: int, of: list[int]) -> None:
    found = portions(amount, of)
    assert sum(found) == amount
    for part, one in zip(found, of, strict=True):
        exact = Fraction(amount * one, WHOLE)
        assert abs(part - exact) < 1, "nobody is a penny from what is theirs"
    rest = [Fraction(amount * one, WHOLE) % 1 for one in of]
    up = [n for n, one in enumerate(of) if found[n] > amount * one // WHOLE]
    assert all((rest[n], -n) > (rest[other], -other) for n in up for other in range(len(of)) if other not in up), (
        "the largest remainders are rounded up, of alike ones the first"
    )


@settings(max_examples=CASES)
@given(st.sets(PERSON, max_size=11), st.dictionaries(PERSON, st.integers(0, 200), max_size=40))
def test_proposed_shares_come_to_the_whole(leads: set[int], words: dict[int, int]) -> None:
    found = proposed(leads, words)
    said = {who: number for who, number in words.items() if number}
    if not leads and not said:
        assert found == {}
        return
    assert sum(found.values()) == WHOLE
    assert 1 <= len(found) <= MOST
    assert min(found.values()) > 0
    assert found.keys() <= leads | said.keys()
    if len(leads | said.keys()) > MOST:
        return
    half = Fraction(WHOLE, 2) if leads and said else Fraction(WHOLE)
    for who in leads | said.keys():
        exact = (half / len(leads) if who in leads else 0) + (
            half * said.get(who, 0) / sum(said.values()) if said else 0
        )
        assert abs(found.get(who, 0) - exact) < 1


def test_half_for_who_leads_and_half_by_the_words() -> None:
    assert proposed([1], {1: 3, 2: 1}) == {1: 8750, 2: 1250}
    assert proposed([1, 2], {3: 1}) == {1: 2500, 2: 2500, 3: 5000}


def test_where_nobody_else_shaped_it_all_is_theirs() -> None:
    assert proposed([7], {7: 4}) == {7: WHOLE}
    assert proposed([7], {}) == {7: WHOLE}
    assert proposed([], {3: 1, 4: 1, 5: 1}) == {3: 3334, 4: 3333, 5: 3333}, "whom the first ids are gets the rest"
    assert proposed([], {}) == {}


def test_of_more_than_twenty_the_twenty_largest() -> None:
    found = proposed([1], dict.fromkeys(range(2, 40), 1))
    assert (len(found), sum(found.values())) == (MOST, WHOLE)
    assert sorted(found) == list(range(1, MOST + 1))
