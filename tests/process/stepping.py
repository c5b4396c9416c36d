"""The acts that tests/process/steps.py interrupts: for each, what makes it ready, and the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
from django.conf import settings

from moothall.catalog.models import Variant
from moothall.core import ids
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Contact, Telling
from moothall.orders.models import Basket, Order, OrderLine, Purchase
from moothall.payments.models import Payback, Payment
from moothall.people.models import Profile

CONTACT = Contact("ana@example.org", "Ana Lima", "3 Quay", "TR26 1LP", "St Ives", "GB")
Waiting = tuple[Basket, str]


def filled(_step: int) -> Waiting:
    """Ana's basket, with things of two brands, and the key of her checkout page."""
    ana = Profile.objects.get(handle="ana")
    basket = orders.basket_for(owner=ana, token="")
    for slug in ("spoon", "scarf"):
        orders.set_quantity(basket=basket, variant=_variant(slug), quantity=0)
        orders.put(basket=basket, variant=_variant(slug), quantity=2)
    return basket, ids.secret()


def place(waiting: Waiting) -> Purchase:
    basket, key = waiting
    ana = Profile.objects.get(handle="ana")
    return orders.place_order(by=ana, basket=basket, contact=CONTACT, telling=Telling("public", None, "Good"), key=key)


def placed(step: int) -> Purchase:
    return place(filled(step))


def open_page(purchase: Purchase) -> str:
    return orders.open_page(purchase=purchase)


def paid(step: int) -> Purchase:
    """Paid at the till, and nobody has told us."""
    purchase = placed(step)
    session = open_page(purchase).rsplit("/", 1)[1]
    card = {"session": session, "card": "4242424242424242"}
    assert httpx.post(f"{settings.STRIPE_API}/_card", json=card, timeout=20).json()["outcome"] == "paid"
    return purchase


def settle(purchase: Purchase) -> None:
    orders.look_after(payment=Payment.objects.get(pk=purchase.payment_id))


def refunded(step: int) -> Payback:
    """Half of an order is to go back."""
    purchase = paid(step)
    settle(purchase)
    order = Order.objects.select_related("brand", "purchase").filter(purchase=purchase).order_by("pk")[0]
    mira = Profile.objects.get(handle="mira")
    line = OrderLine.objects.get(order=order)
    return orders.refund(by=mira, order=order, pieces={line.pk: 1}).payback


def pay_back(payback: Payback) -> None:
    orders.pay_back(Payback.objects.select_related("capture").get(pk=payback.pk))


def let_go(purchase: Purchase) -> None:
    orders.abandon(by=purchase.buyer, purchase=purchase)


def opened(step: int) -> Purchase:
    purchase = placed(step)
    open_page(purchase)
    return purchase


def _variant(slug: str) -> Variant:
    return Variant.objects.select_related("product").get(product__slug=slug)


ACTS: dict[str, tuple[Callable[[int], Any], Callable[[Any], Any]]] = {
    "place": (filled, place),
    "open": (placed, open_page),
    "settle": (paid, settle),
    "let go": (opened, let_go),
    "refund": (refunded, pay_back),
}
