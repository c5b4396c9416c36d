"""What the provider tells: forged it changes nothing; repeated, shuffled or late it ends where the provider stands."""

from __future__ import annotations

import json
import os
import random
import time
from typing import Any

import httpx

from fakepay.webhooks import sign

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess, until
from .mould import SECRET
from .shopper import GOOD, Shopper, headline, public_in, session_of

REPEATS = 20
SHUFFLES = int(os.environ.get("SHUFFLES", "3"))


def test_forged_changes_nothing(a_hall: Opened) -> None:
    hall, page = waiting(a_hall)
    pay_by_door(hall, page)
    body = told(hall, page, "checkout.session.completed")
    now = int(time.time())
    forged = {
        "none": "",
        "odd": "v1",
        "of another secret": sign(body, "whsec_guessed", now),
        "of another body": sign(body + b" ", SECRET, now),
        "of last week": sign(body, SECRET, now - 7 * 86400),
        "in another scheme": sign(body, SECRET, now).replace("v1=", "v0="),
    }
    for name, signature in forged.items():
        assert deliver(hall, body, signature) == 400, name
        assert payment(hall) == "open", name
    assert deliver(hall, b"\xff\0", sign(b"\xff\0", SECRET, now)) == 400
    assert deliver(hall, b"[]", sign(b"[]", SECRET, now)) == 400

    assert deliver(hall, body) == 204
    assert payment(hall) == "paid"
    hall.check()


def test_early_and_the_shopper_afterwards(a_hall: Opened) -> None:
    """The webhook comes before the shopper does."""
    hall = a_hall("web", "till")
    shopper = Shopper(hall)
    shopper.put("spoon")
    back = shopper.pay(shopper.post(shopper.checkout()).headers["location"])
    until(lambda: payment(hall) == "paid", "no webhook came")
    assert headline(shopper.get(back)).startswith("Thank you")
    assert hall.one("SELECT COUNT(*) FROM payments_capture") == 1
    hall.agrees_with_till()
    hall.check()


def test_repeated_and_shuffled(a_hall: Opened) -> None:
    hall = a_hall("web", "till", processes=2)
    hall.faults(webhooks="off")
    pages = []
    for _purchase in range(SHUFFLES):
        shopper = Shopper(hall)
        shopper.put("spoon")
        pages.append(shopper.post(shopper.checkout()).headers["location"])
    kinds = ("checkout.session.completed", "payment_intent.succeeded", "checkout.session.expired")
    early = [told(hall, page, kinds[2]) for page in pages]
    assert {deliver(hall, body) for body in early} == {204}
    assert {state for (state,) in hall.rows("SELECT state FROM payments_payment")} == {"open"}

    for page in pages:
        pay_by_door(hall, page)
    events = [told(hall, page, kind) for page in pages for kind in kinds for _copy in range(REPEATS)]
    random.shuffle(events)
    for n in range(0, len(events), 30):
        assert set(at_once(lambda body: deliver(hall, body), events[n : n + 30])) == {204}

    assert hall.rows("SELECT state, COUNT(*) FROM payments_payment GROUP BY state") == [("paid", SHUFFLES)]
    assert hall.rows('SELECT "use", COUNT(*) FROM payments_capture GROUP BY "use"') == [("kept", SHUFFLES)]
    assert hall.one("SELECT COUNT(*) FROM activity_act WHERE verb = 'order.paid'") == SHUFFLES
    hall.agrees_with_till()
    hall.check()


def test_late_expired_overwrites_nothing(a_hall: Opened) -> None:
    hall, page = waiting(a_hall)
    expired = told(
        hall, page, "checkout.session.expired", status="expired", payment_status="unpaid", payment_intent=None
    )
    pay_by_door(hall, page)
    assert deliver(hall, told(hall, page, "checkout.session.completed")) == 204
    for _copy in range(3):
        assert deliver(hall, expired) == 204
        assert payment(hall) == "paid"
    assert hall.rows("SELECT state FROM orders_order") == [("paid",)]
    hall.agrees_with_till()
    hall.check()


def test_paid_after_it_lapsed(a_hall: Opened) -> None:
    """The answer with the page was lost, the shopper let go, and yet somebody paid by that page: it all goes back."""
    hall = a_hall()
    hall.faults(api=[{"path": "/v1/checkout/sessions", "mode": "500_after", "times": 2}])
    shopper = Shopper(hall)
    shopper.put("pot", 10)
    order = shopper.get(shopper.post(shopper.checkout()).headers["location"])
    assert headline(order) == "It waits to be paid"
    public = public_in(order)
    shopper.post(shopper.form(f"/orders/{public}", f"/orders/{public}/end"))
    assert payment(hall) == "ended"
    Shopper(hall, "ana").put("pot", 10)  # it can be bought by others at once

    pay_by_door(hall, hall.state()["sessions"][0]["id"])
    until(lambda: hall.rows('SELECT "use" FROM payments_capture') == [("returned",)], "the late payment was not seen")
    hall.drained()

    assert list(hall.charged().values()) == [0]
    assert hall.rows("SELECT state FROM orders_order") == [("lapsed",)]
    assert "All of it goes back to you" in shopper.get(f"/orders/{public}").text
    hall.agrees_with_till()
    hall.check()


def waiting(a_hall: Opened) -> tuple[HallProcess, str]:
    """A hall that hears only what this test sends, and the till's page of a purchase that waits."""
    hall = a_hall("web", "till")
    hall.faults(webhooks="off")
    shopper = Shopper(hall)
    shopper.put("spoon")
    return hall, shopper.post(shopper.checkout()).headers["location"]


def told(hall: HallProcess, page: str, kind: str, **other: Any) -> bytes:
    """An event as the till would send it now."""
    session = next(one for one in hall.state()["sessions"] if one["id"] == session_of(page))
    thing = (
        session | other
        if kind.startswith("checkout")
        else {"id": session["payment_intent"], "object": "payment_intent"}
    )
    return json.dumps(
        {"id": f"evt_{random.random()}", "object": "event", "type": kind, "data": {"object": thing}}
    ).encode()


def deliver(hall: HallProcess, body: bytes, signature: str | None = None) -> int:
    signed = sign(body, SECRET, int(time.time())) if signature is None else signature
    answer = httpx.post(f"{hall.address}/hooks/stripe", content=body, headers={"Stripe-Signature": signed}, timeout=60)
    return answer.status_code


def pay_by_door(hall: HallProcess, page: str) -> None:
    """Without a browser that comes back."""
    session = page.rsplit("/", 1)[-1]
    answer = httpx.post(f"{hall.till}/_card", json={"session": session, "card": GOOD}, timeout=20)
    assert answer.json()["outcome"] == "paid"


def payment(hall: HallProcess) -> str:
    return str(hall.one("SELECT state FROM payments_payment"))
