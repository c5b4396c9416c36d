"""Orders with all that became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from moothall.core import hot
from moothall.core.money import Money

from .models import Allocation, Cancellation, Order, OrderLine, Packing, Refund, Share, Shipment, ShipmentLine

OfOrder = TypeVar("OfOrder", OrderLine, Shipment, Refund)
Ids = Sequence[int]


@dataclass(slots=True)
class Whole:
    """An order with all that became of it."""

    order: Order
    lines: list[OrderLine]
    allocation: Allocation
    packing: Packing | None
    cancellation: Cancellation | None
    shipments: list[tuple[Shipment, list[ShipmentLine]]]
    refunds: list[Refund]
    shares: list[Share]

    @property
    def things(self) -> list[OrderLine]:
        return [line for line in self.lines if line.variant_id]

    @property
    def agreed(self) -> Money:
        """What the prices of its things say, before any discount or tax."""
        return sum((line.agreed for line in self.things), Money(0, self.order.currency))

    @property
    def discount(self) -> Money:
        return Money(sum(line.discount for line in self.lines), self.order.currency)

    @property
    def tax(self) -> Money:
        return Money(sum(line.tax for line in self.lines), self.order.currency)

    @property
    def charges(self) -> list[tuple[str, Money]]:
        """What stands between its things and its total: a voucher, sending, tax where prices are without."""
        off = [(_("Voucher %(code)s") % {"code": self.order.voucher}, -self.discount)] if self.discount else []
        sending = [(line.title, line.agreed) for line in self.lines if not line.variant_id]
        added = [(_("Tax"), self.tax)] if self.tax and not self.order.tax_included else []
        return [*off, *sending, *added]

    @property
    def tax_within(self) -> Money | None:
        """The part of the total that is tax, where prices are with it."""
        return self.tax if self.tax and self.order.tax_included else None

    @property
    def refunded(self) -> Money:
        return Money(self.allocation.refunded, self.order.currency)

    @property
    def left(self) -> Money:
        return self.order.money - self.refunded

    @property
    def stage(self) -> str:
        """awaiting, lapsed, cancelled, refunded, shipped, partly, packed or paid."""
        if self.order.state != Order.PAID:
            return self.order.state
        if self.cancellation:
            return "cancelled"
        if self.order.total and not self.left:
            return "refunded"
        if all(line.to_ship == 0 for line in self.things):
            return "shipped"
        if self.shipments:
            return "partly"
        return "packed" if self.packing else "paid"


def whole(order: Order) -> Whole:
    return wholes([order])[0]


def wholes(orders: Sequence[Order]) -> list[Whole]:
    """Orders with all that became of them, in eight queries however many they are."""
    ids = [order.pk for order in orders]
    lines = _by_order(_lines(ids))
    parcels: dict[int, list[ShipmentLine]] = {}
    for row in _packed(ids):
        parcels.setdefault(row.shipment_id, []).append(row)
    shipments = _by_order(_shipments(ids))
    refunds = _by_order(_refunds(ids))
    allocations = {row.order_id: row for row in _allocations(ids)}
    packings = {row.order_id: row for row in _packings(ids)}
    ends = {row.order_id: row for row in _cancellations(ids)}
    shares: dict[int, list[Share]] = {}
    for share in _shares(ids):
        shares.setdefault(share.line.order_id, []).append(share)
    return [
        Whole(
            order=order,
            lines=lines.get(order.pk, []),
            allocation=allocations[order.pk],
            packing=packings.get(order.pk),
            cancellation=ends.get(order.pk),
            shipments=[(one, parcels.get(one.pk, [])) for one in shipments.get(order.pk, [])],
            refunds=refunds.get(order.pk, []),
            shares=shares.get(order.pk, []),
        )
        for order in orders
    ]


def _by_order(rows: Iterable[OfOrder]) -> dict[int, list[OfOrder]]:
    found: dict[int, list[OfOrder]] = {}
    for row in rows:
        found.setdefault(row.order_id, []).append(row)
    return found


@hot.read
def _lines(ids: Ids) -> QuerySet[OrderLine]:
    rows = OrderLine.objects.filter(order__in=ids)
    rows = rows.select_related("variant__product__brand", "variant__product__front__picture")
    return rows.defer("variant__product__body", "variant__product__source_body").order_by("id")


@hot.read
def _packed(ids: Ids) -> QuerySet[ShipmentLine]:
    return ShipmentLine.objects.filter(shipment__order__in=ids).select_related("line").order_by("id")


@hot.read
def _shipments(ids: Ids) -> QuerySet[Shipment]:
    return Shipment.objects.filter(order__in=ids).order_by("id")


@hot.read
def _refunds(ids: Ids) -> QuerySet[Refund]:
    return Refund.objects.filter(order__in=ids).select_related("payback__capture").order_by("id")


@hot.read
def _allocations(ids: Ids) -> QuerySet[Allocation]:
    return Allocation.objects.filter(order__in=ids)


@hot.read
def _packings(ids: Ids) -> QuerySet[Packing]:
    return Packing.objects.filter(order__in=ids)


@hot.read
def _cancellations(ids: Ids) -> QuerySet[Cancellation]:
    return Cancellation.objects.filter(order__in=ids)


@hot.read
def _shares(ids: Ids) -> QuerySet[Share]:
    return Share.objects.filter(line__order__in=ids, withdrawn=None).select_related("line", "circle")
