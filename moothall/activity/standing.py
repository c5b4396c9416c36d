"""How the work in the background stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q

from moothall.core import clock, work

from .actions import readers
from .models import Pending


def works() -> list[dict[str, Any]]:
    """Each kind of work: `waiting` rows, the `oldest`, whether it is `late`, how many are `dead`, and the newest twenty
    of these as `rows`."""
    now = clock.now()
    found = []
    for one in work.known().values():
        due = Q(due__lte=now, dead=None)
        sums = one.model.objects.aggregate(
            waiting=Count("pk", filter=due), oldest=Min("due", filter=due), dead=Count("pk", filter=~Q(dead=None))
        )
        dead = list(one.model.objects.exclude(dead=None).order_by("-dead")[:20])
        late = bool(sums["oldest"] and (now - sums["oldest"]).total_seconds() > 60)
        found.append({"name": one.name, "rows": dead, "late": late} | sums)
    return found


def waiting_readers() -> list[dict[str, Any]]:
    """Each reader, how many acts it has yet to read, and how old the oldest of them is."""
    rows = Pending.objects.values("reader").annotate(waiting=Count("pk"), oldest=Min("act__at")).order_by()
    waiting = {row["reader"]: row for row in rows}
    return [{"name": name, "waiting": 0, "oldest": None} | waiting.get(name, {}) for name in sorted(readers())]
