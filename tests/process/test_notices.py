"""Many worker processes tell and mail the same person: one act is one notice, and what waits is one mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .conftest import Opened
from .hall import until
from .test_workers import let_leases_pass, letters

FRIENDS = 60
WORKERS = ("worker", "worker-2", "worker-3", "worker-4")
UNREAD = "SELECT COUNT(*) FROM activity_pending"
NOTICES = "SELECT COUNT(*) FROM notices_notice n JOIN activity_act a ON a.id = n.act_id WHERE a.verb = 'follow.begun'"


def test_four_workers_tell_once_and_mail_once(a_hall: Opened) -> None:
    """Killed while they tell; then the digest is due, and each finds letters of the same person."""
    hall = a_hall("till", workers=4)
    done = hall.run("tests.process.followers", str(FRIENDS))
    assert done.returncode == 0, done.stderr
    hall.open(*WORKERS)
    until(lambda: hall.one(UNREAD) < FRIENDS - 10 or hall.one(UNREAD) == 0, hall.log("worker"), 60)
    for name in WORKERS:
        hall.kill(name)
    let_leases_pass(hall)
    hall.open(*WORKERS[:2])
    until(lambda: hall.one(UNREAD) == 0, hall.log("worker"), 60)
    for name in WORKERS[:2]:
        hall.kill(name)
    assert hall.one(NOTICES) == hall.one("SELECT COUNT(*) FROM notices_letter") == FRIENDS
    assert hall.one("SELECT COUNT(*) FROM outbox_mail") == 0, "nothing before the digest"

    past = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S+00:00")
    hall.rows("UPDATE notices_letter SET due = ?, ripe = ?", past, past)
    hall.open(*WORKERS)
    until(lambda: hall.one("SELECT COUNT(*) FROM notices_letter") == 0, hall.log("worker"), 60)
    until(lambda: hall.one("SELECT COUNT(*) FROM outbox_mail WHERE sent IS NULL") == 0, hall.log("worker"), 60)
    assert hall.rows("SELECT subject FROM outbox_mail") == [(f"{FRIENDS} things to tell you",)]
    assert list(letters(hall).values()) == [1]
    assert hall.one("SELECT COUNT(*) FROM notices_notice WHERE mailed IS NULL") == 0
    hall.check()
