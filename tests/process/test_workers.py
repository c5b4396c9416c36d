"""Many worker processes over one heap of work: each thing is done, and once."""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Shopper

ORDERS = int(os.environ.get("ORDERS", "100"))
LEASE = timedelta(seconds=121)

WAITING = "SELECT (SELECT COUNT(*) FROM activity_pending) + (SELECT COUNT(*) FROM outbox_mail WHERE sent IS NULL)"


def test_four_workers(a_hall: Opened) -> None:
    """Two mails for each order, one for the buyer and one for the team: each is written once and sent once."""
    hall = heap(a_hall)
    hall.open("worker", "worker-2", "worker-3", "worker-4")
    until(lambda: hall.one(WAITING) == 0, hall.log("worker"), 60)
    sent = letters(hall)
    assert set(sent.values()) == {1}, "sent twice"
    assert len(sent) == hall.one("SELECT COUNT(*) FROM outbox_mail") == 2 * ORDERS
    assert hall.one("SELECT COUNT(*) FROM outbox_mail WHERE sent IS NULL OR tries <> 1") == 0
    assert "Traceback" not in "".join(hall.log(name) for name in hall.running)
    hall.check()


def test_killed_with_work_in_hand(a_hall: Opened) -> None:
    """What a worker held when it was killed is done by others once its lease is over; at most that is sent twice."""
    hall = heap(a_hall)
    kills = 0
    for name in ("worker", "worker-2", "worker-3") * 2:
        hall.open(name)
        before = hall.one(WAITING)
        until(lambda: hall.one(WAITING) < before - 5 or hall.one(WAITING) == 0, hall.log(name), 30)  # noqa: B023
        hall.kill(name)
        kills += 1
    let_leases_pass(hall)
    hall.open("worker", "worker-2")
    until(lambda: hall.one(WAITING) == 0, hall.log("worker"), 60)
    sent = letters(hall)
    assert len(sent) == hall.one("SELECT COUNT(*) FROM outbox_mail") == 2 * ORDERS
    assert sum(sent.values()) <= 2 * ORDERS + kills
    hall.check()


def test_a_small_hall_works_and_writes_in_one_process(a_hall: Opened) -> None:
    """The worker is a thread of the web process. Begun beside a heap of work, pages can be written to all the same: a
    web process forked beside a thread that was writing could never write again."""
    hall = heap(a_hall, workers=0)
    for _time in range(4):
        hall.open("web")
        begun = time.monotonic()
        Shopper(hall).put("spoon")
        assert time.monotonic() - begun < 15, hall.log("web")
        hall.kill("web")
    let_leases_pass(hall)
    hall.open("web")
    until(lambda: hall.one(WAITING) == 0, hall.log("web"), 60)
    assert "locked" not in hall.log("web")
    hall.check()


def heap(a_hall: Opened, workers: int = 4) -> HallProcess:
    """A hall with paid orders that nobody has been told of yet."""
    hall = a_hall("till", workers=workers)
    done = hall.run("tests.process.heap", str(ORDERS))
    assert done.returncode == 0, done.stderr
    assert hall.one("SELECT COUNT(*) FROM activity_pending") >= 2 * ORDERS
    return hall


def letters(hall: HallProcess) -> Counter[str]:
    """How often each letter was handed over."""
    return Counter(line.split()[0] for line in (hall.place / "letters").read_text().splitlines())


def let_leases_pass(hall: HallProcess) -> None:
    over = (datetime.now(UTC) - LEASE).strftime("%Y-%m-%d %H:%M:%S+00:00")
    for table in ("activity_pending", "outbox_mail WHERE sent IS NULL"):
        name, _, only = table.partition(" ")
        hall.rows(f"UPDATE {name} SET due = ? {only}", over)
