"""Reporting what is wrong, what was removed, and the stewards' queue."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.core import kinds
from moothall.core.refusals import BadInput
from moothall.moderation import actions, queries
from moothall.moderation.models import Case
from moothall.people.models import Profile
from moothall.people.tokens import READ, SOCIAL, STEWARD

from .. import cursors
from ..door import Asked, Room
from ..shapes.moderation import (
    AppealIn,
    CaseOut,
    CaseWholeOut,
    DecisionIn,
    OwnCaseOut,
    ReportIn,
    ReportOut,
    WaitingOut,
)
from ..shapes.plain import Cursor, Limit, ListOf
from .steward import only_stewards

room = Room("Moderation", "Reporting what is wrong; what stewards removed, for which reason, and what became of it.")


@room.post("/reports", ReportOut, SOCIAL, status=201, statuses=(404,))
def report(request: Asked, body: ReportIn) -> ReportOut:
    """Tell the stewards what is wrong with something that you may open."""
    id = kinds.named(body.kind, body.thing) if queries.may_report(body.kind) else None
    if id is None or not kinds.openable(body.kind, request.me, [id]):
        raise Http404
    return ReportOut.of(actions.report(by=request.me, kind=body.kind, id=id, sort=body.sort, words=body.words))


@room.get("/reports", ListOf[ReportOut], READ)
def my_reports(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ReportOut]:
    """What you reported, and how it stands, newest first."""
    rows, more = cursors.by_number(queries.reports_of(request.me), cursor, limit)
    return ListOf[ReportOut](items=[ReportOut.of(one) for one in rows], next=more)


@room.get("/moderation", ListOf[CaseOut])
def removals(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[CaseOut]:
    """What was removed here, by whom and why, the last decided first."""
    rows, more = cursors.by_place(queries.log(), cursor, limit)
    return ListOf[CaseOut](items=[CaseOut.of(one) for one in rows], next=more)


@room.get("/moderation/{case}", OwnCaseOut)
def removal(request: Asked, case: str) -> OwnCaseOut:
    """One decision; with what it said, where it is yours."""
    return _own(request.viewer, get_object_or_404(queries.log(), public=case))


@room.post("/moderation/{case}/appeal", OwnCaseOut, SOCIAL, status=201)
def appeal(request: Asked, case: str, body: AppealIn) -> OwnCaseOut:
    """Say once why what you wrote ought to stand."""
    found = get_object_or_404(queries.log(), public=case)
    actions.appeal(by=request.me, case=found, words=body.words)
    return _own(request.me, found)


def _own(viewer: Profile | None, found: Case) -> OwnCaseOut:
    is_owner = viewer is not None and found.owner_id == viewer.pk
    inside = queries.inside_of([found]).get(found.pk) if is_owner else None
    return OwnCaseOut.own(found, inside, is_owner=is_owner)


@room.get("/steward/cases", ListOf[WaitingOut], STEWARD, statuses=(404,))
def cases(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[WaitingOut]:
    """What waits for a decision, the oldest first: reports and appeals."""
    only_stewards(request)
    rows, more = cursors.by_place(queries.waiting(), cursor, limit)
    things = queries.inside_of(rows)
    return ListOf[WaitingOut](items=[WaitingOut.waiting(one, things.get(one.pk)) for one in rows], next=more)


@room.get("/steward/cases/{case}", CaseWholeOut, STEWARD)
def case(request: Asked, case: str) -> CaseWholeOut:
    """One case, with what it says and who reported it; of your own you do not learn who did."""
    only_stewards(request)
    return _whole(request.me, get_object_or_404(queries.cases(), public=case))


@room.post("/steward/cases/{case}/decision", CaseWholeOut, STEWARD, status=201)
def decide(request: Asked, case: str, body: DecisionIn) -> CaseWholeOut:
    """Keep it or remove it; after an appeal, restore it or uphold the removal."""
    only_stewards(request)
    found = get_object_or_404(queries.cases(), public=case)
    if body.do == "keep":
        actions.keep(by=request.me, case=found, reason=body.reason)
    elif body.do == "hide":
        actions.hide(by=request.me, case=found, reason=body.reason)
    elif body.do == "restore":
        actions.restore(by=request.me, case=found, answer=body.reason)
    elif body.do == "uphold":
        actions.uphold(by=request.me, case=found, answer=body.reason)
    else:
        raise BadInput(_("Choose what becomes of it."), field="do")
    return _whole(request.me, found)


def _whole(me: Profile, found: Case) -> CaseWholeOut:
    inside = queries.inside_of([found]).get(found.pk)
    is_own = me.pk in queries.whose(found, inside)
    return CaseWholeOut.whole(found, inside, [] if is_own else list(queries.reports_in(found)[:50]))
