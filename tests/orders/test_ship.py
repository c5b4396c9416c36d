"""The desk packs and ships, whole or in part, and never more than was bought."""

import pytest

from moothall.activity.models import Act
from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions, queries
from moothall.orders.models import Order, Packing, Shipment, ShipmentLine
from tests.town import Town, acts, lines_of, orders_of, sends, take_in


@pytest.fixture
def order(town: Town) -> Order:
    sends(town.brand, "4")
    return town.bought(town.ana, {town.variant(): 3, town.variant("Mug"): 1})


def stage(order: Order) -> str:
    return queries.whole(Order.objects.get(pk=order.pk)).stage


def test_packing_is_once(town: Town, order: Order) -> None:
    assert stage(order) == "paid"
    assert actions.pack(by=town.mira, order=order) == actions.pack(by=town.mira, order=order)
    act = acts("order.packed")[0]
    assert (len(acts("order.packed")), act.actor, act.hand, act.audience) == (1, town.brand, town.mira, "parties")
    assert stage(order) == "packed"


def test_shipped_in_parts(town: Town, order: Order) -> None:
    pot, mug, sending = lines_of(order)
    first = actions.ship(
        by=town.mira, order=order, pieces={pot.pk: 2, mug.pk: 0}, carrier="Royal Mail", tracking=" RM1 "
    )
    assert (first.carrier, first.tracking) == ("Royal Mail", "RM1")
    assert [line.to_ship for line in lines_of(order)] == [1, 1, 0]
    assert stage(order) == "partly"
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 1, mug.pk: 1})
    assert [line.shipped for line in lines_of(order)] == [3, 1, 0]
    assert stage(order) == "shipped"
    assert [act.data for act in acts("order.shipped")] == [{"order": order.pk}] * 2
    assert sending.variant is None
    assert offenders() == {}


@pytest.mark.parametrize("pieces", [{0: 4}, {0: 1, 1: 2}, {0: -1}, {2: 1}, {0: 3, 9: 1}])
def test_more_than_was_bought_or_what_is_no_thing_is_refused(town: Town, order: Order, pieces: dict[int, int]) -> None:
    ids = {n: line.pk for n, line in enumerate(lines_of(order))} | {9: 10**9}
    before = Act.objects.count()
    with pytest.raises(Refusal):
        actions.ship(by=town.mira, order=order, pieces={ids[n]: number for n, number in pieces.items()})
    assert not Shipment.objects.exists()
    assert not ShipmentLine.objects.exists()
    assert [line.shipped for line in lines_of(order)] == [0, 0, 0]
    assert Act.objects.count() == before


def test_an_empty_parcel_is_refused(town: Town, order: Order) -> None:
    for pieces in ({}, {lines_of(order)[0].pk: 0}):
        with pytest.raises(BadInput):
            actions.ship(by=town.mira, order=order, pieces=pieces)


def test_anothers_line_is_not_in_the_parcel(town: Town, order: Order) -> None:
    other = town.bought(town.ben, {town.variant("Other"): 1})
    with pytest.raises(Refusal):
        actions.ship(by=town.mira, order=order, pieces={lines_of(other)[0].pk: 1})
    assert lines_of(other)[0].shipped == 0


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_and_the_buyer_do_nothing(town: Town, order: Order, role: str) -> None:
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    pieces = {lines_of(order)[0].pk: 1}
    before = Act.objects.count()
    for by in (town.noor, town.ana, town.brand):
        for doing in (
            lambda by: actions.pack(by=by, order=order),
            lambda by: actions.ship(by=by, order=order, pieces=pieces),
        ):
            with pytest.raises(NotAllowed):
                doing(by)
    assert not Packing.objects.exists()
    assert not Shipment.objects.exists()
    assert Act.objects.count() == before


def test_what_is_not_paid_is_not_sent(town: Town) -> None:
    order = orders_of(town.placed(town.ana, {town.variant(): 1}))[0]
    for doing in (
        lambda: actions.pack(by=town.mira, order=order),
        lambda: actions.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}),
    ):
        with pytest.raises(Refusal, match="not paid"):
            doing()
    assert not Shipment.objects.exists()
