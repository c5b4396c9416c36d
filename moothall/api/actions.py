"""Doing what is asked once for each key, and counting who asks how often. The only writers of this app's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from moothall.core import clock
from moothall.people.models import Profile

from .models import Answer, Spent
from .problems import Problem

KEPT = timedelta(days=7)
Do = Callable[[], tuple[int, str]]


def found_answer(*, by: Profile, key: str, asked: str, body: str) -> Answer | None:
    """What was answered to this key before. Refuses a key that was sent with something else."""
    found = Answer.objects.filter(actor=by, key=key).first()
    if found and (found.asked, found.body) != (asked, body):
        raise Problem("key-used")
    return found


def once(*, by: Profile, key: str, asked: str, body: str, do: Do) -> tuple[Answer, bool]:
    """Do it and keep the answer, in one transaction; or give the answer that is kept, and True.

    The row is written first: whoever sends the same key meanwhile waits at it (on PostgreSQL for the unique index, on
    SQLite for the write lock) and then finds the answer. Whatever breaks in between takes row and effect along."""
    try:
        with transaction.atomic():
            row = Answer.objects.create(actor=by, key=key, asked=asked, body=body, at=clock.now())
            row.status, row.said = do()
            row.save(update_fields=["status", "said"])
            return row, False
    except IntegrityError:
        found = found_answer(by=by, key=key, asked=asked, body=body)
        if found is None:
            raise
        return found, True


def keep(*, by: Profile, key: str, asked: str, body: str, status: int, said: str) -> tuple[Answer, bool]:
    """Keep the answer of what has to be done outside any transaction, and is once by itself; the first one stands."""

    def done() -> tuple[int, str]:
        return status, said

    return once(by=by, key=key, asked=asked, body=body, do=done)


def forget_answers() -> int:
    """Answers are kept for seven days; says how many went. For the daily work."""
    return Answer.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def forget_spent() -> int:
    """Counts of minutes that are over; says how many went. For the daily work."""
    return Spent.objects.filter(minute__lt=minute() - 1).delete()[0]


def minute() -> int:
    return int(clock.now().timestamp()) // 60


def spend(who: str, most: int) -> int:
    """One more unsafe request in this minute; says how many are left, or -1 where there was none left."""
    now = minute()
    rows = Spent.objects.filter(who=who)
    if not rows.filter(minute=now, number__lt=most).update(number=F("number") + 1):
        anew = rows.filter(minute__lt=now).update(minute=now, number=1)
        if (
            not anew
            and not _began(who, now)
            and not rows.filter(minute=now, number__lt=most).update(number=F("number") + 1)
        ):
            return -1
    return most - (rows.values_list("number", flat=True).first() or 1)


def _began(who: str, now: int) -> bool:
    """Whether this was the first request ever: of two at once the other's row stands."""
    if Spent.objects.filter(who=who).exists():
        return False
    try:
        with transaction.atomic():
            Spent.objects.create(who=who, minute=now)
    except IntegrityError:
        return False
    return True
