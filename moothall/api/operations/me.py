"""Oneself: profile, circles, shares."""

from __future__ import annotations

from django.db import transaction
from django.shortcuts import get_object_or_404

from moothall.core import pictures
from moothall.core.models import Picture
from moothall.orders import actions as order_actions
from moothall.orders import queries as orders
from moothall.orders.models import Share
from moothall.people import actions, queries
from moothall.people.models import Circle, Profile
from moothall.people.tokens import DESK, READ, SOCIAL

from .. import cursors
from ..door import Asked, Room, Upload
from ..shapes.buying import ShareOut
from ..shapes.people import BrandIn, CircleIn, CircleOut, FaceIn, MeOut, ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf
from .people import seen

room = Room("You", "Whose token it is: profile, circles, what you shared.")


@room.get("/me", MeOut, READ)
def me(request: Asked) -> MeOut:
    """Whose token this is, and what it may do."""
    desks = queries.desks_of(request.me).select_related("portrait")
    return MeOut.of(request.account, request.scopes, desks)


@room.patch("/me", ProfileOut, SOCIAL)
def change_me(request: Asked, body: FaceIn) -> ProfileOut:
    """Change your name, words or handle."""
    return ProfileOut.of(change_face(request.me, request.me, body))


def change_face(by: Profile, profile: Profile, body: FaceIn) -> Profile:
    return actions.change_profile(
        by=by,
        profile=profile,
        name=profile.name if body.name is None else body.name,
        words=profile.words if body.words is None else body.words,
        handle=body.handle or "",
    )


def _drawn(request: Asked, picture: Upload) -> Picture:
    return pictures.keep_sent(picture)


@room.post("/me/picture", ProfileOut, SOCIAL, before=_drawn)
def change_my_picture(request: Asked, picture: Upload) -> ProfileOut:
    """Change your picture: JPEG, PNG, WebP or GIF up to 12 MB, drawn anew without anything hidden in it."""
    actions.change_picture(by=request.me, profile=request.me, picture=request.ready)
    return ProfileOut.of(request.me)


@room.post("/brands", ProfileOut, DESK, status=201)
def open_brand(request: Asked, body: BrandIn) -> ProfileOut:
    """Open a brand; you are its owner."""
    return ProfileOut.of(actions.open_brand(by=request.me, name=body.name, handle=body.handle, words=body.words))


@room.get("/circles", ListOf[CircleOut], READ)
def circles(request: Asked) -> ListOf[CircleOut]:
    """Your circles, and who is in each."""
    mine = list(queries.circles_of(request.me))
    members = queries.members_of(mine)
    return ListOf[CircleOut](items=[CircleOut.of(one, members[one.pk]) for one in mine])


@room.post("/circles", CircleOut, SOCIAL, status=201)
def make_circle(request: Asked, body: CircleIn) -> CircleOut:
    """Make a circle; only you see its name and who is in it."""
    return CircleOut.of(actions.make_circle(by=request.me, name=body.name), [])


@room.delete("/circles/{circle}", None, SOCIAL)
def end_circle(request: Asked, circle: str) -> None:
    """End a circle; what was shared with it nobody else sees any more."""
    actions.end_circle(by=request.me, circle=_own(request, circle))


@room.put("/circles/{circle}/people/{handle}", None, SOCIAL)
def join_circle(request: Asked, circle: str, handle: str) -> None:
    """Put somebody into a circle; they are not told."""
    actions.join_circle(by=request.me, circle=_own(request, circle), person=seen(request, handle))


@room.delete("/circles/{circle}/people/{handle}", None, SOCIAL)
def leave_circle(request: Asked, circle: str, handle: str) -> None:
    """Take somebody out of a circle."""
    actions.leave_circle(by=request.me, circle=_own(request, circle), person=seen(request, handle))


def _own(request: Asked, public: str) -> Circle:
    return get_object_or_404(queries.circles_of(request.me), public=public)


@room.get("/shares", ListOf[ShareOut], READ)
def shares(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ShareOut]:
    """What you shared and did not take back, newest first."""
    rows, more = cursors.by_number(orders.standing_shares_of(request.me), cursor, limit)
    return ListOf[ShareOut](items=[ShareOut.of(one) for one in rows], next=more)


@room.delete("/shares/{share}", None, SOCIAL)
def withdraw_share(request: Asked, share: str) -> None:
    """Take a share back: it is gone everywhere at once."""
    with transaction.atomic():
        found = get_object_or_404(Share, public=share, by=request.me)
        order_actions.withdraw_share(by=request.me, share=found)
