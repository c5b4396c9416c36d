"""A brand's desk: where it sends, how it is taxed, its vouchers."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from moothall.orders import queries as orders
from moothall.people.models import Profile
from moothall.people.tokens import DESK
from moothall.prices import actions, queries
from moothall.prices.models import Voucher, Zone

from .. import cursors
from ..door import Asked, Room
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.selling import TaxesIn, TaxesOut, TaxOut, UseOut, VoucherIn, VoucherOut, ZoneIn, ZoneOut
from .desk_orders import desk

room = Room("Desk: selling", "Where a brand sends and at what rates, how it is taxed, and its vouchers.")


@room.get("/desks/{brand}/zones", ListOf[ZoneOut], DESK)
def zones(request: Asked, brand: str) -> ListOf[ZoneOut]:
    """Where the brand sends. Without any zone it sends everywhere, free."""
    return ListOf[ZoneOut](items=[ZoneOut.of(one) for one in queries.zones_of(desk(request.me, brand))])


@room.post("/desks/{brand}/zones", ZoneOut, DESK, status=201)
def make_zone(request: Asked, brand: str, body: ZoneIn) -> ZoneOut:
    """Send to these countries from now on, at these rates."""
    one = desk(request.me, brand)
    return _shown(one, actions.make_zone(by=request.me, brand=one, plan=body.plan()))


@room.put("/desks/{brand}/zones/{zone}", ZoneOut, DESK)
def change_zone(request: Asked, brand: str, zone: str, body: ZoneIn) -> ZoneOut:
    """All of the zone, anew."""
    one = desk(request.me, brand)
    return _shown(one, actions.change_zone(by=request.me, zone=_zone(one, zone), plan=body.plan()))


@room.delete("/desks/{brand}/zones/{zone}", None, DESK)
def remove_zone(request: Asked, brand: str, zone: str) -> None:
    """Send there no more, or as everywhere else."""
    actions.remove_zone(by=request.me, zone=_zone(desk(request.me, brand), zone))


def _zone(brand: Profile, public: str) -> Zone:
    return get_object_or_404(Zone.objects.select_related("brand"), brand=brand, public=public)


def _shown(brand: Profile, zone: Zone) -> ZoneOut:
    return next(ZoneOut.of(one) for one in queries.zones_of(brand) if one.zone == zone)


@room.get("/desks/{brand}/taxes", TaxesOut, DESK)
def taxes(request: Asked, brand: str) -> TaxesOut:
    """How the brand's things are taxed."""
    return _taxes(desk(request.me, brand))


@room.put("/desks/{brand}/taxes", TaxesOut, DESK)
def set_taxes(request: Asked, brand: str, body: TaxesIn) -> TaxesOut:
    """All rates, anew."""
    one = desk(request.me, brand)
    actions.set_taxes(by=request.me, brand=one, included=body.included, rates=body.taxed())
    return _taxes(one)


def _taxes(brand: Profile) -> TaxesOut:
    rates = [TaxOut(country=row.country, standard=row.standard, reduced=row.reduced) for row in queries.taxes_of(brand)]
    return TaxesOut(included=queries.tax_is_included(brand), rates=rates)


@room.get("/desks/{brand}/vouchers", ListOf[VoucherOut], DESK)
def vouchers(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[VoucherOut]:
    """The brand's vouchers, the newest first."""
    rows, more = cursors.by_number(queries.vouchers_of(desk(request.me, brand)), cursor, limit)
    return ListOf[VoucherOut](items=[VoucherOut.of(one) for one in rows], next=more)


@room.get("/desks/{brand}/vouchers/{code}", VoucherOut, DESK)
def voucher(request: Asked, brand: str, code: str) -> VoucherOut:
    """One voucher."""
    return VoucherOut.of(_voucher(desk(request.me, brand), code))


@room.get("/desks/{brand}/vouchers/{code}/uses", ListOf[UseOut], DESK)
def voucher_uses(request: Asked, brand: str, code: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[UseOut]:
    """Who is paying with it or paid less by it, the newest first."""
    one = desk(request.me, brand)
    uses = queries.uses_of(_voucher(one, code)).select_related("voucher")
    rows, more = cursors.by_number(uses, cursor, limit)
    bought = orders.orders_at(request.me, one).filter(purchase__in=[use.owner_id for use in rows])
    known = {order.purchase_id: order.public for order in bought}
    return ListOf[UseOut](items=[UseOut.of(use, known.get(use.owner_id)) for use in rows], next=more)


def _voucher(brand: Profile, code: str) -> Voucher:
    return get_object_or_404(queries.vouchers_of(brand).select_related("brand"), code=code)


@room.post("/desks/{brand}/vouchers", VoucherOut, DESK, status=201)
def make_voucher(request: Asked, brand: str, body: VoucherIn) -> VoucherOut:
    """A new code that takes something off the brand's things."""
    one = desk(request.me, brand)
    return VoucherOut.of(actions.make_voucher(by=request.me, brand=one, offer=body.offer()))


@room.delete("/desks/{brand}/vouchers/{code}", None, DESK)
def end_voucher(request: Asked, brand: str, code: str) -> None:
    """It counts no more, save for who is paying with it already."""
    actions.end_voucher(by=request.me, voucher=_voucher(desk(request.me, brand), code))
