"""Stock: received is always available, held, sold and written off; a hold ends once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from moothall.catalog import actions
from moothall.catalog.actions import SoldOut, count, stock
from moothall.catalog.models import Hold, Product, Variant
from moothall.core import clock
from moothall.core.refusals import BadInput
from tests.town import Town


def counts(variant: Variant) -> tuple[int, ...]:
    """received, available, held, sold, written off"""
    columns = ("received", "available", "held", "sold", "written_off")
    return tuple(Variant.objects.filter(pk=variant.pk).values_list(*columns)[0])


def hold(variant: Variant, quantity: int, owner: int = 1) -> None:
    with transaction.atomic():
        stock.hold(wanted={variant.pk: quantity}, owner_kind="test", owner_id=owner)


def test_held_then_sold(town: Town) -> None:
    variant = town.variant(left=10)
    hold(variant, 3)
    assert counts(variant) == (10, 7, 3, 0, 0)
    for _ in range(2):
        stock.sell(owner_kind="test", owner_id=1)
    assert counts(variant) == (10, 7, 0, 3, 0)


def test_held_then_released(town: Town) -> None:
    variant = town.variant(left=10)
    hold(variant, 3)
    for _ in range(2):
        stock.release(owner_kind="test", owner_id=1)
    assert counts(variant) == (10, 10, 0, 0, 0)


def test_a_hold_ends_once(town: Town) -> None:
    variant = town.variant(left=10)
    hold(variant, 3)
    stock.release(owner_kind="test", owner_id=1)
    stock.sell(owner_kind="test", owner_id=1)
    assert counts(variant) == (10, 10, 0, 0, 0)
    assert Hold.objects.get().state == Hold.RELEASED


def test_each_owner_ends_their_own(town: Town) -> None:
    variant = town.variant(left=10)
    hold(variant, 3, owner=1)
    hold(variant, 4, owner=2)
    stock.sell(owner_kind="test", owner_id=1)
    stock.release(owner_kind="other", owner_id=2)
    assert counts(variant) == (10, 3, 4, 3, 0)


def test_more_than_there_is_is_refused_with_the_number_left(town: Town) -> None:
    variant = town.variant(left=2)
    with pytest.raises(SoldOut, match="Only 2 of Lidded pot"):
        hold(variant, 3)
    hold(variant, 2)
    with pytest.raises(SoldOut, match="sold out"):
        hold(variant, 1, owner=2)
    assert counts(variant) == (2, 0, 2, 0, 0)
    assert Hold.objects.count() == 1


def test_all_or_nothing(town: Town) -> None:
    some, none = town.variant("Some", left=5), town.variant("None", left=0)
    with pytest.raises(SoldOut), transaction.atomic():
        stock.hold(wanted={some.pk: 1, none.pk: 1}, owner_kind="test", owner_id=1)
    assert counts(some) == (5, 5, 0, 0, 0)
    assert not Hold.objects.exists()


def test_what_is_off_the_market_is_not_held(town: Town) -> None:
    variant = town.variant(left=5)
    actions.withdraw(by=town.mira, product=variant.product)
    with pytest.raises(SoldOut, match="no longer sold"):
        hold(variant, 1)
    Product.objects.update(state="published")
    Variant.objects.filter(pk=variant.pk).update(gone=clock.now())
    with pytest.raises(SoldOut, match="no longer sold"):
        hold(variant, 1)
    assert counts(variant) == (5, 5, 0, 0, 0)


def test_uncounted_stock_is_held_without_counting(town: Town) -> None:
    variant = town.variant(left=None)
    hold(variant, 99)
    assert counts(variant) == (0, 0, 0, 0, 0)
    # Counted from now on: what was promised before stays outside.
    stock.receive(variant_id=variant.pk, quantity=5)
    stock.sell(owner_kind="test", owner_id=1)
    assert counts(variant) == (5, 5, 0, 0, 0)
    stock.take_back(variant_id=variant.pk, quantity=1)
    assert counts(variant) == (5, 5, 0, 0, 0)


def test_sold_pieces_come_back(town: Town) -> None:
    variant = town.variant(left=5)
    hold(variant, 3)
    stock.sell(owner_kind="test", owner_id=1)
    stock.take_back(variant_id=variant.pk, quantity=2)
    assert counts(variant) == (5, 4, 0, 1, 0)
    stock.take_back(variant_id=variant.pk, quantity=2)
    assert counts(variant) == (5, 4, 0, 1, 0)


def test_written_off_is_at_most_what_is_there(town: Town) -> None:
    variant = town.variant(left=5)
    hold(variant, 2)
    assert stock.write_off(variant_id=variant.pk, quantity=10) == 3
    assert counts(variant) == (5, 0, 2, 0, 3)


def test_counting_moves_by_the_difference(town: Town) -> None:
    variant = town.variant(left=5)
    hold(variant, 2)
    for left, after in ((9, (11, 9, 2, 0, 0)), (4, (11, 4, 2, 0, 5)), (4, (11, 4, 2, 0, 5)), (0, (11, 0, 2, 0, 9))):
        count(variant=variant, left=left)
        assert counts(variant) == after
    for wrong in (-1, 1_000_001):
        with pytest.raises(BadInput):
            count(variant=variant, left=wrong)


def test_the_database_refuses_a_stock_that_does_not_add_up(town: Town) -> None:
    variant = town.variant(left=5)
    for wrong in ({"available": 6}, {"available": -1, "received": -1}, {"held": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Variant.objects.filter(pk=variant.pk).update(**wrong)


@contextmanager
def afresh() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Step = st.tuples(
    st.sampled_from(["hold", "sell", "release", "take_back", "receive", "write_off", "count", "stop counting"]),
    st.integers(1, 6),
    st.integers(1, 4),
)


@pace(max_examples=60)
@given(steps=st.lists(Step, max_size=25), first=st.integers(0, 8))
def test_whatever_happens_it_adds_up(town: Town, steps: list[tuple[str, int, int]], first: int) -> None:
    with afresh():
        variant = town.variant(left=first)
        for what, number, owner in steps:
            _do(variant, what, number, owner)
            received, available, held, sold, written_off = counts(variant)
            assert received == available + held + sold + written_off
            assert min(available, held, sold, written_off) >= 0
            by_state: Counter[str] = Counter()
            for row in Hold.objects.filter(tracked=True):
                by_state[row.state] += row.quantity
            assert held == by_state["held"]
            assert sold <= by_state["sold"]


def _do(variant: Variant, what: str, number: int, owner: int) -> None:
    if what == "hold":
        with suppress(SoldOut, IntegrityError):  # or this owner holds some already
            hold(variant, number, owner)
    elif what in ("sell", "release"):
        getattr(stock, what)(owner_kind="test", owner_id=owner)
    elif what == "count":
        count(variant=variant, left=number)
    elif what == "stop counting":
        Variant.objects.filter(pk=variant.pk).update(tracked=False)
    else:
        getattr(stock, what)(variant_id=variant.pk, quantity=number)
