"""Figures are those of the whole hall, whichever of its web processes is asked."""

from __future__ import annotations

import re

import httpx

from .conftest import Opened
from .hall import HallProcess

ASKED = 40


def test_whichever_process_is_asked_the_figures_are_the_same(a_hall: Opened) -> None:
    hall = a_hall("web", processes=3)
    for _n in range(ASKED):
        # A connection each: they are spread over the processes.
        assert httpx.get(f"{hall.address}/market").status_code == 200
    told = {markets(hall) for _n in range(12)}
    assert told == {ASKED}
    assert len({one.name.split("_")[1] for one in hall.place.glob("meters-*/counter_*.db")}) > 1, "one process did all"


def test_what_a_killed_hall_counted_is_forgotten_by_the_next(a_hall: Opened) -> None:
    hall = a_hall("web")
    httpx.get(f"{hall.address}/market")
    assert markets(hall) == 1
    hall.kill("web")
    hall.open("web")
    assert markets(hall) == 0
    assert len(list(hall.place.glob("meters-*"))) == 1


def markets(hall: HallProcess) -> int:
    told = httpx.get(f"{hall.address}/metrics").text
    found = re.search(r'moothall_requests_total\{method="GET",page="market",status="2xx"\} (\d+)', told)
    return int(found[1]) if found else 0
