"""record() writes the log in the transaction of the change; readers enrol for verbs and are handed each new act."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from moothall.core import clock, hot, work

from .models import Act, Latest, Pending
from .verbs import NOBODY, PARTIES, Reach, Verb, known

if TYPE_CHECKING:
    from moothall.people.models import Profile

SLICE = 0.02  # seconds of reading in one transaction: others wait to write meanwhile


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    verbs: frozenset[str]
    read: Callable[[Act], None]


_readers: dict[str, Reader] = {}
_replaying: ContextVar[bool] = ContextVar("replaying", default=False)


def reads(name: str, *verbs: Verb) -> Callable[[Callable[[Act], None]], Callable[[Act], None]]:
    """Ask for every act with one of these verbs. What reads must stand reading the same act twice."""

    def keep(read: Callable[[Act], None]) -> Callable[[Act], None]:
        if name in _readers:
            raise ValueError(f"reader {name} is enrolled twice")
        _readers[name] = Reader(name, frozenset(map(str, verbs)), read)
        return read

    return keep


def readers() -> dict[str, Reader]:
    return _readers


def is_replaying() -> bool:
    """Whether the act being read was handed out anew: what it would send is only noted."""
    return _replaying.get()


def record(
    verb: Verb,
    *,
    by: Profile,
    on: Any,
    brand: Profile | None = None,
    channel: str = "",
    reach: Reach = NOBODY,
    **data: Any,
) -> Act:
    """Write one act. With `brand` the brand is the actor and the person the hand. Refuses to stand alone: it
    belongs to a change."""
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of the change it tells of")
    act = Act(
        at=clock.now(),
        actor=brand or by,
        hand=by if brand else None,
        brand=brand,
        channel=channel,
        verb=verb.name,
        subject_kind=on.kind,
        subject_id=on.pk,
        audience=verb.audience,
        reach=reach.name,
        reach_id=reach.id,
        data=data,
    )
    hot.add(act)
    if reach is not NOBODY and verb.audience != PARTIES:
        _touch_latest(act)
    due = [name for name, reader in _readers.items() if verb.name in reader.verbs]
    hot.add(*(Pending(act=act, reader=name, due=act.at) for name in due))
    return act


def _touch_latest(act: Act) -> None:
    """Forwards only: of two acts at the same moment the later id stands, whichever is written last."""
    pair = (act.actor_id, act.channel, act.reach, act.reach_id)
    if not _move_latest(*pair, act.pk):
        row = Latest(source_id=pair[0], channel=pair[1], reach=pair[2], reach_id=pair[3], act_id=act.pk)
        Latest.objects.bulk_create([row], ignore_conflicts=True)
        _move_latest(*pair, act.pk)


@hot.change
def _move_latest(source: int, channel: str, reach: str, reach_id: int, act: int) -> hot.Change:
    rows = Latest.objects.filter(source_id=source, channel=channel, reach=reach, reach_id=reach_id)
    return rows.filter(act_id__lt=act), {"act_id": act}


@work.enrol("acts", Pending, batch=50, lease=60)
def read_pending(rows: Sequence[Pending]) -> None:
    """Read as many as fit into one slice of time, each in a savepoint; hand the rest back at once."""
    acts = {act.pk: act for act in Act.objects.filter(pk__in={row.act_id for row in rows})}
    end = time.monotonic() + SLICE
    with transaction.atomic():
        done, wrong, left = _read_until(end, rows, acts)
        Pending.objects.filter(pk__in=done, claim=rows[0].claim).delete()
        Pending.objects.filter(pk__in=left, claim=rows[0].claim).update(due=clock.now(), tries=0)
    for row, error in wrong:
        work.failed(row, error)


def _read_until(
    end: float, rows: Sequence[Pending], acts: dict[int, Act]
) -> tuple[list[int], list[tuple[Pending, Exception]], list[int]]:
    done: list[int] = []
    wrong: list[tuple[Pending, Exception]] = []
    for n, row in enumerate(rows):
        if n and time.monotonic() > end:
            return done, wrong, [later.pk for later in rows[n:]]
        anew = _replaying.set(row.replayed)
        try:
            with transaction.atomic():
                _readers[row.reader].read(acts[row.act_id])
            done.append(row.pk)
        except Exception as error:
            wrong.append((row, error))
        finally:
            _replaying.reset(anew)
    return done, wrong, []


def replay(reader: str, *, since: int = 0) -> int:
    """Hand a reader every act of its verbs again, from an id on, without sending anything; those it has yet to read
    stay as they are. Says how many were added."""
    acts = Act.objects.filter(verb__in=_readers[reader].verbs, pk__gt=since).order_by("pk").values_list("pk", flat=True)
    waiting = set(Pending.objects.filter(reader=reader).values_list("act_id", flat=True))
    missing = [pk for pk in acts.iterator() if pk not in waiting]
    Pending.objects.bulk_create(
        (Pending(act_id=pk, reader=reader, replayed=True) for pk in missing), batch_size=500, ignore_conflicts=True
    )
    return len(missing)


def sentence(verb: str) -> Any:
    """How a page says an act of this verb; of a verb no longer declared, its name."""
    return known()[verb].sentence if verb in known() else verb
