"""Many orders paid at the same moment: their invoices are numbered from 1 without a gap, whoever writes them."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .crowd import at_once, by_turns
from .hall import until
from .shopper import Shopper, headline

BUYERS = 20

pytestmark = pytest.mark.race


def test_twenty_orders_paid_at_once_are_numbered_one_to_twenty(a_hall: Opened) -> None:
    hall = a_hall(processes=2, threads=8, workers=4)

    def ready(_n: int) -> tuple[Shopper, str]:
        shopper = Shopper(hall)
        shopper.put("spoon")
        return shopper, shopper.post(shopper.checkout()).headers["location"]

    def go(one: tuple[Shopper, str]) -> str:
        shopper, page = one
        return headline(shopper.get(shopper.pay(page)))

    for round in range(1, 4):
        said = at_once(go, by_turns(ready, range(BUYERS)))
        assert said == ["Thank you, Gil"] * BUYERS
        paid = round * BUYERS
        until(lambda: not hall.one("SELECT COUNT(*) FROM activity_pending"), "acts wait to be read")
        rows = hall.rows("SELECT number, label FROM orders_invoice ORDER BY number")
        assert rows == [(n, f"TW-{n:05}") for n in range(1, paid + 1)]
    hall.drained()
    hall.check()
