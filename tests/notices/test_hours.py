"""Quiet hours at their edges, over midnight, and in the two nights when the clocks are changed; when digests come."""

from datetime import UTC, datetime, time

import pytest

from moothall.notices.hours import quiet_end, ripe, zone_of, zones
from moothall.notices.models import Hours


def hours(begin: str = "", end: str = "", zone: str = "Europe/London", *, hour: int = 8, day: int = 0) -> Hours:
    quiet = {"quiet_from": time.fromisoformat(begin), "quiet_until": time.fromisoformat(end)} if begin else {}
    return Hours(zone=zone, digest_hour=hour, digest_day=day, **quiet)


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


# In London the clocks go on by an hour on 29 March 2026 at 01:00, and back on 25 October at 02:00 to 01:00.
EDGES = [
    # over midnight, in winter: the clock shows UTC
    ("22:00", "07:00", "2026-01-10 21:59:59.999999", None),
    ("22:00", "07:00", "2026-01-10 22:00", "2026-01-11 07:00"),
    ("22:00", "07:00", "2026-01-11 00:00", "2026-01-11 07:00"),
    ("22:00", "07:00", "2026-01-11 06:59:59.999999", "2026-01-11 07:00"),
    ("22:00", "07:00", "2026-01-11 07:00", None),
    # within a day
    ("12:00", "13:30", "2026-01-11 11:59", None),
    ("12:00", "13:30", "2026-01-11 12:00", "2026-01-11 13:30"),
    ("12:00", "13:30", "2026-01-11 13:30", None),
    # in summer the same clock is an hour before UTC
    ("22:00", "07:00", "2026-07-10 20:59", None),
    ("22:00", "07:00", "2026-07-10 21:00", "2026-07-11 06:00"),
    # the night that is an hour short
    ("22:00", "07:00", "2026-03-28 22:00", "2026-03-29 06:00"),
    ("22:00", "07:00", "2026-03-29 05:59", "2026-03-29 06:00"),
    ("22:00", "07:00", "2026-03-29 06:00", None),
    # the end stands in the hour that does not come: it is as if the clock had gone on
    ("22:00", "01:30", "2026-03-29 00:59", "2026-03-29 01:30"),
    ("22:00", "01:30", "2026-03-29 01:30", None),
    # the night that is an hour long
    ("22:00", "07:00", "2026-10-24 21:00", "2026-10-25 07:00"),
    ("22:00", "07:00", "2026-10-25 06:59", "2026-10-25 07:00"),
    ("22:00", "07:00", "2026-10-25 07:00", None),
    # the end stands in the hour that comes twice: the second one counts, and the beginning is the first one
    ("22:00", "01:30", "2026-10-25 00:30", "2026-10-25 01:30"),
    ("22:00", "01:30", "2026-10-25 01:29", "2026-10-25 01:30"),
    ("22:00", "01:30", "2026-10-25 01:30", None),
    ("01:30", "05:00", "2026-10-25 00:29", None),
    ("01:30", "05:00", "2026-10-25 00:30", "2026-10-25 05:00"),
    ("01:30", "05:00", "2026-10-25 01:10", "2026-10-25 05:00"),
]


@pytest.mark.parametrize(("begin", "end", "moment", "until"), EDGES)
def test_quiet_hours_end(begin: str, end: str, moment: str, until: str | None) -> None:
    assert quiet_end(hours(begin, end), utc(moment)) == (utc(until) if until else None)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize(
    ("begin", "end"), [("22:00", "07:00"), ("01:30", "02:30"), ("00:00", "23:59"), ("09:00", "08:59")]
)
def test_no_clock_shows_quiet_hours_where_none_are(zone: str, begin: str, end: str) -> None:
    """Each quarter of an hour of spring and autumn: where it is not quiet, the clock on the wall shows no hour
    between."""
    one = hours(begin, end, zone)
    first, last, over_night = one.quiet_from, one.quiet_until, end <= begin
    assert first
    assert last
    for quarter in (*range(60 * 96, 100 * 96), *range(270 * 96, 310 * 96)):
        moment = datetime.fromtimestamp(1_767_225_600 + quarter * 900, UTC)
        shown = moment.astimezone(zone_of(one)).time()
        is_between = shown >= first or shown < last if over_night else first <= shown < last
        found = quiet_end(one, moment)
        assert found is not None or not is_between, moment
        assert found is None or quiet_end(one, found) is None or begin == end, moment


@pytest.mark.parametrize(
    ("mail", "now", "when"),
    [
        ("at_once", "2026-01-10 12:00", "2026-01-10 12:00"),
        ("daily", "2026-01-10 07:59", "2026-01-10 08:00"),
        ("daily", "2026-01-10 08:00", "2026-01-11 08:00"),
        ("daily", "2026-07-10 06:59", "2026-07-10 07:00"),
        ("daily", "2026-03-28 12:00", "2026-03-29 07:00"),
        ("daily", "2026-10-24 12:00", "2026-10-25 08:00"),
        ("weekly", "2026-01-10 12:00", "2026-01-12 08:00"),  # the 12th is a Monday
        ("weekly", "2026-01-12 07:59", "2026-01-12 08:00"),
        ("weekly", "2026-01-12 08:00", "2026-01-19 08:00"),
    ],
)
def test_when_a_notice_is_mailed(mail: str, now: str, when: str) -> None:
    assert ripe(hours(), mail, utc(now)) == utc(when)


def test_what_falls_into_quiet_hours_waits_for_their_end() -> None:
    one = hours("22:00", "09:30")
    assert ripe(one, "at_once", utc("2026-01-10 23:00")) == utc("2026-01-11 09:30")
    assert ripe(one, "daily", utc("2026-01-10 12:00")) == utc("2026-01-11 09:30")


def test_a_digest_in_the_hour_that_does_not_come_or_comes_twice_comes_once() -> None:
    one = hours(hour=1)
    assert ripe(one, "daily", utc("2026-03-28 12:00")) == utc("2026-03-29 01:00")
    first = ripe(one, "daily", utc("2026-10-24 12:00"))
    assert first == utc("2026-10-25 00:00")
    assert ripe(one, "daily", first) == utc("2026-10-26 01:00")


def test_zones_are_places_and_an_unknown_one_is_utc() -> None:
    assert {"UTC", "Europe/London", "America/Argentina/Buenos_Aires"} <= set(zones())
    assert not [zone for zone in zones() if zone.startswith(("Etc/", "posix", "right")) or zone in ("EST", "GB")]
    for odd in ("Nowhere/At_All", "../etc/passwd", ""):
        assert zone_of(Hours(zone=odd)) == UTC
