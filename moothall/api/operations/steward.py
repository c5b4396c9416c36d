"""For who runs the hall; for everybody else it is not there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import Http404
from pydantic import Field

from moothall.activity import standing
from moothall.core import text, work
from moothall.people import queries as people
from moothall.people.tokens import STEWARD

from .. import cursors
from ..door import Asked, Room
from ..shapes.people import AccountOut
from ..shapes.plain import Cursor, Limit, ListOf, Out

room = Room("Steward", "For who runs the hall: its accounts, its background work.")


class DeadOut(Out):
    """Work that was given up."""

    row: int
    error: str
    tries: int
    dead: datetime


class WorkOut(Out):
    """A kind of background work: how many rows wait, since when, and the newest twenty that were given up."""

    name: str = Field(examples=["mail"])
    waiting: int
    oldest: datetime | None
    late: bool
    dead: int
    rows: list[DeadOut]


def only_stewards(request: Asked) -> None:
    if not request.account.is_steward:
        raise Http404


@room.get("/steward/people", ListOf[AccountOut], STEWARD, statuses=(404,))
def accounts(
    request: Asked, q: Annotated[str, Field(max_length=80)] = "", cursor: Cursor = "", limit: Limit = 24
) -> ListOf[AccountOut]:
    """Accounts, newest first; found by name, handle or mail address."""
    only_stewards(request)
    rows, more = cursors.by_number(people.accounts(text.tidy(q)), cursor, limit)
    return ListOf[AccountOut](items=[AccountOut.of(one) for one in rows], next=more)


@room.get("/steward/works", ListOf[WorkOut], STEWARD, statuses=(404,))
def works(request: Asked) -> ListOf[WorkOut]:
    """What waits in the background, and what was given up."""
    only_stewards(request)
    found = []
    for one in standing.works():
        rows = [DeadOut(row=row.pk, error=row.error, tries=row.tries, dead=row.dead) for row in one["rows"]]
        found.append(WorkOut(**one | {"rows": rows}))
    return ListOf[WorkOut](items=found)


@room.post("/steward/works/{name}/{row}/retry", None, STEWARD)
def retry(request: Asked, name: str, row: int) -> None:
    """Try again what was given up."""
    only_stewards(request)
    if name not in work.known() or not 0 < row < 2**60:
        raise Http404
    work.revive(work.known()[name], row)
