"""What is kept of a sale afterwards: whom a brand's papers name, its invoices and credit notes, and returns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.money import Money
from moothall.people.models import Profile


class Imprint(models.Model):
    """Who a brand is before the law, as its papers say it, and how long its things may come back."""

    brand = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    legal = models.CharField(max_length=100)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    town = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    tax_number = models.CharField(max_length=20, blank=True, default="")
    stem = models.CharField(max_length=8)
    small_print = models.CharField(max_length=400, blank=True, default="")
    return_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(return_days__lte=365), name="return_days")]


class Counter(models.Model):
    """The number that a brand's next paper of a sort gets."""

    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=7)
    next = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "sort"], name="counter_once")]


class Invoice(models.Model):
    """A paper with a number: an order's invoice, or the credit note of a refund. All that is printed stands in `data`
    and is never changed; `total` and `tax` are minor units, those of a credit note negative."""

    INVOICE, CREDIT = "invoice", "credit"
    kind = "invoice"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=24)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+")
    refund = models.OneToOneField("orders.Refund", models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    total = models.BigIntegerField()
    tax = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    data = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "sort", "number"], name="invoice_number"),
            models.UniqueConstraint(fields=["order"], condition=Q(sort="invoice"), name="invoice_of_order"),
            models.CheckConstraint(
                condition=Q(sort="invoice", refund=None) | Q(sort="credit", refund__isnull=False), name="invoice_sort"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="invoice_from_one"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def money(self) -> Money:
        return Money(self.total, self.currency)

    @property
    def tax_money(self) -> Money:
        return Money(self.tax, self.currency)

    @property
    def net(self) -> Money:
        return Money(self.total - self.tax, self.currency)
