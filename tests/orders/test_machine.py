"""A machine that does whatever people could do, in any order; after each step every invariant holds.

Its rules stand in `machine/`, by who does them. MACHINE_RUNS and MACHINE_STEPS say how long."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as pace
from hypothesis.stateful import run_state_machine_as_test

from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.orders.models import Order, Return
from moothall.payments.models import Check

from .machine.buying import Buying
from .machine.desk import Desk
from .machine.ground import DONE, TRIED
from .machine.shelves import Shelves
from .machine.telling import Telling
from .machine.transferring import Transferring

RUNS = int(os.environ.get("MACHINE_RUNS", "50"))
STEPS = int(os.environ.get("MACHINE_STEPS", "30"))


class Market(Transferring, Buying, Desk, Shelves, Telling):
    """All of it."""

    def half_a_day(self) -> None:
        """Four orders are paid, one waits; of one a return was agreed to, of another one is asked for."""
        self.buy(0, {0: 2, 1: 1, 2: 1}, "")
        self.buy(1, {0: 1, 3: 4}, "public")
        self.buy(2, {3: 2}, "")
        self.place(0, {0: 1}, "")
        self.go_to_pay(3)
        for choice in (0, 1):
            self.ship(choice, 0, [2, 1, 0] if choice == 0 else [1, 0, 0])
            self.ask_to_return(choice, False, [1, 0], "")
        self.agree(0, 0, "To the quay.")
        assert list(Return.objects.order_by("pk").values_list("state", flat=True)) == [Return.AGREED, Return.ASKED]


@pytest.mark.django_db
def test_whatever_people_do_the_invariants_hold() -> None:
    DONE.clear()
    TRIED.clear()
    every = list(HealthCheck)
    run_state_machine_as_test(
        Market, settings=pace(max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=every)
    )
    for name, tried in sorted(TRIED.items()):
        print(f"{name:28}{DONE[name]:8} of {tried}")  # seen with -rP
    # A rule that is refused each time shows nothing; in a short run it may be chance.
    assert not [name for name, tried in TRIED.items() if tried >= 200 and not DONE[name]]


@pytest.mark.django_db
def test_a_day_after_all_is_settled() -> None:
    """The machine's own till: once it answers again, nothing waits and nothing is held."""
    market = Market()
    try:
        market.begin()
        for n in range(6):
            market.place(n, {0: 1, n % 4: 1}, "public")
            market.go_to_pay(n)
        market.change_the_till(silent=True, refuses=False)
        market.pay(0), market.pay(1), market.work(), market.wait(40), market.work()
        market.change_the_till(silent=False, refuses=False)
        market.wait(40), market.work(), market.wait(40), market.work()
        assert not Check.objects.exists()
        assert not Variant.objects.filter(held__gt=0).exists()
        assert set(Order.objects.values_list("state", flat=True)) == {"paid", "lapsed"}
        assert offenders() == {}
    finally:
        market.teardown()
