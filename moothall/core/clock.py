"""The one clock that actions ask; only the demo town and tests move it, and only forwards."""

from datetime import UTC, datetime
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone

_moved: datetime | None = None


def now() -> datetime:
    """The time of the act being done, aware, in UTC."""
    return _moved or timezone.now()


def in_database() -> Any:
    """The same as a part of a statement: the database's own clock. For what must not depend on which of several
    machines asks, as whether a deadline is over."""
    return _moved or Now()


def move(to: datetime) -> None:
    """Stand at `to` until moved again. Refuses to go back, so that ids follow time."""
    global _moved
    if _moved is not None and to < _moved:
        raise ValueError("the clock moves only forwards")
    _moved = to.astimezone(UTC)


def let_go() -> None:
    """Follow real time again."""
    global _moved
    _moved = None
