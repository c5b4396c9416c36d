"""Webhooks: signed as Stripe signs, sent until heard, and disturbed as a fault demands."""

import time
from typing import Any

import pytest
import stripe

from fakepay.webhooks import sign

PAID = ["payment_intent.succeeded", "checkout.session.completed"]


def test_events_are_signed_and_say_what_happened(till: Any, ear: Any, soon: Any) -> None:
    intent = till.paid()
    till.client.v1.refunds.create({"payment_intent": intent})
    soon(lambda: len(ear.types()) == 4)
    assert ear.types() == [*PAID, "charge.refunded", "refund.updated"]
    completed = ear.heard[1].data.object
    assert (completed.client_reference_id, completed.payment_intent) == ("order-1", intent)
    listed = till.client.v1.events.list({"limit": 10}).data
    assert [event.id for event in listed] == [event.id for event in reversed(ear.heard)]


def test_a_wrong_secret_is_noticed() -> None:
    signature = sign(b"{}", "whsec_of_another", int(time.time()))
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(b"{}", signature, "whsec_of_these_tests")


def test_an_unheard_event_is_sent_again(till: Any, ear: Any, soon: Any) -> None:
    ear.says = [500, 500, 500]
    till.paid()
    soon(lambda: len(ear.types()) == 5)
    assert len({event.id for event in ear.heard}) == 2
    soon(lambda: all(event["delivered"] for event in till.state()["events"]))


def test_a_failed_attempt_is_told(till: Any, ear: Any, soon: Any) -> None:
    till.card(till.open(), "4000000000000002")
    soon(lambda: ear.types() == ["payment_intent.payment_failed"])
    assert ear.heard[0].data.object.last_payment_error.code == "card_declined"


def test_events_wait_out_a_kill(till: Any, ear: Any, soon: Any) -> None:
    till.faults(webhooks="off")
    till.paid()
    assert ear.types() == []
    till.restart()
    soon(lambda: ear.types() == PAID)


def test_off_then_on(till: Any, ear: Any, soon: Any) -> None:
    till.faults(webhooks="off")
    till.paid()
    time.sleep(0.4)
    assert ear.types() == []
    till.faults(webhooks="normal")
    soon(lambda: ear.types() == PAID)


def test_late(till: Any, ear: Any, soon: Any) -> None:
    till.faults(webhooks="late", delay_s=0.7)
    begun = time.monotonic()
    till.paid()
    soon(lambda: len(ear.types()) == 2)
    assert time.monotonic() - begun >= 0.7


def test_shuffled(till: Any, ear: Any, soon: Any) -> None:
    till.faults(webhooks="shuffle", delay_s=0.5)
    for _ in range(6):
        till.paid()
    soon(lambda: len(ear.types()) == 12)
    born = [event["id"] for event in till.state()["events"]]
    heard = [event.id for event in ear.heard]
    assert heard != born
    assert sorted(heard) == sorted(born)


def test_repeated(till: Any, ear: Any, soon: Any) -> None:
    till.faults(webhooks="repeat", repeat=3)
    till.paid()
    soon(lambda: len(ear.types()) == 6)
    assert len({event.id for event in ear.heard}) == 2
