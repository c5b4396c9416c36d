"""Baskets, purchases, orders (one for each brand), their lines, shipments, refunds, and shares with friends."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from moothall.catalog.models import Product, Variant
from moothall.core import clock, ids
from moothall.core.money import Money, portion
from moothall.payments.models import Payback, Payment
from moothall.people.models import Circle, Profile

from .carriers import page_of
from .records import Counter, Imprint, Invoice, Return, ReturnLine

__all__ = ["Counter", "Imprint", "Invoice", "Return", "ReturnLine"]  # beside what is declared here


class Basket(models.Model):
    """What somebody may buy: a person's, or a browser's (`token`) before it is known whose."""

    owner = models.OneToOneField(Profile, models.CASCADE, related_name="+", null=True, blank=True)
    token = models.CharField(max_length=30, unique=True, null=True, blank=True)
    changed = models.DateTimeField(default=clock.now)
    country = models.CharField(max_length=2, blank=True, default="")  # where to, once somebody said it
    code = models.CharField(max_length=30, blank=True, default="")  # of a voucher


class BasketLine(models.Model):
    basket = models.ForeignKey(Basket, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    price = models.BigIntegerField()  # as last seen by the shopper, so that a change is said

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["basket", "variant"], name="basket_line_once"),
            models.CheckConstraint(condition=Q(quantity__range=(1, 99)), name="basket_quantity"),
        ]

    @property
    def total(self) -> Money:
        return Money(self.variant.price * self.quantity, self.variant.currency)


class Purchase(models.Model):
    """One checkout: who buys, where to, what may be told to whom once it is paid. `key` makes pressing Pay again
    the same purchase."""

    kind = "purchase"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    buyer = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    body = models.CharField(max_length=64)  # fingerprint of what was asked with the key
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=100)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    town = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    note = models.CharField(max_length=500, blank=True, default="")  # what the brands should know
    share_reach = models.CharField(max_length=10, blank=True, default="")
    share_circle = models.ForeignKey(Circle, models.SET_NULL, related_name="+", null=True, blank=True)
    share_words = models.CharField(max_length=400, blank=True, default="")
    basket = models.ForeignKey(Basket, models.SET_NULL, related_name="+", null=True, blank=True)
    emptied = models.BooleanField(default=False)  # its things left the basket when it was placed

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["buyer", "key"], name="purchase_once")]

    def __str__(self) -> str:
        return self.public


class Order(models.Model):
    """A brand's part of a purchase. Desks see it once it is paid."""

    AWAITING, PAID, LAPSED = "awaiting", "paid", "lapsed"
    kind = "order"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=AWAITING)
    total = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    tax_included = models.BooleanField(default=True)  # whether the prices of its lines hold their tax
    voucher = models.CharField(max_length=30, blank=True, default="")  # the code of what took a discount off
    paid = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "brand"], name="order_per_brand")]
        indexes: ClassVar = [models.Index(fields=["brand", "state", "-paid"], name="order_desk")]

    @property
    def money(self) -> Money:
        return Money(self.total, self.currency)


class OrderLine(models.Model):
    """So many of a variant at an agreed price each; shipping is a line too. `amount` is what is charged for the whole
    line: less its part of a `discount`, and with the `tax` where prices are without (`Order.tax_included`).

    The three counts only rise: `shipped`, `returned` (money given back), and `withheld` (of the returned, those that
    were not sent and will not be). `asked` are the pieces in returns that are under way."""

    kind = "order_line"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=140)
    label = models.CharField(max_length=320, blank=True, default="")
    revision = models.PositiveSmallIntegerField(null=True, blank=True)  # of the product, as it was bought
    quantity = models.PositiveIntegerField()
    price = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    tax_rate = models.PositiveIntegerField(default=0)  # hundredths of a percent
    tax = models.BigIntegerField(default=0)  # the part of the amount that is tax
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    shipped = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    origin_kind = models.CharField(max_length=12, blank=True, default="")  # what it was agreed in: a pledge, a quote
    origin_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0, price__gte=0), name="line_is_something"),
            models.CheckConstraint(
                condition=Q(discount__gte=0, discount__lte=F("price") * F("quantity")), name="discount_within"
            ),
            models.CheckConstraint(condition=Q(tax__gte=0, tax__lte=F("amount")), name="tax_within"),
            models.CheckConstraint(condition=Q(quantity__gte=F("shipped") + F("withheld")), name="shipped_within"),
            models.CheckConstraint(condition=Q(withheld__lte=F("returned")), name="withheld_within"),
            models.CheckConstraint(condition=Q(returned__lte=F("quantity")), name="returned_within"),
            models.CheckConstraint(condition=Q(asked__lte=F("shipped")), name="asked_within"),
            models.CheckConstraint(
                condition=Q(variant=None, revision=None) | Q(variant__isnull=False, revision__gte=1),
                name="line_has_its_revision",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["origin_id", "origin_kind"], condition=Q(origin_id__isnull=False), name="line_origin"),
        ]

    @property
    def total(self) -> Money:
        """What is charged for it."""
        return Money(self.amount, self.currency)

    @property
    def agreed(self) -> Money:
        """What its prices say, before any discount or tax."""
        return Money(self.price * self.quantity, self.currency)

    @property
    def each(self) -> Money:
        return Money(self.price, self.currency)

    @property
    def to_ship(self) -> int:
        return self.quantity - self.shipped - self.withheld if self.variant_id else 0

    @property
    def to_return(self) -> int:
        return self.quantity - self.returned

    @property
    def kept(self) -> int:
        """Pieces that were sent, and for which no money was given back."""
        return self.shipped - (self.returned - self.withheld) if self.variant_id else 0

    def part_of(self, pieces: int) -> int:
        """The money (minor units) for so many pieces more than were given back: rounded over all of them together, so
        that the last one brings what is left, to the penny."""
        back = portion(self.amount, self.returned, self.quantity)
        return portion(self.amount, self.returned + pieces, self.quantity) - back


class Allocation(models.Model):
    """The part of a payment that is for one order, and how much of it went back."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="refunded_within"),
        ]


class Packing(models.Model):
    """Somebody of the team began to pack this order."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)


class Shipment(models.Model):
    """A parcel of an order, whole or in part."""

    kind = "shipment"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    carrier = models.CharField(max_length=60, blank=True, default="")
    tracking = models.CharField(max_length=100, blank=True, default="")

    @property
    def page(self) -> str:
        """Where its carrier shows it, or nothing."""
        return page_of(self.carrier, self.tracking)


class ShipmentLine(models.Model):
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()


class Cancellation(models.Model):
    """The brand will not send what is left of an order."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=300)


class Refund(models.Model):
    """Money of an order that goes back to its buyer; `payback` carries it through the provider."""

    kind = "refund"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300, blank=True, default="")
    payback = models.OneToOneField(Payback, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_something")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class RefundLine(models.Model):
    refund = models.ForeignKey(Refund, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    amount = models.BigIntegerField()


class Share(models.Model):
    """A purchase told to others: the product and some words, never price or quantity. Withdrawn, it is gone
    everywhere."""

    kind = "share"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    words = models.CharField(max_length=400, blank=True, default="")
    reach = models.CharField(max_length=10)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], condition=Q(withdrawn=None), name="line_shared_once"),
            models.CheckConstraint(condition=Q(reach__in=("public", "followers", "circle")), name="share_reach"),
            models.CheckConstraint(condition=~Q(reach="circle") | Q(circle__isnull=False), name="share_has_circle"),
        ]
        indexes: ClassVar = [models.Index(fields=["product", "-id"], condition=Q(withdrawn=None), name="share_product")]
