"""What a brand's team does with its orders: pack, ship in parts, cancel, refund in part or whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.core import clock, text, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger import actions as ledger
from moothall.payments.models import Capture, Payback
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import verbs
from ..models import (
    Allocation,
    Cancellation,
    Order,
    OrderLine,
    Packing,
    Refund,
    RefundLine,
    Shipment,
    ShipmentLine,
)
from .books import till


@transaction.atomic
def pack(*, by: Profile, order: Order) -> Packing:
    """Say that somebody packs this order. Twice is once."""
    _open(by, order)
    packing, made = Packing.objects.get_or_create(order=order, defaults={"by": by, "at": clock.now()})
    if made:
        record(verbs.PACKED, by=by, on=order, brand=order.brand)
    return packing


@transaction.atomic
def ship(*, by: Profile, order: Order, pieces: Mapping[int, int], carrier: str = "", tracking: str = "") -> Shipment:
    """Send so many of each line (by its id), all or some. Refuses more than is left to send."""
    _open(by, order)
    pieces = {line: number for line, number in pieces.items() if number}
    if not pieces:
        raise BadInput(_("Choose what is in the parcel."), field="pieces")
    shipment = Shipment.objects.create(
        order=order, by=by, at=clock.now(), carrier=text.tidy(carrier)[:60], tracking=text.tidy(tracking)[:100]
    )
    for line_id, number in sorted(pieces.items()):
        left = OrderLine.objects.filter(pk=line_id, order=order, variant__isnull=False)
        if number < 0 or not left.filter(quantity__gte=F("shipped") + F("withheld") + number).update(
            shipped=F("shipped") + number
        ):
            raise Refusal(_("There are not that many left to send."), field="pieces")
        ShipmentLine.objects.create(shipment=shipment, line_id=line_id, quantity=number)
    record(verbs.SHIPPED, by=by, on=shipment, brand=order.brand, order=order.pk)
    return shipment


@transaction.atomic
def correct_parcel(*, by: Profile, shipment: Shipment, carrier: str, tracking: str) -> None:
    """Another carrier or number than was said. What says nothing new changes nothing."""
    _may(by, shipment.order.brand)
    said = {"carrier": text.tidy(carrier)[:60], "tracking": text.tidy(tracking)[:100]}
    if Shipment.objects.filter(pk=shipment.pk).exclude(**said).update(**said):
        record(verbs.PARCEL_CORRECTED, by=by, on=shipment, brand=shipment.order.brand, order=shipment.order_id)


@transaction.atomic
def cancel(*, by: Profile, order: Order, reason: str) -> Cancellation:
    """Do not send what was not sent, and give its money back; with nothing sent, what sending cost too. Refuses
    when all is on its way."""
    _open(by, order)
    reason = text.tidy(reason)[:300]
    if not reason:
        raise BadInput(_("Say why; the buyer reads it."), field="reason")
    return call_off(by=by, order=order, reason=reason)


def call_off(*, by: Profile, order: Order, reason: str) -> Cancellation:
    """The same without asking who does it: the hall itself calls an order off too."""
    lines = list(OrderLine.objects.filter(order=order))
    untouched = not any(line.shipped for line in lines)
    pieces = {line.pk: line.to_ship if line.variant_id else line.to_return * untouched for line in lines}
    if not any(line.to_ship for line in lines):
        raise Refusal(_("Everything was sent or given back already. Refund it instead."))
    made, new = Cancellation.objects.get_or_create(
        order=order, defaults={"by": by, "at": clock.now(), "reason": reason}
    )
    if not new:
        raise Refusal(_("This order was cancelled."))
    record(verbs.CANCELLED, by=by, on=order, brand=order.brand)
    if any(line.part_of(pieces[line.pk]) for line in lines):
        _refund(by=by, order=order, lines=lines, pieces=pieces, reason=reason, restock=True)
        return made
    for line in sorted(lines, key=_in_order_of_stock):  # all that was left was free
        if pieces[line.pk]:
            _count_back(line, pieces[line.pk], restock=True)
    return made


@transaction.atomic
def refund(
    *,
    by: Profile,
    order: Order,
    pieces: Mapping[int, int],
    reason: str = "",
    restock: bool = False,
    came_back: bool = False,
) -> Refund:
    """Give back the money for so many of each line (by its id); the shipping line is one like the others.

    `restock` puts the pieces back on sale. `came_back` says that they are pieces that were sent: what is still to be
    sent stays so. Refuses more than was paid and not yet given back."""
    _may(by, order.brand)
    if order.state != Order.PAID:
        raise Refusal(_("This order was not paid."))
    lines = list(OrderLine.objects.filter(order=order))
    reason = text.tidy(reason)[:300]
    return _refund(by=by, order=order, lines=lines, pieces=pieces, reason=reason, restock=restock, came_back=came_back)


@transaction.atomic
def retry_refund(*, by: Profile, refund: Refund) -> None:
    """Ask the bank again for a refund that it refused. Twice is once."""
    _may(by, refund.order.brand)
    refused = Payback.objects.filter(pk=refund.payback_id, state=Payback.FAILED, due=work.NEVER)
    if refused.update(due=clock.now(), tries=0, dead=None):
        record(verbs.REFUND_RETRIED, by=by, on=refund, brand=refund.order.brand, order=refund.order_id)


def _refund(
    *,
    by: Profile,
    order: Order,
    lines: Sequence[OrderLine],
    pieces: Mapping[int, int],
    reason: str,
    restock: bool,
    came_back: bool = False,
) -> Refund:
    by_id = {line.pk: line for line in lines}
    chosen = {pk: number for pk, number in sorted(pieces.items()) if number}
    if any(number < 0 or pk not in by_id for pk, number in chosen.items()):
        raise BadInput(_("Choose how many of each."), field="pieces")
    if any(number > by_id[pk].to_return for pk, number in chosen.items()):
        raise Refusal(_("There are not that many left to give back."), field="pieces")
    amount = sum(by_id[pk].part_of(number) for pk, number in chosen.items())
    if not amount:
        raise BadInput(_("Choose what is given back."), field="pieces")
    within = Allocation.objects.filter(order=order, amount__gte=F("refunded") + amount)
    if not within.update(refunded=F("refunded") + amount):
        raise Refusal(_("That is more than is left of this order."), field="pieces")
    capture = Capture.objects.get(payment=order.purchase.payment_id, use=Capture.KEPT)
    payback = Payback.objects.create(capture=capture, amount=amount, currency=order.currency, due=capture.goes_back)
    made = Refund.objects.create(
        order=order, by=by, at=clock.now(), amount=amount, currency=order.currency, reason=reason, payback=payback
    )
    for line in sorted(lines, key=_in_order_of_stock):
        if line.pk in chosen:
            _give_back(made, line, chosen[line.pk], restock, came_back)
    # The money is owed from now on: it stands in refunds due until the provider, or a steward, says that it went.
    ledger.move(
        key=f"refund due {made.pk}",
        source=ledger.book(None, ledger.REFUNDS_DUE, order.currency),
        to=till(capture.method, order.currency),
        amount=amount,
    )
    record(verbs.REFUNDED, by=by, on=made, brand=order.brand, order=order.pk, amount=amount)
    return made


def _give_back(refund: Refund, line: OrderLine, number: int, restock: bool, came_back: bool) -> None:
    _count_back(line, number, restock, came_back)
    amount = line.part_of(number)
    RefundLine.objects.create(refund=refund, line=line, quantity=number, amount=amount)
    if amount:
        ledger.reverse(of_kind=OrderLine.kind, of_id=line.pk, part=amount, key=f"refund {refund.pk} line {line.pk}")


def _in_order_of_stock(line: OrderLine) -> int:
    """Variants are taken in the order of their ids, as a hold takes them: two ways round is a deadlock."""
    return line.variant_id or 0


def _count_back(line: OrderLine, number: int, restock: bool, came_back: bool = False) -> None:
    # As it was read: should a parcel leave at this moment, it is for the person to look again which pieces are meant.
    as_read = OrderLine.objects.filter(pk=line.pk, shipped=line.shipped, returned=line.returned, withheld=line.withheld)
    unsent = 0 if came_back else min(number, line.to_ship)
    most = line.kept if came_back and line.variant_id else line.to_return
    if number > most or not as_read.update(returned=F("returned") + number, withheld=F("withheld") + unsent):
        raise Refusal(_("There are not that many left to give back."), field="pieces")
    if restock and line.variant_id:
        stock.take_back(variant_id=line.variant_id, quantity=number)


def _may(by: Profile, brand: Profile) -> None:
    if not people.may_sell(by, brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))


def _open(by: Profile, order: Order) -> None:
    _may(by, order.brand)
    if order.state != Order.PAID:
        raise Refusal(_("This order was not paid."))
    if Cancellation.objects.filter(order=order).exists():
        raise Refusal(_("This order was cancelled."))
