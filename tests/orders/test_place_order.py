"""Pressing Pay: one purchase, an order for each brand, the stock held; or nothing at all."""

from dataclasses import replace

import pytest

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.models import Hold, Variant
from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions, queries
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Allocation, Order, OrderLine, Purchase
from moothall.payments.models import Check, Payment
from moothall.people import actions as people
from tests.town import NOBODY, Town, acts, lines_of, orders_of, sends, take_in


def press(town: Town, basket: object, **other: object) -> Purchase:
    given = {"by": town.ana, "basket": basket, "contact": town.contact(), "telling": NOBODY, "key": "k1"}
    return actions.place_order(**given | other)  # type: ignore[arg-type]


def nothing_happened() -> bool:
    rows = (Purchase, Order, OrderLine, Allocation, Payment, Check, Hold)
    return not any(model.objects.exists() for model in rows) and not acts("purchase.placed")


def test_one_order_a_brand_and_the_stock_held(town: Town) -> None:
    wool = town.another_brand()
    sends(town.brand, "4.50", "Parcel")
    pot, scarf = town.variant(price="38"), town.variant("Scarf", price="20", brand=wool, left=None)
    purchase = press(town, town.basket_of(town.ana, {pot: 2, scarf: 3}))
    assert (purchase.payment.amount, purchase.payment.state) == (14_050, Payment.OPEN)
    first, second = orders_of(purchase)
    assert [(one.brand, one.total, one.state) for one in (first, second)] == [
        (town.brand, 8050, Order.AWAITING), (wool, 6000, Order.AWAITING)
    ]  # fmt: skip
    assert [(line.title, line.quantity, line.price) for line in lines_of(first)] == [
        ("Lidded pot", 2, 3800),
        ("Parcel", 1, 450),
    ]
    pot.refresh_from_db()
    assert (pot.available, pot.held) == (8, 2)
    assert (purchase.street, purchase.email) == ("3 Quay", "ana@example.org")
    assert Check.objects.get().payment == purchase.payment
    act = acts("purchase.placed")[0]
    assert (act.actor, act.subject_id, act.audience, act.data) == (
        town.ana, purchase.pk, "parties", {"amount": 14_050, "currency": "GBP"}
    )  # fmt: skip
    assert offenders() == {}


def test_the_same_key_and_body_is_the_same_purchase(town: Town) -> None:
    basket = town.basket_of(town.ana, {town.variant(): 1})
    made = press(town, basket)
    assert {press(town, basket).pk for _ in range(5)} == {made.pk}
    assert (
        Purchase.objects.count() == Payment.objects.count() == Hold.objects.count() == len(acts("purchase.placed")) == 1
    )


def test_the_same_key_with_another_body_is_refused(town: Town) -> None:
    basket = town.basket_of(town.ana, {town.variant(): 1})
    press(town, basket)
    for other in (
        {"contact": replace(town.contact(), street="4 Quay")},
        {"telling": Telling("public")},
        {"telling": Telling(words="x")},
        {"seen": "other"},
    ):
        with pytest.raises(BadInput):
            press(town, basket, **other)
    assert Purchase.objects.count() == 1


def test_a_key_belongs_to_its_buyer(town: Town) -> None:
    variant = town.variant()
    mine = press(town, town.basket_of(town.ana, {variant: 1}))
    theirs = press(town, town.basket_of(town.ben, {variant: 1}), by=town.ben)
    assert mine != theirs


def test_a_guest_buys(town: Town) -> None:
    guest = people.make_guest(name="Gus")
    purchase = press(town, town.basket_of(guest, {town.variant(): 1}), by=guest)
    assert purchase.buyer == guest
    assert list(queries.purchases_of(guest)) == [purchase]
    assert not queries.purchases_of(town.ana)
    guest.became = town.ana
    guest.save()
    assert list(queries.purchases_of(town.ana)) == [purchase]
    assert not queries.purchases_of(town.noor)
    assert not queries.purchases_of(None)


def test_an_empty_basket_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="empty"):
        press(town, town.basket_of(town.ana, {}))
    gone = town.variant()
    basket = town.basket_of(town.ana, {gone: 1})
    catalog.withdraw(by=town.mira, product=gone.product)
    with pytest.raises(Refusal, match="empty"):
        press(town, basket)
    assert nothing_happened()


def test_a_basket_that_changed_meanwhile_is_refused(town: Town) -> None:
    variant = town.variant()
    basket = town.basket_of(town.ana, {variant: 1})
    seen = queries.filled(town.ana, basket).fingerprint
    Variant.objects.filter(pk=variant.pk).update(price=3900)
    with pytest.raises(Refusal, match="changed"):
        press(town, basket, seen=seen)
    assert nothing_happened()
    assert press(town, basket, seen=queries.filled(town.ana, basket).fingerprint)


def test_more_than_there_is_changes_nothing(town: Town) -> None:
    some, few = town.variant("Some"), town.variant("Few", left=2)
    basket = town.basket_of(town.ana, {some: 1, few: 3})
    before = Act.objects.count()
    with pytest.raises(catalog.SoldOut, match="Only 2 of Few"):
        press(town, basket)
    assert nothing_happened()
    assert Act.objects.count() == before
    some.refresh_from_db()
    assert (some.available, some.held) == (10, 0)
    actions.set_quantity(basket=basket, variant=few, quantity=2)
    assert press(town, basket)


def test_the_last_piece_goes_to_one(town: Town) -> None:
    last = town.variant(left=1)
    mine, theirs = town.basket_of(town.ana, {last: 1}), town.basket_of(town.ben, {last: 1})
    press(town, mine)
    with pytest.raises(catalog.SoldOut):
        press(town, theirs, by=town.ben)
    assert Purchase.objects.count() == 1
    assert offenders() == {}


def test_what_may_be_told_is_checked_before_money_moves(town: Town) -> None:
    basket = town.basket_of(town.ana, {town.variant(): 1})
    theirs = people.make_circle(by=town.ben, name="Friends")
    ended = people.make_circle(by=town.ana, name="Old")
    people.end_circle(by=town.ana, circle=ended)
    ended.refresh_from_db()
    for telling in (
        Telling("world"), Telling("circle"), Telling("circle", theirs), Telling("circle", ended),
        Telling("public", town.family), Telling("public", words="x" * 401),
    ):  # fmt: skip
        with pytest.raises((BadInput, NotAllowed)):
            press(town, basket, telling=telling)
    assert nothing_happened()


def test_nothing_to_pay_is_paid_at_once(town: Town) -> None:
    free = town.variant(price="0", left=3)
    order = orders_of(press(town, town.basket_of(town.ana, {free: 2})))[0]
    assert (order.state, order.total) == (Order.PAID, 0)
    free.refresh_from_db()
    assert (free.sold, free.held) == (2, 0)
    assert len(acts("order.paid")) == 1
    assert not Check.objects.exists()
    assert offenders() == {}


def test_a_later_price_changes_no_order(town: Town) -> None:
    variant = town.variant(price="38")
    purchase = press(town, town.basket_of(town.ana, {variant: 1}))
    Variant.objects.filter(pk=variant.pk).update(price=1)
    assert orders_of(purchase)[0].total == 3800
    assert offenders() == {} or set(offenders()) == {"a product's lowest price is the lowest of its variants"}


def test_a_desk_sees_an_order_only_once_it_is_paid(town: Town) -> None:
    order = orders_of(press(town, town.basket_of(town.ana, {town.variant(): 1})))[0]
    assert not queries.orders_at(town.mira, town.brand)
    assert list(queries.orders_of(town.ana)) == [order]
    paid = town.bought(town.ben, {town.variant("Other"): 1})
    for role, sees in (("agent", True), ("seller", True), ("maker", False), ("marketer", False)):
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
        assert (paid in queries.orders_at(town.noor, town.brand)) == sees
    people.leave_team(by=town.noor, brand=town.brand, person=town.noor)
    assert not queries.orders_at(town.noor, town.brand)
    assert not queries.orders_of(town.noor)
