"""Processes killed on the way: nothing is lost, nothing is doubled, and a minute later all is drained."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx
import pytest

from .conftest import Opened
from .hall import HallProcess
from .shopper import Form, Shopper, public_in

CHECKOUTS = int(os.environ.get("CHECKOUTS", "100"))
KILLS = int(os.environ.get("KILLS", "10"))
SHOPPERS = 4
LONGEST = 120.0
SEED = os.environ.get("SEED", "")

What = TypeVar("What")
pytestmark = pytest.mark.crash


def test_kills_while_people_buy(a_hall: Opened) -> None:
    """Every checkout ends with one paid order, however often its shopper had to send the form again."""
    hall = a_hall(processes=2)
    street = Street(hall)
    with ThreadPoolExecutor(SHOPPERS) as pool:
        bought = list(pool.map(lambda _n: street.checkout(), range(CHECKOUTS)))

    assert street.kills == KILLS
    assert len(set(bought)) == CHECKOUTS
    hall.drained()
    paid = hall.rows(
        "SELECT u.public FROM orders_purchase u JOIN orders_order o ON o.purchase_id = u.id WHERE o.state = 'paid'"
    )
    assert {public for (public,) in paid} == set(bought), "an order for each checkout, and none besides"
    assert hall.one("SELECT COUNT(*) FROM orders_order") == CHECKOUTS
    kept = hall.rows("SELECT COUNT(*), SUM(amount) FROM payments_capture WHERE \"use\" = 'kept'")
    assert [tuple(map(int, row)) for row in kept] == [(CHECKOUTS, 500 * CHECKOUTS)]
    hall.agrees_with_till()
    done = hall.run("moothall", "check")
    assert done.returncode == 0, done.stdout


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


class Street:
    """Shoppers who do not give up, and somebody who kills a process whenever so many of them are through."""

    def __init__(self, hall: HallProcess) -> None:
        self.hall, self.through, self.kills = hall, 0, 0
        self.turn, self.lot = threading.Lock(), random.Random(SEED or time.time_ns())

    def checkout(self) -> str:
        """All of it as a person does it; the public id of the paid order."""
        shopper = Shopper(self.hall)
        _again(lambda: self._put_once(shopper))
        form = _again(shopper.checkout)
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            order = _again(lambda: self._press(shopper, form))
            if "Thank you" in order.text:
                self._one_is_through()
                return public_in(order)
            time.sleep(0.2)
        raise AssertionError(f"this checkout never ended: {order.url}\n{self.hall.log()[-3000:]}")

    def _put_once(self, shopper: Shopper) -> None:
        """Who does not know whether it went through looks into the basket first."""
        if "/basket/lines/" not in shopper.get("/basket").text:
            shopper.put("spoon")

    def _press(self, shopper: Shopper, form: Form) -> httpx.Response:
        """The same form again; where it leads to the bank, pay there and come back."""
        led_to = shopper.post(form).headers["location"]
        if not led_to.startswith(self.hall.till):
            return shopper.get(led_to)
        return shopper.get(_again(lambda: shopper.pay(led_to)))

    def _one_is_through(self) -> None:
        with self.turn:
            self.through += 1
            while self.kills < KILLS and self.through * KILLS >= (self.kills + 1) * CHECKOUTS * 0.9:
                self._kill()

    def _kill(self) -> None:
        self.kills += 1
        name = self.lot.choice(["web", "worker", "till"])
        self.hall.kill(name)
        self.hall.start(name)


def _again(do: Callable[[], What]) -> What:
    """Nobody answers: wait a little and try the same again."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            return do()
        except httpx.TransportError:
            assert time.monotonic() < end, "nobody answers any more"
            time.sleep(0.2)
