"""Payments: what is asked of a provider, what it captured, and what it has to give back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Claimable
from moothall.core.money import Money


class Payment(models.Model):
    """What one purchase asks for. It has at most one open session at the provider; `attempt` numbers them."""

    OPEN, PAID, ENDED = "open", "paid", "ended"
    kind = "payment"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=5, default=OPEN)
    made = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=1)
    session = models.CharField(max_length=200, blank=True, default="")
    page = models.CharField(max_length=2000, blank=True, default="")
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_negative"),
            models.CheckConstraint(condition=Q(state__in=("open", "paid", "ended")), name="payment_state"),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Capture(models.Model):
    """Money the provider took: kept for the orders, or returned because they were paid for or gone already."""

    KEPT, RETURNED = "kept", "returned"

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    intent = models.CharField(max_length=200, unique=True)
    amount = models.BigIntegerField()
    use = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment"], condition=Q(use="kept"), name="kept_once"),
        ]


class Check(Claimable):
    """A payment the poller has yet to look after, should neither the shopper nor a webhook come back."""

    payment = models.OneToOneField(Payment, models.CASCADE, related_name="+")

    class Meta(Claimable.Meta):
        abstract = False


class Payback(Claimable):
    """Money that goes back through the provider. `public` is the key it is asked with, so that asking twice pays
    once."""

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
