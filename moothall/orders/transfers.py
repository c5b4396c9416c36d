"""What is awaited by bank transfer, and what has to be sent back by hand. For stewards, save how one's own is paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from moothall.payments import bank
from moothall.payments.models import Bank, Capture, Payback, Payment

from . import queries
from .models import Purchase, Refund


@dataclass(frozen=True, slots=True)
class Told:
    """How a purchase is paid by transfer: what a buyer types into a banking app."""

    bank: Bank
    reference: str
    until: date
    code: str  # what such an app reads from a picture; nothing where there is no such form


def told(purchase: Purchase) -> Told | None:
    """None where it is not to be paid so, or not any more."""
    payment = purchase.payment
    if payment.state != Payment.OPEN or payment.method != Payment.TRANSFER:
        return None
    account = queries.bank_of_the_hall()
    if account is None:
        return None
    code = bank.girocode(
        holder=account.holder,
        account=account.account,
        bic=account.bic,
        money=payment.money,
        reference=purchase.public,
    )
    last = timezone.localtime(payment.expires, timezone.get_default_timezone()).date()
    return Told(account, purchase.public, last, code)


def awaited() -> QuerySet[Purchase]:
    """Purchases that wait for a transfer, the newest first."""
    rows = Purchase.objects.filter(payment__state=Payment.OPEN, payment__method=Payment.TRANSFER)
    return rows.select_related("payment", "buyer").order_by("-pk")


def found(words: str) -> QuerySet[Purchase]:
    """Awaited ones whose reference has the words, or whose buyer's name has; and by its whole reference any purchase
    of something: money comes late, and twice, too."""
    inside = Q(public__icontains=words) | Q(name__icontains=words)
    waits = Q(payment__state=Payment.OPEN, payment__method=Payment.TRANSFER)
    rows = Purchase.objects.filter(waits & inside | Q(public=words.lower(), payment__amount__gt=0))
    return rows.select_related("payment", "buyer").order_by("-pk")


def of_reference(public: str) -> QuerySet[Purchase]:
    return Purchase.objects.filter(public=public, payment__amount__gt=0).select_related("payment", "buyer")


def arrivals(payment: Payment) -> QuerySet[Capture]:
    """What came for it by transfer, the newest first."""
    rows = Capture.objects.filter(payment=payment, method=Payment.TRANSFER)
    return rows.select_related("payment").order_by("-pk")


def to_send_back() -> QuerySet[Any]:
    """Money of transfers that has to go back, the oldest first; each with its `purchase` and, if it is of a refund,
    its `refund` (ids)."""
    return _by_hand().filter(state=Payback.DUE).order_by("pk")


def sent_back() -> QuerySet[Any]:
    """The newest first."""
    return _by_hand().filter(state=Payback.DONE).order_by("-answered", "-pk")


def of_payback(public: str) -> QuerySet[Any]:
    return _by_hand().filter(public=public)


def _by_hand() -> QuerySet[Any]:
    rows: QuerySet[Any] = Payback.objects.filter(capture__method=Payment.TRANSFER).select_related("capture__payment")
    purchase = Purchase.objects.filter(payment=OuterRef("capture__payment"))
    refund = Refund.objects.filter(payback=OuterRef("pk"))
    found: QuerySet[Any] = rows.annotate(purchase=Subquery(purchase.values("pk")), refund=Subquery(refund.values("pk")))
    return found


@dataclass(frozen=True, slots=True)
class Back:
    """Money to send back: whose it is, and what for."""

    row: Payback
    purchase: Purchase
    refund: Refund | None


def backs(rows: Iterable[Any]) -> list[Back]:
    """In two queries more, however many they are."""
    rows = list(rows)
    purchases = Purchase.objects.in_bulk([row.purchase for row in rows])
    wanted = [row.refund for row in rows if row.refund]
    refunds = {one.pk: one for one in Refund.objects.filter(pk__in=wanted).select_related("order__brand")}
    return [Back(row, purchases[row.purchase], refunds.get(row.refund)) for row in rows]
