"""The price rule, against a plain and slow statement of itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from moothall.pools.ladder import Outcome, Rung, Wish, decide, wrong_with

RUNGS = [Rung(3, 3400), Rung(6, 3100), Rung(10, 2700)]


def wish(id: int, quantity: int, limit: int = 3400, variant: int = 1) -> Wish:
    return Wish(id, variant, quantity, limit)


def test_below_the_minimum_nobody_buys() -> None:
    assert decide(RUNGS, [wish(1, 2)], {}) is None
    assert decide(RUNGS, [], {}) is None


def test_the_price_of_the_highest_rung_reached_is_for_all() -> None:
    assert decide(RUNGS, [wish(1, 3)], {}) == Outcome(3400, (1,), 3)
    assert decide(RUNGS, [wish(1, 5), wish(2, 4)], {}) == Outcome(3100, (1, 2), 9)
    assert decide(RUNGS, [wish(1, 5), wish(2, 5)], {}) == Outcome(2700, (1, 2), 10)


def test_a_pledge_under_the_price_does_not_count_and_is_not_charged() -> None:
    low = wish(2, 7, limit=2700)
    assert decide(RUNGS, [wish(1, 3), low], {}) == Outcome(2700, (1, 2), 10), "with them it is as low as they want"
    assert decide(RUNGS, [wish(1, 2), wish(2, 7, limit=2700)], {}) is None
    assert decide(RUNGS, [wish(1, 3), wish(2, 6, limit=2700)], {}) == Outcome(3400, (1,), 3)


def test_what_is_not_there_is_not_counted() -> None:
    wishes = [wish(1, 2), wish(2, 3), wish(3, 1), wish(4, 5, variant=2)]
    assert decide(RUNGS, wishes, {1: 3}) == Outcome(3100, (1, 3, 4), 8), "in the order of pledging"
    assert decide(RUNGS, wishes, {1: 0, 2: 0}) is None


def test_prices_fall_as_pieces_rise() -> None:
    assert not wrong_with(RUNGS)
    assert wrong_with([Rung(3, 100), Rung(3, 90)])
    assert wrong_with([Rung(3, 100), Rung(4, 100)])
    assert wrong_with([Rung(3, 100), Rung(2, 90)])


@st.composite
def ladders(draw: st.DrawFn) -> list[Rung]:
    pieces = draw(st.lists(st.integers(1, 30), min_size=1, max_size=5, unique=True))
    prices = draw(st.lists(st.integers(1, 40), min_size=len(pieces), max_size=len(pieces), unique=True))
    return [Rung(*one) for one in zip(sorted(pieces), sorted(prices, reverse=True), strict=True)]


WISHES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 45)), max_size=12)
LEFT = st.dictionaries(st.integers(1, 3), st.integers(0, 20))


@given(ladders(), WISHES, LEFT)
def test_it_is_what_it_says(rungs: list[Rung], asked: list[tuple[int, int, int]], left: dict[int, int]) -> None:
    """Of all prices at which enough pieces are wanted and there, the lowest; and who wants it at that price has it, as
    long as there is some."""
    wishes = [Wish(id, *one) for id, one in enumerate(asked)]

    def takers(price: int) -> list[Wish]:
        found: list[Wish] = []
        for one in wishes:
            of_it = sum(other.quantity for other in found if other.variant == one.variant)
            if one.limit >= price and of_it + one.quantity <= left.get(one.variant, 10**6):
                found.append(one)
        return found

    holds = [rung for rung in rungs if sum(one.quantity for one in takers(rung.price)) >= rung.pieces]
    outcome = decide(rungs, wishes, left)
    if not holds:
        assert outcome is None
        return
    price = min(rung.price for rung in holds)
    assert outcome is not None
    assert outcome.price == price
    assert list(outcome.ids) == [one.id for one in takers(price)]
    assert outcome.pieces == sum(one.quantity for one in takers(price))


@given(ladders(), WISHES, st.integers(1, 3), st.integers(1, 9))
def test_one_more_who_pays_any_price_never_makes_it_dearer(
    rungs: list[Rung], asked: list[tuple[int, int, int]], variant: int, quantity: int
) -> None:
    wishes = [Wish(id, *one) for id, one in enumerate(asked)]
    before = decide(rungs, wishes, {})
    after = decide(rungs, [*wishes, Wish(99, variant, quantity, 10**6)], {})
    if before is not None:
        assert after is not None
        assert after.price <= before.price
