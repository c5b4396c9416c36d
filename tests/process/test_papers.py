"""Many orders paid at the same moment: their invoices are numbered from 1 without a gap, whoever writes them."""

from __future__ import annotations

import os

import pytest

from .conftest import Opened
from .crowd import at_once, by_turns
from .hall import HallProcess, until
from .shopper import Shopper, headline

BUYERS = 20
AT_ONCE = int(os.environ.get("PAPERS", "30"))  # orders of one brand, all paid at the same moment

pytestmark = pytest.mark.race


def test_twenty_orders_paid_at_once_are_numbered_one_to_twenty(a_hall: Opened) -> None:
    hall = a_hall(processes=2, threads=8, workers=4)
    for round in range(1, 4):
        said = at_once(go, by_turns(lambda _n: ready(hall), range(BUYERS)))
        assert said == ["Thank you, Gil"] * BUYERS
        paid = round * BUYERS
        until(lambda: not hall.one("SELECT COUNT(*) FROM activity_pending"), "acts wait to be read")
        rows = hall.rows("SELECT number, label FROM orders_invoice ORDER BY number")
        assert rows == [(n, f"TW-{n:05}") for n in range(1, paid + 1)]
    hall.drained()
    hall.check()


def test_many_more_while_the_brand_names_itself_and_gives_money_back(a_hall: Opened) -> None:
    """Numbers stay whole when every paper has two writers: each act of paying, refunding and naming asks for one."""
    hall = a_hall(processes=2, threads=16, workers=4)
    crowd = by_turns(lambda _n: ready(hall), range(AT_ONCE))
    lucky = [Shopper(hall).buy("spoon") for _n in range(3)]  # whose money goes back meanwhile
    doing = [lambda one=one: go(one) for one in crowd]
    doing += [lambda public=public: give_back(hall, public) for public in lucky]
    doing += [lambda: name_anew(hall)] * 3
    said = at_once(lambda do: do(), doing)
    assert said[:AT_ONCE] == ["Thank you, Gil"] * AT_ONCE
    assert said[AT_ONCE:] == [302] * 6
    until(lambda: not hall.one("SELECT COUNT(*) FROM activity_pending"), "acts wait to be read", within=120)
    for sort, most in (("invoice", AT_ONCE + len(lucky)), ("credit", len(lucky))):
        rows = hall.rows("SELECT number FROM orders_invoice WHERE sort = ? ORDER BY number", sort)
        assert rows == [(n,) for n in range(1, most + 1)], "a number is missing or was given twice"
    assert hall.one("SELECT COUNT(DISTINCT order_id) FROM orders_invoice WHERE sort = 'invoice'") == AT_ONCE + 3
    hall.drained()
    hall.check()


def ready(hall: HallProcess) -> tuple[Shopper, str]:
    """Somebody before the bank's page."""
    shopper = Shopper(hall)
    shopper.put("spoon")
    return shopper, shopper.post(shopper.checkout()).headers["location"]


def go(one: tuple[Shopper, str]) -> str:
    shopper, page = one
    return headline(shopper.get(shopper.pay(page)))


def give_back(hall: HallProcess, public: str) -> int:
    """The desk cancels it: a refund, and its credit note."""
    sql = "SELECT o.public FROM orders_order o JOIN orders_purchase u ON u.id = o.purchase_id WHERE u.public = ?"
    mira, page = Shopper(hall, "mira"), f"/desk/tidewater/orders/{hall.one(sql, public)}"
    return mira.post(mira.form(page, f"{page}/cancellation"), reason="No wood").status_code


def name_anew(hall: HallProcess) -> int:
    mira = Shopper(hall, "mira")  # in a window of its own, with a token of its own
    return mira.post(mira.form("/desk/tidewater/papers", "/desk/tidewater/papers")).status_code
