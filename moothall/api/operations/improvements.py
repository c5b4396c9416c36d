"""Improvements: asking for a change, asking for it too, the brand's answer, and the next revision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product, Revision
from moothall.catalog.revisions import revisions_of
from moothall.core.refusals import Refusal
from moothall.improvements import actions, queries
from moothall.improvements.models import Improvement
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.tokens import DESK, READ, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..shapes.improvements import (
    BringIn,
    ImprovementIn,
    ImprovementOut,
    ImprovementWholeOut,
    ReasonIn,
    RestingOut,
    RevisionOut,
)
from ..shapes.plain import Cursor, Limit, ListOf
from .desk_orders import desk

room = Room("Improvements", "Changes that people ask for, and the revisions that took them in.")
State = Literal["open", "taken", "declined"]


@room.get("/products/{brand}/{slug}/improvements", ListOf[ImprovementOut])
def improvements(
    request: Asked, brand: str, slug: str, state: State = "open", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[ImprovementOut]:
    """What is asked of a thing, what most ask for first."""
    found = _product(request.viewer, brand, slug)
    return _list(queries.asked_of(found, request.viewer, state), cursor, limit)


@room.get("/products/{brand}/{slug}/improvements/like", ListOf[ImprovementOut], READ)
def like_improvements(request: Asked, brand: str, slug: str, title: str = "") -> ListOf[ImprovementOut]:
    """Open ones that share a word with this title: somebody may ask for yours already."""
    found = queries.like(request.me, _product(request.me, brand, slug), title[:80])
    return ListOf[ImprovementOut](items=[ImprovementOut.of(one) for one in found])


@room.post("/products/{brand}/{slug}/improvements", ImprovementWholeOut, SOCIAL, status=201)
def ask_improvement(request: Asked, brand: str, slug: str, body: ImprovementIn) -> ImprovementWholeOut:
    """Ask for a change, in your name."""
    found = _product(request.me, brand, slug)
    made = actions.ask(by=request.me, product=found, asked=body.asked())
    return _whole(request.me, made.public)


@room.get("/products/{brand}/{slug}/revisions", ListOf[RevisionOut])
def revisions(request: Asked, brand: str, slug: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[RevisionOut]:
    """The revisions of a thing, the newest first, each with what it rests on."""
    rows = revisions_of(_product(request.viewer, brand, slug))
    return _decided(rows.select_related("product__brand"), request.viewer, cursor, limit)


@room.get("/improvements/{improvement}", ImprovementWholeOut)
def improvement(request: Asked, improvement: str) -> ImprovementWholeOut:
    """One change that people ask for, and who they are."""
    return _whole(request.viewer, improvement)


@room.put("/improvements/{improvement}/voice", ImprovementWholeOut, SOCIAL)
def join_improvement(request: Asked, improvement: str) -> ImprovementWholeOut:
    """Ask for it too."""
    actions.join(by=request.me, improvement=_one(request.me, improvement))
    return _whole(request.me, improvement)


@room.delete("/improvements/{improvement}/voice", None, SOCIAL)
def leave_improvement(request: Asked, improvement: str) -> None:
    """Ask for it no longer."""
    actions.leave(by=request.me, improvement=_one(request.me, improvement))


@room.delete("/improvements/{improvement}", None, SOCIAL)
def take_back_improvement(request: Asked, improvement: str) -> None:
    """Take back what you asked for first."""
    actions.take_back(by=request.me, improvement=_one(request.me, improvement))


@room.post("/improvements/{improvement}/again", ImprovementWholeOut, SOCIAL)
def ask_improvement_again(request: Asked, improvement: str) -> ImprovementWholeOut:
    """Ask again for what you took back."""
    actions.ask_again(by=request.me, improvement=_one(request.me, improvement))
    return _whole(request.me, improvement)


@room.post("/improvements/{improvement}/answer", ImprovementWholeOut, DESK)
def decline_improvement(request: Asked, improvement: str, body: ReasonIn) -> ImprovementWholeOut:
    """Leave the thing as it is, and say why."""
    actions.decline(by=request.me, improvement=_one(request.me, improvement), answer=body.answer)
    return _whole(request.me, improvement)


@room.delete("/improvements/{improvement}/answer", None, DESK)
def reopen_improvement(request: Asked, improvement: str) -> None:
    """Think again about what was declined."""
    actions.reopen(by=request.me, improvement=_one(request.me, improvement))


@room.get("/brands/{brand}/decisions", ListOf[RevisionOut])
def decisions(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[RevisionOut]:
    """All of a brand's revisions after the first, each with what it rests on."""
    found = get_object_or_404(people.brands(request.viewer), handle=brand)
    return _decided(queries.later_revisions(found, request.viewer), request.viewer, cursor, limit)


@room.get("/brands/{brand}/decisions/share", RestingOut)
def decisions_share(request: Asked, brand: str) -> RestingOut:
    """How many of them rest on what people asked for."""
    return RestingOut.of(queries.share_of(get_object_or_404(people.brands(request.viewer), handle=brand)))


# ---- the desk


@room.get("/desks/{brand}/improvements", ListOf[ImprovementOut], DESK)
def desk_improvements(
    request: Asked, brand: str, state: State = "open", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[ImprovementOut]:
    """What is asked of all things of a brand, what most ask for first."""
    rows = queries.at_desk(request.me, desk(request.me, brand)).filter(state=state)
    return _list(rows, cursor, limit)


@room.post("/desks/{brand}/products/{slug}/revisions", RevisionOut, DESK, status=201)
def bring_revision(request: Asked, brand: str, slug: str, body: BringIn) -> RevisionOut:
    """Bring the next revision, with what it takes in of what was asked for."""
    found = _at_desk(request.me, brand, slug)
    asked = queries.at_desk(request.me, found.brand).filter(product=found, public__in=body.takes_in)
    taken = list(asked)
    if len(taken) < len(set(body.takes_in)):
        said = _("Some of it was answered or taken back meanwhile. Look at it again.")
        raise Refusal(said, field="takes_in")
    made = actions.bring_revision(by=request.me, product=found, words=body.words, taken=taken)
    return RevisionOut.of(queries.decisions([made], request.me)[0])


@room.delete("/desks/{brand}/products/{slug}/revisions/{number}", None, DESK)
def take_back_revision(request: Asked, brand: str, slug: str, number: int) -> None:
    """Take the newest revision back, within a day and while nobody has bought it."""
    actions.take_back_revision(by=request.me, product=_at_desk(request.me, brand, slug), number=number)


def _product(viewer: Profile | None, brand: str, slug: str) -> Product:
    rows = catalog.on_page(viewer, draft_too=True)
    return get_object_or_404(rows, brand__handle=brand, slug=slug)


def _at_desk(me: Profile, brand: str, slug: str) -> Product:
    return get_object_or_404(catalog.of_desk(me, desk(me, brand)).select_related("brand"), slug=slug)


def _one(viewer: Profile | None, public: str) -> Improvement:
    return get_object_or_404(queries.openable(viewer), public=public)


def _whole(viewer: Profile | None, public: str) -> ImprovementWholeOut:
    found = _one(viewer, public)
    return ImprovementWholeOut.whole(found, queries.voices_of(found, viewer), queries.asks_for(viewer, found))


def _list(rows: QuerySet[Improvement], cursor: str, limit: int) -> ListOf[ImprovementOut]:
    page, more = cursors.by_place(rows.select_related("by__portrait", "product__brand"), cursor, limit)
    return ListOf[ImprovementOut](items=[ImprovementOut.of(one) for one in page], next=more)


def _decided(rows: QuerySet[Revision], viewer: Profile | None, cursor: str, limit: int) -> ListOf[RevisionOut]:
    page, more = cursors.by_number(rows, cursor, limit)
    return ListOf[RevisionOut](items=_told(page, viewer), next=more)


def _told(page: Iterable[Revision], viewer: Profile | None) -> list[RevisionOut]:
    return [RevisionOut.of(one) for one in queries.decisions(page, viewer)]
