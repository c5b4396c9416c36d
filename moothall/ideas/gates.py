"""The gate of an idea: where a brand judges by a public date whether it can be made, on a sheet that all can read."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from moothall.core import clock, ids
from moothall.core.money import Money
from moothall.people.models import Profile

VOICES, DAYS = 25, 28  # while a brand has said nothing
MOST_VOICES, LONGEST_DAYS = 10_000, 180
JUDGED = ("go", "no", "needs")
JOINING, MAKING, WEIGHT = 30, 16, 500  # days, weeks and grams while a brand says nothing else


def today() -> date:
    """The day it is in the hall's time zone."""
    return day_of(clock.now())


def day_of(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


class Mark(models.Model):
    """How many voices that would pay bring an idea to a brand's gate, and in how many days the brand then judges."""

    kind = "mark"

    brand = models.OneToOneField(Profile, models.CASCADE, related_name="+")
    voices = models.PositiveSmallIntegerField(default=VOICES)
    days = models.PositiveSmallIntegerField(default=DAYS)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(voices__gte=1, voices__lte=MOST_VOICES), name="mark_voices"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST_DAYS), name="mark_days"),
        ]


class Gate(models.Model):
    """One time that a brand judges an idea. `due` is a day: the gate is overdue from the day after. What was judged
    (`version`) and on what (`heard`: prices people would pay, and how many) is kept with the judgement. A judgement
    that was taken back (`undone`) stays, and another gate is opened after it."""

    kind = "gate"
    OPEN, GO, NO, NEEDS, WITHDRAWN = "open", "go", "no", "needs", "withdrawn"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    opened = models.DateTimeField(default=clock.now)
    due = models.DateField()
    late = models.DateTimeField(null=True, blank=True)  # when its team was told that it is overdue
    state = models.CharField(max_length=9, default=OPEN)
    left = models.DateTimeField(null=True, blank=True)  # when it was withdrawn from the gate
    decided = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)  # of the idea, that was judged
    reasons = models.TextField(max_length=2000, blank=True, default="")
    change = models.TextField(max_length=2000, blank=True, default="")
    price = models.BigIntegerField(null=True, blank=True)
    run = models.PositiveIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # that people may join
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)  # from their end to delivery
    grams = models.PositiveIntegerField(null=True, blank=True)  # of one piece, for sending it
    currency = models.CharField(max_length=3)
    heard = models.JSONField(default=list, blank=True)
    appeal = models.TextField(max_length=2000, blank=True, default="")
    appealed = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)
    undone = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField(max_length=400, blank=True, default="")
    accepted = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("open", "withdrawn", *JUDGED)), name="gate_state"),
            models.UniqueConstraint(fields=["idea", "brand"], condition=Q(state="open"), name="one_open_gate"),
            models.UniqueConstraint(fields=["idea", "brand", "number"], name="gate_number"),
            models.UniqueConstraint(fields=["idea"], condition=Q(accepted__isnull=False), name="one_accepted_gate"),
            models.CheckConstraint(
                condition=Q(state__in=JUDGED, decided__isnull=False, by__isnull=False)
                | (~Q(state__in=JUDGED) & Q(decided=None, by=None)),
                name="gate_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="go", price__gt=0, run__gt=0) | (~Q(state="go") & Q(price=None, run=None)),
                name="gate_go",
            ),
            models.CheckConstraint(
                condition=Q(days=None) | Q(state="go", days__range=(7, 90), weeks__range=(1, 104), grams__gte=1),
                name="gate_go_on",
            ),
            models.CheckConstraint(condition=Q(accepted=None) | Q(state="go", undone=None), name="gate_accepted_go"),
            models.CheckConstraint(
                condition=Q(answered=None) | Q(answered__gte=F("appealed")), name="gate_answered_after"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["brand", "state", "due"], name="gate_of_brand"),
            models.Index(fields=["idea", "-id"], name="gate_of_idea"),
            models.Index(fields=["due"], condition=Q(state="open", late=None), name="gate_due"),
        ]

    def __str__(self) -> str:
        return f"gate {self.public}"

    @property
    def is_open(self) -> bool:
        return self.state == self.OPEN

    @property
    def is_judged(self) -> bool:
        """There is a judgement, and it was not taken back."""
        return self.state in JUDGED and self.undone is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < today()

    @property
    def waits_for_answer(self) -> bool:
        return self.appealed is not None and self.answered is None and self.undone is None

    @property
    def answer_is_overdue(self) -> bool:
        return self.waits_for_answer and self.answer_due is not None and self.answer_due < today()

    @property
    def money(self) -> Money | None:
        return None if self.price is None else Money(self.price, self.currency)


class Sheet(models.Model):
    """What an idea would cost: the brand's `own`, a draft until it judges; or somebody's argument, copied from another
    sheet and changed. Percentages are hundredths of a percent; the fee is of the price, the tax in it, the royalty of
    the price without its tax."""

    kind = "sheet"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    gate = models.ForeignKey(Gate, models.CASCADE, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    own = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    published = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    hidden = models.DateTimeField(null=True, blank=True)  # an argument that a steward removed, since when
    words = models.CharField(max_length=400, blank=True, default="")
    currency = models.CharField(max_length=3)
    price = models.BigIntegerField()
    fixed = models.BigIntegerField(default=0)
    shipping = models.BigIntegerField(default=0)
    fee = models.PositiveIntegerField(default=0)
    fee_each = models.BigIntegerField(default=0)
    tax = models.PositiveIntegerField(default=0)
    royalty = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate"], condition=Q(own=True), name="one_own_sheet"),
            models.CheckConstraint(
                condition=Q(price__gt=0, fixed__gte=0, shipping__gte=0, fee_each__gte=0), name="sheet_amounts"
            ),
            models.CheckConstraint(
                condition=Q(fee__lte=10_000, tax__lte=10_000, royalty__lte=10_000), name="sheet_percent"
            ),
            models.CheckConstraint(
                condition=Q(own=True, ended=None) | Q(own=False, published__isnull=False), name="sheet_argued"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["gate", "-id"], name="sheet_of_gate")]

    def __str__(self) -> str:
        return f"sheet {self.public}"

    def money(self, name: str) -> Money:
        return Money(getattr(self, name), self.currency)


class Run(models.Model):
    """What each piece costs when so many are made at once."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+")
    pieces = models.PositiveIntegerField()
    unit = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "pieces"], name="run_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1, unit__gte=0), name="run_amounts"),
        ]
