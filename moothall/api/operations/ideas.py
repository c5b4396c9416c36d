"""Ideas: proposing, shaping, standing behind them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core import pictures, text
from moothall.core.models import Picture
from moothall.core.refusals import BadInput
from moothall.ideas import actions, opened, queries
from moothall.ideas.models import Contribution, Idea
from moothall.ideas.voices import voices
from moothall.people.models import Profile
from moothall.people.tokens import READ, SOCIAL
from moothall.pools.queries import stand_of

from .. import cursors
from ..door import Asked, Room, Upload
from ..shapes.ideas import (
    BackingIn,
    ContributionIn,
    ContributionOut,
    DeclineIn,
    DraftIn,
    IdeaOut,
    IdeaWholeOut,
    RevisionIn,
    TakeInIn,
    VersionOut,
)
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.pools import PoolOut

room = Room("Ideas", "What people propose, shape together and stand behind, before anybody makes it.")
NEWEST = 50  # contributions told with their idea


@room.get("/ideas", ListOf[IdeaOut])
def ideas(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[IdeaOut]:
    """All that stand, what most stand behind first."""
    start = min(cursors.read(cursor), 10_000) if cursor else 0
    rows = list(queries.listed(request.viewer)[start : start + limit + 1])
    more = cursors.write(start + limit) if len(rows) > limit else None
    return idea_list(request.viewer, rows[:limit], more)


@room.get("/me/ideas", ListOf[IdeaOut], READ)
def my_ideas(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[IdeaOut]:
    """Your own, drafts and withdrawn ones too, newest first."""
    mine = queries.ideas_of(request.me).select_related("lead__portrait", "brand")
    rows, more = cursors.by_number(mine, cursor, limit)
    return idea_list(request.me, list(rows), more)


def idea_list(viewer: Profile | None, rows: list[Idea], more: str | None = None) -> ListOf[IdeaOut]:
    support, brands = queries.support_for(rows), queries.brands_known(viewer, rows)
    return ListOf[IdeaOut](items=[IdeaOut.of(one, support[one.pk], brands) for one in rows], next=more)


@room.get("/ideas/{idea}", IdeaWholeOut)
def idea(request: Asked, idea: str) -> IdeaWholeOut:
    """One idea, its newest contributions, and your own voice."""
    return whole(request.viewer, _opened(request.viewer, idea))


@room.get("/ideas/{idea}/versions", ListOf[VersionOut])
def idea_versions(request: Asked, idea: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[VersionOut]:
    """What it said before, the newest first."""
    found = queries.versions_of(_opened(request.viewer, idea)).order_by("-id")
    rows, more = cursors.by_number(found, cursor, limit)
    known = queries.known(request.viewer, [one.by_id for one in rows])
    return ListOf[VersionOut](items=[VersionOut.of(one, known.get(one.by_id)) for one in rows], next=more)


@room.get("/ideas/{idea}/contributions", ListOf[ContributionOut])
def idea_contributions(request: Asked, idea: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ContributionOut]:
    """What was said of it in other words, the newest first; with what waits at ideas merged into it."""
    found = queries.contributions_to(_opened(request.viewer, idea), request.viewer)
    rows, more = cursors.by_number(found, cursor, limit)
    return ListOf[ContributionOut](items=[ContributionOut.of(one) for one in rows], next=more)


@room.get("/ideas/{idea}/similar", ListOf[IdeaOut], READ)
def similar_ideas(request: Asked, idea: str) -> ListOf[IdeaOut]:
    """Ideas with words of its title: somebody may have had yours already."""
    return idea_list(request.me, queries.similar(request.me, _own(request, idea)))


@room.get("/contributions/{contribution}", ContributionOut)
def contribution(request: Asked, contribution: str) -> ContributionOut:
    return ContributionOut.of(_contribution(request.viewer, contribution))


@room.post("/ideas", IdeaWholeOut, SOCIAL, status=201)
def draft_idea(request: Asked, body: DraftIn) -> IdeaWholeOut:
    """Begin a draft; only you see it."""
    draft = actions.keep_draft(by=request.me, words=body.words(), brand=_brand(request.me, body.brand))
    return whole(request.me, draft)


@room.put("/ideas/{idea}", IdeaWholeOut, SOCIAL)
def keep_draft(request: Asked, idea: str, body: DraftIn) -> IdeaWholeOut:
    """Write a draft anew."""
    brand = _brand(request.me, body.brand)
    kept = actions.keep_draft(by=request.me, words=body.words(), brand=brand, idea=_own(request, idea))
    return whole(request.me, kept)


def _drawn(request: Asked, idea: str, picture: Upload) -> Picture:
    _written(request, idea)
    return pictures.keep_sent(picture)


@room.post("/ideas/{idea}/picture", IdeaWholeOut, SOCIAL, before=_drawn)
def draw_idea(request: Asked, idea: str, picture: Upload) -> IdeaWholeOut:
    """Show it by a picture or a sketch: JPEG, PNG, WebP or GIF up to 12 MB."""
    found = _written(request, idea)
    actions.draw(by=request.me, idea=found, picture=request.ready)
    return whole(request.me, found)


@room.post("/ideas/{idea}/proposal", IdeaWholeOut, SOCIAL)
def propose_idea(request: Asked, idea: str) -> IdeaWholeOut:
    """Show a draft to everybody, as version 1."""
    return whole(request.me, actions.propose(by=request.me, idea=_own(request, idea)))


@room.post("/ideas/{idea}/versions", IdeaWholeOut, SOCIAL, status=201)
def revise_idea(request: Asked, idea: str, body: RevisionIn) -> IdeaWholeOut:
    """Make a new version of an idea that you lead, alone or with others."""
    found = _written(request, idea)
    made = actions.revise(by=request.me, idea=found, words=body.words(), base=body.base, note=body.note)
    return whole(request.me, made)


@room.delete("/ideas/{idea}", None, SOCIAL)
def discard_idea(request: Asked, idea: str) -> None:
    """Throw a draft away."""
    actions.discard(by=request.me, idea=_own(request, idea))


@room.post("/ideas/{idea}/withdrawal", None, SOCIAL)
def withdraw_idea(request: Asked, idea: str) -> None:
    """Take your idea back; nobody else sees it then."""
    actions.withdraw(by=request.me, idea=_own(request, idea))


@room.delete("/ideas/{idea}/withdrawal", None, SOCIAL)
def bring_back_idea(request: Asked, idea: str) -> None:
    """Show a withdrawn idea again."""
    actions.bring_back(by=request.me, idea=_own(request, idea))


@room.put("/ideas/{idea}/backing", IdeaWholeOut, SOCIAL)
def back_idea(request: Asked, idea: str, body: BackingIn) -> IdeaWholeOut:
    """Stand behind an idea: like it, follow it, or say what you would pay. Said again it replaces what you said."""
    found = _seen(request, idea)
    actions.back(by=request.me, idea=found, level=body.level, price=body.price.money if body.price else None)
    return whole(request.me, found)


@room.delete("/ideas/{idea}/backing", None, SOCIAL)
def unback_idea(request: Asked, idea: str) -> None:
    """Take your voice back."""
    actions.unback(by=request.me, idea=_seen(request, idea))


@room.post("/ideas/{idea}/contributions", ContributionOut, SOCIAL, status=201)
def contribute(request: Asked, idea: str, body: ContributionIn) -> ContributionOut:
    """Say one part of somebody's idea in other words; its lead takes it in, in your name, or says why not."""
    made = actions.contribute(by=request.me, idea=_seen(request, idea), **body.model_dump())
    return ContributionOut.of(made)


@room.post("/contributions/{contribution}/taking", IdeaWholeOut, SOCIAL)
def take_in(request: Asked, contribution: str, body: TakeInIn) -> IdeaWholeOut:
    """Make a version of it."""
    found = _contribution(request.me, contribution)
    made = actions.take_in(by=request.me, contribution=found, words=body.words, base=body.base)
    return whole(request.me, made)


@room.post("/contributions/{contribution}/decline", ContributionOut, SOCIAL)
def decline_contribution(request: Asked, contribution: str, body: DeclineIn) -> ContributionOut:
    """Leave the idea as it is, and say why."""
    found = _contribution(request.me, contribution)
    actions.decline(by=request.me, contribution=found, answer=body.answer)
    return ContributionOut.of(found)


@room.delete("/contributions/{contribution}", None, SOCIAL)
def take_back_contribution(request: Asked, contribution: str) -> None:
    """Take your own back before it is answered."""
    actions.take_back(by=request.me, contribution=_contribution(request.me, contribution))


@room.post("/ideas/{idea}/gathering", PoolOut, SOCIAL, status=201)
def begin_gathering(request: Asked, idea: str) -> PoolOut:
    """Let people pledge for what it would become, as its lead: at any price, bound to nothing until a brand names
    one."""
    return PoolOut.of(stand_of(actions.begin_gathering(by=request.me, idea=_seen(request, idea))))


@room.delete("/ideas/{idea}/gathering", IdeaWholeOut, SOCIAL)
def end_gathering(request: Asked, idea: str) -> IdeaWholeOut:
    """Let all go who pledged, as its lead; they are told."""
    found = _seen(request, idea)
    actions.end_gathering(by=request.me, idea=found)
    return whole(request.me, found)


def whole(viewer: Profile | None, idea: Idea) -> IdeaWholeOut:
    around = opened.around(viewer, idea, [idea.brand_id])
    return IdeaWholeOut.whole(
        idea,
        voices(idea, viewer).first() if viewer else None,
        support=opened.support_of(idea),
        brands=around.known.keys(),
        contributions=list(queries.contributions_to(idea, viewer)[:NEWEST]),
        authors=around.authors,
        shapers=[around.known[id] for id in around.shapers if id in around.known],
        kin={one.pk: one for one in opened.kin_of(idea, viewer)},
    )


def _opened(viewer: Profile | None, public: str) -> Idea:
    return get_object_or_404(queries.openable(viewer), public=public)


def _seen(request: Asked, public: str) -> Idea:
    return get_object_or_404(queries.openable(request.me).exclude(stage=Idea.DRAFT), public=public)


def _own(request: Asked, public: str) -> Idea:
    return get_object_or_404(queries.written_by(request.me), public=public, lead=request.me)


def _written(request: Asked, public: str) -> Idea:
    return get_object_or_404(queries.written_by(request.me), public=public)


def _contribution(viewer: Profile | None, public: str) -> Contribution:
    ideas = queries.openable(viewer).exclude(stage=Idea.DRAFT).values("pk")
    return get_object_or_404(queries.readable(viewer).select_related("idea"), public=public, idea__in=ideas)


def _brand(me: Profile, handle: str) -> Profile | None:
    handle = text.tidy(handle).lower()
    if not handle:
        return None
    found = queries.brands_for(me).filter(handle=handle).first()
    if found is None:
        raise BadInput(_("There is no such brand."), field="brand")
    return found
