"""The one door to a payment provider: Stripe's SDK, at Stripe or at anything that speaks its interface. Called
outside transactions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import stripe
from django.conf import settings

from moothall.core import work

TIMEOUT = 12  # seconds for one call
TOLERANCE = 300  # seconds that a signature is good for
INTENT = "pi_"  # what the name of a charge begins with
KEPT = "kept"  # marks a charge to a kept card, in its metadata


class ProviderSilent(work.Later):
    """The provider did not answer, or not as it should: nothing is known, ask again, for as long as it takes."""

    def __init__(self, said: str) -> None:
        super().__init__(30, said)


class ProviderRefused(Exception):
    """The provider answered no, and will again: a key, an amount or a name it does not know."""


class BadSignature(Exception):
    """This was not sent by the provider."""


class CardRefused(Exception):
    """The bank of a kept card said no to a charge without its owner, and will again; nothing was charged."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a hosted page is asked for. `key` makes asking twice the same as once."""

    reference: str
    amount: int
    currency: str
    words: str
    email: str
    back: str
    cancel: str
    expires: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a hosted page is asked for that keeps a card and charges nothing. `key` makes asking twice the same as
    once."""

    reference: str
    email: str
    back: str
    cancel: str
    key: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the provider says of a session that keeps a card: `done` once it has one, and the names to charge it by."""

    session: str
    reference: str
    done: bool
    ended: bool
    page: str
    customer: str = ""
    card: str = ""
    brand: str = ""
    last4: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged to a kept card. `key` makes asking twice the same as once."""

    reference: str
    amount: int
    currency: str
    customer: str
    card: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class State:
    """What the provider says of a session now, or of a charge to a kept card (its intent is its session); or what a
    steward says of a transfer."""

    session: str
    reference: str
    paid: bool
    ended: bool
    intent: str
    amount: int
    currency: str
    page: str
    method: str = "card"


@dataclass(frozen=True, slots=True)
class Named:
    """What a webhook speaks of."""

    session: str
    keeps_card: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What the provider says of money given back."""

    provider_id: str
    state: str  # done, due, failed
    said: str


@cache
def _client() -> stripe.StripeClient:
    return stripe.StripeClient(
        settings.STRIPE_KEY,
        base_addresses={"api": settings.STRIPE_API},
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
        max_network_retries=1,
    )


def open_session(ask: Ask) -> State:
    """A page at the provider where the shopper pays."""
    item = {
        "quantity": 1,
        "price_data": {
            "currency": ask.currency.lower(),
            "unit_amount": ask.amount,
            "product_data": {"name": ask.words},
        },
    }
    params = {
        "mode": "payment",
        "client_reference_id": ask.reference,
        "line_items": [item],
        "success_url": ask.back,
        "cancel_url": ask.cancel,
        "customer_email": ask.email,
        "expires_at": int(ask.expires.timestamp()),
        "metadata": {"payment": ask.reference},
        "payment_intent_data": {"metadata": {"payment": ask.reference}},
    }
    try:
        return _state(_client().v1.checkout.sessions.create(params, {"idempotency_key": ask.key}))  # type: ignore[arg-type]
    except stripe.StripeError as error:
        raise _what(error) from error


def look(session: str) -> State:
    """What has become of a session, or of a charge to a kept card."""
    try:
        if session.startswith(INTENT):
            return _charged(_client().v1.payment_intents.retrieve(session))
        return _state(_client().v1.checkout.sessions.retrieve(session, {"expand": ["payment_intent"]}))
    except stripe.StripeError as error:
        raise _what(error) from error


def end_session(session: str) -> State:
    """Close a session, so that nobody can pay by it any more; says how it stands then. One that is over already
    stays as it was, and so does a charge to a kept card."""
    if session.startswith(INTENT):
        return look(session)
    try:
        return _state(_client().v1.checkout.sessions.expire(session))
    except stripe.InvalidRequestError:
        return look(session)
    except stripe.StripeError as error:
        raise _what(error) from error


def keep_card(ask: Keeping) -> Kept:
    """A page at the provider where somebody gives a card that may be charged later without them."""
    params = {
        "mode": "setup",
        "payment_method_types": ["card"],
        "customer_creation": "always",
        "client_reference_id": ask.reference,
        "success_url": ask.back,
        "cancel_url": ask.cancel,
        "customer_email": ask.email,
        "metadata": {"card for": ask.reference},
        "setup_intent_data": {"metadata": {"card for": ask.reference}},
    }
    try:
        return _kept(_client().v1.checkout.sessions.create(params, {"idempotency_key": ask.key}))  # type: ignore[arg-type]
    except stripe.StripeError as error:
        raise _what(error) from error


def card_kept(session: str) -> Kept:
    """What has become of a session that keeps a card."""
    try:
        expand = {"expand": ["setup_intent.payment_method"]}
        return _kept(_client().v1.checkout.sessions.retrieve(session, expand))  # type: ignore[arg-type]
    except stripe.StripeError as error:
        raise _what(error) from error


def charge_kept(charge: Charge) -> State:
    """Charge a kept card while its owner is not there. Raises CardRefused where the bank says no for good; after
    ProviderSilent it may be charged or not: ask again with the same key, or `charges_of`."""
    params = {
        "amount": charge.amount,
        "currency": charge.currency.lower(),
        "customer": charge.customer,
        "payment_method": charge.card,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "description": charge.words,
        "metadata": {"payment": charge.reference, KEPT: "yes"},
    }
    try:
        return _charged(_client().v1.payment_intents.create(params, {"idempotency_key": charge.key}))  # type: ignore[arg-type]
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        raise CardRefused(str(error.code or error)) from error
    except stripe.StripeError as error:
        raise _what(error) from error


def charges_of(customer: str, reference: str) -> list[State]:
    """What was charged, or is about to be, to the cards of a customer for this payment: keys are forgotten after a day,
    this is not."""
    try:
        found = _client().v1.payment_intents.list({"customer": customer, "limit": 20}).data
    except stripe.InvalidRequestError:
        return []
    except stripe.StripeError as error:
        raise _what(error) from error
    states = [_charged(one) for one in found if one.status in ("succeeded", "processing")]
    return [one for one in states if one.reference == reference]


def forget_card(customer: str) -> None:
    """The provider keeps the card no more. Twice is once."""
    try:
        _client().v1.customers.delete(customer)
    except stripe.InvalidRequestError:
        return
    except stripe.StripeError as error:
        raise _what(error) from error


def give_back(*, intent: str, amount: int, key: str) -> Returned:
    """Ask for money to go back. Refused for good is *failed*; no answer raises."""
    try:
        params = {"payment_intent": intent, "amount": amount, "metadata": {"payback": key}}
        return _returned(_client().v1.refunds.create(params, {"idempotency_key": key}))  # type: ignore[arg-type]
    except stripe.InvalidRequestError as error:
        return Returned("", "failed", str(error.user_message or error)[:300])
    except stripe.StripeError as error:
        raise _what(error) from error


def look_back(provider_id: str) -> Returned:
    try:
        return _returned(_client().v1.refunds.retrieve(provider_id))
    except stripe.StripeError as error:
        raise _what(error) from error


def greet() -> None:
    """Ask for a session that nobody has: that it is not there is an answer from somebody who took the key."""
    try:
        _client().v1.checkout.sessions.retrieve("cs_nobody_has")
    except stripe.InvalidRequestError:
        return
    except stripe.StripeError as error:
        raise _what(error) from error


def named_session(body: bytes, signature: str) -> Named | None:
    """The session that a signed webhook speaks of, or the charge to a kept card; None where it speaks of something
    else.

    Only the name is taken from it: how the session stands is asked of the provider, so that order and repetition do
    not matter."""
    try:
        stripe.WebhookSignature.verify_header(body.decode(), signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
        thing = json.loads(body)["data"]["object"]
        if thing["object"] == "payment_intent":
            return Named(str(thing["id"])) if KEPT in (thing.get("metadata") or {}) else None
        is_session = thing["object"] == "checkout.session"
        return Named(str(thing["id"]), thing.get("mode") == "setup") if is_session else None
    except (ValueError, KeyError, TypeError, AttributeError, stripe.SignatureVerificationError) as error:
        raise BadSignature from error


def _what(error: stripe.StripeError) -> Exception:
    """No connection, too many calls, or the provider's own fault pass by themselves; nothing else does."""
    passing = isinstance(error, stripe.APIConnectionError | stripe.RateLimitError) or (error.http_status or 500) >= 500
    return ProviderSilent(str(error)) if passing else ProviderRefused(str(error))


def _state(session: stripe.checkout.Session) -> State:
    intent = session.payment_intent
    return State(
        session=session.id,
        reference=session.client_reference_id or "",
        paid=session.payment_status == "paid",
        ended=session.status == "expired",
        intent=intent if isinstance(intent, str) else (intent.id if intent else ""),
        amount=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        page=session.url or "",
    )


def _charged(intent: stripe.PaymentIntent) -> State:
    # What a page charged is told of by its session; asked for by its own name it is nobody's.
    marks: dict[str, str] = intent.metadata.to_dict()
    reference = marks.get("payment", "") if KEPT in marks else ""
    return State(
        session=intent.id,
        reference=reference,
        paid=intent.status == "succeeded",
        ended=intent.status == "canceled",
        intent=intent.id,
        amount=intent.amount,
        currency=intent.currency.upper(),
        page="",
    )


def _kept(session: stripe.checkout.Session) -> Kept:
    setup = session.setup_intent
    method = None if setup is None or isinstance(setup, str) else setup.payment_method
    card = None if method is None or isinstance(method, str) else method.card
    customer = session.customer
    return Kept(
        session=session.id,
        reference=session.client_reference_id or "",
        done=session.status == "complete" and card is not None,
        ended=session.status == "expired",
        page=session.url or "",
        customer=customer if isinstance(customer, str) else (customer.id if customer else ""),
        card=method.id if method is not None and not isinstance(method, str) else "",
        brand=card.brand if card else "",
        last4=(card.last4 or "") if card else "",
    )


def _returned(refund: stripe.Refund) -> Returned:
    state = {"succeeded": "done", "failed": "failed", "canceled": "failed"}.get(refund.status or "", "due")
    # A refund that did not fail has no such field at all.
    return Returned(refund.id, state, str(getattr(refund, "failure_reason", None) or ""))
