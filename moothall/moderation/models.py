"""What is reported to the stewards, what they decide, and what becomes of an appeal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.people.models import Profile


class Case(models.Model):
    """A thing that was reported, until it is decided: kept, or hidden for a public reason. Its owner may appeal once;
    then it is restored, or the decision is upheld; what was upheld may still be restored later, which has columns of
    its own, so that the answer to the appeal stands. `brand` is one that the thing concerns and of whose team the
    steward was who decided (`answer_brand`: who answered the appeal, `restored_brand`: who restored it after that);
    `reports` counts who reported it."""

    kind = "case"
    OPEN, KEPT, HIDDEN, APPEALED, UPHELD, RESTORED = "open", "kept", "hidden", "appealed", "upheld", "restored"
    REMOVED = (HIDDEN, APPEALED, UPHELD)

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    owner = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, default=OPEN)
    reports = models.PositiveIntegerField(default=0)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    appealed = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(max_length=1000, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    answer_brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    restored = models.DateTimeField(null=True, blank=True)  # after it was upheld
    restored_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    restored_brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    restored_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("open", "kept", "hidden", "appealed", "upheld", "restored")), name="case_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided=None, decided_by=None)
                | (~Q(state="open") & Q(decided__isnull=False, decided_by__isnull=False)),
                name="case_decided",
            ),
            models.CheckConstraint(condition=Q(state__in=("open", "kept")) | ~Q(reason=""), name="case_has_reason"),
            models.CheckConstraint(
                condition=(Q(state__in=("upheld", "restored"), answered__isnull=False) & ~Q(answer=""))
                | (~Q(state__in=("upheld", "restored")) & Q(answered=None)),
                name="case_answered",
            ),
            models.CheckConstraint(
                condition=(Q(appealed__isnull=False) & ~Q(appeal="")) | Q(appealed=None, appeal=""), name="case_appeal"
            ),
            models.CheckConstraint(
                condition=(Q(state="restored", restored__isnull=False, restored_by__isnull=False) & ~Q(restored_why=""))
                | Q(restored=None, restored_by=None, restored_brand=None, restored_why=""),
                name="case_restored",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state__in=("open", "hidden", "appealed", "upheld")),
                name="one_case",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="case_queue"),
            models.Index(fields=["-decided", "-id"], name="case_log"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="case_of"),
        ]

    def __str__(self) -> str:
        return self.public

    @property
    def is_removed(self) -> bool:
        return self.state in self.REMOVED

    @classmethod
    def public_ones(cls) -> Q:
        """Removals are read by everybody, and whatever a steward of a brand that it concerns decided."""
        return Q(state__in=(*cls.REMOVED, cls.RESTORED)) | Q(state=cls.KEPT, brand__isnull=False)


class Report(models.Model):
    """What somebody found wrong with a thing; one for each case and person."""

    SPAM, ABUSE, UNLAWFUL, PRIVATE, OTHER = "spam", "abuse", "unlawful", "private", "other"
    SORTS = (SPAM, ABUSE, UNLAWFUL, PRIVATE, OTHER)

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=8)
    words = models.TextField(max_length=1000, blank=True, default="")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "by"], name="one_report"),
            models.CheckConstraint(
                condition=Q(sort__in=("spam", "abuse", "unlawful", "private", "other")), name="report_sort"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "-id"], name="report_by")]

    def __str__(self) -> str:
        return f"{self.sort} of {self.case_id}"
