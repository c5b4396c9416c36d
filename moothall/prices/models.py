"""What a basket costs beside its things: sending by zone and weight, tax by country and sort, vouchers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from moothall.catalog.models import REDUCED, STANDARD
from moothall.core import clock, ids
from moothall.core.money import Money
from moothall.people.models import Profile


class Zone(models.Model):
    """Countries a brand sends to at the same rates. One without countries is everywhere else."""

    kind = "zone"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class ZoneCountry(models.Model):
    """A country in its zone; the brand stands here too, so that no country is in two zones of one brand."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "country"], name="country_in_one_zone")]


class Rate(models.Model):
    """What sending a parcel of up to so many grams costs; without `up_to_grams`, of any weight."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    words = models.CharField(max_length=100, blank=True, default="")
    up_to_grams = models.PositiveIntegerField(null=True, blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    free_from = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zone", "up_to_grams"], name="rate_per_weight"),
            models.UniqueConstraint(fields=["zone"], condition=Q(up_to_grams=None), name="one_rate_without_weight"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="rate_amount"),
            models.CheckConstraint(condition=Q(up_to_grams=None) | Q(up_to_grams__gt=0), name="rate_weight"),
            models.CheckConstraint(condition=Q(free_from=None) | Q(free_from__gt=0), name="rate_free_from"),
        ]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def free(self) -> Money | None:
        return None if self.free_from is None else Money(self.free_from, self.currency)


class Terms(models.Model):
    """Whether a brand's prices hold their tax. Without a row they do."""

    brand = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    tax_included = models.BooleanField(default=True)


class Tax(models.Model):
    """What a country takes of a sort of things, in hundredths of a percent. Where a country has no rows, nothing; a
    country without a reduced rate taxes all by its standard one."""

    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    sort = models.CharField(max_length=8)
    rate = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "country", "sort"], name="tax_once"),
            models.CheckConstraint(condition=Q(sort__in=(STANDARD, REDUCED)), name="tax_sort"),
            models.CheckConstraint(condition=Q(rate__lte=10_000), name="tax_rate"),
        ]


class Voucher(models.Model):
    """A code worth a discount on its own brand's things: so many percent, or an amount. `used` counts what is held
    and what was used; only the actions of vouchers write it."""

    kind = "voucher"

    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    code = models.CharField(max_length=30, unique=True)  # in capitals
    words = models.CharField(max_length=100, blank=True, default="")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    minimum = models.BigIntegerField(default=0)  # of the brand's things
    currency = models.CharField(max_length=3)
    made = models.DateTimeField(default=clock.now)
    begins = models.DateTimeField(default=clock.now)
    ends = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)  # by hand
    limit = models.PositiveIntegerField(null=True, blank=True)
    each = models.PositiveIntegerField(null=True, blank=True)  # times a person
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__range=(1, 100), amount=None) | Q(percent=None, amount__gt=0), name="voucher_worth"
            ),
            models.CheckConstraint(condition=Q(limit=None) | Q(used__lte=F("limit")), name="voucher_within_limit"),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="voucher_minimum"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def worth(self) -> str:
        """As a page says it: 10 %, £5."""
        return f"{self.percent} %" if self.percent else Money(self.amount or 0, self.currency).text

    @property
    def least(self) -> Money:
        return Money(self.minimum, self.currency)

    @property
    def last_day(self) -> datetime | None:
        return self.ends - timedelta(seconds=1) if self.ends else None


class VoucherUse(models.Model):
    """A voucher in somebody's purchase. It is held while they pay, and ends exactly once: used or released."""

    HELD, USED, RELEASED = "held", "used", "released"

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=30)
    owner_id = models.BigIntegerField()
    buyer = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    mail = models.CharField(max_length=64)  # a fingerprint of the address, to count by
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, default=HELD)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_kind", "owner_id", "voucher"], name="voucher_use_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="voucher_use_is_something"),
            models.CheckConstraint(condition=Q(state__in=("held", "used", "released")), name="voucher_use_state"),
        ]
        indexes: ClassVar = [models.Index(fields=["voucher", "-id"], name="voucher_uses")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.voucher.currency)


class VoucherCount(models.Model):
    """How often somebody (`who`: a person, or the fingerprint of an address) holds or used a voucher that each may use
    so many times. A row to update by condition: two presses at the same moment must not both find one left."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="+")
    who = models.CharField(max_length=80)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["voucher", "who"], name="voucher_count_once")]
