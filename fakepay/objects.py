"""Rows of the store as the objects of Stripe's interface."""

import json
import sqlite3
from typing import Any

from fakepay.wire import Refusal

API_VERSION = "2026-10-28.endive"
Thing = dict[str, Any]


def session(row: sqlite3.Row, base: str = "") -> Thing:
    """A checkout session; as with Stripe its address is only there while it can be paid."""
    email = row["customer_email"]
    return {
        "id": row["id"], "object": "checkout.session", "livemode": False, "mode": "payment", "ui_mode": "hosted",
        "created": row["created"], "expires_at": row["expires_at"], "status": row["status"],
        "payment_status": "paid" if row["status"] == "complete" else "unpaid",
        "payment_intent": row["payment_intent"], "amount_subtotal": row["amount"], "amount_total": row["amount"],
        "currency": row["currency"], "client_reference_id": row["client_reference_id"],
        "customer": None, "customer_email": email, "customer_details": {"email": email} if email else None,
        "metadata": json.loads(row["metadata"]), "payment_method_types": ["card"],
        "success_url": row["success_url"], "cancel_url": row["cancel_url"],
        "url": f"{base}/pay/{row['id']}" if row["status"] == "open" else None,
    }  # fmt: skip


def setup(row: sqlite3.Row, base: str = "") -> Thing:
    """A checkout session that keeps a card."""
    email = row["customer_email"]
    return {
        "id": row["id"], "object": "checkout.session", "livemode": False, "mode": "setup", "ui_mode": "hosted",
        "created": row["created"], "expires_at": row["expires_at"], "status": row["status"],
        "payment_status": "no_payment_required", "payment_intent": None, "setup_intent": row["setup_intent"],
        "amount_subtotal": None, "amount_total": None, "currency": None,
        "client_reference_id": row["client_reference_id"], "customer": row["customer"], "customer_email": email,
        "customer_creation": "always", "customer_details": {"email": email} if email else None,
        "metadata": json.loads(row["metadata"]), "payment_method_types": ["card"],
        "success_url": row["success_url"], "cancel_url": row["cancel_url"],
        "url": f"{base}/pay/{row['id']}" if row["status"] == "open" else None,
    }  # fmt: skip


def setup_intent(row: sqlite3.Row) -> Thing:
    return {
        "id": row["setup_intent"], "object": "setup_intent", "livemode": False, "created": row["created"],
        "status": "succeeded" if row["status"] == "complete" else "requires_payment_method",
        "customer": row["customer"], "payment_method": row["payment_method"], "usage": "off_session",
        "payment_method_types": ["card"], "metadata": json.loads(row["setup_metadata"]),
    }  # fmt: skip


def customer(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "customer", "livemode": False, "created": row["created"], "email": row["email"],
        "metadata": {},
    }  # fmt: skip


def method(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "payment_method", "livemode": False, "created": row["created"], "type": "card",
        "customer": row["customer"],
        "card": {"brand": "visa", "last4": row["last4"], "exp_month": 12, "exp_year": 2039, "funding": "credit"},
    }  # fmt: skip


def intent(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "payment_intent", "livemode": False, "created": row["created"],
        "amount": row["amount"], "amount_received": row["amount"] if row["status"] == "succeeded" else 0,
        "amount_capturable": 0, "currency": row["currency"], "status": row["status"],
        "capture_method": "automatic", "payment_method_types": ["card"], "latest_charge": row["latest_charge"],
        "last_payment_error": json.loads(row["failure"]) if row["failure"] else None,
        "metadata": json.loads(row["metadata"]), "customer": row["customer"], "payment_method": row["payment_method"],
    }  # fmt: skip


def charge(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "charge", "livemode": False, "created": row["created"], "amount": row["amount"],
        "amount_captured": row["amount"], "amount_refunded": row["refunded"], "captured": True, "paid": True,
        "refunded": row["refunded"] == row["amount"], "currency": row["currency"], "status": "succeeded",
        "payment_intent": row["payment_intent"], "metadata": {},
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": row["last4"]}},
    }  # fmt: skip


def refund(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "refund", "created": row["created"], "amount": row["amount"],
        "currency": row["currency"], "status": row["status"], "charge": row["charge"],
        "payment_intent": row["payment_intent"], "reason": row["reason"], "metadata": json.loads(row["metadata"]),
        **({"failure_reason": "declined"} if row["status"] == "failed" else {}),
    }  # fmt: skip


def event(row: sqlite3.Row) -> Thing:
    return {
        "id": row["id"], "object": "event", "livemode": False, "created": row["created"], "type": row["type"],
        "api_version": API_VERSION, "pending_webhooks": 0 if row["delivered"] else 1,
        "request": {"id": None, "idempotency_key": None}, "data": {"object": json.loads(row["object"])},
    }  # fmt: skip


def find(db: sqlite3.Connection, sql: str, identity: str, what: str) -> sqlite3.Row:
    """The row of that id; a Refusal with status 404 if there is none."""
    row: sqlite3.Row | None = db.execute(sql, (identity,)).fetchone()
    if row is None:
        raise Refusal(f"No such {what}: '{identity}'", status=404, code="resource_missing", param="id")
    return row


def find_session(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM session_rows WHERE id = ?", identity, "checkout.session")


def find_setup(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM setups WHERE id = ?", identity, "checkout.session")


def find_setup_intent(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM setups WHERE setup_intent = ?", identity, "setup_intent")


def find_customer(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM customers WHERE id = ? AND deleted IS NULL", identity, "customer")


def find_method(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM methods WHERE id = ?", identity, "PaymentMethod")


def find_intent(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM intent_rows WHERE id = ?", identity, "payment_intent")


def find_charge(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM charge_rows WHERE id = ?", identity, "charge")


def find_refund(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM refunds WHERE id = ?", identity, "refund")


def find_event(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    return find(db, "SELECT * FROM events WHERE id = ?", identity, "event")


def expand(db: sqlite3.Connection, thing: Thing, path: str) -> None:
    """Puts the whole object where only its id stands, along a path such as `data.payment_intent.latest_charge`."""
    name, _, rest = path.partition(".")
    if name == "data" and thing["object"] == "list":
        for one in thing["data"]:
            expand(db, one, rest)
        return
    if name not in EXPANDED or name not in thing:
        raise Refusal(f"This property cannot be expanded ({name}).", param="expand")
    if isinstance(thing[name], str):
        look, draw = EXPANDED[name]
        thing[name] = draw(look(db, thing[name]))
    if rest and thing[name] is not None:
        expand(db, thing[name], rest)


EXPANDED = {
    "payment_intent": (find_intent, intent),
    "latest_charge": (find_charge, charge),
    "charge": (find_charge, charge),
    "setup_intent": (find_setup_intent, setup_intent),
    "payment_method": (find_method, method),
    "customer": (find_customer, customer),
}
