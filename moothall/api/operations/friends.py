"""Bringing friends: invitations, meeting by them, being found by address; whom one may know."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from moothall.people import actions, queries
from moothall.people.models import Invitation
from moothall.people.tokens import READ, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..shapes.friends import InvitationIn, InvitationOut, InvitedOut, SeekIn, SoughtOut
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf

room = Room("Friends", "Invitations by link or mail, and finding each other by address, where both chose it.")


@room.get("/invitations", ListOf[InvitationOut], READ)
def invitations(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[InvitationOut]:
    """Your invitations that still hold, newest first."""
    rows, more = cursors.by_number(queries.invitations_of(request.me), cursor, limit)
    return ListOf[InvitationOut](items=[InvitationOut.of(one) for one in rows], next=more)


@room.post("/invitations", InvitationOut, SOCIAL, status=201)
def invite(request: Asked, body: InvitationIn) -> InvitationOut:
    """Call somebody here, by one mail or by a link; either holds for thirty days. Ten mails and five links a day."""
    return InvitationOut.of(actions.invite(by=request.me, **body.model_dump()))


@room.get("/invitations/{invitation}", InvitedOut)
def invitation(request: Asked, invitation: str) -> InvitedOut:
    """Who invites, with which words."""
    viewer = request.viewer
    found = get_object_or_404(queries.invitations_to(viewer).filter(ended=None), public=invitation)
    return InvitedOut.of(
        found,
        holds=found.is_open or queries.taken(viewer, found),
        own=viewer is not None and viewer.pk == found.by_id,
        follows=queries.follows(viewer, found.by),
    )


@room.delete("/invitations/{invitation}", None, SOCIAL)
def end_invitation(request: Asked, invitation: str) -> None:
    """Take an invitation of yours back; its link leads nowhere any more."""
    found = get_object_or_404(queries.invitations_of(request.me), public=invitation)
    actions.end_invitation(by=request.me, invitation=found)


@room.post("/invitations/{invitation}/meeting", ProfileOut, SOCIAL)
def meet(request: Asked, invitation: str) -> ProfileOut:
    """Follow who invited you; they follow back if they wished that."""
    found: Invitation = get_object_or_404(queries.invitations_to(request.me), public=invitation)
    actions.meet(by=request.me, invitation=found)
    return ProfileOut.of(found.by)


@room.get("/me/brought", ListOf[ProfileOut], READ)
def brought(request: Asked) -> ListOf[ProfileOut]:
    """Who came by your invitations, the newest fifty."""
    return ListOf[ProfileOut](items=[ProfileOut.of(one) for one in queries.came_by(request.me)])


@room.get("/me/strangers", ListOf[ProfileOut], READ)
def strangers(request: Asked) -> ListOf[ProfileOut]:
    """A few people whom you do not follow yet; brands, where you follow everybody."""
    return ListOf[ProfileOut](items=[ProfileOut.of(one) for one in queries.to_meet(request.me)])


@room.put("/me/findable", None, SOCIAL)
def be_findable(request: Asked) -> None:
    """Let those find you who know your mail address and may be found themselves."""
    actions.let_be_found(account=request.account, findable=True)


@room.delete("/me/findable", None, SOCIAL)
def be_hidden(request: Asked) -> None:
    """Be found by your mail address no more."""
    actions.let_be_found(account=request.account, findable=False)


@room.post("/friends/found", SoughtOut, SOCIAL)
def find_friend(request: Asked, body: SeekIn) -> SoughtOut:
    """Whoever has this mail address, if both of you chose to be found. Twenty a day."""
    found = actions.find_by_address(account=request.account, email=body.email)
    return SoughtOut(person=ProfileOut.of(found) if found else None)
