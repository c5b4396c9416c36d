"""A brand's desk: its orders."""

from __future__ import annotations

from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core.refusals import BadInput
from moothall.orders import actions, queries
from moothall.orders.models import Order, OrderLine
from moothall.people.models import Profile
from moothall.people.queries import desks_of
from moothall.people.tokens import DESK

from .. import cursors
from ..door import Asked, Room
from ..shapes.buying import DeskOrderOut, RefundOut
from ..shapes.desk import CancellationIn, PieceIn, RefundIn, ShipmentIn
from ..shapes.plain import Cursor, Limit, ListOf

room = Room("Desk: orders", "Paid orders of a brand, for those of its team who sell or help.")


def desk(me: Profile, brand: str) -> Profile:
    """A brand whose team one is in; any other is not there."""
    return get_object_or_404(desks_of(me).select_related("portrait"), handle=brand)


def _order(request: Asked, brand: str, order: str) -> Order:
    return get_object_or_404(queries.orders_at(request.me, desk(request.me, brand)), public=order)


def _now(order: Order) -> DeskOrderOut:
    return DeskOrderOut.of(queries.whole(order))


def pieces_of(order: Order, given: Sequence[PieceIn]) -> dict[int, int]:
    """By the line's own number. Refuses lines of other orders, and one twice."""
    lines = dict(OrderLine.objects.filter(order=order).values_list("public", "pk"))
    if len({one.line for one in given} & set(lines)) != len(given):
        raise BadInput(_("Name each line of this order once at most."), field="pieces")
    return {lines[one.line]: one.quantity for one in given}


@room.get("/desks/{brand}/orders", ListOf[DeskOrderOut], DESK)
def desk_orders(
    request: Asked, brand: str, waiting: bool = False, cursor: Cursor = "", limit: Limit = 24
) -> ListOf[DeskOrderOut]:
    """Paid orders, newest first; all, or those of which something is still to be sent."""
    rows = queries.orders_at(request.me, desk(request.me, brand))
    found, more = cursors.by_number(queries.waiting(rows) if waiting else rows, cursor, limit)
    return ListOf[DeskOrderOut](items=[DeskOrderOut.of(one) for one in queries.wholes(found)], next=more)


@room.get("/desks/{brand}/orders/{order}", DeskOrderOut, DESK)
def desk_order(request: Asked, brand: str, order: str) -> DeskOrderOut:
    """One order: what was bought, where it goes, what became of it."""
    return _now(_order(request, brand, order))


@room.put("/desks/{brand}/orders/{order}/packing", DeskOrderOut, DESK)
def pack(request: Asked, brand: str, order: str) -> DeskOrderOut:
    """Say that somebody packs this order. Twice is once."""
    found = _order(request, brand, order)
    actions.pack(by=request.me, order=found)
    return _now(found)


@room.post("/desks/{brand}/orders/{order}/shipments", DeskOrderOut, DESK, status=201)
def ship(request: Asked, brand: str, order: str, body: ShipmentIn) -> DeskOrderOut:
    """Send all or some of it; the buyer gets a mail."""
    found = _order(request, brand, order)
    pieces = pieces_of(found, body.pieces)
    actions.ship(by=request.me, order=found, pieces=pieces, carrier=body.carrier, tracking=body.tracking)
    return _now(found)


@room.post("/desks/{brand}/orders/{order}/cancellation", DeskOrderOut, DESK, status=201)
def cancel(request: Asked, brand: str, order: str, body: CancellationIn) -> DeskOrderOut:
    """Do not send what was not sent, and give its money back."""
    found = _order(request, brand, order)
    actions.cancel(by=request.me, order=found, reason=body.reason)
    return _now(found)


@room.post("/desks/{brand}/orders/{order}/refunds", RefundOut, DESK, status=201, spends=True)
def refund(request: Asked, brand: str, order: str, body: RefundIn) -> RefundOut:
    """Give back the money for so many pieces of each line, sending included."""
    found = _order(request, brand, order)
    pieces = pieces_of(found, body.pieces)
    made = actions.refund(by=request.me, order=found, pieces=pieces, reason=body.reason, restock=body.restock)
    return RefundOut.of(made)


@room.post("/desks/{brand}/refunds/{refund}/retry", RefundOut, DESK)
def retry_refund(request: Asked, brand: str, refund: str) -> RefundOut:
    """Ask the bank again for a refund that it refused."""
    found = get_object_or_404(queries.refunds_at(request.me, desk(request.me, brand)), public=refund)
    actions.retry_refund(by=request.me, refund=found)
    return RefundOut.of(found)
