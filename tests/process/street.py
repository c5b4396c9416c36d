"""Shoppers who do not give up, and somebody who disturbs whenever so many of them are through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import httpx

from .hall import HallProcess
from .shopper import Form, Shopper, public_in

LONGEST = 120.0
What = TypeVar("What")


class Street:
    """`disturb` is called so many `times` while so many `checkouts` are made, with how often it was called before."""

    def __init__(
        self,
        hall: HallProcess,
        *,
        checkouts: int,
        times: int,
        disturb: Callable[[int], None],
        somebody: Callable[[HallProcess], Shopper] = Shopper,
    ) -> None:
        self.hall, self.checkouts, self.times = hall, checkouts, times
        self.disturb, self.somebody = disturb, somebody
        self.through, self.disturbed, self.turn = 0, 0, threading.Lock()

    def checkout(self) -> str:
        """All of it as a person does it; the public id of the paid order."""
        shopper = self.somebody(self.hall)
        again(lambda: self._put_once(shopper))
        form = again(shopper.checkout)
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            order = again(lambda: self._press(shopper, form))
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
        return shopper.get(again(lambda: shopper.pay(led_to)))

    def _one_is_through(self) -> None:
        with self.turn:
            self.through += 1
            while self.disturbed < self.times and (
                self.through * self.times >= (self.disturbed + 1) * self.checkouts * 0.9
            ):
                self.disturbed += 1
                self.disturb(self.disturbed)


def again(do: Callable[[], What]) -> What:
    """Nobody answers: wait a little and try the same again."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            return do()
        except httpx.TransportError:
            assert time.monotonic() < end, "nobody answers any more"
            time.sleep(0.2)


def all_is_paid_once(hall: HallProcess, bought: list[str]) -> None:
    """An order for each checkout and none besides; captured, kept and booked as the till says."""
    assert len(set(bought)) == len(bought)
    hall.drained()
    paid = hall.rows(
        "SELECT u.public FROM orders_purchase u JOIN orders_order o ON o.purchase_id = u.id WHERE o.state = 'paid'"
    )
    assert {public for (public,) in paid} == set(bought), "an order for each checkout, and none besides"
    assert hall.one("SELECT COUNT(*) FROM orders_order") == len(bought)
    kept = hall.rows("SELECT COUNT(*), SUM(amount) FROM payments_capture WHERE \"use\" = 'kept'")
    assert [tuple(map(int, row)) for row in kept] == [(len(bought), 500 * len(bought))]
    hall.agrees_with_till()
    done = hall.run("moothall", "check")
    assert done.returncode == 0, done.stdout
