"""What is kept of a sale afterwards: whom a brand's papers name, its invoices and credit notes, and returns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core import clock, ids
from moothall.core.money import Money
from moothall.people.models import Profile

from .carriers import page_of

RETURN_DAYS = 30  # in which things may come back, while a brand has said nothing


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
    return_days = models.PositiveSmallIntegerField(default=RETURN_DAYS)

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


class Return(models.Model):
    """Things that a buyer sends back, from asking to the money. `words` are the buyer's, `answer` is the brand's."""

    ASKED, AGREED, SENT, ARRIVED = "asked", "agreed", "sent", "arrived"
    DECLINED, WITHDRAWN, CLOSED = "declined", "withdrawn", "closed"
    OPEN = (ASKED, AGREED, SENT, ARRIVED)
    REASONS: ClassVar = {
        "fit": _("It does not fit"),
        "damaged": _("It came damaged"),
        "unlike": _("It is not as shown"),
        "wrong": _("It is the wrong thing"),
        "mind": _("I changed my mind"),
        "other": _("Something else"),
    }
    kind = "return"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    changed = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, default=ASKED)
    reason = models.CharField(max_length=7)
    words = models.CharField(max_length=400, blank=True, default="")
    answer = models.CharField(max_length=400, blank=True, default="")
    carrier = models.CharField(max_length=60, blank=True, default="")
    tracking = models.CharField(max_length=100, blank=True, default="")
    refund = models.OneToOneField("orders.Refund", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(refund=None) | Q(state="closed"), name="return_closed_by_refund"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["order"], name="return_open", condition=Q(state__in=("asked", "agreed", "sent", "arrived"))
            )
        ]

    @property
    def page(self) -> str:
        """Where its carrier shows it, or nothing."""
        return page_of(self.carrier, self.tracking)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def why(self) -> str:
        """The reason as a page says it."""
        return str(self.REASONS.get(self.reason, self.reason))


class ReturnLine(models.Model):
    back = models.ForeignKey(Return, models.CASCADE, related_name="+")
    line = models.ForeignKey("orders.OrderLine", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["back", "line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="return_line_something"),
        ]
