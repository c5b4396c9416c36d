"""Money on its way back to its buyer: asked of the provider, or sent by a steward, and noted once it is known."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from moothall.activity.actions import record
from moothall.core import clock, work
from moothall.ledger import actions as ledger
from moothall.payments import provider
from moothall.payments.models import Payback, Payment
from moothall.people.actions import the_hall

from .. import verbs
from ..models import Refund
from .books import till


@work.enrol("refunds", Payback, lease=60)
def pay_back(row: Payback) -> None:
    """Ask the provider to give money back, and note its answer. The row's own id is the key: asking twice pays once."""
    if row.state == Payback.DONE or row.capture.method == Payment.TRANSFER:  # a steward sends that back by hand
        Payback.objects.filter(pk=row.pk).update(due=work.NEVER)
        return
    if row.state == Payback.FAILED:  # somebody wants it tried again
        anew = Payback.objects.filter(pk=row.pk, state=Payback.FAILED)
        anew.update(state=Payback.DUE, attempt=F("attempt") + 1, provider_id="")
        row.refresh_from_db()
    if row.provider_id:
        answer = provider.look_back(row.provider_id)
    else:
        answer = provider.give_back(
            intent=row.capture.intent, amount=row.amount, key=f"payback-{row.public}-{row.attempt}"
        )
    if answer.state == Payback.DUE:
        Payback.objects.filter(pk=row.pk).update(provider_id=answer.provider_id)
        raise work.Later(60)
    answered(row, answer)


@transaction.atomic
def answered(row: Payback, answer: provider.Returned) -> None:
    waiting = Payback.objects.filter(pk=row.pk, state=Payback.DUE)
    if not waiting.update(
        state=answer.state, provider_id=answer.provider_id, said=answer.said, answered=clock.now(), due=work.NEVER
    ):
        return
    refund = Refund.objects.select_related("order__brand", "by").filter(payback=row).first()
    if refund is None:
        if answer.state == Payback.FAILED:  # nobody's desk would hear of it: it stands before the steward
            Payback.objects.filter(pk=row.pk).update(dead=clock.now(), error=answer.said)
        return
    if answer.state == Payback.FAILED:
        record(verbs.REFUND_FAILED, by=the_hall(), on=refund, brand=refund.order.brand)
        return
    ledger.move(
        key=f"refund paid {refund.pk}",
        source=till(row.capture.method, refund.currency),
        to=ledger.book(None, ledger.REFUNDS_DUE, refund.currency),
        amount=refund.amount,
    )
    record(verbs.REFUND_PAID, by=the_hall(), on=refund, brand=refund.order.brand)
