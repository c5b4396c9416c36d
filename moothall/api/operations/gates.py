"""The gate of an idea: where a brand judges, in public, whether it can be made."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from moothall.ideas import actions, judged, queries
from moothall.ideas.gates import Gate, Sheet
from moothall.ideas.judged import Reckoned
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.tokens import DESK, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..shapes.gates import (
    ArgumentIn,
    GateOut,
    GateWholeOut,
    JudgementIn,
    MarkIn,
    MarkOut,
    SaidIn,
    SheetIn,
    SheetOut,
    TakeIn,
    WhyIn,
)
from ..shapes.ideas import IdeaOut
from ..shapes.plain import Cursor, Limit, ListOf
from .desk_orders import desk

room = Room("The gate", "Where a brand judges by a public date whether an idea can be made, on a sheet all can read.")


@room.get("/ideas/{idea}/gates", ListOf[GateOut])
def idea_gates(request: Asked, idea: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[GateOut]:
    """Each time that a brand judged the idea or has to, newest first."""
    return _list(judged.gates(request.viewer).filter(idea__public=idea), cursor, limit)


@room.get("/brands/{brand}/judgements", ListOf[GateOut])
def judgements(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[GateOut]:
    """What a brand judged or has to, newest first; each says whether it is overdue."""
    found = get_object_or_404(people.brands(request.viewer), handle=brand)
    return _list(judged.judgements(request.viewer, found), cursor, limit)


@room.get("/brands/{brand}/mark", MarkOut)
def mark(request: Asked, brand: str) -> MarkOut:
    """How many voices bring an idea to the brand's gate, and in how many days it judges."""
    return MarkOut.of(judged.mark_of(get_object_or_404(people.brands(request.viewer), handle=brand)))


@room.get("/gates/{gate}", GateWholeOut)
def gate(request: Asked, gate: str) -> GateWholeOut:
    """The judgement with its reasons, the curve of what people would pay, the sheet and the newest arguments."""
    return _whole(request.viewer, _gate(request.viewer, gate))


@room.get("/sheets/{sheet}", SheetOut)
def sheet(request: Asked, sheet: str) -> SheetOut:
    """One published sheet, and what it comes to."""
    found = get_object_or_404(judged.sheets_seen(request.viewer), public=sheet)
    return SheetOut.of(judged.reckoned(found, judged.demand(found.gate)))


@room.post("/gates/{gate}/arguments", SheetOut, SOCIAL, status=201)
def argue(request: Asked, gate: str, body: ArgumentIn) -> SheetOut:
    """Publish other numbers than the brand's, and say why."""
    found = _gate(request.me, gate)
    made = actions.argue(by=request.me, gate=found, figures=body.figures(), words=body.words)
    return SheetOut.of(judged.reckoned(made, judged.demand(found)))


@room.delete("/sheets/{sheet}", None, SOCIAL)
def end_argument(request: Asked, sheet: str) -> None:
    """Take your own numbers back."""
    rows = Sheet.objects.filter(own=False, by=request.me)
    actions.end_argument(by=request.me, sheet=get_object_or_404(rows, public=sheet))


@room.post("/gates/{gate}/appeal", GateWholeOut, SOCIAL)
def appeal_judgement(request: Asked, gate: str, body: SaidIn) -> GateWholeOut:
    """Say, as the idea's lead, what a judgement overlooked; once."""
    return _whole(request.me, actions.appeal(by=request.me, gate=_gate(request.me, gate), words=body.words))


@room.post("/gates/{gate}/again", GateWholeOut, SOCIAL, status=201)
def come_again(request: Asked, gate: str) -> GateWholeOut:
    """Say, as the lead, that what it needed is done, or after a no that enough more would pay; gives a new gate."""
    return _whole(request.me, actions.come_again(by=request.me, gate=_gate(request.me, gate)))


@room.post("/gates/{gate}/acceptance", GateWholeOut, SOCIAL)
def accept(request: Asked, gate: str) -> GateWholeOut:
    """Say yes, as the idea's lead, to one go."""
    return _whole(request.me, actions.accept(by=request.me, gate=_gate(request.me, gate)))


# ---- the desk


@room.get("/desks/{brand}/gates", ListOf[GateOut], DESK)
def desk_gates(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[GateOut]:
    """What came to the brand's gate, newest first."""
    return _list(judged.of_desk(desk(request.me, brand)), cursor, limit)


@room.get("/desks/{brand}/free-ideas", ListOf[IdeaOut], DESK)
def free_ideas(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[IdeaOut]:
    """Ideas addressed to nobody, with as many voices as the brand asks for: it may judge them, the weightiest first."""
    start = min(cursors.read(cursor), 10_000) if cursor else 0
    found = judged.free_for(request.me, desk(request.me, brand)).select_related("brand")
    rows = list(found[start : start + limit + 1])
    support = queries.support_for(rows[:limit])
    more = cursors.write(start + limit) if len(rows) > limit else None
    return ListOf[IdeaOut](items=[IdeaOut.of(one, support[one.pk], set()) for one in rows[:limit]], next=more)


@room.get("/desks/{brand}/gates/{gate}", GateWholeOut, DESK)
def desk_gate(request: Asked, brand: str, gate: str) -> GateWholeOut:
    """As everybody sees it, with the sheet before it is public."""
    found = _at_desk(request, brand, gate)
    return _whole(request.me, found, _own(found))


@room.put("/desks/{brand}/mark", MarkOut, DESK)
def set_mark(request: Asked, brand: str, body: MarkIn) -> MarkOut:
    """How many voices bring an idea to your gate; what has as many already comes there at once."""
    one = desk(request.me, brand)
    return MarkOut.of(actions.set_mark(by=request.me, brand=one, voices=body.voices, days=body.days))


@room.post("/desks/{brand}/free-ideas/{idea}", GateWholeOut, DESK, status=201)
def take_to_gate(request: Asked, brand: str, idea: str, body: TakeIn) -> GateWholeOut:
    """Declare that you judge an idea that is addressed to all, by a day."""
    one = desk(request.me, brand)
    found = get_object_or_404(queries.visible_to(request.me).select_related("lead", "brand"), public=idea)
    return _whole(request.me, actions.take_to_gate(by=request.me, brand=one, idea=found, due=body.due))


@room.put("/desks/{brand}/gates/{gate}/sheet", SheetOut, DESK)
def keep_sheet(request: Asked, brand: str, gate: str, body: SheetIn) -> SheetOut:
    """Write your sheet and read what it comes to; only your team sees it until you judge."""
    found = _at_desk(request, brand, gate)
    kept = actions.keep_sheet(by=request.me, gate=found, figures=body.figures())
    return SheetOut.of(judged.reckoned(kept, judged.demand(found)))


@room.post("/desks/{brand}/gates/{gate}/judgement", GateWholeOut, DESK)
def judge(request: Asked, brand: str, gate: str, body: JudgementIn) -> GateWholeOut:
    """Say go, no, or what it needs first, with reasons for all to read."""
    found = _at_desk(request, brand, gate)
    said = {"state": body.state, "reasons": body.reasons, "change": body.change}
    done = actions.judge(by=request.me, gate=found, **said, go=body.go())
    return _whole(request.me, done)


@room.post("/desks/{brand}/gates/{gate}/judgement/end", GateWholeOut, DESK)
def undo_judgement(request: Asked, brand: str, gate: str, body: WhyIn) -> GateWholeOut:
    """Take a judgement back with a public reason; gives the new gate."""
    return _whole(request.me, actions.undo(by=request.me, gate=_at_desk(request, brand, gate), why=body.why))


@room.post("/desks/{brand}/gates/{gate}/answer", GateWholeOut, DESK)
def answer_appeal(request: Asked, brand: str, gate: str, body: SaidIn) -> GateWholeOut:
    """Answer the lead's appeal for all to read."""
    found = _at_desk(request, brand, gate)
    return _whole(request.me, actions.answer_appeal(by=request.me, gate=found, words=body.words))


def _list(rows: QuerySet[Gate], cursor: str, limit: int) -> ListOf[GateOut]:
    found, more = cursors.by_number(rows, cursor, limit)
    return ListOf[GateOut](items=[GateOut.of(one) for one in found], next=more)


def _whole(viewer: Profile | None, gate: Gate, draft: Reckoned | None = None) -> GateWholeOut:
    heard, own, argued = judged.whole(viewer, gate)
    return GateWholeOut.whole(gate, heard, own or draft, argued)


def _own(gate: Gate) -> Reckoned | None:
    found = judged.own_sheet(gate)
    return judged.reckoned(found, judged.demand(gate)) if found else None


def _gate(viewer: Profile | None, public: str) -> Gate:
    return get_object_or_404(judged.gates(viewer), public=public)


def _at_desk(request: Asked, brand: str, public: str) -> Gate:
    return get_object_or_404(judged.of_desk(desk(request.me, brand)), public=public)
