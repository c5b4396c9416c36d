"""Cancelling: what was not sent will not be, and its money goes back."""

import pytest

from moothall.activity.models import Act
from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions, queries
from moothall.orders.models import Allocation, Cancellation, Order, Refund
from tests.town import Town, acts, lines_of, orders_of, sends, take_in


@pytest.fixture
def order(town: Town) -> Order:
    sends(town.brand, "4")
    return town.bought(town.ana, {town.variant(price="38"): 3})


def test_with_nothing_sent_all_goes_back_and_onto_the_shelf(town: Town, order: Order) -> None:
    made = actions.cancel(by=town.mira, order=order, reason=" The kiln  broke ")
    assert made.reason == "The kiln broke"
    assert (Refund.objects.get().amount, Refund.objects.get().reason) == (11_800, "The kiln broke")
    assert Variant.objects.values_list("available", "sold")[0] == (10, 0)
    assert [line.to_ship for line in lines_of(order)] == [0, 0]
    assert queries.whole(Order.objects.get(pk=order.pk)).stage == "cancelled"
    act = acts("order.cancelled")[0]
    assert (act.actor, act.hand, act.subject_id, act.data) == (town.brand, town.mira, order.pk, {})
    assert offenders() == {}


def test_what_was_sent_stays_paid_with_its_sending(town: Town, order: Order) -> None:
    pot = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 1})
    actions.cancel(by=town.mira, order=order, reason="The kiln broke")
    assert Refund.objects.get().amount == 7600
    assert Variant.objects.values_list("available", "sold")[0] == (9, 1)
    assert offenders() == {}


def test_what_was_given_back_before_is_not_given_twice(town: Town, order: Order) -> None:
    pot, sending = lines_of(order)
    actions.refund(by=town.mira, order=order, pieces={pot.pk: 1, sending.pk: 1})
    actions.cancel(by=town.mira, order=order, reason="The kiln broke")
    assert Allocation.objects.get().refunded == 11_800
    assert offenders() == {}


def test_when_all_is_on_its_way_it_is_refused(town: Town, order: Order) -> None:
    pot = lines_of(order)[0]
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 3})
    with pytest.raises(Refusal, match="Refund it instead"):
        actions.cancel(by=town.mira, order=order, reason="Too late")
    assert not Cancellation.objects.exists()


def test_twice_is_refused_and_nothing_more_is_sent(town: Town, order: Order) -> None:
    actions.cancel(by=town.mira, order=order, reason="The kiln broke")
    pieces = {lines_of(order)[0].pk: 1}
    for doing in (
        lambda: actions.cancel(by=town.mira, order=order, reason="Again"),
        lambda: actions.ship(by=town.mira, order=order, pieces=pieces),
        lambda: actions.pack(by=town.mira, order=order),
    ):
        with pytest.raises(Refusal, match="cancelled"):
            doing()
    assert len(acts("order.cancelled")) == Refund.objects.count() == 1


def test_pieces_that_were_free_go_back_onto_the_shelf(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(price="0", left=5): 2})
    actions.cancel(by=town.mira, order=order, reason="No more samples")
    assert Variant.objects.values_list("available", "sold")[0] == (5, 0)
    assert not Refund.objects.exists()
    assert offenders() == {}


def test_a_free_piece_beside_what_was_sent(town: Town) -> None:
    sample, pot = town.variant("Sample", price="0", left=5), town.variant(price="38")
    order = town.bought(town.ana, {sample: 1, pot: 1})
    line = next(line for line in lines_of(order) if line.variant_id == pot.pk)
    actions.ship(by=town.mira, order=order, pieces={line.pk: 1})
    actions.cancel(by=town.mira, order=order, reason="No more samples")
    sample.refresh_from_db()
    assert (sample.available, sample.sold) == (5, 0)
    assert not Refund.objects.exists()
    assert offenders() == {}


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_and_the_buyer_cancel_nothing(town: Town, order: Order, role: str) -> None:
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    before = Act.objects.count()
    for by in (town.noor, town.ana):
        with pytest.raises(NotAllowed):
            actions.cancel(by=by, order=order, reason="Mine")
    assert not Cancellation.objects.exists()
    assert Act.objects.count() == before


def test_without_a_reason_or_a_payment_it_is_refused(town: Town, order: Order) -> None:
    with pytest.raises(BadInput):
        actions.cancel(by=town.mira, order=order, reason="  ")
    unpaid = orders_of(town.placed(town.ben, {town.variant("Other"): 1}))[0]
    with pytest.raises(Refusal, match="not paid"):
        actions.cancel(by=town.mira, order=unpaid, reason="Why not")
    assert not Cancellation.objects.exists()
