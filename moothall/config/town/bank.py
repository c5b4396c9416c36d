"""What is paid by bank transfer in the town: one that came, one that is awaited, one that has to be sent back."""

from __future__ import annotations

from moothall.orders import actions as orders
from moothall.orders.actions.transfers import Account
from moothall.orders.models import Purchase

from .bought import Buy
from .cast import STEWARD
from .stage import Stage

ACCOUNT = Account("Wendham Hall", "20-45-77 1346 8801", name="Ferry Street Bank", days=7)


def open_account(stage: Stage) -> None:
    orders.set_bank(by=stage.people[STEWARD], account=ACCOUNT)


def arrive(stage: Stage, buy: Buy) -> None:
    """The steward reads it in the bank as soon as it is there."""
    purchase = Purchase.objects.select_related("payment").get(pk=stage.purchases[buy].pk)
    reference = f"FP{260_000 + purchase.pk * 7919 % 90_000}"
    orders.receive_transfer(
        by=stage.people[STEWARD], payment=purchase.payment, amount=purchase.payment.amount, reference=reference
    )
