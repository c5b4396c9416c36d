"""Improvements: changes to a product that people ask for, and who asks for them too."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.catalog.models import Product
from moothall.core import clock, ids
from moothall.people.models import Profile


class Improvement(models.Model):
    """A change to a product that somebody asks for, once for all who ask for it: open, taken into a revision, declined
    with an answer, or taken back. `number` is the revision they had before them, `revision` the one that took it in.
    `asks` counts its voices; who asked first is one of them."""

    kind = "improvement"
    OPEN, TAKEN, DECLINED, BACK = "open", "taken", "declined", "back"
    STATES = (OPEN, TAKEN, DECLINED, BACK)

    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    title = models.CharField(max_length=80)
    words = models.TextField(max_length=2000, blank=True, default="")
    state = models.CharField(max_length=8, default=OPEN)
    hidden = models.DateTimeField(null=True, blank=True)  # removed by a steward
    asks = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=400, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    revision = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("open", "taken", "declined", "back")), name="asked_state"),
            models.CheckConstraint(
                condition=Q(state="taken", revision__gt=1) | (~Q(state="taken") & Q(revision=None)), name="asked_taken"
            ),
            models.CheckConstraint(
                condition=(Q(state="declined") & ~Q(answer="")) | (~Q(state="declined") & Q(answer="")),
                name="asked_declined",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="asked_on_a_revision"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "state", "-asks", "-id"], name="asked_most"),
            models.Index(fields=["by", "state"], name="asked_by"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.OPEN


class Voice(models.Model):
    """One person who asks for an improvement, whoever asked first."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["improvement", "person"], name="asks_once")]
        indexes: ClassVar = [models.Index(fields=["person", "improvement"], name="asks_by")]
