"""Many who press Pay with the same voucher at the same moment: as many pay less as it says."""

from __future__ import annotations

import os

import pytest

from .conftest import Opened
from .crowd import at_once, by_turns
from .hall import HallProcess
from .shopper import Form, Shopper, headline, sentence_in

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
BUYERS = 20

pytestmark = pytest.mark.race


def test_a_voucher_of_three_for_twenty(a_hall: Opened) -> None:
    hall = a_hall(processes=2, threads=8)
    for round in range(ROUNDS):
        code = f"THREE-{round}"
        said = race(hall, code)
        assert said.count("") == 3
        assert all(f"The voucher {code} is used up." in sentence for sentence in said if sentence), said
        assert hall.one("SELECT used FROM prices_voucher WHERE code = ?", code) == 3
    hall.drained()
    hall.agrees_with_till()
    hall.check()


def test_once_for_each_mail_address(a_hall: Opened) -> None:
    """Twenty guests who are one by their address: one of them pays less."""
    hall = a_hall(processes=2, threads=8)
    for round in range(ROUNDS):
        said = race(hall, f"ONCE-{round}")
        assert said.count("") == 1
        assert all("as often as one may" in sentence for sentence in said if sentence), said
    hall.drained()
    hall.check()


def test_who_lets_go_gives_the_voucher_back(a_hall: Opened) -> None:
    hall = a_hall()
    ana, ben = Shopper(hall, "ana"), Shopper(hall, "ben")
    ana.post(with_code(ana, "LAST"))
    public = hall.one("SELECT public FROM orders_purchase")
    ana.post(ana.form(f"/orders/{public}", f"/orders/{public}/end"))
    form = with_code(ben, "LAST")
    assert headline(ben.get(ben.pay(ben.post(form).headers["location"]))).startswith("Thank you")
    states = hall.rows("SELECT state FROM prices_voucheruse ORDER BY id")
    assert [state for (state,) in states] == ["released", "used"]
    hall.check()


def race(hall: HallProcess, code: str) -> list[str]:
    """Guests fill their baskets, name the voucher, press Pay together and pay; what those were told who may not."""

    def ready(_number: int) -> tuple[Shopper, Form]:
        shopper = Shopper(hall)
        return shopper, with_code(shopper, code)

    def go(one: tuple[Shopper, Form]) -> str:
        shopper, form = one
        answer = shopper.post(form)
        if answer.status_code == 422:
            return sentence_in(answer)
        assert headline(shopper.get(shopper.pay(answer.headers["location"]))) == "Thank you, Gil"
        return ""

    return at_once(go, by_turns(ready, range(BUYERS)))


def with_code(shopper: Shopper, code: str) -> Form:
    """The checkout, filled in, of one spoon for a tenth less."""
    shopper.put("spoon")
    answer = shopper.post(shopper.form("/basket", "/basket"), code=code)
    assert answer.status_code == 302, answer.text
    assert "£4.50" in shopper.get("/basket").text
    return shopper.checkout()
