"""Two tabs, second thoughts, and things that others want too."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .hall import HallProcess
from .shopper import Shopper, headline, sentence_in


@pytest.fixture
def hall(a_hall: Opened) -> HallProcess:
    return a_hall("web", "till")


@pytest.mark.parametrize("name", ["", "ana"], ids=["guest", "member"])
def test_basket_changed_in_another_tab(hall: HallProcess, name: str) -> None:
    shopper = Shopper(hall, name)
    shopper.put("spoon")
    form = shopper.checkout()
    shopper.put("twine", 2)

    refused = shopper.post(form)

    assert refused.status_code == 422
    assert "Your basket changed meanwhile" in sentence_in(refused)
    assert hall.one("SELECT COUNT(*) FROM orders_purchase") == 0
    again = shopper.checkout()
    assert headline(shopper.get(shopper.pay(shopper.post(again).headers["location"]))).startswith("Thank you")
    assert list(hall.charged().values()) == [500 + 2 * 300]
    hall.check()


def test_price_changed_meanwhile(hall: HallProcess) -> None:
    shopper = Shopper(hall)
    shopper.put("spoon")
    form = shopper.checkout()
    hall.rows("UPDATE catalog_variant SET price = 900 WHERE id = ?", hall.scene["variants"]["spoon"])
    refused = shopper.post(form)
    assert refused.status_code == 422
    assert "Your basket changed meanwhile" in sentence_in(refused)
    assert hall.one("SELECT COUNT(*) FROM orders_purchase") == 0


def test_held_while_paying(hall: HallProcess) -> None:
    """While one pays, nobody else can take it away."""
    ana, ben = Shopper(hall, "ana"), Shopper(hall, "ben")
    ana.put("pot", 10)
    ben.put("pot", 1)
    of_ben = ben.checkout()
    page = ana.post(ana.checkout()).headers["location"]
    refused = ben.post(of_ben)
    assert refused.status_code == 422
    assert "Pot is sold out." in sentence_in(refused)
    assert headline(ana.get(ana.pay(page))).startswith("Thank you")
    hall.check()


@pytest.mark.parametrize("name", ["", "ana"], ids=["guest", "member"])
def test_own_hold_is_not_in_the_way(hall: HallProcess, name: str) -> None:
    """Who goes back and pays anew gets the things they held themselves; the first page at the bank is closed."""
    shopper = Shopper(hall, name)
    shopper.put("pot", 10)
    first = shopper.post(shopper.checkout()).headers["location"]
    again = shopper.checkout()
    assert sentence_in(shopper.get("/checkout")) == sentence_in(shopper.get("/checkout"))
    second = shopper.post(again).headers["location"]
    assert second.startswith(hall.till)
    assert second != first
    assert shopper.pay(first) == "", "the first page is closed"
    assert headline(shopper.get(shopper.pay(second))).startswith("Thank you")
    assert hall.rows("SELECT state FROM payments_payment ORDER BY id") == [("ended",), ("paid",)]
    assert sorted(hall.charged().values()) == [0, 38000]
    hall.agrees_with_till()
    hall.check()


def test_let_go_and_taken_by_another(hall: HallProcess) -> None:
    ana, ben = Shopper(hall, "ana"), Shopper(hall, "ben")
    ana.put("pot", 10)
    ana.post(ana.checkout())
    public = hall.one("SELECT public FROM orders_purchase")
    ana.post(ana.form(f"/orders/{public}", f"/orders/{public}/end"))
    assert "the things went back on the shelf" in ana.get(f"/orders/{public}").text
    ben.put("pot", 10)
    assert headline(ben.get(ben.pay(ben.post(ben.checkout()).headers["location"]))).startswith("Thank you")
    hall.agrees_with_till()
    hall.check()


def test_added_while_paying_stays(hall: HallProcess) -> None:
    ana = Shopper(hall, "ana")
    ana.put("spoon")
    page = ana.post(ana.checkout()).headers["location"]
    ana.put("spoon", 2)
    ana.put("twine")
    ana.get(ana.pay(page))
    assert hall.rows("SELECT quantity FROM orders_basketline ORDER BY id") == [(2,), (1,)]
    assert list(hall.charged().values()) == [500]
    hall.check()


def test_another_guest_sees_nothing(hall: HallProcess) -> None:
    one, other = Shopper(hall), Shopper(hall)
    public = one.buy("spoon")
    other.buy("spoon")
    for path in (f"/orders/{public}", f"/orders/{public}/return"):
        assert other.get(path).status_code == 404
        assert Shopper(hall, "mira").get(path).status_code == 404
