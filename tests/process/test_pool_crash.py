"""A pool closes while processes are killed, and while people withdraw: each pledge is charged exactly once or never."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import html

from .charged import each_is_charged_once_or_never
from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Form, Shopper, form_in

PLEDGES = int(os.environ.get("PLEDGES", "20"))
POOL_KILLS = int(os.environ.get("POOL_KILLS", "4"))
PEOPLE = 12
ROOM = 5
SEED = os.environ.get("SEED", "")
VICTIMS = [("web",), ("worker",), ("worker-2",), ("worker", "worker-2"), ("web", "worker", "worker-2"), ("till",)]

pytestmark = pytest.mark.crash


def pool_in(hall: HallProcess, number: int, seconds: float, *more: object) -> dict[str, Any]:
    done = hall.run("tests.process.pledging", str(number), str(seconds), *map(str, more), within=60 + number)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_kills_while_pools_close(a_hall: Opened) -> None:
    """One on a thing and one on a concept end at the same moment; somebody is killed at so many moments of it, drawn by
    lot from how far it is."""
    hall = a_hall(workers=2)
    told = pool_in(hall, PLEDGES, 1, "concept")
    lot = random.Random(SEED or time.time_ns())
    moments = sorted(lot.sample(range(told["paid"]), POOL_KILLS))
    killed = 0
    for moment in moments:
        until(lambda: paid(hall) >= moment, f"stuck before {moment}", within=60)  # noqa: B023
        killed += paid(hall) < told["paid"]
        for name in lot.choice(VICTIMS):
            hall.kill(name)
            hall.start(name)
        nobody_waits_for_the_dead(hall)
    assert killed >= POOL_KILLS / 2, "it was over before: it was not tried"
    for name in hall.commands:
        hall.wait_for(name)
    for _round in range(60 + PLEDGES // 4):
        if hall.one("SELECT COUNT(*) FROM pools_pool WHERE wound_up IS NULL") == 0:
            break
        nobody_waits_for_the_dead(hall)
        time.sleep(1)
    prices = hall.rows("SELECT stage, price, concept FROM pools_pool ORDER BY price")
    assert [(stage, price, bool(concept)) for stage, price, concept in prices] == [
        ("won", 400, False),
        ("won", 3600, True),
    ]
    states = dict(hall.rows("SELECT state, COUNT(*) FROM pools_pledge GROUP BY state"))
    assert states == {"paid": told["paid"], "unmet": told["unmet"]}
    each_is_charged_once_or_never(hall)


def paid(hall: HallProcess) -> int:
    return int(hall.one("SELECT COUNT(*) FROM pools_pledge WHERE state = 'paid'"))


def nobody_waits_for_the_dead(hall: HallProcess) -> None:
    """What a killed worker had in hand is another's when its lease is over: nobody waits that long here."""
    now = datetime.now(UTC)
    at, later = (one.strftime("%Y-%m-%d %H:%M:%S+00:00") for one in (now, now + timedelta(seconds=150)))
    hall.rows("UPDATE pools_pledge SET due = ? WHERE state = 'due' AND due > ?", at, at)
    hall.rows("UPDATE pools_pool SET due = ? WHERE stage IN ('open', 'won') AND due > ? AND due < ?", at, at, later)


@pytest.mark.parametrize("act", ["decide", "charge"])
def test_killed_at_each_step(a_hall: Opened, act: str) -> None:
    """A process dies before the first statement of the decision or of a charge, before its second, …; then another does
    it again."""
    hall = a_hall("till")
    hall.faults(webhooks="off")
    done = hall.run("tests.process.steps", act)
    assert done.returncode == 0, done.stderr
    tries = json.loads(done.stdout.splitlines()[-1])["deaths"] + 1
    assert tries > 10
    assert hall.rows("SELECT stage, price, COUNT(*) FROM pools_pool GROUP BY stage, price") == [("won", 450, tries)]
    assert hall.one("SELECT COUNT(*) FROM activity_act WHERE verb = 'pool.won'") == tries
    states = dict(hall.rows("SELECT state, COUNT(*) FROM pools_pledge GROUP BY state"))
    assert states == ({"due": tries, "released": tries} if act == "decide" else {"paid": tries})
    if act == "charge":
        each_is_charged_once_or_never(hall)
    else:
        assert not hall.state()["charges"]
        hall.check()


def test_taken_back_at_the_very_end(a_hall: Opened) -> None:
    """All want out while it closes: each is out, or is charged, and never both."""
    hall = a_hall(processes=2)
    scene = pool_in(hall, PEOPLE, 3600)
    forms = [_leaving(hall, scene["pool"], session) for session in scene["sessions"]]
    gate = threading.Barrier(PEOPLE)

    def leave(number: int) -> None:
        shopper, form = forms[number]
        gate.wait()
        time.sleep(6 * number / PEOPLE)  # some before the end, some after, some at it
        shopper.post(form)

    ends = (datetime.now(UTC) + timedelta(seconds=3)).strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
    hall.rows("UPDATE pools_pool SET deadline = ?, due = ?", ends, ends)
    with ThreadPoolExecutor(PEOPLE) as all_of_them:
        list(all_of_them.map(leave, range(PEOPLE)))
    until(lambda: not hall.one("SELECT COUNT(*) FROM pools_pledge WHERE state IN ('standing', 'due')"), "not decided")
    states = {state for (state,) in hall.rows("SELECT state FROM pools_pledge")}
    assert "withdrawn" in states, "nobody came in time: it was not tried"
    assert states & {"paid", "released"}, "nobody came too late: it was not tried"
    each_is_charged_once_or_never(hall)


def test_all_cards_come_at_once_and_there_is_room_for_some(a_hall: Opened) -> None:
    """Through the provider's word, through the browsers that come back, at two processes and a worker."""
    hall = a_hall(processes=2)
    scene = pool_in(hall, PEOPLE, 3600, ROOM)
    gate = threading.Barrier(PEOPLE)

    def come_back(number: int) -> None:
        shopper = Shopper(hall)
        shopper.web.cookies.set("session", scene["sessions"][number], domain="127.0.0.1")
        gate.wait()
        assert httpx.post(f"{hall.till}/_card", json=scene["cards"][number], timeout=20).json()["outcome"] == "paid"
        shopper.get(f"/pools/{scene['pool']}/card")

    with ThreadPoolExecutor(PEOPLE) as all_of_them:
        list(all_of_them.map(come_back, range(PEOPLE)))
    states = sorted(state for (state,) in hall.rows("SELECT state FROM pools_pledge"))
    assert states == ["standing"] * ROOM + ["withdrawn"] * (PEOPLE - ROOM)
    assert hall.rows("SELECT pieces, people FROM pools_pool") == [(ROOM, ROOM)]
    hall.check()


def _leaving(hall: HallProcess, pool: str, session: str) -> tuple[Shopper, Form]:
    """Somebody with the page of their pledge before them, about to take it back."""
    shopper = Shopper(hall)
    shopper.web.cookies.set("session", session, domain="127.0.0.1")
    page = shopper.get(f"/pools/{pool}")
    actions = [str(form.action) for form in html.fromstring(page.text).forms if form.action]
    return shopper, form_in(page, next(one for one in actions if one.startswith("/pledges/") and one.endswith("/end")))
