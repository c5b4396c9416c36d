"""A provider that breaks in the middle: nobody is ever told "paid" falsely, and trying again charges once."""

from __future__ import annotations

import time

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess, until
from .shopper import DECLINED, Shopper, headline, public_in, sentence_in

MODES = ("500", "429", "timeout_after", "500_after", "cut_body")
SESSIONS = "/v1/checkout/sessions"


@pytest.fixture
def hall(a_hall: Opened) -> HallProcess:
    return a_hall("web", "till")


def test_no_page_to_pay_at(hall: HallProcess) -> None:
    for mode in MODES:
        faults(hall, SESSIONS, mode)
        shopper = Shopper(hall)
        shopper.put("spoon")
        form = shopper.checkout()
        order = shopper.get(shopper.post(form).headers["location"])
        assert headline(order) == "It waits to be paid", mode
        assert "Nothing was charged yet" in order.text
        public = public_in(order)
        refused = shopper.post(shopper.form(f"/orders/{public}", f"/orders/{public}/pay"))
        assert "The bank does not answer" in sentence_in(shopper.get(refused.headers["location"])), mode

        hall.faults(reset=True)
        page = shopper.post(shopper.form(f"/orders/{public}", f"/orders/{public}/pay")).headers["location"]
        assert shopper.post(form).headers["location"] == page, "the same form leads to the same page"
        assert headline(shopper.get(shopper.pay(page))).startswith("Thank you")
        own = hall.one("SELECT p.public FROM payments_payment p ORDER BY id DESC LIMIT 1")
        sessions = [one for one in hall.state()["sessions"] if one["client_reference_id"] == own]
        assert len(sessions) == 1, (mode, "a page for each time it was asked")
        assert hall.charged()[own] == 500
    hall.agrees_with_till()
    hall.check()


def test_one_silence_is_not_noticed(hall: HallProcess) -> None:
    hall.faults(api=[{"path": SESSIONS, "mode": "timeout_after", "delay_s": 0.1}])
    assert headline(Shopper(hall).get(f"/orders/{Shopper(hall, 'ana').buy('spoon')}")) == "Not this way"
    assert list(hall.charged().values()) == [500]
    assert len(hall.state()["sessions"]) == 1


def test_nobody_knows_whether_it_was_paid(hall: HallProcess) -> None:
    hall.faults(webhooks="off")
    for mode in MODES:
        shopper = Shopper(hall)
        shopper.put("spoon")
        back = shopper.pay(shopper.post(shopper.checkout()).headers["location"])
        faults(hall, f"{SESSIONS}/*", mode, method="GET")
        order = shopper.get(back)
        assert headline(order) == "It waits to be paid", mode
        assert "We have not heard from the bank yet" in sentence_in(order), mode

        hall.faults(api=[])
        assert headline(shopper.get(back)).startswith("Thank you"), mode
        assert headline(shopper.get(back)).startswith("Thank you"), "again is the same"
    assert list(hall.charged().values()) == [500] * len(MODES)
    hall.agrees_with_till()
    hall.check()


def test_not_paid_is_not_paid(hall: HallProcess) -> None:
    """A declined card, a shopper who opens the return address without paying, and a bank that does not answer."""
    shopper = Shopper(hall)
    shopper.put("spoon")
    page = shopper.post(shopper.checkout()).headers["location"]
    back = hall.state()["sessions"][0]["success_url"]
    assert shopper.pay(page, DECLINED) == ""
    for mode in ("", *MODES):
        if mode:
            faults(hall, f"{SESSIONS}/*", mode, method="GET")
        assert headline(shopper.get(back)) == "It waits to be paid", mode
    hall.faults(reset=True)
    assert headline(shopper.get(shopper.pay(page))).startswith("Thank you")
    assert list(hall.charged().values()) == [500]


def test_letting_go_while_the_bank_is_silent(hall: HallProcess) -> None:
    """Nothing is let go of before the page at the bank is closed."""
    shopper = Shopper(hall)
    shopper.put("pot", 10)
    page = shopper.post(shopper.checkout()).headers["location"]
    public = hall.one("SELECT public FROM orders_purchase")
    end = shopper.form(f"/orders/{public}", f"/orders/{public}/end")
    faults(hall, f"{SESSIONS}/*", "500")
    refused = shopper.post(end)
    assert "The bank does not answer" in sentence_in(shopper.get(refused.headers["location"]))
    assert hall.rows("SELECT state FROM catalog_hold") == [("held",)]

    hall.faults(reset=True)
    shopper.post(end)
    assert hall.rows("SELECT state FROM catalog_hold") == [("released",)]
    assert shopper.pay(page) == "", "nobody can pay by the old page"
    assert sum(hall.charged().values()) == 0
    hall.check()


def test_refund_is_paid_once(a_hall: Opened) -> None:
    """One of two pieces is given back through a bank that breaks: in the end one piece's money went, and not twice."""
    hall = a_hall()
    for mode in MODES:
        Shopper(hall, "ana").buy("spoon", 2)
        public, line = newest_order(hall)
        before = len(hall.state()["refunds"])
        faults(hall, "/v1/refunds", mode, times=2)
        give_back(hall, Shopper(hall, "mira"), public, {f"pieces-{line}": "1"})
        newest = "SELECT state, error FROM payments_payback ORDER BY id DESC LIMIT 1"
        until(lambda: hall.rows(newest)[0][1] != "", "nobody asked for the refund")  # noqa: B023
        assert hall.rows(newest)[0][0] == "due", mode
        until(lambda: a_minute_later(hall, newest) == "done", f"the refund never went: {mode}")  # noqa: B023
        assert [one["amount"] for one in hall.state()["refunds"]][before:] == [500], mode
    hall.agrees_with_till()
    hall.check()


def test_refund_pressed_at_once(a_hall: Opened) -> None:
    """All of an order is given back by four windows at the same moment: once."""
    hall = a_hall(processes=2)
    Shopper(hall, "ana").buy("spoon", 2)
    public, line = newest_order(hall)
    address = f"/desk/tidewater/orders/{public}"
    windows = [Shopper(hall, "mira") for _window in range(4)]
    forms = [(mira, mira.form(address, f"{address}/refunds")) for mira in windows]
    at_once(lambda one: one[0].post(one[1], **{f"pieces-{line}": "2"}), forms)
    hall.drained()
    assert [one["amount"] for one in hall.state()["refunds"]] == [1000]
    assert list(hall.charged().values()) == [0]
    hall.agrees_with_till()
    hall.check()


def test_refund_that_fails_is_told(a_hall: Opened) -> None:
    """The bank refuses it for good: the desk hears of it, and nobody says that it was paid."""
    hall = a_hall()
    Shopper(hall, "ana").buy("spoon")
    hall.faults(refunds="fail", refund_delay_s=0)
    public, line = newest_order(hall)
    give_back(hall, Shopper(hall, "mira"), public, {f"pieces-{line}": "1"})
    until(lambda: hall.one("SELECT COUNT(*) FROM payments_payback WHERE provider_id <> ''") == 1, "never asked")
    state = "SELECT state FROM payments_payback"
    until(lambda: a_minute_later(hall, state) == "failed", "the failure was not seen")
    mails = "SELECT COUNT(*) FROM outbox_mail WHERE subject LIKE 'A refund failed%'"
    until(lambda: hall.one(mails) == 1, "the desk was not told")


def newest_order(hall: HallProcess) -> tuple[str, str]:
    """The public ids of the order and of its line."""
    public, line = hall.rows(
        "SELECT o.public, l.public FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id ORDER BY o.id DESC"
    )[0]
    return public, line


def a_minute_later(hall: HallProcess, state: str) -> str:
    """What the bank has not answered is asked again after a minute: it has passed."""
    hall.rows("UPDATE payments_payback SET due = ? WHERE state = 'due'", "2020-01-01 00:00:00+00:00")
    time.sleep(0.5)
    return str(hall.rows(state)[0][0])


def give_back(hall: HallProcess, mira: Shopper, public: str, pieces: dict[str, str]) -> None:
    address = f"/desk/tidewater/orders/{public}"
    answer = mira.get(mira.post(mira.form(address, f"{address}/refunds"), **pieces).headers["location"])
    assert "goes back to the buyer" in sentence_in(answer)


def faults(hall: HallProcess, path: str, mode: str, method: str = "POST", times: int = 4) -> None:
    """So many requests go wrong; the SDK tries each once more by itself."""
    hall.faults(api=[{"path": path, "mode": mode, "method": method, "times": times, "delay_s": 0.1}])
