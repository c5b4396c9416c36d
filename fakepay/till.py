"""Everything that can happen at the till: the only writer of sessions, intents, charges, refunds and events."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from fakepay import clock, money, objects
from fakepay.faults import Plan
from fakepay.wire import Refusal

Kind = Literal["paid", "already", "declined", "confirm", "lost", "expired", "refused"]
CARDS: dict[str, Kind] = {
    "4242424242424242": "paid",
    "4000000000000002": "declined",
    "4000000000003220": "confirm",
    "4000000000000119": "lost",
    "4000000000000341": "declined",
    "4000002760003184": "confirm",
}
DAY_S = 24 * 3600


@dataclass(frozen=True)
class Outcome:
    """How an attempt to pay ended; `lost` means charged, though the shopper will not be told."""

    kind: Kind
    message: str = ""


@dataclass(frozen=True)
class Wanted:
    """A checkout session as it was asked for; the amount is in the currency's smallest unit."""

    amount: int
    currency: str
    lines: list[dict[str, Any]]
    success_url: str
    cancel_url: str | None
    client_reference_id: str | None
    customer_email: str | None
    metadata: dict[str, str]
    intent_metadata: dict[str, str]
    expires_at: int | None


def open_session(db: sqlite3.Connection, wanted: Wanted) -> sqlite3.Row:
    now = int(clock.now())
    if wanted.expires_at is not None and not now < wanted.expires_at <= now + DAY_S:
        raise Refusal("expires_at must lie ahead, and at most 24 hours.", param="expires_at")
    identity = new_id("cs_test_")
    db.execute(
        "INSERT INTO sessions (id, created, expires_at, amount, currency, lines, success_url, cancel_url,"
        " client_reference_id, customer_email, metadata, intent_metadata) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            identity, now, wanted.expires_at or now + DAY_S, wanted.amount, wanted.currency, json.dumps(wanted.lines),
            wanted.success_url, wanted.cancel_url, wanted.client_reference_id, wanted.customer_email,
            json.dumps(wanted.metadata), json.dumps(wanted.intent_metadata),
        ),
    )  # fmt: skip
    return objects.find_session(db, identity)


def expire_session(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    row = objects.find_session(db, identity)
    if row["status"] != "open":
        message = f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {row["status"]}.'
        raise Refusal(message, kept=True)
    _close(db, row["id"])
    return objects.find_session(db, identity)


def pay(db: sqlite3.Connection, identity: str, card: str) -> Outcome:
    """One attempt with that card number, digits only; a session that is paid is never charged again."""
    row = objects.find_session(db, identity)
    if row["status"] != "open":
        return Outcome("already" if row["status"] == "complete" else "expired")
    if card not in CARDS:
        return Outcome("refused", "Only the test cards listed on this page work here. Please do not use a real card.")
    kind = CARDS[card]
    intent = _attempt(db, row, card[-4:])
    if kind == "declined":
        return decline(db, intent, "card_declined", "This card was declined. Please try another card.")
    if kind == "confirm":
        db.execute("UPDATE intents SET status = 'requires_action', failure = NULL WHERE id = ?", (intent,))
    else:
        _complete(db, row["id"], intent)
    return Outcome(kind)


def second_step(db: sqlite3.Connection, identity: str, granted: bool) -> Outcome:
    """The shopper's answer to the card's bank; only asked for by an attempt that waits for it."""
    row = objects.find_session(db, identity)
    if row["status"] != "open":
        return Outcome("already" if row["status"] == "complete" else "expired")
    if row["intent_status"] != "requires_action":
        return Outcome("refused", "There is no payment to confirm. Please enter your card.")
    if granted:
        _complete(db, row["id"], row["payment_intent"])
        return Outcome("paid")
    message = "The payment was not confirmed, so nothing was charged. Please try again or use another card."
    return decline(db, row["payment_intent"], "payment_intent_authentication_failure", message)


def refund(
    db: sqlite3.Connection, plan: Plan, intent: str, amount: int | None, reason: str | None, metadata: dict[str, str]
) -> sqlite3.Row:
    """Gives back `amount`, or all that is left; never more than was charged."""
    paid = objects.find_intent(db, intent)
    if paid["latest_charge"] is None:
        message = f"This PaymentIntent ({intent}) does not have a successful charge to refund."
        raise Refusal(message, code="payment_intent_unexpected_state", param="payment_intent", kept=True)
    charge = objects.find_charge(db, paid["latest_charge"])
    left = charge["amount"] - charge["refunded"]
    if left == 0:
        raise Refusal(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", kept=True)
    if amount is not None and amount > left:
        asked, most = (money.written(one, charge["currency"]) for one in (amount, left))
        message = f"Refund amount ({asked}) is greater than unrefunded amount on charge ({most})"
        raise Refusal(message, code="amount_too_large", param="amount", kept=True)
    settles_to = {"normal": None, "pending": "succeeded", "fail": "failed"}[plan.refunds]
    identity = new_id("re_")
    db.execute(
        "INSERT INTO refunds (id, charge, payment_intent, created, amount, currency, status, reason, metadata,"
        " settles_at, settles_to) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            identity, charge["id"], intent, int(clock.now()), left if amount is None else amount, charge["currency"],
            "pending" if settles_to else "succeeded", reason, json.dumps(metadata),
            clock.now() + plan.refund_delay_s if settles_to else None, settles_to,
        ),
    )  # fmt: skip
    _tell_refund(db, identity)
    return objects.find_refund(db, identity)


def close_overdue(db: sqlite3.Connection) -> None:
    """What time alone brings: sessions expire, pending refunds end."""
    now = clock.now()
    late = "SELECT id FROM sessions WHERE status = 'open' AND expires_at <= ?"
    for (identity,) in db.execute(late, (now,)).fetchall():
        _close(db, identity)
    late = "SELECT id FROM setups WHERE status = 'open' AND expires_at <= ?"
    for (identity,) in db.execute(late, (now,)).fetchall():
        close_setup(db, identity)
    ripe = "SELECT id FROM refunds WHERE status = 'pending' AND settles_at <= ?"
    for (identity,) in db.execute(ripe, (now,)).fetchall():
        db.execute("UPDATE refunds SET status = settles_to, settles_at = NULL WHERE id = ?", (identity,))
        _tell_refund(db, identity)


def _close(db: sqlite3.Connection, session: str) -> None:
    db.execute("UPDATE sessions SET status = 'expired' WHERE id = ?", (session,))
    db.execute("UPDATE intents SET status = 'canceled' WHERE session = ?", (session,))
    tell(db, "checkout.session.expired", objects.session(objects.find_session(db, session)))


def close_setup(db: sqlite3.Connection, setup: str) -> None:
    db.execute("UPDATE setups SET status = 'expired' WHERE id = ?", (setup,))
    tell(db, "checkout.session.expired", objects.setup(objects.find_setup(db, setup)))


def _attempt(db: sqlite3.Connection, session: sqlite3.Row, last4: str) -> str:
    """The session's one intent, made by the first attempt."""
    db.execute(
        "INSERT INTO intents (id, session, created, status, amount, currency, metadata, last4)"
        " VALUES (?, ?, ?, 'requires_payment_method', ?, ?, ?, ?)"
        " ON CONFLICT (session) DO UPDATE SET last4 = excluded.last4",
        (
            new_id("pi_"), session["id"], int(clock.now()), session["amount"], session["currency"],
            session["intent_metadata"], last4,
        ),
    )  # fmt: skip
    return str(db.execute("SELECT id FROM intents WHERE session = ?", (session["id"],)).fetchone()[0])


def _complete(db: sqlite3.Connection, session: str, intent: str) -> None:
    db.execute("UPDATE sessions SET status = 'complete' WHERE id = ?", (session,))
    capture(db, intent)
    tell(db, "checkout.session.completed", objects.session(objects.find_session(db, session)))


def capture(db: sqlite3.Connection, intent: str) -> None:
    """The money of an intent is taken."""
    db.execute("UPDATE intents SET status = 'succeeded', failure = NULL WHERE id = ?", (intent,))
    db.execute(
        "INSERT INTO charges (id, payment_intent, created, amount, currency, last4)"
        " SELECT ?, id, ?, amount, currency, last4 FROM intents WHERE id = ?",
        (new_id("ch_"), int(clock.now()), intent),
    )
    tell(db, "payment_intent.succeeded", objects.intent(objects.find_intent(db, intent)))


def decline(db: sqlite3.Connection, intent: str, code: str, message: str) -> Outcome:
    failure = {"type": "card_error", "code": code, "message": message}
    if code == "card_declined":
        failure["decline_code"] = "generic_decline"
    db.execute(
        "UPDATE intents SET status = 'requires_payment_method', failure = ? WHERE id = ?", (json.dumps(failure), intent)
    )
    tell(db, "payment_intent.payment_failed", objects.intent(objects.find_intent(db, intent)))
    return Outcome("declined", message)


def _tell_refund(db: sqlite3.Connection, identity: str) -> None:
    row = objects.find_refund(db, identity)
    if row["status"] == "succeeded":
        tell(db, "charge.refunded", objects.charge(objects.find_charge(db, row["charge"])))
    tell(db, "refund.updated", objects.refund(row))
    if row["status"] == "failed":
        tell(db, "refund.failed", objects.refund(row))


def tell(db: sqlite3.Connection, kind: str, thing: objects.Thing) -> None:
    now = clock.now()
    db.execute(
        "INSERT INTO events (id, created, type, object, born, due) VALUES (?, ?, ?, ?, ?, ?)",
        (new_id("evt_"), int(now), kind, json.dumps(thing), now, now),
    )


def new_id(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
