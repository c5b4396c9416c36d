"""What the four teams do with the town's orders: pack, send in one or two parcels, give money back, cancel."""

from __future__ import annotations

from moothall.orders import actions as orders
from moothall.orders.models import Order, OrderLine
from moothall.people.models import Profile

from .bought import Buy
from .stage import Stage
from .ties import BRAND_BY_HANDLE, Brand


def pack(stage: Stage, buy: Buy) -> None:
    for order, _brand, by in _orders(stage, buy):
        orders.pack(by=by, order=order)


def ship(stage: Stage, buy: Buy) -> None:
    """All that is still to be sent."""
    for order, brand, by in _orders(stage, buy):
        send(order, brand, by, {line.pk: line.to_ship for line in _things(order)})


def ship_first(stage: Stage, buy: Buy) -> None:
    """Only the first thing of each order; the rest follows, or waits."""
    for order, brand, by in _orders(stage, buy):
        first = _things(order)[0]
        send(order, brand, by, {first.pk: first.to_ship})


def send(order: Order, brand: Brand, by: Profile, pieces: dict[int, int]) -> None:
    tracking = brand.tracking.format(number=1000 + order.pk * 7919 % 9000)
    orders.ship(by=by, order=order, pieces=pieces, carrier=brand.carrier, tracking=tracking)


def give_one_back(stage: Stage, buy: Buy) -> None:
    """The money for one piece of the first thing."""
    for order, _brand, by in _orders(stage, buy):
        pieces = {_things(order)[0].pk: 1}
        orders.refund(by=by, order=order, pieces=pieces, reason=buy.why, restock=buy.restock)


def give_all_back(stage: Stage, buy: Buy) -> None:
    """The whole order, what sending cost too."""
    for order, _brand, by in _orders(stage, buy):
        pieces = {line.pk: line.to_return for line in OrderLine.objects.filter(order=order)}
        orders.refund(by=by, order=order, pieces=pieces, reason=buy.why, restock=buy.restock)


def cancel(stage: Stage, buy: Buy) -> None:
    for order, _brand, by in _orders(stage, buy):
        orders.cancel(by=by, order=order, reason=buy.why)


def _orders(stage: Stage, buy: Buy) -> list[tuple[Order, Brand, Profile]]:
    """The orders of one checkout, each with its brand and the one who handles it there."""
    rows = Order.objects.filter(purchase=stage.purchases[buy]).select_related("brand", "purchase").order_by("pk")
    found = []
    for order in rows:
        brand = BRAND_BY_HANDLE[order.brand.handle or ""]
        found.append((order, brand, stage.people[brand.seller]))
    return found


def _things(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.filter(order=order, variant__isnull=False).order_by("pk"))
