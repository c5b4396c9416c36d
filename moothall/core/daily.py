"""What the hall does once a day: each is one row with a lease, so that of many workers one does it; what came of it is
kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import clock, work
from .models import Daily

log = logging.getLogger(__name__)
MOST = 50  # sentences kept of one outcome
LEASE = 4 * 3600  # seconds: as long as a backup of a large hall may take


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether all is well, in sentences; `kept` is more, for a page that knows it."""

    well: bool = True
    said: list[str] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """Done each day after `hour` o'clock in the hall's time zone, where it `may` be; `what` says to a steward what it
    is."""

    name: str
    do: Callable[[], Outcome]
    hour: int
    what: Any  # a lazy translation
    may: Callable[[], bool]


_known: dict[str, Task] = {}
_ears: list[Callable[[str, Outcome], None]] = []


def always() -> bool:
    return True


def enrol(
    name: str, *, hour: int, what: Any, may: Callable[[], bool] = always
) -> Callable[[Callable[[], Outcome]], Callable[[], Outcome]]:
    """Ask for a turn each day. What is enrolled must stand being done twice. What it raises is a bad outcome; the next
    turn is tomorrow's all the same."""

    def keep(do: Callable[[], Outcome]) -> Callable[[], Outcome]:
        _known[name] = Task(name, do, hour, what, may)
        return do

    return keep


def known() -> dict[str, Task]:
    return _known


def heard_by(ear: Callable[[str, Outcome], None]) -> Callable[[str, Outcome], None]:
    """Ask to be told each outcome, in the transaction that keeps it."""
    _ears.append(ear)
    return ear


def plan() -> None:
    """Give each its first turn; those that have one keep it."""
    rows = [Daily(name=task.name, due=_next(task.hour)) for task in _known.values()]
    Daily.objects.bulk_create(rows, ignore_conflicts=True)


def ask(name: str) -> None:
    """A steward's wish to have it done now, by the next worker."""
    plan()
    Daily.objects.filter(name=name).update(due=clock.now(), dead=None, tries=0, error="")


def run(name: str) -> Outcome:
    """Do it here and now, whatever is due, and keep what came of it."""
    plan()
    return _do(Daily.objects.get(name=name))


def note(name: str, outcome: Outcome, *, began: datetime) -> None:
    """Keep what came of something that was done by hand."""
    plan()
    _keep(Daily.objects.get(name=name), outcome, began, ears=())


@work.enrol("daily", Daily, lease=LEASE, slow=True)
def _turn(row: Daily) -> None:
    task = _known.get(row.name)
    if task is None:  # enrolled by a version that is gone
        Daily.objects.filter(pk=row.pk).delete()
    elif task.may():
        _do(row)
    else:
        Daily.objects.filter(pk=row.pk, claim=row.claim).update(due=_next(task.hour), tries=0)


def _do(row: Daily) -> Outcome:
    began = clock.now()
    try:
        outcome = _known[row.name].do()
    except Exception as error:
        log.exception("the daily %s broke off", row.name)
        outcome = Outcome(False, [f"{type(error).__name__}: {error}"])
    _keep(row, outcome, began, ears=_ears)
    return outcome


@transaction.atomic
def _keep(row: Daily, outcome: Outcome, began: datetime, ears: Any) -> None:
    Daily.objects.filter(pk=row.pk, claim=row.claim).update(
        began=began,
        ended=clock.now(),
        well=outcome.well,
        said=[said[:500] for said in outcome.said[:MOST]],
        kept=outcome.kept,
        due=_next(_known[row.name].hour),
        tries=0,
        error="",
    )
    for ear in ears:
        ear(row.name, outcome)


def _next(hour: int) -> datetime:
    """The next time that the hall's clocks show this hour."""
    now = timezone.localtime(clock.now())
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
