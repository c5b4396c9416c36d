"""The log: one row for every deliberate act here, added and never changed; and what readers have yet to read of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from moothall.core import clock
from moothall.core.models import Claimable


class Act(models.Model):
    """Who did what to what, when, through whom, and who may hear of it. `data` holds ids, numbers and enumerations
    only."""

    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey("people.Profile", models.PROTECT, related_name="+")
    hand = models.ForeignKey("people.Profile", models.PROTECT, related_name="+", null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    audience = models.CharField(max_length=8)
    reach = models.CharField(max_length=10, blank=True, default="")
    reach_id = models.BigIntegerField(default=0)
    brand = models.ForeignKey("people.Profile", models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=10, blank=True, default="")
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["actor", "channel", "reach", "reach_id", "-id"], name="act_feed"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="act_subject"),
            models.Index(fields=["verb", "-id"], name="act_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class Pending(Claimable):
    """An act that a reader has yet to read."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    reader = models.CharField(max_length=40)
    replayed = models.BooleanField(default=False)  # read late: nothing is sent for it any more

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["act", "reader"], name="once_per_reader")]


class Latest(models.Model):
    """The newest act of a source (a profile, or one channel of a brand) for each reach: what the feed starts from."""

    source_id = models.BigIntegerField()
    channel = models.CharField(max_length=10, blank=True, default="")
    reach = models.CharField(max_length=10)
    reach_id = models.BigIntegerField(default=0)
    act_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id", "channel", "reach", "reach_id"], name="one_latest")
        ]
