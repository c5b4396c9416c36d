"""A brand's desk: its face and its team."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from moothall.core import pictures
from moothall.core.models import Picture
from moothall.orders import afterwards
from moothall.orders import queries as orders
from moothall.people import actions, queries
from moothall.people.models import Profile
from moothall.people.tokens import DESK, SOCIAL

from ..door import Asked, Room, Upload
from ..shapes.buying import RefundOut
from ..shapes.desk import DeskOut
from ..shapes.people import AskedIntoOut, FaceIn, MemberOut, ProfileOut, RoleIn, TeamPlaceOut
from ..shapes.plain import ListOf
from .desk_orders import desk
from .me import change_face

room = Room("Desk: shop", "A brand's face and its team.")


@room.get("/desks/{brand}", DeskOut, DESK)
def the_desk(request: Asked, brand: str) -> DeskOut:
    """The desk: your role, and what waits."""
    one = desk(request.me, brand)
    returns = afterwards.returns_at(request.me, one).filter(state__in=afterwards.WAITS)
    return DeskOut(
        brand=ProfileOut.of(one),
        role=queries.role_of(request.me, one),
        waiting=orders.waiting(orders.orders_at(request.me, one)).count(),
        returns=returns.count(),
        failed=[RefundOut.of(row) for row in orders.failed_refunds(request.me, one)],
    )


@room.patch("/desks/{brand}", ProfileOut, DESK)
def change_brand(request: Asked, brand: str, body: FaceIn) -> ProfileOut:
    """Change the brand's name, words or handle; for owners."""
    return ProfileOut.of(change_face(request.me, desk(request.me, brand), body))


def _drawn(request: Asked, brand: str, picture: Upload) -> Picture:
    actions.may_change(request.me, desk(request.me, brand))
    return pictures.keep_sent(picture)


@room.post("/desks/{brand}/picture", ProfileOut, DESK, before=_drawn)
def change_brand_picture(request: Asked, brand: str, picture: Upload) -> ProfileOut:
    """Change the brand's picture; for owners."""
    one = desk(request.me, brand)
    actions.change_picture(by=request.me, profile=one, picture=request.ready)
    return ProfileOut.of(one)


@room.get("/desks/{brand}/team", ListOf[MemberOut], DESK)
def team(request: Asked, brand: str) -> ListOf[MemberOut]:
    """Who is in the team, and in which role."""
    return ListOf[MemberOut](items=[MemberOut.of(one) for one in queries.team_of(desk(request.me, brand))])


@room.get("/desks/{brand}/invitations", ListOf[AskedIntoOut], DESK)
def team_invitations(request: Asked, brand: str) -> ListOf[AskedIntoOut]:
    """Who was asked into the team and has not answered."""
    rows = queries.asked_into_team(desk(request.me, brand))
    return ListOf[AskedIntoOut](items=[AskedIntoOut.of(one) for one in rows])


@room.put("/desks/{brand}/team/{handle}", TeamPlaceOut, DESK)
def invite_to_team(request: Asked, brand: str, handle: str, body: RoleIn) -> TeamPlaceOut:
    """Ask a person into the team, who then says yes or no; or give somebody of the team another role. For owners."""
    one = desk(request.me, brand)
    member = queries.team_of(one).filter(person__handle=handle).first()
    if member:
        actions.change_role(by=request.me, brand=one, person=member.person, role=body.role)
        return TeamPlaceOut(person=ProfileOut.of(member.person), role=body.role, asked=False)
    person = get_object_or_404(queries.people(request.me), handle=handle)
    actions.invite_to_team(by=request.me, brand=one, person=person, role=body.role)
    return TeamPlaceOut(person=ProfileOut.of(person), role=body.role, asked=True)


@room.delete("/desks/{brand}/team/{handle}", None, DESK)
def leave_team(request: Asked, brand: str, handle: str) -> None:
    """Owners send people out of the team, or take an invitation back; everybody may leave it."""
    one = desk(request.me, brand)
    asked = queries.asked_into_team(one).filter(person__handle=handle).first()
    if asked:
        actions.take_back_team_invitation(by=request.me, brand=one, person=asked.person)
        return
    whom = get_object_or_404(queries.team_of(one), person__handle=handle).person
    actions.leave_team(by=request.me, brand=one, person=whom)


@room.post("/me/teams/{brand}", None, SOCIAL)
def join_team(request: Asked, brand: str) -> None:
    """Say yes to a team that asks for you."""
    actions.join_team(by=request.me, brand=_asking(request.me, brand))


@room.delete("/me/teams/{brand}", None, SOCIAL)
def decline_team(request: Asked, brand: str) -> None:
    """Say no to a team that asks for you."""
    actions.decline_team(by=request.me, brand=_asking(request.me, brand))


def _asking(me: Profile, handle: str) -> Profile:
    return get_object_or_404(queries.teams_asking(me), brand__handle=handle).brand
