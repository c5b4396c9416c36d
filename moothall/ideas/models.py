"""Ideas: products that do not exist yet, in numbered versions; what others would change, and who stands behind them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from moothall.catalog.models import Product
from moothall.core import clock, ids
from moothall.core.models import Picture
from moothall.core.money import Money
from moothall.people.models import Profile

from .gates import Gate, Mark, Run, Sheet
from .standings import Crowd, Standing, Weighing
from .weights import CROWD, KNOWN, LET, NEW, STRANGER

__all__ = ["Crowd", "Gate", "Mark", "Run", "Sheet", "Standing", "Weighing"]  # beside what is declared here


class Concept(models.Model):
    """What an idea says."""

    title = models.CharField(max_length=80, blank=True, default="")
    problem = models.TextField(max_length=2000, blank=True, default="")
    use = models.TextField(max_length=2000, blank=True, default="")
    audience = models.CharField(max_length=200, blank=True, default="")
    low = models.BigIntegerField(null=True, blank=True)
    high = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)

    class Meta:
        abstract = True

    @property
    def lowest(self) -> Money | None:
        return None if self.low is None else Money(self.low, self.currency)

    @property
    def highest(self) -> Money | None:
        return None if self.high is None else Money(self.high, self.currency)


class Idea(Concept):
    """An idea as its newest version says it, or a draft that only its lead sees. It is its lead's, and addressed
    to one brand or to all. `likes`, `follows` and `pays` are the voices that count for it now (voices.py), those of
    ideas merged into it too, and `weight` is what they would weigh were all alike. `rank` is what they weigh
    (weights.py), and orders the lists; `heard` are those of `pays` that a gate counts."""

    kind = "idea"
    DRAFT, SHAPE, WITHDRAWN, MERGED = "draft", "shape", "withdrawn", "merged"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    lead = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    stage = models.CharField(max_length=10, default=DRAFT)
    number = models.PositiveIntegerField(default=0)  # of its newest version
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", null=True, blank=True)
    palette = models.CharField(max_length=12, default="stone")
    at = models.DateTimeField(default=clock.now)
    proposed = models.DateTimeField(null=True, blank=True)
    weight = models.PositiveIntegerField(default=0)
    likes = models.PositiveIntegerField(default=0)
    follows = models.PositiveIntegerField(default=0)
    pays = models.PositiveIntegerField(default=0)
    rank = models.PositiveBigIntegerField(default=0)
    heard = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=40, blank=True, default="")  # of the form it was first written in
    into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    merged = models.DateTimeField(null=True, blank=True)
    joined = models.PositiveIntegerField(default=0)  # how many ideas are merged into it
    forked_from = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    forked_number = models.PositiveIntegerField(null=True, blank=True)  # the version it was begun from
    hidden = models.DateTimeField(null=True, blank=True)  # removed by a steward, since when
    concept = models.OneToOneField(Product, models.PROTECT, related_name="+", null=True, blank=True)  # what it becomes

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stage__in=("draft", "shape", "withdrawn", "merged")), name="idea_stage"),
            models.CheckConstraint(condition=Q(stage="draft") | Q(number__gt=0), name="idea_has_a_version"),
            models.CheckConstraint(condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="idea_prices"),
            models.CheckConstraint(
                condition=Q(stage="merged", into__isnull=False, merged__isnull=False)
                | (~Q(stage="merged") & Q(into=None, merged=None)),
                name="idea_merged",
            ),
            models.CheckConstraint(
                condition=Q(forked_from=None, forked_number=None)
                | Q(forked_from__isnull=False, forked_number__isnull=False),
                name="idea_forked",
            ),
            models.UniqueConstraint(fields=["lead", "key"], condition=~Q(key=""), name="one_idea_a_form"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stage", "-weight", "-id"], name="idea_by_weight"),
            models.Index(fields=["stage", "-rank", "-id"], name="idea_by_rank"),
            models.Index(fields=["lead", "-id"], name="idea_of_lead"),
        ]

    def __str__(self) -> str:
        return self.title or _("An idea without a title")

    @property
    def shown(self) -> dict[str, object] | None:
        """Its picture as a page takes it, or None."""
        return self.picture.shown() if self.picture else None

    @property
    def is_draft(self) -> bool:
        return self.stage == self.DRAFT

    @property
    def stands(self) -> bool:
        return self.stage == self.SHAPE and self.hidden is None

    @property
    def is_merged(self) -> bool:
        return self.stage == self.MERGED


class Author(models.Model):
    """Somebody who leads an idea together with its lead: invited, standing, or no longer. `offered` is when the lead
    offered them the lead itself."""

    kind = "authorship"
    INVITED, STANDS, LEFT = "invited", "stands", "left"

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=INVITED)
    invited_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)  # since when it is so
    offered = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="one_authorship"),
            models.CheckConstraint(condition=Q(state__in=("invited", "stands", "left")), name="author_state"),
            models.CheckConstraint(condition=Q(offered=None) | Q(state="stands"), name="offered_to_who_stands"),
            models.UniqueConstraint(fields=["idea"], condition=Q(offered__isnull=False), name="offered_to_one"),
        ]

    def __str__(self) -> str:
        return f"authorship #{self.pk}"


class Merger(models.Model):
    """That one idea is counted with another: asked by the lead of the one, accepted by the lead of the other, ended by
    either. Nothing of the merged idea is changed by it: what the other counts is reckoned over both."""

    kind = "merger"
    ASKED, STANDS, DECLINED, BACK, ENDED = "asked", "stands", "declined", "back", "ended"

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    into = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    state = models.CharField(max_length=8, default=ASKED)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea"], condition=Q(state__in=("asked", "stands")), name="one_merger"),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "stands", "declined", "back", "ended")), name="merger_state"
            ),
            models.CheckConstraint(condition=~Q(idea=F("into")), name="merged_into_another"),
        ]

    def __str__(self) -> str:
        return f"merger #{self.pk}"


class Version(Concept):
    """What an idea said from then on; never changed."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")  # whose words the change was
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["idea", "number"], name="one_version")]


class Contribution(models.Model):
    """How somebody would say one part of an idea: taken in, which makes a version, declined with a reason, or taken
    back."""

    kind = "contribution"
    OPEN, TAKEN, DECLINED, BACK = "open", "taken", "declined", "back"
    PARTS = ("title", "problem", "use", "audience")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    part = models.CharField(max_length=8)
    base = models.PositiveIntegerField()  # the version they had before them
    words = models.TextField(max_length=2000)
    why = models.CharField(max_length=400, blank=True, default="")
    state = models.CharField(max_length=8, default=OPEN)
    answer = models.CharField(max_length=400, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)  # that took it in
    hidden = models.DateTimeField(null=True, blank=True)  # removed by a steward, since when

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part__in=("title", "problem", "use", "audience")), name="contribution_part"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "taken", "declined", "back")), name="contribution_state"
            ),
            models.CheckConstraint(
                condition=Q(state="taken", version__isnull=False) | (~Q(state="taken") & Q(version=None)),
                name="contribution_taken",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["idea", "state", "-id"], name="contribution_of")]

    def __str__(self) -> str:
        return f"{self.part} of {self.idea_id}"


class Backing(models.Model):
    """One person's voice for an idea, at its level of evidence: like, follow, or would pay so much. `trust` and
    `points` are what it was taken for, and weighed, when the idea it counts for was last weighed."""

    LIKE, FOLLOW, PAY = "like", "follow", "pay"
    WEIGHTS: ClassVar = {LIKE: 1, FOLLOW: 2, PAY: 4}

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8)
    price = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField(default=clock.now)
    trust = models.CharField(max_length=8, default=NEW)
    points = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "person"], name="one_voice"),
            models.CheckConstraint(
                condition=Q(trust__in=(KNOWN, LET, STRANGER)) | Q(trust__in=(NEW, CROWD), points=0),
                name="backing_trust",
            ),
            models.CheckConstraint(condition=Q(level__in=("like", "follow", "pay")), name="backing_level"),
            models.CheckConstraint(
                condition=Q(level="pay", price__gt=0) | (~Q(level="pay") & Q(price=None)), name="backing_price"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["idea", "level", "price"], name="backing_prices"),
            models.Index(fields=["at"], condition=Q(trust=CROWD), name="backing_in_crowd"),
        ]

    @property
    def money(self) -> Money | None:
        return None if self.price is None else Money(self.price, self.currency)
