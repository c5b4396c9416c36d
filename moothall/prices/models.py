"""What a basket costs beside its things: sending by zone and weight, tax by country and sort."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.catalog.models import REDUCED, STANDARD
from moothall.core import ids
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
