"""What one is told: once each, seen or not; and what one wants to be told."""

from __future__ import annotations

from datetime import time

from django.shortcuts import get_object_or_404

from moothall.notices import actions, queries
from moothall.people.models import Profile
from moothall.people.tokens import READ, SOCIAL

from .. import cursors
from ..door import Asked, Room
from ..shapes.notices import ChoicesIn, ChoicesOut, ListOfNotices, NoticeOut, SeenIn
from ..shapes.plain import Cursor

room = Room("Notices", "What concerns you, told once; and what you want to hear of, where and when.")


@room.get("/notices", ListOfNotices, READ)
def notices(request: Asked, cursor: Cursor = "") -> ListOfNotices:
    """What you were told; newest first, twenty at a time. Looking marks nothing."""
    page = queries.page(request.me, before=cursors.read(cursor) if cursor else None)
    return ListOfNotices(
        items=[NoticeOut.of(one, cursors.write(one.notice.pk)) for one in page.items],
        next=cursors.write(page.older) if page.older else None,
        unseen=queries.unseen(request.me),
        until=cursors.write(page.newest) if page.newest else None,
    )


@room.put("/notices/{notice}/seen", None, SOCIAL)
def see_notice(request: Asked, notice: str) -> None:
    """Mark one as seen. Twice is once."""
    found = get_object_or_404(queries.notices_of(request.me), pk=cursors.named(notice))
    actions.see(by=request.me, notice=found)


@room.put("/notices/seen", None, SOCIAL)
def see_notices(request: Asked, body: SeenIn) -> None:
    """Mark all as seen that you were told up to this one: what came since was not there."""
    actions.see_all(by=request.me, until=cursors.read(body.until, "until"))


@room.get("/notices/choices", ChoicesOut, READ)
def choices(request: Asked) -> ChoicesOut:
    """For each sort whether it stands on the page and when it is mailed; quiet hours; when digests come."""
    return _choices(request.me)


@room.put("/notices/choices", ChoicesOut, SOCIAL)
def choose_notices(request: Asked, body: ChoicesIn) -> ChoicesOut:
    """Choose what to hear of, where, and when not."""
    actions.choose(
        by=request.me,
        wishes=body.wishes(),
        zone=body.zone,
        quiet_from=_time(body.quiet_from),
        quiet_until=_time(body.quiet_until),
        digest_hour=body.digest_hour,
        digest_day=body.digest_day,
    )
    return _choices(request.me)


def _time(said: str | None) -> time | None:
    return None if said is None else time.fromisoformat(said)


def _choices(me: Profile) -> ChoicesOut:
    return ChoicesOut.of(queries.wishes(me), queries.hours_of(me))
