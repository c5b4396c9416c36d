"""A steward sees within a minute that the only worker was killed, and at once that it is back."""

from __future__ import annotations

import time

import httpx

from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Shopper


def test_a_killed_worker_is_missed_within_a_minute(a_hall: Opened) -> None:
    hall = a_hall("web", "worker")
    until(lambda: lives(hall), hall.log("worker"))
    steward = Shopper(hall, "stella")
    assert "No worker" not in steward.get("/steward/work").text
    hall.kill("worker")
    killed = time.monotonic()
    until(lambda: not lives(hall), "nobody missed it", within=60)
    assert time.monotonic() - killed < 60
    assert "No worker for 1 minute" in steward.get("/steward/work").text
    assert httpx.get(f"{hall.address}/health").status_code == 200, "pages are served on"
    hall.open("worker")
    until(lambda: lives(hall), hall.log("worker"))
    assert "No worker" not in steward.get("/steward/work").text


def test_a_worker_that_is_told_to_stop_says_good_bye(a_hall: Opened) -> None:
    hall = a_hall("web", "worker")
    until(lambda: lives(hall), hall.log("worker"))
    worker = hall.running.pop("worker")
    worker.terminate()
    worker.wait(30)
    assert not lives(hall)
    assert hall.one("SELECT COUNT(*) FROM core_heart") == 0


def lives(hall: HallProcess) -> bool:
    return httpx.get(f"{hall.address}/health/worker", timeout=20).status_code == 200
