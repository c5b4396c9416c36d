"""What lies in the outbox, for whoever keeps the hall: of each mail when, to whom and why, never its words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from moothall.core import clock
from moothall.core.work import NEVER

from .models import Mail

HIDDEN = ("subject", "text", "html")
WAITING = Q(sent=None, dead=None, due__lt=NEVER)


def counts() -> dict[str, Any]:
    """How many wait and since when, were sent within a day and in all that are kept, and were given up."""
    day = clock.now() - timedelta(days=1)
    return Mail.objects.aggregate(
        waiting=Count("pk", filter=WAITING),
        oldest=Min("written", filter=WAITING),
        today=Count("pk", filter=Q(sent__gte=day)),
        sent=Count("pk", filter=Q(sent__isnull=False)),
        dead=Count("pk", filter=~Q(dead=None)),
    )


def given_up() -> QuerySet[Mail]:
    return Mail.objects.exclude(dead=None).defer(*HIDDEN).order_by("-dead")


def latest(before: int | None = None) -> QuerySet[Mail]:
    """Newest first; those only noted and never to be sent are left out."""
    rows = Mail.objects.exclude(sent=None, due=NEVER).filter(dead=None).defer(*HIDDEN).order_by("-pk")
    return rows.filter(pk__lt=before) if before else rows
