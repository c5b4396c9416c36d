"""Faults of the interface: what the shop sees, and what has happened all the same."""

import signal
import threading
import time
from typing import Any

import pytest
import stripe

KEYED = {"idempotency_key": "refund-1"}


def refund_fault(mode: str, **more: Any) -> dict[str, Any]:
    return {"path": "/v1/refunds", "method": "POST", "mode": mode, **more}


@pytest.mark.parametrize(
    ("mode", "error", "made"),
    [
        ("500", stripe.APIError, 0),
        ("429", stripe.RateLimitError, 0),
        ("500_after", stripe.APIError, 1),
        ("cut_body", stripe.APIConnectionError, 1),
        ("timeout_after", stripe.APIConnectionError, 1),
    ],
)
def test_a_fault_happens_once_and_the_key_mends_it(till: Any, mode: str, error: Any, made: int) -> None:
    intent = till.paid()
    till.faults(api=[refund_fault(mode, delay_s=5)])
    client = till.client_of("sk_test_of_these_tests", timeout=0.5)
    with pytest.raises(error):
        client.v1.refunds.create({"payment_intent": intent, "amount": 300}, KEYED)
    assert len(till.state()["refunds"]) == made
    again = client.v1.refunds.create({"payment_intent": intent, "amount": 300}, KEYED)
    assert again.amount == 300
    assert len(till.state()["refunds"]) == 1
    assert till.door("_faults")["api"][0]["times"] == 0


def test_the_sdk_heals_by_its_own_retry(till: Any) -> None:
    till.faults(api=[{"path": "/v1/checkout/*", "mode": "500_after", "times": 1}])
    client = stripe.StripeClient("sk_test_of_these_tests", base_addresses={"api": till.base}, max_network_retries=2)
    till.client = client
    assert till.open().status == "open"
    assert len(till.state()["sessions"]) == 1


@pytest.mark.parametrize("wrong", [{"webhooks": "loud"}, {"api": [{"path": 1}]}, {"nonsense": 1}, {"delay_s": "x"}])
def test_a_fault_that_is_not_known_is_refused(till: Any, wrong: dict[str, Any]) -> None:
    before = till.door("_faults")
    assert "error" in till.door("_faults", wrong)
    assert till.door("_faults") == before


def test_a_kill_in_the_rush_loses_and_doubles_nothing(till: Any) -> None:
    intents = [till.paid() for _ in range(3)]
    told: dict[str, str] = {}

    def refund(number: int) -> None:
        client = till.client_of("sk_test_of_these_tests")
        for part in range(8):
            key = f"{number}-{part}"
            params: Any = {"payment_intent": intents[number], "amount": 10}
            while key not in told:
                try:
                    told[key] = client.v1.refunds.create(params, {"idempotency_key": key}).id
                except stripe.APIConnectionError:
                    time.sleep(0.02)

    threads = [threading.Thread(target=refund, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(0.1)
        till.process.send_signal(signal.SIGKILL)
        till.restart()
    for thread in threads:
        thread.join()
    assert sorted(refund["id"] for refund in till.state()["refunds"]) == sorted(told.values())
    assert len(told) == 24
