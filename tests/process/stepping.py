"""The acts that tests/process/steps.py interrupts: for each, what makes it ready, and the act."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
from django.conf import settings

from moothall.catalog.models import Variant
from moothall.core import ids, work
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Contact, Telling
from moothall.orders.models import Basket, Order, OrderLine, Purchase
from moothall.payments.models import Payback, Payment
from moothall.people.models import Profile
from moothall.pools import actions as pools
from moothall.pools.ladder import Rung
from moothall.pools.models import Pledge, Pool

from . import pooling

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


def ended(_step: int, *more: pooling.Wish) -> Pool:
    """A pool at its end, whose one pledge comes about."""
    pool, spoon = pooling.on_spoons([Rung(2, 450), Rung(50, 350)])
    pooling.fill(pool, spoon, (pooling.Wish(0, 3, 450), *more))
    pooling.ends(-1, pool)
    return Pool.objects.get(pk=pool.pk)


def ended_for_two(step: int) -> Pool:
    """The other one said less than it will cost."""
    return ended(step, pooling.Wish(1, 1, 350))


def decide(pool: Pool) -> None:
    with suppress(work.Later):  # it was decided, and waits for its charges
        pools.look_after_pool(Pool.objects.get(pk=pool.pk))


def due(step: int) -> Pledge:
    """What is to be charged, and nobody has begun to."""
    pool = ended(step)
    decide(pool)
    return Pledge.objects.get(pool=pool, state=Pledge.DUE)


def charge(pledge: Pledge) -> None:
    pools.look_after(pledge)


def _variant(slug: str) -> Variant:
    return Variant.objects.select_related("product").get(product__slug=slug)


ACTS: dict[str, tuple[Callable[[int], Any], Callable[[Any], Any]]] = {
    "place": (filled, place),
    "open": (placed, open_page),
    "settle": (paid, settle),
    "let go": (opened, let_go),
    "refund": (refunded, pay_back),
    "decide": (ended_for_two, decide),
    "charge": (due, charge),
}
