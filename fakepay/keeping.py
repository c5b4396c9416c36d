"""Cards that are kept for later: the sessions in which one is given, whose it is, and charges without its owner."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from fakepay import clock, money, objects, till
from fakepay.cards import NEEDS_OWNER, NO_MONEY
from fakepay.objects import Thing
from fakepay.till import CARDS, DAY_S, Outcome
from fakepay.wire import Refusal

PREFIX = "cs_test_setup_"
Later = Literal["paid", "declined", "owner", "lost"]


@dataclass(frozen=True)
class WantedCard:
    """A session that keeps a card, as it was asked for."""

    success_url: str
    cancel_url: str | None
    client_reference_id: str | None
    customer_email: str | None
    metadata: dict[str, str]
    setup_metadata: dict[str, str]
    expires_at: int | None


@dataclass(frozen=True)
class WantedCharge:
    """A charge of a kept card, in the currency's smallest unit."""

    amount: int
    currency: str
    customer: str
    method: str
    metadata: dict[str, str]


def is_setup(session: str) -> bool:
    return session.startswith(PREFIX)


def open_setup(db: sqlite3.Connection, wanted: WantedCard) -> sqlite3.Row:
    now = int(clock.now())
    if wanted.expires_at is not None and not now < wanted.expires_at <= now + DAY_S:
        raise Refusal("expires_at must lie ahead, and at most 24 hours.", param="expires_at")
    identity = PREFIX + secrets.token_hex(16)
    db.execute(
        "INSERT INTO setups (id, setup_intent, created, expires_at, success_url, cancel_url, client_reference_id,"
        " customer_email, metadata, setup_metadata) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            identity, till.new_id("seti_"), now, wanted.expires_at or now + DAY_S, wanted.success_url,
            wanted.cancel_url, wanted.client_reference_id, wanted.customer_email, json.dumps(wanted.metadata),
            json.dumps(wanted.setup_metadata),
        ),
    )  # fmt: skip
    return objects.find_setup(db, identity)


def keep(db: sqlite3.Connection, identity: str, card: str) -> Outcome:
    """One attempt to give that card, digits only; it is kept for a customer made for it. Nothing is charged."""
    row = objects.find_setup(db, identity)
    if row["status"] != "open":
        return Outcome("already" if row["status"] == "complete" else "expired")
    if card not in CARDS:
        return Outcome("refused", "Only the test cards listed on this page work here. Please do not use a real card.")
    if CARDS[card] == "declined" and card != NO_MONEY:
        return Outcome("declined", "This card was declined. Please try another card.")
    now, customer, method = int(clock.now()), till.new_id("cus_"), till.new_id("pm_")
    db.execute("INSERT INTO customers (id, created, email) VALUES (?,?,?)", (customer, now, row["customer_email"]))
    db.execute(
        "INSERT INTO methods (id, created, customer, later, last4) VALUES (?,?,?,?,?)",
        (method, now, customer, _later(card), card[-4:]),
    )
    kept = "UPDATE setups SET status = 'complete', customer = ?, payment_method = ? WHERE id = ?"
    db.execute(kept, (customer, method, identity))
    row = objects.find_setup(db, identity)
    till.tell(db, "setup_intent.succeeded", objects.setup_intent(row))
    till.tell(db, "checkout.session.completed", objects.setup(row))
    return Outcome("paid")


def _later(card: str) -> Later:
    """What becomes of it when it is charged without its owner."""
    if card == NO_MONEY:
        return "declined"
    if card == NEEDS_OWNER or CARDS[card] == "confirm":
        return "owner"
    return "lost" if CARDS[card] == "lost" else "paid"


def expire(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    row = objects.find_setup(db, identity)
    if row["status"] != "open":
        message = f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {row["status"]}.'
        raise Refusal(message, kept=True)
    till.close_setup(db, identity)
    return objects.find_setup(db, identity)


def charge(db: sqlite3.Connection, wanted: WantedCharge) -> tuple[sqlite3.Row, bool]:
    """Charge a kept card while its owner is not there; the intent, and whether the answer is to be lost. A refused
    card is a Refusal that stays the answer to its key, with the intent as it was left."""
    if not 1 <= wanted.amount <= money.MOST:
        raise Refusal("Invalid amount.", param="amount")
    held = "SELECT methods.* FROM methods JOIN customers ON customers.id = customer WHERE methods.id = ?"
    method = objects.find(db, held + " AND deleted IS NULL", wanted.method, "PaymentMethod")
    if method["customer"] != wanted.customer:
        raise Refusal("The provided PaymentMethod does not belong to this Customer.", param="payment_method")
    identity = till.new_id("pi_")
    db.execute(
        "INSERT INTO intents (id, created, status, amount, currency, metadata, last4, customer, payment_method)"
        " VALUES (?, ?, 'requires_payment_method', ?, ?, ?, ?, ?, ?)",
        (
            identity, int(clock.now()), wanted.amount, wanted.currency, json.dumps(wanted.metadata), method["last4"],
            wanted.customer, wanted.method,
        ),
    )  # fmt: skip
    if method["later"] in ("declined", "owner"):
        _refuse(db, identity, method["later"])
    till.capture(db, identity)
    return objects.find_intent(db, identity), method["later"] == "lost"


def _refuse(db: sqlite3.Connection, intent: str, why: Later) -> None:
    code = "card_declined" if why == "declined" else "authentication_required"
    message = "Your card was declined." if why == "declined" else "The card's bank wants its owner to confirm."
    till.decline(db, intent, code, message)
    left: Thing = objects.intent(objects.find_intent(db, intent))
    raise Refusal(message, status=402, kind="card_error", code=code, kept=True, beside={"payment_intent": left})


def forget(db: sqlite3.Connection, customer: str) -> None:
    """Its cards can be charged no more; what was charged stays."""
    if not db.execute("UPDATE customers SET deleted = 1 WHERE id = ? AND deleted IS NULL", (customer,)).rowcount:
        raise Refusal(f"No such customer: '{customer}'", status=404, code="resource_missing", param="id")
