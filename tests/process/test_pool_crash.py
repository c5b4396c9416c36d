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

import pytest
from lxml import html

from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Form, Shopper, form_in

PLEDGES = int(os.environ.get("PLEDGES", "20"))
POOL_KILLS = int(os.environ.get("POOL_KILLS", "4"))
PEOPLE = 12
SEED = os.environ.get("SEED", "")

pytestmark = pytest.mark.crash


def pool_in(hall: HallProcess, number: int, seconds: float) -> dict[str, Any]:
    done = hall.run("tests.process.pledging", str(number), str(seconds))
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def charged(hall: HallProcess) -> dict[str, list[int]]:
    """What the till took, by the purchase's payment: kept cards' charges name it in their metadata."""
    state = hall.state()
    names = {one["id"]: one["metadata"]["payment"] for one in state["payment_intents"] if "payment" in one["metadata"]}
    found: dict[str, list[int]] = {}
    for one in state["charges"]:
        found.setdefault(names[one["payment_intent"]], []).append(one["amount"] - one["amount_refunded"])
    return found


def each_is_charged_once_or_never(hall: HallProcess) -> None:
    """By person at the till and by pledge here, to the penny."""
    rows = hall.rows(
        "SELECT l.state, l.quantity * p.price + l.sending, y.public FROM pools_pledge l JOIN pools_pool p ON p.id ="
        " l.pool_id LEFT JOIN orders_purchase u ON u.id = l.purchase_id"
        " LEFT JOIN payments_payment y ON y.id = u.payment_id"
    )
    taken = charged(hall)
    assert sorted(public for state, _amount, public in rows if state == "paid") == sorted(taken)
    for state, amount, public in rows:
        assert state in ("paid", "withdrawn", "released"), state
        if state == "paid":
            assert taken[public] == [amount], "once, at the price for all"
        else:
            assert public is None
    hall.check()


def test_kills_while_a_pool_closes(a_hall: Opened) -> None:
    hall = a_hall(workers=2)
    pool_in(hall, PLEDGES, 1)
    lot = random.Random(SEED or time.time_ns())
    for _n in range(POOL_KILLS):
        time.sleep(lot.uniform(0.1, 1.0))
        for name in lot.choice([("web",), ("worker",), ("worker-2",), ("worker", "worker-2"), ("till",)]):
            hall.kill(name)
            hall.start(name)
    for name in hall.commands:
        hall.wait_for(name)
    # What a killed worker had in hand is another's when its lease is over: nobody waits that long here.
    for _round in range(60):
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S+00:00")
        hall.rows("UPDATE pools_pledge SET due = ? WHERE state = 'due' AND due > ?", now, now)
        hall.rows("UPDATE pools_pool SET due = ? WHERE stage = 'open' AND due > ?", now, now)
        if not hall.one("SELECT COUNT(*) FROM pools_pledge WHERE state IN ('standing', 'due')"):
            break
        time.sleep(1)
    assert hall.rows("SELECT stage, price FROM pools_pool") == [("won", 400)]
    assert hall.one("SELECT COUNT(*) FROM pools_pledge WHERE state = 'paid'") == PLEDGES
    each_is_charged_once_or_never(hall)


def test_taken_back_at_the_very_end(a_hall: Opened) -> None:
    """All want out while it closes: each is out, or is charged, and never both."""
    hall = a_hall(processes=2)
    scene = pool_in(hall, PEOPLE, 3600)
    forms = [_leaving(hall, scene["pool"], session) for session in scene["sessions"]]
    gate = threading.Barrier(PEOPLE)

    def leave(number: int) -> None:
        shopper, form = forms[number]
        gate.wait()
        time.sleep(2 * number / PEOPLE)  # some before the end, some after, some at it
        shopper.post(form)

    ends = (datetime.now(UTC) + timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
    hall.rows("UPDATE pools_pool SET deadline = ?, due = ?", ends, ends)
    with ThreadPoolExecutor(PEOPLE) as all_of_them:
        list(all_of_them.map(leave, range(PEOPLE)))
    until(lambda: not hall.one("SELECT COUNT(*) FROM pools_pledge WHERE state IN ('standing', 'due')"), "not decided")
    each_is_charged_once_or_never(hall)


def _leaving(hall: HallProcess, pool: str, session: str) -> tuple[Shopper, Form]:
    """Somebody with the page of their pledge before them, about to take it back."""
    shopper = Shopper(hall)
    shopper.web.cookies.set("session", session, domain="127.0.0.1")
    page = shopper.get(f"/pools/{pool}")
    actions = [str(form.action) for form in html.fromstring(page.text).forms if form.action]
    return shopper, form_in(page, next(one for one in actions if one.startswith("/pledges/") and one.endswith("/end")))
