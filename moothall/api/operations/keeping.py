"""For who runs the hall: how it is, its mail, its daily work, and one person's account."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.activity import standing
from moothall.core import checkup, daily, hearts, ids
from moothall.core.models import Daily
from moothall.core.sizes import database_size
from moothall.outbox import queries as outbox
from moothall.outbox.actions import write
from moothall.people import keys
from moothall.people.models import Account
from moothall.people.tokens import STEWARD

from .. import cursors
from ..door import Asked
from ..shapes.keeping import (
    AccountWholeOut,
    AddressOut,
    DailyOut,
    FindingOut,
    HealthOut,
    ListOfMails,
    MailOut,
    PulseOut,
    ReaderOut,
    SuspensionIn,
)
from ..shapes.plain import Cursor, Limit, ListOf
from .steward import only_stewards, room

# ---- one person


def _account(handle: str) -> Account:
    return get_object_or_404(Account.objects.select_related("profile", "profile__portrait"), profile__handle=handle)


def _whole(found: Account) -> AccountWholeOut:
    found.refresh_from_db(fields=["is_active"])
    history = keys.suspensions_of(found).select_related("by__portrait", "ended_by__portrait")
    return AccountWholeOut.whole(found, list(history[:20]))


@room.get("/steward/people/{handle}", AccountWholeOut, STEWARD)
def account(request: Asked, handle: str) -> AccountWholeOut:
    """One account, and when it was suspended."""
    only_stewards(request)
    return _whole(_account(handle))


@room.post("/steward/people/{handle}/suspension", AccountWholeOut, STEWARD, status=201)
def suspend(request: Asked, handle: str, body: SuspensionIn) -> AccountWholeOut:
    """Shut an account: it is signed out everywhere, and the person is told why."""
    only_stewards(request)
    found = _account(handle)
    keys.suspend(by=request.me, account=found, reason=body.reason)
    return _whole(found)


@room.delete("/steward/people/{handle}/suspension", AccountWholeOut, STEWARD)
def end_suspension(request: Asked, handle: str) -> AccountWholeOut:
    """Open a suspended account again; its person signs in anew."""
    only_stewards(request)
    found = _account(handle)
    keys.restore(by=request.me, account=found)
    return _whole(found)


# ---- how the hall is


@room.get("/steward/health", HealthOut, STEWARD, statuses=(404,))
def health(request: Asked) -> HealthOut:
    """How the hall is now; what goes over the network or writes, as it was last found."""
    only_stewards(request)
    last = Daily.objects.filter(name="doctor").first()
    slow = {check.name for check in checkup.known().values() if not check.quick}
    asked = [one for one in checkup.again(last.kept if last else []) if one.check in slow]
    return HealthOut(
        found=[FindingOut.of(one) for one in checkup.findings(quick=True)],
        asked=[FindingOut.of(one) for one in asked],
        asked_at=last.ended if last else None,
        database_bytes=database_size(),
    )


@room.get("/steward/pulse", PulseOut, STEWARD, statuses=(404,))
def pulse(request: Asked) -> PulseOut:
    """The workers: who lives, with what in hand."""
    only_stewards(request)
    return PulseOut.of(hearts.pulse())


@room.get("/steward/readers", ListOf[ReaderOut], STEWARD, statuses=(404,))
def readers(request: Asked) -> ListOf[ReaderOut]:
    """Who reads the log, and how far behind it is."""
    only_stewards(request)
    rows = standing.waiting_readers()
    return ListOf[ReaderOut](items=[ReaderOut(**{name: one[name] for name in ReaderOut.model_fields}) for one in rows])


@room.get("/steward/daily", ListOf[DailyOut], STEWARD, statuses=(404,))
def days(request: Asked) -> ListOf[DailyOut]:
    """What is done once a day, and what came of it last."""
    only_stewards(request)
    return ListOf[DailyOut](items=_days())


def _days() -> list[DailyOut]:
    rows = {row.name: row for row in Daily.objects.all()}
    return [DailyOut.of(task, rows.get(name)) for name, task in daily.known().items()]


@room.post("/steward/daily/{name}/run", DailyOut, STEWARD, status=202)
def run_daily(request: Asked, name: str) -> DailyOut:
    """Have it done now: the next worker does it. Ask for the list again to see what came of it."""
    only_stewards(request)
    if name not in daily.known():
        raise Http404
    daily.ask(name)
    return next(one for one in _days() if one.name == name)


# ---- mail


@room.get("/steward/mails", ListOfMails, STEWARD, statuses=(404,))
def mails(request: Asked, dead: bool = False, cursor: Cursor = "", limit: Limit = 24) -> ListOfMails:
    """Mails that were sent or wait, newest first; or those that were given up."""
    only_stewards(request)
    rows, more = cursors.by_number(outbox.given_up() if dead else outbox.latest(), cursor, limit)
    return ListOfMails(items=[MailOut.of(one) for one in rows], next=more, **outbox.counts())


@room.post("/steward/mails/trial", AddressOut, STEWARD, status=202, statuses=(404,))
def trial_mail(request: Asked) -> AddressOut:
    """Send yourself a mail, by the way that all mails go."""
    only_stewards(request)
    to = request.account.email
    subject = _("A mail to see whether mails arrive")
    write(key=f"trial {ids.short()}", to=to, subject=subject, template="outbox/mail/trial", link="")
    return AddressOut(to=to)
