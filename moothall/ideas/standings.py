"""Who is known here, which ideas wait to be weighed, and what stewards said of crowds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock
from moothall.core.models import Claimable
from moothall.people.models import Profile


class Standing(models.Model):
    """By what somebody is known here, when last looked at; nothing, if they are a stranger yet."""

    BOUGHT, PLEDGED, VOUCHED = "bought", "pledged", "vouched"

    person = models.OneToOneField(Profile, models.CASCADE, related_name="+")
    by = models.CharField(max_length=8, blank=True, default="")
    looked = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(by__in=("", "bought", "pledged", "vouched")), name="standing_by")
        ]


class Weighing(Claimable):
    """An idea whose voices are to be weighed anew."""

    idea = models.OneToOneField("ideas.Idea", models.CASCADE, related_name="+")

    class Meta(Claimable.Meta):
        abstract = False


class Crowd(models.Model):
    """That a steward looked at a crowd of voices for an idea: those given until then count, or are kept back."""

    idea = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    let = models.BooleanField()
