"""Credit: who shaped an idea with what share, what that brought, and paying it out."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core import text
from moothall.core.refusals import BadInput
from moothall.credit import actions, queries, statements
from moothall.credit.models import Payout, Split
from moothall.credit.record import record_of, suggested
from moothall.ideas import queries as ideas
from moothall.ideas.models import Idea
from moothall.people import queries as people
from moothall.people.models import PERSON, Profile
from moothall.people.tokens import DESK, READ, SOCIAL, STEWARD

from .. import cursors
from ..door import Asked, Room
from ..shapes.credit import (
    OwedOut,
    PayoutIn,
    PayoutOut,
    RecordOut,
    RoyaltyOut,
    ShaperOut,
    SoldOut,
    SplitDeclineIn,
    SplitIn,
    SplitOut,
    SuggestedOut,
    SumsOut,
    ToSignOut,
)
from ..shapes.plain import Cursor, Limit, ListOf
from .desk_orders import desk
from .steward import only_stewards

room = Room("Credit", "Who shaped an idea with what share, and what each sale of it brings them.")


@room.get("/ideas/{idea}/credit", RecordOut)
def credit(request: Asked, idea: str) -> RecordOut:
    """Who shaped it, by its own record; for who leads it, the shares that the record suggests."""
    found = _idea(request.viewer, idea)
    record = record_of(found)
    known = ideas.known(request.viewer, [one.person for one in record.shapers])
    leads = request.viewer is not None and request.viewer.pk == found.lead_id
    return RecordOut(
        shapers=[
            ShaperOut(
                person=known[one.person].handle if one.person in known else None,
                leads=one.leads,
                versions=one.versions,
            )
            for one in record.shapers
        ],
        versions=record.versions,
        rate=queries.rates([found.pk]).get(found.pk),
        suggested=[SuggestedOut.of(one) for one in suggested(found.lead, found, record)] if leads else [],
    )


@room.get("/ideas/{idea}/splits", ListOf[SplitOut])
def idea_splits(request: Asked, idea: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[SplitOut]:
    """How its royalty was and is shared, and what is proposed; the newest first."""
    found = _idea(request.viewer, idea)
    rows = Split.objects.filter(idea=found).select_related("by", "declined_by")
    page, more = cursors.by_number(rows, cursor, limit)
    return ListOf[SplitOut](items=_splits(request.viewer, found, page), next=more)


@room.get("/me/splits", ListOf[ToSignOut], READ)
def my_splits(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ToSignOut]:
    """What waits for your signature, the newest first."""
    page, more = cursors.by_number(queries.asked_to_sign(request.me), cursor, limit)
    wholes = queries.wholes(page)
    return ListOf[ToSignOut](items=[ToSignOut.of(one, request.me) for one in wholes], next=more)


@room.post("/ideas/{idea}/splits", SplitOut, SOCIAL, status=201)
def propose_split(request: Asked, idea: str, body: SplitIn) -> SplitOut:
    """Propose, as the idea's lead, how its royalty is shared: 10,000 points together. All whom it names sign it."""
    found = _idea(request.me, idea)
    handles = [text.tidy(part.handle).removeprefix("@").lower() for part in body.parts]
    rows = people.visible_to(request.me).filter(sort=PERSON, handle__in=handles)
    known = {one.handle: one for one in rows}
    for n, handle in enumerate(handles):
        if handle not in known:
            raise BadInput(_("There is nobody of that name."), field=f"parts.{n}.handle")
    shares = [
        actions.Share(known[handle], part.points, part.why) for handle, part in zip(handles, body.parts, strict=True)
    ]
    try:
        made = actions.propose_split(by=request.me, idea=found, parts=shares, note=body.note)
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field=(refusal.field or "").replace(".person", ".handle")) from refusal
    return _split_out(request, made)


@room.post("/splits/{split}/signature", SplitOut, SOCIAL)
def sign_split(request: Asked, split: str) -> SplitOut:
    """Agree to all of its shares; the last signature lets it stand."""
    found = _split(request, split)
    actions.sign(by=request.me, split=found)
    return _split_out(request, found)


@room.post("/splits/{split}/refusal", SplitOut, SOCIAL)
def decline_split(request: Asked, split: str, body: SplitDeclineIn) -> SplitOut:
    """Say no to it, and why."""
    found = _split(request, split)
    actions.decline(by=request.me, split=found, why=body.why)
    return _split_out(request, found)


@room.delete("/splits/{split}", None, SOCIAL)
def take_back_split(request: Asked, split: str) -> None:
    """Take back, as the idea's lead, what is proposed; what stands, stands."""
    actions.take_back(by=request.me, split=_split(request, split))


@room.get("/me/royalties", ListOf[RoyaltyOut], READ)
def my_royalties(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[RoyaltyOut]:
    """Each entry of your statement with its reason, newest first."""
    rows, more = cursors.by_number(statements.entries_of(request.me), cursor, limit)
    return ListOf[RoyaltyOut](items=[RoyaltyOut.of(one) for one in statements.lines_of(rows)], next=more)


@room.get("/me/royalties/sums", ListOf[SumsOut], READ)
def my_royalty_sums(request: Asked) -> ListOf[SumsOut]:
    """What sales brought you, what was paid out, and what is left; one for each currency."""
    return ListOf[SumsOut](items=[SumsOut.of(one) for one in statements.sums_of(request.me)])


@room.get("/me/royalties.csv", "text/csv", READ)
def my_royalties_csv(request: Asked) -> HttpResponseBase:
    """All of your statement, the oldest first."""
    return StreamingHttpResponse(statements.statement_csv(request.me), content_type="text/csv; charset=utf-8")


@room.get("/desks/{brand}/royalties", ListOf[SoldOut], DESK)
def desk_royalties(request: Asked, brand: str) -> ListOf[SoldOut]:
    """What your things that were somebody's idea brought those who shaped them."""
    rows = statements.of_brand(desk(request.me, brand))
    return ListOf[SoldOut](items=[SoldOut.of(one) for one in rows])


@room.get("/steward/royalties", ListOf[OwedOut], STEWARD, statuses=(404,))
def royalties_owed(request: Asked) -> ListOf[OwedOut]:
    """Who is owed how much, by name; below zero what a refund took back after a payout."""
    only_stewards(request)
    return ListOf[OwedOut](items=[OwedOut.of(one) for one in statements.owed()])


@room.get("/steward/payouts", ListOf[PayoutOut], STEWARD, statuses=(404,))
def payouts(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PayoutOut]:
    """What was paid out, newest first."""
    only_stewards(request)
    rows, more = cursors.by_number(Payout.objects.all(), cursor, limit)
    found = queries.lines_of_all(rows)
    return ListOf[PayoutOut](items=[PayoutOut.of(one, found[one.pk]) for one in rows], next=more)


@room.post("/steward/payouts", PayoutOut, STEWARD, status=201, statuses=(404,))
def pay_out(request: Asked, body: PayoutIn) -> PayoutOut:
    """Pay all that is ready. Sent again with the same number of the last payout, it is the same payout."""
    only_stewards(request)
    made = actions.pay_out(by=request.me, after=body.after)
    return PayoutOut.of(made, list(queries.lines_of(made)))


@room.get("/steward/payouts/{number}/lines.csv", "text/csv", STEWARD)
def payout_csv(request: Asked, number: int) -> HttpResponseBase:
    """The file for the bank."""
    only_stewards(request)
    found = get_object_or_404(queries.payouts(), number=number)
    return StreamingHttpResponse(statements.payout_csv(found), content_type="text/csv; charset=utf-8")


def _idea(viewer: Profile | None, public: str) -> Idea:
    return get_object_or_404(queries.ideas(viewer), public=public)


def _split(request: Asked, public: str) -> Split:
    return get_object_or_404(queries.splits(request.me), public=public)


def _split_out(request: Asked, split: Split) -> SplitOut:
    found = queries.splits(request.me).get(pk=split.pk)
    return _splits(request.me, found.idea, [found])[0]


def _splits(viewer: Profile | None, idea: Idea, rows: list[Split]) -> list[SplitOut]:
    wholes, record = queries.wholes(rows), record_of(idea)
    ids = {part.person_id for one in wholes for part in one.parts} | {one.split.declined_by_id for one in wholes}
    known = ideas.known(viewer, ids)
    return [SplitOut.of(one, known, record) for one in wholes]
