"""Many clicks on Ask at the same moment: each piece that was sent is asked back once."""

from __future__ import annotations

import os

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess
from .shopper import Form, Shopper

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))

pytestmark = pytest.mark.race


def test_the_same_piece_asked_back_in_many_tabs(a_hall: Opened) -> None:
    hall = a_hall(processes=2, threads=8)
    for _round in range(ROUNDS):
        shopper = Shopper(hall)
        purchase = shopper.buy("spoon", 2)
        line, order = sent(hall, purchase)
        form = shopper.form(f"/orders/{purchase}/returns/{order}", f"/orders/{purchase}/returns/{order}")
        form.fields |= {f"pieces-{line}": "1", "reason": "mind"}
        answers = at_once(lambda one, form=form, shopper=shopper: shopper.post(form).status_code, range(12))
        assert sorted(answers) == [302] * 2 + [422] * 10
        assert hall.one("SELECT asked FROM orders_orderline WHERE public = ?", line) == 2
    hall.check()


def sent(hall: HallProcess, purchase: str) -> tuple[str, str]:
    """The desk sends all of it; the line's and the order's public ids."""
    sql = (
        "SELECT l.public, o.public FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id"
        " JOIN orders_purchase u ON u.id = o.purchase_id WHERE u.public = ? AND l.variant_id IS NOT NULL"
    )
    line, order = hall.rows(sql, purchase)[0]
    mira = Shopper(hall, "mira")
    form: Form = mira.form(f"/desk/tidewater/orders/{order}", f"/desk/tidewater/orders/{order}/shipments")
    assert mira.post(form).status_code == 302
    return str(line), str(order)
