"""How long a purchase waits for its money: minutes at the provider, days for a bank transfer."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, hot
from moothall.core.money import Money
from moothall.core.refusals import BadInput, Refusal
from moothall.payments.models import Payment
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import OrderLine, Purchase
from .basket import put

MOST_TRANSFERS = 5  # of one buyer that may be awaited: each keeps things from others for days
REMIND = timedelta(days=2)  # before the end
LONGEST_PAUSE = timedelta(hours=6)


def ask_for(total: Money, *, method: str, by: Profile, email: str) -> Payment:
    """The payment of a purchase: by the way that was asked for; what costs nothing is asked of nobody. Refuses a
    transfer where the hall has no account, and more of them at once than one buyer may keep waiting."""
    method = _way_to_pay(method, by, email, total)
    payment = Payment(
        payer=by,
        amount=total.minor,
        currency=total.currency,
        made=clock.now(),
        method=method,
        expires=until(method),
    )
    hot.add(payment)
    return payment


def _way_to_pay(method: str, by: Profile, email: str, total: Money) -> str:
    if method not in (Payment.CARD, Payment.TRANSFER):
        raise BadInput(_("Choose how you pay."), field="method")
    if not total or method == Payment.CARD:
        return Payment.CARD
    if queries.bank_offered() is None:
        raise BadInput(_("This hall takes no bank transfers any more. Pay by card."), field="method")
    if queries.transfers_awaited_from(by, email) >= MOST_TRANSFERS:
        said = _("Several of your orders wait for a transfer already. Pay or let go of one, or pay this by card.")
        raise Refusal(said, field="method")
    return Payment.TRANSFER


def until(method: str) -> datetime:
    """When a purchase placed now lapses: a transfer at the end of a day in the hall's time zone."""
    if method == Payment.CARD:
        return clock.now() + timedelta(minutes=settings.PAYMENT_MINUTES)
    zone, bank = timezone.get_default_timezone(), queries.bank_of_the_hall()
    last = timezone.localtime(clock.now(), zone).date() + timedelta(days=bank.days if bank else 7)
    return datetime.combine(last, time(23, 59, 59), zone)


def pause(payment: Payment) -> float:
    """Seconds until the poller looks again after an open payment; of a transfer the buyer is reminded once."""
    if payment.method == Payment.CARD:
        age = (clock.now() - payment.made).total_seconds()
        return min(max(age, settings.PAYMENT_CHECK_SECONDS), 300)
    _remind(payment)
    left = payment.expires - clock.now()
    wait = left - REMIND if left > REMIND else left + timedelta(minutes=1)
    return max(min(wait, LONGEST_PAUSE).total_seconds(), 1)


@transaction.atomic
def _remind(payment: Payment) -> None:
    """Two days before the end; where there were no more than two in all, not at all."""
    if payment.expires - payment.made <= REMIND + timedelta(days=1) or clock.now() < payment.expires - REMIND:
        return
    waiting = Payment.objects.filter(pk=payment.pk, state=Payment.OPEN, method=Payment.TRANSFER, reminded=None)
    if waiting.update(reminded=clock.now()):
        purchase = Purchase.objects.select_related("buyer").get(payment=payment)
        record(verbs.TRANSFER_REMINDED, by=purchase.buyer, on=purchase)


def why_no_page(payment: Payment) -> str:
    """Why a purchase is not paid at the provider's page."""
    if payment.method == Payment.KEPT:
        return _("This is charged to the card you left with the bank. There is nothing to do.")
    return _("You chose to pay this by bank transfer.")


def check_may_end(purchase: Purchase) -> None:
    """Refuses to stop what is being charged to a kept card: its owner agreed to it before."""
    payment = Payment.objects.get(pk=purchase.payment_id)
    if payment.method == Payment.KEPT:
        raise Refusal(why_no_page(payment))


def put_back(purchase: Purchase) -> None:
    """What was not paid lies in the basket again, as far as it can still be bought."""
    if not (purchase.emptied and purchase.basket):
        return
    for line in OrderLine.objects.filter(order__purchase=purchase).select_related("variant__product").order_by("pk"):
        if line.variant and line.variant.gone is None:
            try:
                put(basket=purchase.basket, variant=line.variant, quantity=line.quantity)
            except Refusal:
                continue
