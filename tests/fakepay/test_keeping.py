"""A card that is kept, and charged while its owner is not there: as Stripe's own SDK asks for it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from fakepay import store
from fakepay.store import NEWER, Store

GOOD, DECLINED, STEP = "4242424242424242", "4000000000000002", "4000000000003220"
NO_MONEY, OWNER, LOST = "4000000000000341", "4000002760003184", "4000000000000119"


def asked(**other: Any) -> Any:
    return {
        "mode": "setup",
        "payment_method_types": ["card"],
        "customer_creation": "always",
        "client_reference_id": "pledge-1",
        "success_url": "http://127.0.0.1:9/back",
        "cancel_url": "http://127.0.0.1:9/pool",
        "customer_email": "ana@example.org",
        "metadata": {"card for": "pledge-1"},
        "setup_intent_data": {"metadata": {"card for": "pledge-1"}},
        **other,
    }


def kept(till: Any, card: str = GOOD) -> tuple[str, str]:
    """A customer and their card."""
    session = till.client.v1.checkout.sessions.create(asked())
    assert till.card(session, card)["outcome"] == "paid"
    done = till.client.v1.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent.payment_method"]})
    return str(done.customer), done.setup_intent.payment_method.id


def charge(till: Any, customer: str, card: str, key: str = "charge-1", **other: Any) -> Any:
    params = {
        "amount": 2450,
        "currency": "gbp",
        "customer": customer,
        "payment_method": card,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "metadata": {"payment": "p1"},
        **other,
    }
    return till.client.v1.payment_intents.create(params, {"idempotency_key": key})


def test_a_card_is_kept_and_nothing_is_charged(till: Any, ear: Any, soon: Any) -> None:
    session = till.client.v1.checkout.sessions.create(asked())
    assert (session.mode, session.status, session.payment_status) == ("setup", "open", "no_payment_required")
    page = requests.get(session.url, timeout=5)
    assert page.status_code == 200
    assert "Keep this card" in page.text
    assert till.submit(session, DECLINED).status_code == 402
    answer = till.submit(session, GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://127.0.0.1:9/back")
    done = till.client.v1.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent.payment_method"]})
    card = done.setup_intent.payment_method
    assert (done.status, card.card.last4, card.card.brand, card.customer) == ("complete", "4242", "visa", done.customer)
    assert till.state()["charges"] == []
    assert till.submit(session, GOOD).status_code == 303, "twice is once"
    assert len(till.state()["customers"]) == 1
    soon(lambda: sorted(ear.types()) == ["checkout.session.completed", "setup_intent.succeeded"])
    assert b"4242424242424242" not in till.db.read_bytes()


def test_it_is_charged_without_its_owner_once_for_each_key(till: Any) -> None:
    customer, card = kept(till)
    first, again = charge(till, customer, card), charge(till, customer, card)
    assert (first.id, first.status, first.amount_received) == (again.id, "succeeded", 2450)
    assert len(till.state()["charges"]) == 1
    listed = till.client.v1.payment_intents.list({"customer": customer}).data
    assert [(one.id, one.metadata["payment"]) for one in listed] == [(first.id, "p1")]
    back = till.client.v1.refunds.create({"payment_intent": first.id})
    assert back.amount == 2450


@pytest.mark.parametrize(
    ("card", "code"),
    [(NO_MONEY, "card_declined"), (OWNER, "authentication_required"), (STEP, "authentication_required")],
)
def test_a_card_that_is_refused_later(till: Any, card: str, code: str) -> None:
    customer, method = kept(till, card)
    for _twice in range(2):
        with pytest.raises(stripe.CardError) as no:
            charge(till, customer, method)
        assert (no.value.code, no.value.http_status) == (code, 402)
    assert till.state()["charges"] == []
    assert [one["status"] for one in till.state()["payment_intents"]] == ["requires_payment_method"]


def test_charged_and_then_silence(till: Any) -> None:
    customer, card = kept(till, LOST)
    with pytest.raises(stripe.APIError):
        charge(till, customer, card)
    assert charge(till, customer, card).status == "succeeded"
    assert len(till.state()["charges"]) == 1


def test_what_is_forgotten_cannot_be_charged(till: Any) -> None:
    customer, card = kept(till)
    charge(till, customer, card)
    assert till.client.v1.customers.delete(customer).deleted
    with pytest.raises(stripe.InvalidRequestError):
        charge(till, customer, card, "charge-2")
    with pytest.raises(stripe.InvalidRequestError):
        till.client.v1.customers.delete(customer)
    assert len(till.state()["charges"]) == 1


def test_what_cannot_be_charged_is_refused(till: Any) -> None:
    customer, card = kept(till)
    other, _card = kept(till)
    for wrong in ({"amount": 0}, {"currency": "xyz"}, {"customer": other}, {"off_session": False}, {"confirm": False}):
        with pytest.raises(stripe.InvalidRequestError):
            charge(till, **{"customer": customer, "card": card} | wrong, key=str(wrong))
    with pytest.raises(stripe.InvalidRequestError):
        till.client.v1.checkout.sessions.create(asked(customer_creation="if_required"))
    session = till.client.v1.checkout.sessions.create(asked())
    assert till.client.v1.checkout.sessions.expire(session.id).status == "expired"
    assert till.card(session, GOOD)["outcome"] == "expired"


def test_a_file_of_before_is_read(tmp_path: Path) -> None:
    """Every intent was of a session then."""
    place = tmp_path / "older.sqlite3"
    with sqlite3.connect(place) as db:
        db.executescript(OLDER)
    store = Store(place)
    with store.transaction() as db:
        rows = db.execute("SELECT id, latest_charge, customer FROM intent_rows").fetchall()
        assert [tuple(row) for row in rows] == [("pi_1", "ch_1", None)]
        assert db.execute("SELECT COUNT(*) FROM charge_rows").fetchone()[0] == 1
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_killed_on_the_way_the_file_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "older.sqlite3"
    with sqlite3.connect(place) as db:
        db.executescript(OLDER)
    with monkeypatch.context() as patch:
        patch.setattr(store, "NEWER", NEWER.replace("DROP TABLE older;", "INSERT INTO nowhere VALUES (1);"))
        with pytest.raises(sqlite3.OperationalError):
            Store(place)
    with Store(place).transaction() as db:
        assert [tuple(row) for row in db.execute("SELECT id, customer FROM intent_rows")] == [("pi_1", None)]


OLDER = """
CREATE TABLE sessions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'open', amount INTEGER NOT NULL, currency TEXT NOT NULL,
    lines TEXT NOT NULL, success_url TEXT NOT NULL, cancel_url TEXT, client_reference_id TEXT, customer_email TEXT,
    metadata TEXT NOT NULL, intent_metadata TEXT NOT NULL);
CREATE TABLE intents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL UNIQUE REFERENCES sessions (id), created INTEGER NOT NULL, status TEXT NOT NULL,
    amount INTEGER NOT NULL, currency TEXT NOT NULL, metadata TEXT NOT NULL, last4 TEXT, failure TEXT);
CREATE TABLE charges (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    payment_intent TEXT NOT NULL UNIQUE REFERENCES intents (id), created INTEGER NOT NULL,
    amount INTEGER NOT NULL, currency TEXT NOT NULL, last4 TEXT NOT NULL);
CREATE TABLE refunds (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, charge TEXT NOT NULL REFERENCES charges (id),
    payment_intent TEXT NOT NULL REFERENCES intents (id), created INTEGER NOT NULL, amount INTEGER NOT NULL,
    currency TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, metadata TEXT NOT NULL, settles_at REAL,
    settles_to TEXT);
CREATE VIEW session_rows AS SELECT sessions.*, intents.id AS payment_intent, intents.status AS intent_status
    FROM sessions LEFT JOIN intents ON intents.session = sessions.id;
CREATE VIEW intent_rows AS SELECT intents.*, charges.id AS latest_charge
    FROM intents LEFT JOIN charges ON charges.payment_intent = intents.id;
CREATE VIEW charge_rows AS SELECT charges.*, 0 AS refunded FROM charges;
INSERT INTO sessions VALUES (1, 'cs_1', 1, 2, 'complete', 5, 'gbp', '[]', 'http://x', NULL, NULL, NULL, '{}', '{}');
INSERT INTO intents VALUES (1, 'pi_1', 'cs_1', 1, 'succeeded', 5, 'gbp', '{}', '4242', NULL);
INSERT INTO charges VALUES (1, 'ch_1', 'pi_1', 1, 5, 'gbp', '4242');
"""
