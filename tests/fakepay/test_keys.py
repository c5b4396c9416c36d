"""Idempotency keys: one effect, the first answer again, also in a crowd and after a kill."""

from typing import Any

import pytest
import stripe

KEYED = {"idempotency_key": "order-1"}


def test_the_same_key_gives_the_first_answer_again(till: Any) -> None:
    first, again = till.open(KEYED), till.open(KEYED)
    assert first.id == again.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert len(till.state()["sessions"]) == 1


def test_the_same_key_with_another_body_is_refused(till: Any) -> None:
    till.open(KEYED)
    with pytest.raises(stripe.IdempotencyError) as refused:
        till.open(KEYED, client_reference_id="order-2")
    assert refused.value.http_status == 400
    assert len(till.state()["sessions"]) == 1


def test_a_malformed_request_does_not_use_up_its_key(till: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        till.open(KEYED, mode="subscription")
    assert till.open(KEYED).status == "open"


def test_twenty_at_once_make_one_session(till: Any, at_once: Any) -> None:
    made = at_once(20, lambda: till.open(KEYED).id)
    assert len(set(made)) == 1
    assert len(till.state()["sessions"]) == 1


def test_twenty_at_once_refund_once(till: Any, at_once: Any) -> None:
    params = {"payment_intent": till.paid(), "amount": 100}
    made = at_once(20, lambda: till.client.v1.refunds.create(params, KEYED).id)
    assert len(set(made)) == 1
    assert len(till.state()["refunds"]) == 1


def test_a_refusal_of_the_effect_is_kept_too(till: Any) -> None:
    params = {"payment_intent": till.paid(), "amount": 9999}
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            till.client.v1.refunds.create(params, KEYED)
    assert refused.value.headers is not None
    assert refused.value.headers["Idempotent-Replayed"] == "true"


def test_keys_and_all_else_survive_a_kill(till: Any) -> None:
    intent = till.paid()
    first = till.open(KEYED)
    refund = till.client.v1.refunds.create({"payment_intent": intent, "amount": 500}, {"idempotency_key": "refund-1"})
    before = till.state()
    till.restart()
    after = till.state()
    assert all(after[name] == before[name] for name in ("sessions", "payment_intents", "charges", "refunds"))
    again = till.client.v1.refunds.create({"payment_intent": intent, "amount": 500}, {"idempotency_key": "refund-1"})
    assert (till.open(KEYED).id, again.id) == (first.id, refund.id)
    assert len(till.state()["refunds"]) == 1
