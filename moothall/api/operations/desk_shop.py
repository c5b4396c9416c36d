"""A brand's desk: its face, its team, what sending costs."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core.hall import hall
from moothall.core.models import Picture
from moothall.core.refusals import BadInput
from moothall.orders import actions as order_actions
from moothall.orders import queries as orders
from moothall.people import actions, queries
from moothall.people.tokens import DESK

from ..door import Asked, Room, Upload
from ..shapes.buying import DeskOut, RefundOut, SendingIn, SendingOut
from ..shapes.people import FaceIn, MemberOut, ProfileOut, RoleIn
from ..shapes.plain import ListOf
from .desk_orders import desk
from .me import change_face, kept

room = Room("Desk: shop", "A brand's face, its team, and what sending costs.")


@room.get("/desks/{brand}", DeskOut, DESK)
def the_desk(request: Asked, brand: str) -> DeskOut:
    """The desk: your role, and what waits."""
    one = desk(request.me, brand)
    rate = orders.rate_of(one)
    return DeskOut(
        brand=ProfileOut.of(one),
        role=queries.role_of(request.me, one),
        waiting=orders.waiting(orders.orders_at(request.me, one)).count(),
        sending=SendingOut.of(rate) if rate else None,
        failed=[RefundOut.of(row) for row in orders.failed_refunds(request.me, one)],
    )


@room.patch("/desks/{brand}", ProfileOut, DESK)
def change_brand(request: Asked, brand: str, body: FaceIn) -> ProfileOut:
    """Change the brand's name, words or handle; for owners."""
    return ProfileOut.of(change_face(request.me, desk(request.me, brand), body))


def _drawn(request: Asked, brand: str, picture: Upload) -> Picture:
    actions.may_change(request.me, desk(request.me, brand))
    return kept(picture)


@room.post("/desks/{brand}/picture", ProfileOut, DESK, before=_drawn)
def change_brand_picture(request: Asked, brand: str, picture: Upload) -> ProfileOut:
    """Change the brand's picture; for owners."""
    one = desk(request.me, brand)
    actions.change_picture(by=request.me, profile=one, picture=request.ready)
    return ProfileOut.of(one)


@room.put("/desks/{brand}/sending", SendingOut, DESK)
def set_sending(request: Asked, brand: str, body: SendingIn) -> SendingOut:
    """What an order costs to send, whatever is in it."""
    one = desk(request.me, brand)
    if body.amount.currency != hall().currency:
        raise BadInput(_("This hall counts in %(currency)s.") % {"currency": hall().currency}, field="amount.currency")
    return SendingOut.of(
        order_actions.set_shipping(by=request.me, brand=one, amount=body.amount.money, words=body.words)
    )


@room.get("/desks/{brand}/team", ListOf[MemberOut], DESK)
def team(request: Asked, brand: str) -> ListOf[MemberOut]:
    """Who is in the team, and in which role."""
    return ListOf[MemberOut](items=[MemberOut.of(one) for one in queries.team_of(desk(request.me, brand))])


@room.put("/desks/{brand}/team/{handle}", MemberOut, DESK)
def join_team(request: Asked, brand: str, handle: str, body: RoleIn) -> MemberOut:
    """Take a person into the team, or give them another role; for owners."""
    one = desk(request.me, brand)
    person = get_object_or_404(queries.people(request.me), handle=handle)
    return MemberOut.of(actions.join_team(by=request.me, brand=one, person=person, role=body.role))


@room.delete("/desks/{brand}/team/{handle}", None, DESK)
def leave_team(request: Asked, brand: str, handle: str) -> None:
    """Owners send people out of the team; everybody may leave it."""
    one = desk(request.me, brand)
    whom = get_object_or_404(queries.team_of(one), person__handle=handle).person
    actions.leave_team(by=request.me, brand=one, person=whom)
