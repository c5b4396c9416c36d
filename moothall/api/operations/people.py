"""Others: their pages, and the ties to them."""

from __future__ import annotations

from django.db.models import Q
from django.shortcuts import get_object_or_404

from moothall.feed import queries as feed
from moothall.people import actions, queries
from moothall.people.models import SHOP, Profile
from moothall.people.tokens import READ, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..shapes.people import ActOut, CirclesIn, ProfileOut, ProfileWholeOut
from ..shapes.plain import Cursor, Limit, ListOf

room = Room("People", "People and brands by their handles, and what ties you to them.")


def seen(request: Asked, handle: str) -> Profile:
    return get_object_or_404(queries.visible_to(request.viewer).select_related("portrait"), handle=handle)


def _channel(source: Profile) -> str:
    return SHOP if source.is_brand else ""


@room.get("/profiles/{handle}", ProfileWholeOut)
def profile(request: Asked, handle: str) -> ProfileWholeOut:
    """A person or a brand."""
    one, viewer = seen(request, handle), request.viewer
    circles = list(queries.circles_of(viewer)) if viewer and viewer != one and not one.is_brand else []
    members = queries.members_of(circles)
    return ProfileWholeOut.whole(
        one,
        followers=queries.followers(one, _channel(one)),
        follows=queries.follows(viewer, one, _channel(one)),
        muted=queries.is_muted(viewer, one),
        circles=[circle.public for circle in circles if one in members[circle.pk]],
        team=queries.faces_of(viewer, one) if one.is_brand else [],
    )


@room.get("/profiles/{handle}/acts", ListOf[ActOut])
def acts(request: Asked, handle: str, cursor: Cursor = "") -> ListOf[ActOut]:
    """What somebody did and told, as far as it reaches you; newest first, twenty at a time."""
    before = cursors.read(cursor) if cursor else None
    return listed(feed.acts_of(request.viewer, seen(request, handle), before=before))


@room.get("/home", ListOf[ActOut], READ)
def home(request: Asked, cursor: Cursor = "") -> ListOf[ActOut]:
    """What those whom you follow chose to tell; newest first, twenty at a time."""
    return listed(feed.home(request.me, before=cursors.read(cursor) if cursor else None))


def listed(page: feed.Page) -> ListOf[ActOut]:
    more = cursors.write(page.older) if page.older else None
    return ListOf[ActOut](items=[ActOut.of(one) for one in page.items], next=more)


@room.get("/follows", ListOf[ProfileOut], READ)
def follows(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """Whom you follow, the newest first."""
    rows, more = cursors.by_number(queries.follows_of(request.me), cursor, limit)
    return ListOf[ProfileOut](items=[ProfileOut.of(row.source) for row in rows], next=more)


@room.put("/profiles/{handle}/follow", None, SOCIAL)
def follow(request: Asked, handle: str) -> None:
    """Hear of a person, or of a brand's shop."""
    one = seen(request, handle)
    actions.follow(by=request.me, source=one, channel=_channel(one))


@room.delete("/profiles/{handle}/follow", None, SOCIAL)
def unfollow(request: Asked, handle: str) -> None:
    """Hear of them no longer."""
    one = seen(request, handle)
    actions.unfollow(by=request.me, source=one, channel=_channel(one))


@room.get("/blocks", ListOf[ProfileOut], READ)
def blocks(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """Whom you block."""
    rows, more = cursors.by_number(queries.blocks_of(request.me), cursor, limit)
    return ListOf[ProfileOut](items=[ProfileOut.of(row.whom) for row in rows], next=more)


@room.put("/profiles/{handle}/block", None, SOCIAL)
def block(request: Asked, handle: str) -> None:
    """Neither sees anything of the other any more; ties and circles between you end."""
    whom = seen_or_blocked(request.me, handle)
    actions.block(by=request.me, whom=whom)


@room.delete("/profiles/{handle}/block", None, SOCIAL)
def unblock(request: Asked, handle: str) -> None:
    """End the block; what it ended does not come back."""
    actions.unblock(by=request.me, whom=seen_or_blocked(request.me, handle))


def seen_or_blocked(me: Profile, handle: str) -> Profile:
    """Also one whom the caller blocked, but not one who only blocked the caller."""
    mine = Q(pk__in=queries.blocks_of(me).values("whom")) | queries.seen(me)
    return get_object_or_404(Profile.objects.filter(mine, gone=None), handle=handle)


@room.get("/mutes", ListOf[ProfileOut], READ)
def mutes(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """Whom you mute."""
    rows, more = cursors.by_number(queries.mutes_of(request.me), cursor, limit)
    return ListOf[ProfileOut](items=[ProfileOut.of(row.whom) for row in rows], next=more)


@room.put("/profiles/{handle}/mute", None, SOCIAL)
def mute(request: Asked, handle: str) -> None:
    """Hear no more of somebody, who does not learn of it."""
    actions.mute(by=request.me, whom=seen(request, handle))


@room.delete("/profiles/{handle}/mute", None, SOCIAL)
def unmute(request: Asked, handle: str) -> None:
    """Hear them again."""
    actions.unmute(by=request.me, whom=seen(request, handle))


@room.put("/profiles/{handle}/circles", None, SOCIAL)
def put_into_circles(request: Asked, handle: str, body: CirclesIn) -> None:
    """Put a person into exactly these of your circles; nobody is told."""
    person = seen(request, handle)
    for circle in queries.circles_of(request.me):
        do = actions.join_circle if circle.public in body.circles else actions.leave_circle
        do(by=request.me, circle=circle, person=person)
