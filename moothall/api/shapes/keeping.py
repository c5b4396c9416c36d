"""How the hall is, for who runs it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from moothall.core.checkup import Finding
from moothall.core.daily import Task
from moothall.core.hearts import Pulse
from moothall.core.models import Daily, Heart
from moothall.outbox.models import Mail
from moothall.people.models import Account, Suspension

from .people import AccountOut, ProfileOut
from .plain import In, ListOf, Out


class SuspensionIn(In):
    reason: str = Field(min_length=1, max_length=500, description="The person is told it.")


class SuspensionOut(Out):
    """An account shut by a steward, from when to when."""

    reason: str
    at: datetime
    by: ProfileOut
    ended: datetime | None
    ended_by: ProfileOut | None

    @classmethod
    def of(cls, one: Suspension) -> SuspensionOut:
        ended_by = ProfileOut.of(one.ended_by) if one.ended_by else None
        return cls(reason=one.reason, at=one.at, by=ProfileOut.of(one.by), ended=one.ended, ended_by=ended_by)


class AccountWholeOut(AccountOut):
    """An account with the twenty newest of its suspensions."""

    may_suspend: bool
    suspensions: list[SuspensionOut]

    @classmethod
    def whole(cls, one: Account, history: list[Suspension]) -> AccountWholeOut:
        return cls(
            **dict(AccountOut.of(one)),
            may_suspend=one.is_active and not one.is_steward,
            suspensions=[SuspensionOut.of(row) for row in history],
        )


class FindingOut(Out):
    """What was looked at, how it is, and where that is not well what to do."""

    what: str
    state: str = Field(description="well, heed or wrong")
    said: str
    do: str

    @classmethod
    def of(cls, one: Finding) -> FindingOut:
        return cls(what=str(one.what), state=one.state, said=str(one.said), do=str(one.do))


class HealthOut(Out):
    """What is found now by looking here only; and, as it was last found, what asks others."""

    found: list[FindingOut]
    asked: list[FindingOut]
    asked_at: datetime | None
    database_bytes: int


class DailyOut(Out):
    """Work of each day, and what came of it last."""

    name: str = Field(examples=["doctor"])
    what: str
    may: bool = Field(description="Whether it is set up here.")
    due: datetime | None
    began: datetime | None
    ended: datetime | None
    well: bool | None
    said: list[str]
    dead: datetime | None
    error: str

    @classmethod
    def of(cls, task: Task, row: Daily | None) -> DailyOut:
        return cls(
            name=task.name,
            what=str(task.what),
            may=task.may(),
            due=row.due if row else None,
            began=row.began if row else None,
            ended=row.ended if row else None,
            well=row.well if row else None,
            said=row.said if row else [],
            dead=row.dead if row else None,
            error=row.error if row else "",
        )


class WorkerOut(Out):
    name: str
    since: datetime
    heard: datetime
    alive: bool
    hand: str = Field(description="What it has in hand, or nothing.")
    begun: datetime | None

    @classmethod
    def of(cls, one: Heart, pulse: Pulse) -> WorkerOut:
        return cls(
            name=one.name, since=one.since, heard=one.at, alive=pulse.is_alive(one), hand=one.hand, begun=one.begun
        )


class PulseOut(Out):
    """Whether anybody works here. `silent`: no mail leaves, no payment is looked after."""

    silent: bool
    heard: datetime | None
    stuck: list[str] = Field(description="Workers that have had the same in hand for long, by their names.")
    workers: list[WorkerOut]

    @classmethod
    def of(cls, one: Pulse) -> PulseOut:
        workers = [WorkerOut.of(row, one) for row in one.workers]
        return cls(silent=one.silent, heard=one.heard, stuck=[row.name for row in one.stuck], workers=workers)


class ReaderOut(Out):
    """Who reads the log: how many acts it has yet to read, and since when the oldest waits."""

    name: str
    waiting: int
    oldest: datetime | None


class MailOut(Out):
    """To whom, when and about what; never what it says."""

    row: int
    to: str
    about: str = Field(examples=["order"])
    written: datetime
    sent: datetime | None
    tries: int
    dead: datetime | None
    error: str

    @classmethod
    def of(cls, one: Mail) -> MailOut:
        same = {name: getattr(one, name) for name in "to written sent tries dead error".split()}
        return cls(row=one.pk, about=one.key.split(" ")[0], **same)


class ListOfMails(ListOf[MailOut]):
    """A page of them, and how many there are of each."""

    waiting: int
    oldest: datetime | None = Field(description="Since when the oldest waits.")
    today: int = Field(description="Sent within a day.")
    sent: int = Field(description="Sent and still kept.")
    dead: int = Field(description="Given up.")


class AddressOut(Out):
    to: str
