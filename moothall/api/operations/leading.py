"""Ideas: who leads one, beginning one's own from it, merging like ones."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core import text
from moothall.core.refusals import BadInput
from moothall.ideas import actions, queries
from moothall.ideas.models import Author, Idea, Merger
from moothall.people import queries as people
from moothall.people.tokens import READ, SOCIAL

from .. import cursors
from ..door import Asked
from ..shapes.ideas import AuthorIn, AuthorOut, ForkIn, IdeaWholeOut, MergerIn, MergerOut
from ..shapes.plain import Cursor, Limit, ListOf
from .ideas import room, whole


@room.post("/ideas/{idea}/forks", IdeaWholeOut, SOCIAL, status=201)
def fork_idea(request: Asked, idea: str, body: ForkIn) -> IdeaWholeOut:
    """Begin a draft of your own from it; a draft you began from that version already is the one."""
    found = get_object_or_404(queries.openable(request.me).exclude(stage=Idea.DRAFT), public=idea)
    begun = actions.fork(by=request.me, idea=found, number=body.number)
    return whole(request.me, queries.written_by(request.me).get(pk=begun.pk))


@room.get("/ideas/{idea}/authors", ListOf[AuthorOut], READ)
def idea_authors(request: Asked, idea: str) -> ListOf[AuthorOut]:
    """Who leads it with its lead and who is asked to; for those who do, or are asked."""
    rows = list(queries.authors_of(_led(request, idea)).select_related("idea"))
    known = queries.known(request.me, [row.person_id for row in rows])
    return ListOf[AuthorOut](items=[AuthorOut.of(row, known) for row in rows])


@room.post("/ideas/{idea}/authors", AuthorOut, SOCIAL, status=201)
def invite_author(request: Asked, idea: str, body: AuthorIn) -> AuthorOut:
    """Ask somebody to lead your idea with you."""
    found = _led(request, idea)
    handle = text.tidy(body.handle).removeprefix("@").lower()
    person = people.visible_to(request.me).select_related("portrait").filter(handle=handle).first()
    if person is None:
        raise BadInput(_("There is nobody of that name."), field="handle")
    return _author(request, actions.invite_author(by=request.me, idea=found, person=person))


@room.post("/authors/{author}/standing", AuthorOut, SOCIAL)
def join_authors(request: Asked, author: str) -> AuthorOut:
    """Say yes: lead it with them."""
    found = _authorship(request, author)
    actions.join_authors(by=request.me, author=found)
    return _author(request, found)


@room.delete("/authors/{author}", None, SOCIAL)
def leave_authors(request: Asked, author: str) -> None:
    """Say no, or leave; as its lead: take the invitation back, or part with them."""
    actions.leave_authors(by=request.me, author=_authorship(request, author))


@room.post("/authors/{author}/offer", AuthorOut, SOCIAL)
def offer_lead(request: Asked, author: str) -> AuthorOut:
    """Offer them the lead; they lead when they accept."""
    found = _authorship(request, author)
    actions.offer_lead(by=request.me, author=found)
    return _author(request, found)


@room.delete("/authors/{author}/offer", AuthorOut, SOCIAL)
def keep_lead(request: Asked, author: str) -> AuthorOut:
    """Take the offer back, or say no to it."""
    found = _authorship(request, author)
    actions.keep_lead(by=request.me, author=found)
    return _author(request, found)


@room.post("/authors/{author}/lead", IdeaWholeOut, SOCIAL)
def take_lead(request: Asked, author: str) -> IdeaWholeOut:
    """Accept the lead; who led it leads it with you then."""
    led = actions.take_lead(by=request.me, author=_authorship(request, author))
    return whole(request.me, queries.written_by(request.me).get(pk=led.pk))


@room.get("/me/mergers", ListOf[MergerOut], READ)
def my_mergers(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[MergerOut]:
    """Mergers of ideas that you lead, the newest first, whatever became of them."""
    rows, more = cursors.by_number(queries.mergers(request.me), cursor, limit)
    return ListOf[MergerOut](items=[MergerOut.of(one) for one in rows], next=more)


@room.post("/ideas/{idea}/merger", MergerOut, SOCIAL, status=201)
def ask_merger(request: Asked, idea: str, body: MergerIn) -> MergerOut:
    """Ask to merge your idea into another; where you lead both it is done at once."""
    found = get_object_or_404(queries.openable(request.me).exclude(stage=Idea.DRAFT), public=idea, lead=request.me)
    into = queries.openable(request.me).exclude(stage=Idea.DRAFT).filter(public=body.into).first()
    if into is None:
        raise BadInput(_("There is no such idea."), field="into")
    return _merger(actions.ask_merger(by=request.me, idea=found, into=into))


@room.delete("/ideas/{idea}/merger", None, SOCIAL)
def end_merger(request: Asked, idea: str) -> None:
    """Separate it from what it is merged into, or take the question back: each has what it had."""
    waits_or_stands = queries.mergers(request.me).filter(state__in=(Merger.ASKED, Merger.STANDS))
    found = get_object_or_404(waits_or_stands, idea__public=idea)
    end = actions.take_back_merger if found.state == Merger.ASKED else actions.unmerge
    end(by=request.me, merger=found)


@room.get("/mergers/{merger}", MergerOut, READ)
def merger(request: Asked, merger: str) -> MergerOut:
    return MergerOut.of(get_object_or_404(queries.mergers(request.me), public=merger))


@room.post("/mergers/{merger}/acceptance", MergerOut, SOCIAL)
def accept_merger(request: Asked, merger: str) -> MergerOut:
    """Say yes to a merger into your idea."""
    found = get_object_or_404(queries.mergers(request.me), public=merger)
    actions.accept_merger(by=request.me, merger=found)
    return _merger(found)


@room.post("/mergers/{merger}/refusal", MergerOut, SOCIAL)
def decline_merger(request: Asked, merger: str) -> MergerOut:
    """Say no to a merger into your idea."""
    found = get_object_or_404(queries.mergers(request.me), public=merger)
    actions.decline_merger(by=request.me, merger=found)
    return _merger(found)


def _led(request: Asked, public: str) -> Idea:
    return get_object_or_404(queries.led_by(request.me), public=public)


def _authorship(request: Asked, public: str) -> Author:
    return get_object_or_404(queries.authorships(request.me), public=public)


def _author(request: Asked, one: Author) -> AuthorOut:
    row = Author.objects.select_related("idea", "person", "person__portrait").get(pk=one.pk)
    return AuthorOut.of(row, queries.known(request.me, [row.person_id]))


def _merger(one: Merger) -> MergerOut:
    return MergerOut.of(Merger.objects.select_related("idea", "into").get(pk=one.pk))
