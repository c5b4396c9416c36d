"""All work in the background: rows claimed with a lease by conditional UPDATE, retried with back-off, at last dead
before the steward."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection

from . import clock
from .models import Claimable

log = logging.getLogger(__name__)
BREATH = 0.1  # seconds between two rounds of work
TURN = 0.25  # seconds that one kind of work may go on while others wait
MOST_TRIES = 12  # with back-off this is some seventy minutes
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the due time of what is done and kept


class Later(Exception):
    """Raised by work that has to wait for something outside: not a failure, tried again after `seconds`."""

    def __init__(self, seconds: float, said: str = "") -> None:
        super().__init__(said)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: which rows, how many at once, for how long a claim holds, and what is done with them.

    `do` gets the claimed rows. It deletes or finishes each that is done; what it raises counts against all it was
    given. What is `slow` has a thread of its own, so that no mail waits for it."""

    name: str
    model: type[Claimable]
    do: Callable[[Sequence[Any]], None]
    batch: int
    lease: timedelta
    slow: bool = False


_known: dict[str, Work] = {}
_in_hand: dict[int, tuple[str, datetime]] = {}  # by thread: what it is doing now, and since when


def enrol(
    name: str, model: type[Claimable], *, batch: int = 1, lease: float = 60, slow: bool = False
) -> Callable[[Any], Any]:
    """Ask for the due rows of `model`. What is enrolled must stand being done twice: a worker may die after the
    deed."""

    def keep(do: Any) -> Any:
        _known[name] = Work(name, model, do if batch > 1 else _one(do), batch, timedelta(seconds=lease), slow)
        return do

    return keep


def known() -> dict[str, Work]:
    return _known


def in_hand() -> list[tuple[str, datetime]]:
    """What the threads of this process are doing, and since when; the longest first."""
    return sorted(_in_hand.values(), key=lambda one: one[1])


def _one(do: Callable[[Any], None]) -> Callable[[Sequence[Any]], None]:
    def each(rows: Sequence[Any]) -> None:
        for row in rows:
            do(row)

    return each


def claim(work: Work) -> list[Any]:
    """Rows that are now ours until the lease ends. Rows tried before come alone, so that one that kills the
    process takes no other with it."""
    now = clock.now()
    due = work.model.objects.filter(due__lte=now, dead=None).order_by("due", "id")
    found = list(due.values_list("id", "tries")[: work.batch])
    if not found:
        return []
    first, tried = found[0]
    ids = [first] if tried else [id for id, tries in found if not tries]
    rows = work.model.objects.filter(pk__in=ids, due__lte=now, dead=None, tries=tried)
    if tried >= MOST_TRIES:
        rows.update(dead=now, error="It was begun again and again, and the process ended each time.")
        return []
    token = secrets.token_hex(16)
    if not rows.update(due=now + work.lease, tries=tried + 1, claim=token):
        return []
    return list(work.model.objects.filter(pk__in=ids, claim=token).order_by("id"))


def do_some(work: Work) -> int:
    """Claim and do once; says how many rows were claimed."""
    rows = claim(work)
    if not rows:
        return 0
    me = threading.get_ident()
    _in_hand[me] = (work.name, clock.now())
    try:
        work.do(rows)
    except Later as later:
        _again(work, rows, later)
    except Exception as error:
        log.exception("%s failed; it will be tried again", work.name)
        _failed(work, rows, error)
    finally:
        _in_hand.pop(me, None)
    return len(rows)


def failed(row: Claimable, error: Exception) -> None:
    """Wait twice as long after each failure; after the last one stand before the steward."""
    wait = timedelta(seconds=min(2**row.tries, 3600))
    dead = clock.now() if row.tries >= MOST_TRIES else None
    said = f"{type(error).__name__}: {error}"[:500]
    type(row).objects.filter(pk=row.pk, claim=row.claim).update(due=clock.now() + wait, dead=dead, error=said)


def _failed(work: Work, rows: Sequence[Any], error: Exception) -> None:
    for row in rows:
        failed(row, error)


def _again(work: Work, rows: Sequence[Any], later: Later) -> None:
    for row in rows:
        due, tries = clock.now() + timedelta(seconds=later.seconds), max(row.tries - 1, 0)
        work.model.objects.filter(pk=row.pk, claim=row.claim).update(due=due, tries=tries, error=str(later)[:500])


def _due(works: Sequence[Work]) -> list[Work]:
    """Which of these have anything to do now. An idle worker asks four times a second: one question for all."""
    now, quote = connection.ops.adapt_datetimefield_value(clock.now()), connection.ops.quote_name
    tables = (quote(work.model._meta.db_table) for work in works)
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {table} WHERE due <= %s AND dead IS NULL)"  # noqa: S608  # nosec B608
        for place, table in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [now] * len(works))
        return [works[place] for (place,) in cursor.fetchall()]


def do_due(most: int = 1_000_000) -> int:
    """Do what is due and not slow until nothing is, or until `most` rows were claimed."""
    return _do_due([work for work in _known.values() if not work.slow], most)


def do_slow(most: int = 1_000_000) -> int:
    return _do_due([work for work in _known.values() if work.slow], most)


def _do_due(works: Sequence[Work], most: int) -> int:
    done = 0
    while done < most:
        round = sum(do_some(work) for work in _due(works))
        if not round:
            break
        done += round
    return done


def do_round(turn: float = TURN) -> int:
    """What is due of each kind of work that is not slow, each for a `turn` (seconds) at most or one claim, so that none
    waits long for the others; says how many rows there were."""
    return sum(_take_turn(work, turn) for work in _due([work for work in _known.values() if not work.slow]))


def _take_turn(work: Work, turn: float) -> int:
    end = time.monotonic() + turn
    done = claimed = do_some(work)
    while claimed == work.batch and time.monotonic() < end:
        claimed = do_some(work)
        done += claimed
    return done


def run(stop: threading.Event, pause: float = 0.25, *, slow: bool = False) -> None:
    """Work until told to stop. A database that is away for a while is waited for.

    Between two rounds it takes a breath, so that the next one finds several rows to do at once: each claim is a
    transaction of its own, and SQLite has one writer at a time."""
    while not stop.is_set():
        close_old_connections()
        try:
            busy = do_slow(most=1) if slow else do_round()
        except Exception:  # whatever it was, the next round may do: a worker never ends by itself
            log.exception("a round of work broke off; waiting")
            busy = 0
            stop.wait(2)
        stop.wait(BREATH if busy else pause)


def anew(due: datetime) -> dict[str, Any]:
    """What an update that changes a row's state says of it as work: other work waits from now on. What failed of the
    former is over, and whoever still has that in hand says no more when the row is due."""
    return {"due": due, "tries": 0, "claim": "", "dead": None, "error": ""}


def revive(work: Work, id: int) -> None:
    """A steward's retry of a dead row."""
    work.model.objects.filter(id=id).exclude(dead=None).update(dead=None, tries=0, due=clock.now(), error="")
