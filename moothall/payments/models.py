"""Payments: what is asked of a provider or sent to the hall's bank account, what came, and what has to go back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids, work
from moothall.core.models import Claimable
from moothall.core.money import Money
from moothall.people.models import Profile

from . import bank


class Bank(models.Model):
    """The one account that buyers of this hall send money to. `offered` no longer, it is still told to those who were
    asked to send to it."""

    kind = "bank"

    holder = models.CharField(max_length=70)
    account = models.CharField(max_length=40)  # an IBAN without its spaces, or whatever banks go by there
    bic = models.CharField(max_length=11, blank=True, default="")
    name = models.CharField(max_length=70, blank=True, default="")
    days = models.PositiveSmallIntegerField(default=7)  # to pay
    offered = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_bank"),
            models.CheckConstraint(condition=Q(days__range=(1, 30)), name="bank_days"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.written}"

    @property
    def written(self) -> str:
        """The account as people read it."""
        return bank.grouped(self.account)


class Payment(models.Model):
    """What one purchase asks for. It has at most one open session at the provider; `attempt` numbers them. Once paid,
    `method` is how."""

    OPEN, PAID, ENDED = "open", "paid", "ended"
    CARD, TRANSFER, KEPT = "card", "transfer", "kept"  # kept: charged by the worker to a card kept before
    kind = "payment"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    payer = models.ForeignKey(Profile, models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=5, default=OPEN)
    method = models.CharField(max_length=8, default=CARD)
    made = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=1)
    session = models.CharField(max_length=200, blank=True, default="", db_index=True)
    page = models.CharField(max_length=2000, blank=True, default="")
    settled = models.DateTimeField(null=True, blank=True)
    reminded = models.DateTimeField(null=True, blank=True)  # that a transfer has not arrived

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_negative"),
            models.CheckConstraint(condition=Q(state__in=("open", "paid", "ended")), name="payment_state"),
            models.CheckConstraint(condition=Q(method__in=("card", "transfer", "kept")), name="payment_method"),
        ]
        # What somebody has yet to pay is found at once, however much they bought before.
        indexes: ClassVar = [models.Index(fields=["payer", "state"], name="payment_of_payer")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Capture(models.Model):
    """Money that the provider took, or that came to the hall's account (its `intent` is "transfer-" and the bank's own
    reference): kept for the orders, or returned because they were paid for or gone already."""

    KEPT, RETURNED = "kept", "returned"

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    intent = models.CharField(max_length=200, unique=True)
    amount = models.BigIntegerField()
    use = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    method = models.CharField(max_length=8, default=Payment.CARD)
    day = models.DateField(null=True, blank=True)  # on which the bank had a transfer

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(method__in=("card", "transfer")), name="capture_method"),
            models.UniqueConstraint(fields=["payment"], condition=Q(use="kept"), name="kept_once"),
        ]

    @property
    def goes_back(self) -> datetime:
        """When work begins to give money of it back: at once, or never where a steward does it by hand."""
        return work.NEVER if self.method == Payment.TRANSFER else clock.now()

    @property
    def reference(self) -> str:
        """The bank's own reference of a transfer."""
        return bank.reference_in(self.intent)

    @property
    def money(self) -> Money:
        return Money(self.amount, self.payment.currency)


class Check(Claimable):
    """A payment the poller has yet to look after, should neither the shopper nor a webhook come back."""

    payment = models.OneToOneField(Payment, models.CASCADE, related_name="+")

    class Meta(Claimable.Meta):
        abstract = False


class Payback(Claimable):
    """Money that goes back the way it came: through the provider (`public` is the key it is asked with, so that asking
    twice pays once), or from the hall's account by a steward's hand (`provider_id` is then the bank's reference)."""

    DUE, DONE, FAILED = "due", "done", "failed"
    kind = "payback"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=6, default=DUE)
    attempt = models.PositiveSmallIntegerField(default=1)  # a new one only after the bank said no for good
    provider_id = models.CharField(max_length=200, blank=True, default="")
    said = models.CharField(max_length=300, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="payback_is_something")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
