"""Pressing Pay many times at once is pressing it once."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .crowd import at_once
from .shopper import Shopper, headline, sentence_in

PRESSES = 50

pytestmark = pytest.mark.race


@pytest.mark.parametrize("name", ["", "ana"], ids=["guest", "member"])
def test_pressed_fifty_times(a_hall: Opened, name: str) -> None:
    hall = a_hall("web", "till", processes=2)
    shopper = Shopper(hall, name)
    shopper.put("pot", 2)
    form = shopper.checkout()
    before = dict(shopper.web.cookies)

    def press(window: Shopper) -> str:
        window.web.cookies.update(before)
        answer = window.post(form)
        return answer.headers.get("location", answer.text)

    led_to = at_once(press, [Shopper(hall, name) for _ in range(PRESSES)])

    assert len(set(led_to)) == 1
    assert led_to[0].startswith(hall.till)
    for table in ("orders_purchase", "orders_order", "payments_payment", "catalog_hold"):
        assert hall.one(f"SELECT COUNT(*) FROM {table}") == 1, table
    assert len(hall.state()["sessions"]) == 1
    assert headline(shopper.get(shopper.pay(shopper.post(form).headers["location"]))).startswith("Thank you")
    assert list(hall.charged().values()) == [2 * 3800]
    hall.check()


def test_same_key_other_words(a_hall: Opened) -> None:
    hall = a_hall("web", "till")
    shopper = Shopper(hall)
    shopper.put("pot")
    form = shopper.checkout()
    page = shopper.post(form).headers["location"]

    other = shopper.post(form, street="2 Pier")

    assert other.status_code == 422
    assert "sent before with other words" in sentence_in(other)
    assert shopper.post(form).headers["location"] == page
    assert hall.one("SELECT COUNT(*) FROM orders_purchase") == 1
    hall.check()


def test_keys_belong_to_their_buyer(a_hall: Opened) -> None:
    """Who sends a key that somebody else used gets a purchase of their own, and sees nothing of the other's."""
    hall = a_hall("web", "till")
    ana, ben = Shopper(hall, "ana"), Shopper(hall, "ben")
    ana.put("spoon")
    ben.put("spoon", 3)
    form = ana.checkout()
    ana.post(form)
    ben.post(ben.checkout(), key=form.fields["key"])
    assert hall.rows("SELECT amount FROM payments_payment ORDER BY id") == [(500,), (1500,)]
