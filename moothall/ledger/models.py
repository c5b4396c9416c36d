"""Double entry: accounts, causes, postings, and entries that are added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from moothall.core import clock
from moothall.people.models import Profile


class Book(models.Model):
    """An account of the ledger: whose it is (nobody's: the hall's own), what for, in one currency."""

    owner = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=20)
    currency = models.CharField(max_length=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name", "currency"], name="one_book"),
            models.UniqueConstraint(fields=["name", "currency"], condition=Q(owner=None), name="one_hall_book"),
        ]

    def __str__(self) -> str:
        return f"{self.owner or 'hall'} · {self.name} · {self.currency}"


class Cause(models.Model):
    """What money moved for: one order line, say. `reversed` of `whole` was taken back."""

    of_kind = models.CharField(max_length=30)
    of_id = models.BigIntegerField()
    whole = models.BigIntegerField()
    reversed = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of_kind", "of_id"], name="one_cause"),
            models.CheckConstraint(condition=Q(whole__gt=0), name="cause_is_something"),
            models.CheckConstraint(condition=Q(reversed__gte=0, reversed__lte=F("whole")), name="reversed_within"),
        ]


class Posting(models.Model):
    """What a cause gives one book. It stands at round(amount × (whole − reversed) ÷ whole)."""

    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)  # sale, royalty:17, …: one cause is posted once by each rule
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    balancing = models.BooleanField(default=False)  # takes what rounding leaves, so that the sum stays zero

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cause", "rule", "book"], name="posted_once")]


class Transaction(models.Model):
    """Entries that belong together and sum to zero. `key` says for what, once."""

    at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=100, unique=True)
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+", null=True, blank=True)


class Entry(models.Model):
    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+", null=True, blank=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(amount=0), name="entry_is_something")]
