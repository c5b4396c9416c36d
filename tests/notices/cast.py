"""What the tests of notices do again and again: let the readers read, and look at what came of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from moothall.activity.models import Pending
from moothall.core import clock, work
from moothall.notices import actions, queries
from moothall.notices.models import AT_ONCE, NEVER, Notice
from moothall.notices.sorts import SORTS, Wish
from moothall.outbox.models import Mail
from moothall.people.models import Profile


def put_aside() -> None:
    """What came before is told, and stands in nobody's way."""
    read()
    Notice.objects.update(on_page=False, mailed=None)
    Mail.objects.all().delete()


def read() -> None:
    """All acts are read, and nothing else is done."""
    while work.do_some(work.known()["acts"]):
        pass
    wrong = list(Pending.objects.values_list("error", flat=True))
    assert not wrong, wrong


def post() -> None:
    """All letters that are due are written, and nothing else is done."""
    while work.do_some(work.known()["letters"]):
        pass


def told(who: Profile) -> list[str]:
    """What stands on somebody's page, newest first."""
    return [item.text for item in queries.page(who).items]


def rows(who: Profile) -> list[Notice]:
    return list(Notice.objects.filter(who=who, on_page=True).order_by("pk"))


def chosen(who: Profile, mail: str = AT_ONCE, *, page: bool = True, **more: Any) -> None:
    """The same for each sort; their clock is London's."""
    wishes = {sort: Wish(page, mail) for sort in SORTS}
    actions.choose(by=who, wishes=wishes, **{"zone": "Europe/London"} | more)


def quiet(who: Profile, begin: str = "22:00", end: str = "07:00", **more: Any) -> None:
    hours = {"quiet_from": time.fromisoformat(begin), "quiet_until": time.fromisoformat(end)}
    chosen(who, **hours | more)


def at(moment: str) -> datetime:
    """Moves the clock there; moments are in UTC."""
    clock.move(datetime.fromisoformat(moment + "+00:00"))
    return clock.now()


__all__ = ["NEVER", "at", "chosen", "post", "quiet", "read", "rows", "told"]
