"""Checkout sessions through Stripe's SDK: made, shown, listed, expired, and refused."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import stripe


def test_a_session_is_made_and_shown(till: Any) -> None:
    session = till.open(customer_email="ana@example.org")
    assert session.id.startswith("cs_test_")
    assert session.url == f"{till.base}/pay/{session.id}"
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency, session.livemode) == (2400, "eur", False)
    assert session.metadata is not None
    assert session.metadata["order"] == "1"
    assert till.session(session.id).client_reference_id == "order-1"


def test_a_paid_session_shows_its_intent_expanded(till: Any) -> None:
    session = till.open()
    till.card(session, "4242 4242 4242 4242")
    params: Any = {"expand": ["payment_intent.latest_charge"]}
    paid = till.client.v1.checkout.sessions.retrieve(session.id, params)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (paid.payment_intent.status, paid.payment_intent.amount_received) == ("succeeded", 2400)
    assert paid.payment_intent.metadata["order"] == "1"
    assert paid.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert till.client.v1.payment_intents.retrieve(paid.payment_intent.id).latest_charge.startswith("ch_")


def test_expire_closes_an_open_session_only(till: Any) -> None:
    session = till.open()
    assert till.client.v1.checkout.sessions.expire(session.id).status == "expired"
    assert till.submit(session, "4242424242424242").status_code == 410
    with pytest.raises(stripe.InvalidRequestError):
        till.client.v1.checkout.sessions.expire(session.id)
    assert till.state()["charges"] == []


def test_a_session_expires_by_itself(till: Any, ear: Any, soon: Any) -> None:
    session = till.open(expires_at=int(time.time()) + 2)
    soon(lambda: "checkout.session.expired" in ear.types())
    assert till.session(session.id).status == "expired"
    assert till.card(session, "4242424242424242")["outcome"] == "expired"


def test_lists_are_newest_first_and_page_on(till: Any) -> None:
    made = [till.open(client_reference_id=f"order-{number}") for number in range(5)]
    sessions = till.client.v1.checkout.sessions
    first = sessions.list({"limit": 2})
    assert [one.client_reference_id for one in first.data] == ["order-4", "order-3"]
    assert first.has_more
    assert [one.id for one in first.auto_paging_iter()] == [one.id for one in reversed(made)]
    after = sessions.list({"limit": 10, "starting_after": made[2].id})
    assert [one.client_reference_id for one in after.data] == ["order-1", "order-0"]
    assert not after.has_more


PRICE = {"currency": "eur", "unit_amount": 5, "product_data": {"name": "Pin"}}


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"line_items": [{"price_data": {**PRICE, "unit_amount": 0}, "quantity": 1}]}, "line_items"),
        (
            {"line_items": [{"price_data": {**PRICE, "unit_amount": -5}, "quantity": 1}]},
            "line_items[0][price_data][unit_amount]",
        ),
        (
            {"line_items": [{"price_data": {**PRICE, "currency": "moo"}, "quantity": 1}]},
            "line_items[0][price_data][currency]",
        ),
        ({"line_items": [{"price_data": PRICE, "quantity": "x"}]}, "line_items[0][quantity]"),
        (
            {
                "line_items": [
                    {"price_data": PRICE, "quantity": 1},
                    {"price_data": {**PRICE, "currency": "usd"}, "quantity": 1},
                ]
            },
            "line_items",
        ),
        ({"line_items": None}, "line_items"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"cancel_url": "http://a b/\r\nX: y"}, "cancel_url"),
        ({"mode": "subscription"}, "mode"),
        ({"expires_at": 1}, "expires_at"),
        ({"customer_email": "nobody"}, "customer_email"),
        ({"surprise": "1"}, "surprise"),
        ({"metadata": {"k": "v" * 501}}, "metadata[k]"),
    ],
)
def test_what_cannot_be_charged_is_refused(counter: Any, changes: dict[str, Any], param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        counter.open(**changes)
    assert (refused.value.http_status, refused.value.param) == (400, param)
    assert counter.state()["sessions"] == []


def test_the_unknown_is_a_404_and_a_wrong_key_a_401(till: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        till.session("cs_test_none")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.AuthenticationError):
        till.client_of("sk_test_of_another").v1.checkout.sessions.list()


def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fakepay", "--host", "0.0.0.0", "--db", str(tmp_path / "till.sqlite3")]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=10, check=False)
    assert ended.returncode == 2
    assert "only listens on loopback" in ended.stderr
