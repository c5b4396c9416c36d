"""Processes killed on the way: nothing is lost, nothing is doubled, and a minute later all is drained."""

from __future__ import annotations

import json
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from .conftest import Opened
from .street import Street, all_is_paid_once

CHECKOUTS = int(os.environ.get("CHECKOUTS", "100"))
KILLS = int(os.environ.get("KILLS", "10"))
SHOPPERS = 4
SEED = os.environ.get("SEED", "")

pytestmark = pytest.mark.crash


def test_kills_while_people_buy(a_hall: Opened) -> None:
    """Every checkout ends with one paid order, however often its shopper had to send the form again."""
    hall = a_hall(processes=2)
    lot = random.Random(SEED or time.time_ns())

    def kill(_n: int) -> None:
        name = lot.choice(["web", "worker", "till"])
        hall.kill(name)
        hall.start(name)

    street = Street(hall, checkouts=CHECKOUTS, times=KILLS, disturb=kill)
    with ThreadPoolExecutor(SHOPPERS) as pool:
        bought = list(pool.map(lambda _n: street.checkout(), range(CHECKOUTS)))
    assert street.disturbed == KILLS
    all_is_paid_once(hall, bought)


@pytest.mark.parametrize("act", ["place", "open", "settle", "let go", "refund"])
def test_killed_at_each_step(a_hall: Opened, act: str) -> None:
    """A process dies before the first statement of an act, before its second, …; then another does the act again."""
    hall = a_hall("till")
    hall.faults(webhooks="off")
    done = hall.run("tests.process.steps", act)
    assert done.returncode == 0, done.stderr
    deaths = json.loads(done.stdout.splitlines()[-1])["deaths"]
    assert deaths >= 3
    assert hall.one("SELECT COUNT(*) FROM orders_purchase") == deaths + 1, "one for each try and none besides"
    assert len(hall.state()["sessions"]) == (0 if act == "place" else deaths + 1)
    assert len(hall.state()["refunds"]) == (deaths + 1 if act == "refund" else 0)
    if act in ("settle", "refund"):
        assert hall.rows("SELECT DISTINCT state FROM orders_order") == [("paid",)]
    if act == "let go":
        assert hall.rows("SELECT DISTINCT state FROM catalog_hold") == [("released",)]
    hall.agrees_with_till()
    hall.check()
