"""Mails of what is paid by bank transfer: how to pay, that it is awaited still, that it came too late or not as asked,
and that money was sent back. What was paid is thanked for like everything else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.jinja import day
from moothall.core.money import Money
from moothall.outbox.actions import write
from moothall.payments.models import Capture, Payback, Payment

from . import transfers, verbs
from .doors import link
from .models import Purchase


def _purchase(act: Act) -> Purchase:
    return Purchase.objects.select_related("buyer", "payment").get(pk=act.subject_id)


@reads("mail buyer: how to pay", verbs.PLACED, verbs.TRANSFER_REMINDED)
def tell_how_to_pay(act: Act) -> None:
    """Nothing where it is no transfer, or not any more when this is read."""
    purchase = _purchase(act)
    told = transfers.told(purchase)
    if told is None:
        return
    words = {"amount": purchase.payment.money.text, "day": day(told.until), "id": purchase.public}
    if act.verb == verbs.PLACED.name:
        key, subject = f"transfer {purchase.public}", _("Please send %(amount)s by %(day)s: order %(id)s") % words
        said = _("Your things are kept for you until %(day)s. They are sent once your transfer is here.") % words
    else:
        key, subject = f"reminder {purchase.public}", _("Not here yet: your transfer for order %(id)s") % words
        said = _("Your things are kept until %(day)s. If you sent the money already, there is nothing to do.") % words
    write(
        key=key,
        to=purchase.email,
        subject=subject,
        template="orders/mail/transfer",
        link=link(purchase),
        purchase=purchase,
        told=told,
        said=said,
    )


@reads("mail buyer: transfer lapsed", verbs.LAPSED)
def tell_lapsed(act: Act) -> None:
    """Who let go of it themselves knows."""
    purchase = _purchase(act)
    payment = purchase.payment
    if payment.method != Payment.TRANSFER or act.at < payment.expires:
        return
    said = [
        _("Your transfer did not arrive in time, so the things went back on the shelf. Nothing is owed."),
        _("If you sent the money, it goes back to you when it arrives."),
    ]
    _write(f"lapsed {purchase.public}", purchase, _("Order %(id)s was not paid") % {"id": purchase.public}, said)


@reads("mail buyer: transfer not as asked", verbs.TRANSFER_ARRIVED)
def tell_not_as_asked(act: Act) -> None:
    """What came and was not kept: people slip, and have to know what to do."""
    purchase = _purchase(act)
    capture = Capture.objects.select_related("payment").get(pk=act.data["capture"])
    if capture.use == Capture.KEPT:
        return
    came = {"amount": capture.money.text, "asked": purchase.payment.money.text, "id": purchase.public}
    told = transfers.told(purchase)
    if told is not None:
        words = {**came, "day": day(told.until)}
        why = _("It was to be %(asked)s. Please send the whole of it once more, by %(day)s.") % words
    elif purchase.payment.state == Payment.PAID:
        why = _("That order was paid already.")
    else:
        why = _("That order does not wait for a transfer any more.")
    said = [_("%(amount)s arrived from you for order %(id)s.") % came, why, _("What arrived is sent back to you.")]
    _write(f"not as asked {capture.pk}", purchase, _("%(amount)s of yours goes back") % came, said)


@reads("mail buyer: transfer sent back", verbs.TRANSFER_RETURNED)
def tell_sent_back(act: Act) -> None:
    purchase = _purchase(act)
    row = Payback.objects.get(pk=act.data["payback"])
    words = {"amount": Money(row.amount, row.currency).text, "id": purchase.public, "reference": row.provider_id}
    said = [
        _("We sent %(amount)s back to the account it came from. Banks take a day or two.") % words,
        _("The bank calls it %(reference)s; your order is %(id)s.") % words,
    ]
    _write(f"sent back {row.public}", purchase, _("%(amount)s is on its way back to you") % words, said)


def _write(key: str, purchase: Purchase, subject: str, said: list[str]) -> None:
    write(key=key, to=purchase.email, subject=subject, template="orders/mail/said", said=said, link=link(purchase))
