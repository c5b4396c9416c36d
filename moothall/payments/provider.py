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


class ProviderSilent(work.Later):
    """The provider did not answer, or not as it should: nothing is known, ask again, for as long as it takes."""

    def __init__(self, said: str) -> None:
        super().__init__(30, said)


class ProviderRefused(Exception):
    """The provider answered no, and will again: a key, an amount or a name it does not know."""


class BadSignature(Exception):
    """This was not sent by the provider."""


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
class State:
    """What the provider says of a session now; or what a steward says of a transfer."""

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
    """What has become of a session."""
    try:
        return _state(_client().v1.checkout.sessions.retrieve(session, {"expand": ["payment_intent"]}))
    except stripe.StripeError as error:
        raise _what(error) from error


def end_session(session: str) -> State:
    """Close a session, so that nobody can pay by it any more; says how it stands then. One that is over already
    stays as it was."""
    try:
        return _state(_client().v1.checkout.sessions.expire(session))
    except stripe.InvalidRequestError:
        return look(session)
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


def named_session(body: bytes, signature: str) -> str | None:
    """The session that a signed webhook speaks of, or None where it speaks of something else.

    Only the name is taken from it: how the session stands is asked of the provider, so that order and repetition do
    not matter."""
    try:
        stripe.WebhookSignature.verify_header(body.decode(), signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
        thing = json.loads(body)["data"]["object"]
        return str(thing["id"]) if thing["object"] == "checkout.session" else None
    except (ValueError, KeyError, TypeError, stripe.SignatureVerificationError) as error:
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


def _returned(refund: stripe.Refund) -> Returned:
    state = {"succeeded": "done", "failed": "failed", "canceled": "failed"}.get(refund.status or "", "due")
    # A refund that did not fail has no such field at all.
    return Returned(refund.id, state, str(getattr(refund, "failure_reason", None) or ""))
