"""Who shaped an idea and with what share, and what each sale of it brings them: splits, royalties, payouts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Claimable
from moothall.core.money import Money
from moothall.ideas.models import Idea
from moothall.orders.models import OrderLine
from moothall.people.models import Profile

WHOLE = 10_000  # points that all parts of a split come to: 100 % in hundredths of a percent
ROYALTIES = "royalties"  # the book of what is owed to a person


class Split(models.Model):
    """How the royalty of an idea is shared: proposed by its lead, standing once all whom it names have signed. Never
    edited: a change is a new number. It says what the record was (`record`, a fingerprint) when it was proposed."""

    kind = "split"
    PROPOSED, STANDING, REPLACED, DECLINED, BACK = "proposed", "standing", "replaced", "declined", "back"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=400, blank=True, default="")
    state = models.CharField(max_length=8, default=PROPOSED)
    stood = models.DateTimeField(null=True, blank=True)  # since when it stands, or stood
    record = models.CharField(max_length=64)
    declined_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "standing", "replaced", "declined", "back")), name="split_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("standing", "replaced"), stood__isnull=False)
                | (~Q(state__in=("standing", "replaced")) & Q(stood=None)),
                name="split_stood",
            ),
            models.CheckConstraint(
                condition=Q(state="declined", declined_by__isnull=False) | (~Q(state="declined") & Q(declined_by=None)),
                name="split_declined",
            ),
            models.UniqueConstraint(fields=["idea", "number"], name="one_split_a_number"),
            models.UniqueConstraint(fields=["idea"], condition=Q(state="proposed"), name="one_proposed_split"),
            models.UniqueConstraint(fields=["idea"], condition=Q(state="standing"), name="one_standing_split"),
        ]

    def __str__(self) -> str:
        return f"split {self.number} of {self.idea_id}"

    @property
    def is_proposed(self) -> bool:
        return self.state == self.PROPOSED

    @property
    def stands(self) -> bool:
        return self.state == self.STANDING


class Part(models.Model):
    """One person's share of a split, in points of ten thousand, and what it is for."""

    split = models.ForeignKey(Split, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    why = models.CharField(max_length=200, blank=True, default="")
    signed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["split", "person"], name="one_part"),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=WHOLE), name="part_points"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-split"], name="parts_of")]


class Royalty(Claimable):
    """What one sold line brings those who shaped the thing: so many minor units at the rate of the accepted sheet. It
    waits for a split to stand, and is then posted to the ledger by that split, once."""

    line = models.OneToOneField(OrderLine, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    rate = models.PositiveIntegerField()  # hundredths of a percent, of what was paid less its tax
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    sold = models.DateTimeField()
    split = models.ForeignKey(Split, models.PROTECT, related_name="+", null=True, blank=True)
    posted = models.DateTimeField(null=True, blank=True)

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0, rate__gte=1, rate__lte=10_000), name="royalty_amount"),
            models.CheckConstraint(
                condition=Q(split=None, posted=None) | Q(split__isnull=False, posted__isnull=False),
                name="royalty_posted",
            ),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["idea"], condition=Q(posted=None), name="royalty_waits"),
            models.Index(fields=["brand", "idea"], name="royalty_of_brand"),
        ]

    def __str__(self) -> str:
        return f"royalty of line {self.line_id}"


class Payee(models.Model):
    """Where somebody's royalties are to be sent. Only they see it, and stewards where they pay."""

    kind = "payee"

    person = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    at = models.DateTimeField(default=clock.now)


class Payout(models.Model):
    """One time that the hall paid what it owed; its lines are the file for the bank."""

    kind = "payout"

    number = models.PositiveIntegerField(unique=True)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(number__gte=1), name="payout_number")]

    def __str__(self) -> str:
        return str(self.number)


class PayoutLine(models.Model):
    """What one person got in a payout, and where it was sent: kept as it was then."""

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payout", "person", "currency"], name="paid_out_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_is_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-payout"], name="payouts_of")]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def key(self) -> str:
        """Of its entry in the ledger."""
        return f"payout line {self.pk}"

    @property
    def reference(self) -> str:
        """As the bank is told, and the statement of who is paid."""
        return f"ROYALTY-{self.payout.number}-{self.pk}"
