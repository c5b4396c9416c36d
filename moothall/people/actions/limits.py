"""How often somebody may do something in a day or a month: counted by one conditional UPDATE."""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When

from moothall.core import clock

from ..models import Profile, Tally


def today() -> str:
    return clock.now().date().isoformat()


def month() -> str:
    return today()[:7]


def take(profile: Profile, what: str, period: str, most: int) -> bool:
    """Count one more in this period, or say that there were `most` already. Undone with its transaction."""
    Tally.objects.get_or_create(profile=profile, what=what, defaults={"period": period})
    free = Tally.objects.filter(~Q(period=period) | Q(count__lt=most), profile=profile, what=what)
    one_more = Case(When(period=period, then=F("count") + 1), default=Value(1))
    return bool(free.update(count=one_more, period=period))
