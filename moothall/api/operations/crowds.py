"""How the order of ideas comes about, and for stewards the voices that came to one at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.ideas import actions, standing, weights
from moothall.ideas.models import Crowd, Idea
from moothall.people.tokens import STEWARD

from .. import cursors
from ..door import Asked
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Id, Limit, ListOf, Out
from .ideas import room
from .steward import only_stewards


class LookedOut(Out):
    """What a steward said of voices that came to an idea at once."""

    idea: Id
    by: ProfileOut
    at: datetime
    let: bool = Field(description="Whether they count; else each waits until its person is known.")

    @classmethod
    def of(cls, one: Crowd) -> LookedOut:
        return cls(idea=one.idea.public, by=ProfileOut.of(one.by), at=one.at, let=one.let)


class OrderOfIdeasOut(Out):
    """Points of a like in the order of ideas; a follow weighs twice that, a would-pay four times."""

    known: int = Field(description="Of somebody known here who came just now.")
    more_a_month: int = Field(description="For each month they have been here, up to a year.")
    stranger: int = Field(description="Of anybody else, after `wait_days`.")
    wait_days: int
    tenth: int = Field(description="All strangers together add one part of so many of what others weigh, or `least`.")
    least: int
    a_week: int = Field(description="Voices of strangers that an idea takes in any week; more are a crowd.")
    each: int = Field(description="More of them in a week for each voice of somebody known.")
    at_gate: int = Field(description="Strangers who would pay that its gate counts.")
    each_at_gate: int = Field(description="More of them for each who is known and would pay.")
    looked: list[LookedOut] = Field(description="What stewards said of larger crowds, the newest first.")


class CrowdOut(Out):
    """An idea for which voices wait that came at once from people nobody here knows."""

    idea: Id
    title: str
    lead: ProfileOut
    waiting: int
    voices: int = Field(description="All that count for it, those that wait too.")
    latest: datetime

    @classmethod
    def of(cls, one: Any) -> CrowdOut:
        """One of standing.crowded."""
        all_of_them = one.likes + one.follows + one.pays
        said = {"waiting": one.crowd, "voices": all_of_them, "latest": one.latest}
        return cls(idea=one.public, title=one.title, lead=ProfileOut.of(one.lead), **said)


@room.get("/order-of-ideas", OrderOfIdeasOut)
def order_of_ideas(request: Asked) -> OrderOfIdeasOut:
    """What each voice weighs in the order of ideas."""
    return OrderOfIdeasOut(
        known=weights.FULL,
        more_a_month=weights.A_MONTH,
        stranger=weights.PART,
        wait_days=weights.WAIT.days,
        tenth=weights.TENTH,
        least=weights.LEAST,
        a_week=weights.SOME,
        each=weights.EACH,
        at_gate=weights.FEW,
        each_at_gate=weights.HEARD,
        looked=[LookedOut.of(one) for one in standing.looked_at(request.viewer)[:24]],
    )


@room.get("/steward/crowds", ListOf[CrowdOut], STEWARD, statuses=(404,))
def crowds(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[CrowdOut]:
    """Ideas whose crowds no steward has looked at, the newest crowd first."""
    only_stewards(request)
    rows, more = cursors.by_place(standing.crowded(), cursor, limit)
    return ListOf[CrowdOut](items=[CrowdOut.of(one) for one in rows], next=more)


@room.post("/steward/crowds/{idea}/let", None, STEWARD)
def let_crowd(request: Asked, idea: str) -> None:
    """Let the voices that wait count like any other's."""
    actions.let_crowd(by=request.me, idea=_asked(request, idea))


@room.post("/steward/crowds/{idea}/keep", None, STEWARD)
def keep_crowd(request: Asked, idea: str) -> None:
    """Keep them back, each until its person is known here."""
    actions.keep_crowd(by=request.me, idea=_asked(request, idea))


def _asked(request: Asked, public: str) -> Idea:
    only_stewards(request)
    return get_object_or_404(Idea, public=public, stage=Idea.SHAPE, hidden=None)
