"""What was answered to which key, and how many unsafe requests somebody sent this minute."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from moothall.core import clock
from moothall.people.models import Profile


class Answer(models.Model):
    """The first answer to a key, written in the transaction of what it tells of: neither is there without the other."""

    actor = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=400)  # method and path
    body = models.CharField(max_length=64)  # hash of what was sent
    status = models.PositiveSmallIntegerField(default=0)
    said = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="answer_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="answer_age")]


class Spent(models.Model):
    """How many unsafe requests a person or an address (`who`, hashed) sent in the minute `minute` (since 1970)."""

    who = models.CharField(max_length=64, unique=True)
    minute = models.BigIntegerField()
    number = models.PositiveIntegerField(default=1)
