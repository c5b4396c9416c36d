"""Paying by bank transfer: the hall's account, money that arrived in it, and money sent back from it. What a steward
reads from the bank goes through the one settle()."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.money import LARGEST
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.payments import bank
from moothall.payments.models import Bank, Capture, Check, Payback, Payment
from moothall.payments.provider import Returned, State
from moothall.people.keys import may_keep
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Purchase
from . import terms
from .paying import settle
from .paying_back import answered

LONGEST_REFERENCE = 140
OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Account:
    """The hall's account as a steward types it."""

    holder: str
    account: str
    bic: str = ""
    name: str = ""
    days: int = 7


# ---- the hall's account


@transaction.atomic
def set_bank(*, by: Profile, account: Account) -> Bank:
    """Take transfers to this account from now on; who was asked to send money before is told this one too. An account
    that looks like an IBAN has to be one. Saying the same again records nothing."""
    may_keep(by)
    said = _checked(account)
    row, made = Bank.objects.get_or_create(pk=1, defaults=said)
    changed = not made and Bank.objects.filter(pk=1).exclude(**said).update(**said)
    if made or changed:
        record(verbs.BANK_SET, by=by, on=row, days=account.days)
    row.refresh_from_db()
    return row


def _checked(typed: Account) -> dict[str, str | int | bool]:
    holder, name = text.tidy(typed.holder), text.tidy(typed.name)
    number, bic = bank.plain(text.tidy(typed.account)), text.tidy(typed.bic).replace(" ", "").upper()
    if not holder or len(holder) > 70:
        raise BadInput(_("Say whose account it is, in seventy letters at most."), field="holder")
    if not number or len(number) > 40:
        raise BadInput(_("Give the account, in forty letters at most."), field="account")
    if bank.looks_like_iban(number) and not bank.is_iban(number):
        raise BadInput(_("This IBAN has a slip in it: its check digits do not fit. Look at it again."), field="account")
    if bic and not bank.is_bic(bic):
        raise BadInput(_("A BIC has eight or eleven letters and digits, like NWBKGB2L."), field="bic")
    if len(name) > 70:
        raise BadInput(_("Seventy letters at most."), field="name")
    if not 1 <= typed.days <= 30:
        raise BadInput(_("From 1 to 30 days."), field="days")
    return {"holder": holder, "account": number, "bic": bic, "name": name, "days": typed.days, "offered": True}


@transaction.atomic
def end_bank(*, by: Profile) -> None:
    """Take no new transfers; those that are awaited can still arrive. Twice is once."""
    may_keep(by)
    if Bank.objects.filter(offered=True).update(offered=False):
        record(verbs.BANK_ENDED, by=by, on=Bank.objects.get())


# ---- the buyer


@transaction.atomic
def pay_by_card(*, by: Profile, purchase: Purchase) -> None:
    """Pay at the provider what was to come by transfer; from now on it waits no longer than other cards. Twice is once.
    A transfer that arrives all the same pays it, or goes back if a card did before."""
    if not queries.is_own(by, purchase):
        raise NotAllowed(_("This is not your order."))
    waits = Payment.objects.filter(pk=purchase.payment_id, state=Payment.OPEN, expires__gt=clock.now())
    expires = terms.until(Payment.CARD)
    if waits.filter(method=Payment.TRANSFER).update(method=Payment.CARD, expires=expires):
        Check.objects.filter(payment=purchase.payment_id).update(due=clock.now() + timedelta(minutes=1))
        record(verbs.BY_CARD, by=by, on=purchase)
    elif not waits.exists():
        paid = Payment.objects.filter(pk=purchase.payment_id, state=Payment.PAID).exists()
        raise Refusal(_("This was paid already.") if paid else _("The time to pay is over."))


# ---- the steward


@transaction.atomic
def receive_transfer(
    *, by: Profile, payment: Payment, amount: int, reference: str, day: date | None = None
) -> tuple[Capture, bool]:
    """Money for this payment is in the hall's account: so many minor units, under the bank's own reference, since a day
    (today, if none is given). What comes with it, and whether it is news: the same reference twice is once.

    The right amount for a purchase that waits pays it, whichever way it was to be paid. Any other has to be sent back;
    the purchase goes on waiting. Refuses a reference that was noted for something else."""
    may_keep(by)
    reference, today = text.tidy(reference), timezone.localtime(clock.now(), timezone.get_default_timezone()).date()
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise BadInput(_("Give the bank's own reference, in 140 letters at most."), field="reference")
    if not 0 < amount < LARGEST:
        raise BadInput(_("Say how much arrived."), field="amount")
    if day and not today - OLDEST <= day <= today:
        raise BadInput(_("Give the day on which it arrived, today at the latest."), field="day")
    state = State(
        session=bank.intent_of(reference),  # of no page: whatever arrives, none of the purchase's own is used up
        reference=payment.public,
        paid=True,
        ended=False,
        intent=bank.intent_of(reference),
        amount=amount,
        currency=payment.currency,
        page="",
        method=Payment.TRANSFER,
    )
    settle(payment=payment, state=state)
    capture = Capture.objects.select_related("payment").get(intent=state.intent)
    if capture.payment_id != payment.pk or capture.amount != amount:
        raise Refusal(_("This reference of the bank was noted before, for something else."), field="reference")
    # Of two stewards at once, one brings the news.
    if not Capture.objects.filter(pk=capture.pk, day=None).update(day=day or today):
        return capture, False
    capture.refresh_from_db()
    purchase = Purchase.objects.get(payment=payment)
    record(verbs.TRANSFER_ARRIVED, by=by, on=purchase, capture=capture.pk, amount=amount)
    return capture, True


@transaction.atomic
def send_back(*, by: Profile, payback: Payback, reference: str) -> None:
    """Money of a transfer was sent back, under this reference of the bank. Twice is once: the first reference stays."""
    may_keep(by)
    reference = text.tidy(reference)
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise BadInput(_("Give the bank's own reference, in 140 letters at most."), field="reference")
    row = Payback.objects.select_related("capture").get(pk=payback.pk)
    if row.capture.method != Payment.TRANSFER:
        raise Refusal(_("This goes back by itself, through the payment provider."))
    # Asked of the row itself, in one UPDATE: of two stewards at once, one is the one who sent it.
    if not Payback.objects.filter(pk=row.pk, state=Payback.DUE, provider_id="").update(provider_id=reference):
        return
    answered(row, Returned(reference, Payback.DONE, ""))
    purchase = Purchase.objects.get(payment=row.capture.payment_id)
    record(verbs.TRANSFER_RETURNED, by=by, on=purchase, payback=row.pk, amount=row.amount)
