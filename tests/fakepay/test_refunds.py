"""Refunds: in part, in whole, never more than was charged."""

from typing import Any

import pytest
import stripe


def test_in_part_then_the_rest(till: Any) -> None:
    intent = till.paid()
    refunds = till.client.v1.refunds
    part = refunds.create({"payment_intent": intent, "amount": 400, "metadata": {"order": "1"}})
    assert (part.amount, part.status, part.metadata["order"]) == (400, "succeeded", "1")
    rest = refunds.create({"payment_intent": intent, "reason": "requested_by_customer"})
    assert (rest.amount, rest.reason) == (2000, "requested_by_customer")
    assert [one.id for one in refunds.list({"payment_intent": intent}).data] == [rest.id, part.id]
    assert refunds.retrieve(part.id).payment_intent == intent
    charge = till.client.v1.charges.retrieve(part.charge)
    assert (charge.amount_refunded, charge.refunded) == (2400, True)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_already_refunded"


def test_too_much_is_refused(till: Any) -> None:
    intent = till.paid()
    till.client.v1.refunds.create({"payment_intent": intent, "amount": 2000})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        till.client.v1.refunds.create({"payment_intent": intent, "amount": 401})
    assert (refused.value.code, refused.value.param) == ("amount_too_large", "amount")
    assert sum(refund["amount"] for refund in till.state()["refunds"]) == 2000


def test_what_is_not_paid_is_not_refunded(till: Any) -> None:
    session = till.open()
    till.card(session, "4000000000000002")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        till.client.v1.refunds.create({"payment_intent": str(till.session(session.id).payment_intent)})
    assert refused.value.code == "payment_intent_unexpected_state"


def test_twenty_at_once_never_exceed_the_charge(till: Any, at_once: Any) -> None:
    intent = till.paid()

    def ask() -> bool:
        try:
            till.client.v1.refunds.create({"payment_intent": intent, "amount": 500})
        except stripe.InvalidRequestError:
            return False
        return True

    assert at_once(20, ask).count(True) == 4
    assert sum(refund["amount"] for refund in till.state()["refunds"]) == 2000


def test_a_refund_may_stay_pending_and_fail(till: Any, ear: Any, soon: Any) -> None:
    intent = till.paid()
    till.faults(refunds="fail", refund_delay_s=0.3)
    refund = till.client.v1.refunds.create({"payment_intent": intent})
    assert refund.status == "pending"
    soon(lambda: "refund.failed" in ear.types())
    assert till.client.v1.refunds.retrieve(refund.id).status == "failed"
    assert "charge.refunded" not in ear.types()
    till.faults(reset=True)
    assert till.client.v1.refunds.create({"payment_intent": intent}).amount == 2400
