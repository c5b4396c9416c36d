"""Notices: what somebody is told of; what they chose to be told, where and when; and what waits to be mailed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.activity.models import Act
from moothall.core.models import Claimable
from moothall.people.models import Profile

NEVER, AT_ONCE, DAILY, WEEKLY = "never", "at_once", "daily", "weekly"
MAILS = (NEVER, AT_ONCE, DAILY, WEEKLY)


class Notice(models.Model):
    """One act told to one person, once. `on_page` is their choice of that time."""

    who = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    tell = models.CharField(max_length=80)  # the name of the reason, as tells.py has it
    sort = models.CharField(max_length=8)
    at = models.DateTimeField()
    on_page = models.BooleanField(default=True)
    seen = models.DateTimeField(null=True, blank=True)
    mailed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["who", "act"], name="told_once")]
        indexes: ClassVar = [
            models.Index(fields=["who", "-id"], condition=Q(on_page=True), name="notice_page"),
            models.Index(fields=["who"], condition=Q(on_page=True, seen=None), name="notice_unseen"),
            models.Index(fields=["at"], name="notice_old"),
        ]

    def __str__(self) -> str:
        return f"{self.tell} #{self.pk}"


class Letter(Claimable):
    """A notice that waits for its mail. Whoever finds one ripe mails all that are ripe for the same person, in one.

    `ripe` is when: claiming pushes `due` ahead, and who looks beside must know of it all the same."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="+")
    ripe = models.DateTimeField()

    class Meta(Claimable.Meta):
        abstract = False


class Choice(models.Model):
    """What somebody chose for a sort of notices; who chose nothing has the default of sorts.py."""

    who = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=8)
    page = models.BooleanField()
    mail = models.CharField(max_length=7)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "sort"], name="one_choice"),
            models.CheckConstraint(condition=Q(mail__in=MAILS), name="choice_mail"),
        ]


class Hours(models.Model):
    """When somebody is left in peace and when digests come, by the clocks of their zone. Digests: an hour, and for
    the weekly one a day (0 is Monday)."""

    who = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digest_day = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23, digest_day__lte=6), name="digest_when"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_both",
            ),
        ]
