"""Quiet hours and digests by the clocks on somebody's wall, also in the two nights when these are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings

from .models import AT_ONCE, WEEKLY, Hours

DIGEST_HOUR, DIGEST_DAY = 8, 0
DAY = timedelta(days=1)


@cache
def zones() -> tuple[str, ...]:
    """Names of zones as people know them: a part of the world and a town."""
    parts = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.startswith(parts) and "/" in zone))


def default() -> Hours:
    """The hours of somebody who chose none: never quiet, digests at eight by the hall's clock."""
    zone = settings.TIME_ZONE
    return Hours(zone=zone, digest_hour=DIGEST_HOUR, digest_day=DIGEST_DAY)


def zone_of(hours: Hours) -> tzinfo:
    """A zone that this machine no longer knows is read as UTC."""
    try:
        return ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def quiet_end(hours: Hours, moment: datetime) -> datetime | None:
    """When the quiet hours end in which this moment lies, in UTC; None if it lies in none.

    They begin when the clock first shows their beginning and end when it last shows their end: in a night in which an
    hour comes twice both are quiet. The first moment of the end is no longer quiet."""
    if hours.quiet_from is None or hours.quiet_until is None:
        return None
    zone = zone_of(hours)
    today = moment.astimezone(zone).date()
    for day in (today - DAY, today):
        begin = min(_both(day, hours.quiet_from, zone))
        is_over_night = hours.quiet_until <= hours.quiet_from
        end = max(_both(day + DAY if is_over_night else day, hours.quiet_until, zone))
        if begin <= moment < end:
            return end
    return None


def _both(day: date, at: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """The two moments at which a clock may show this: the same, save where the clocks are changed."""
    wall = datetime.combine(day, at, zone)
    return wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def ripe(hours: Hours, mail: str, now: datetime) -> datetime:
    """When a notice of this moment is to be mailed: at once or with the next digest, and never in quiet hours."""
    moment = now if mail == AT_ONCE else _next_digest(hours, mail, now)
    return quiet_end(hours, moment) or moment


def _next_digest(hours: Hours, mail: str, now: datetime) -> datetime:
    zone = zone_of(hours)
    today = now.astimezone(zone).date()
    for ahead in range(9):
        day = today + DAY * ahead
        moment = datetime.combine(day, time(hours.digest_hour), zone).astimezone(UTC)
        if moment > now and (mail != WEEKLY or day.weekday() == hours.digest_day):
            return moment
    raise AssertionError("a week has its day")  # pragma: no cover
