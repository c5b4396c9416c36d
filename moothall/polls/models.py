"""Polls: a question about a thing with fixed answers, which people choose of, rank, or say yes or no to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Claimable
from moothall.core.money import Money
from moothall.people.models import Profile

OPTIONS, RANKED, PRICE = "options", "ranked", "price"
ALWAYS, AFTER, OVER = "always", "after", "over"


class Poll(Claimable):
    """A question on a thing of some kind, open until `closes` or until it was closed. As work it is due when it closes.

    `brand` is the one in whose name it is asked. `shown` says when its results are: always, after one's own answer,
    when it is over. `answers` counts people, `turn` each change of what they said. `seat` is one of five that a thing
    has for open polls, so that there are never more."""

    kind = "poll"
    SORTS = (OPTIONS, RANKED, PRICE)
    SHOWN = (ALWAYS, AFTER, OVER)

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    question = models.CharField(max_length=140)
    words = models.TextField(max_length=1000, blank=True, default="")
    added = models.DateTimeField(null=True, blank=True)  # when words were added after somebody had answered
    sort = models.CharField(max_length=7)
    several = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    shown = models.CharField(max_length=6, default=ALWAYS)
    made = models.DateTimeField(default=clock.now)
    closes = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    hidden = models.DateTimeField(null=True, blank=True)  # removed by a steward, since when
    answers = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[Poll]]

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sort__in=("options", "ranked", "price")), name="poll_sort"),
            models.CheckConstraint(condition=Q(shown__in=("always", "after", "over")), name="poll_shown"),
            models.CheckConstraint(condition=Q(several=False) | Q(sort="options"), name="poll_several"),
            models.CheckConstraint(
                condition=Q(closed=None, seat__range=(1, 5)) | Q(closed__isnull=False, seat=None), name="poll_seated"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(closed__isnull=False, answers=0), name="poll_withdrawn"
            ),
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "seat"], name="poll_seat"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(sort="price", closed=None),
                name="one_open_price_question",
            ),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="poll_of_subject"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        """Open, as far as this process knows: whether it is too late is decided by the database."""
        return self.stands and self.closed is None and clock.now() < self.closes

    @property
    def stands(self) -> bool:
        return self.withdrawn is None and self.hidden is None


class Choice(models.Model):
    """What one may answer: words, or a price. Its name is new whenever the question is changed, so that nobody answers
    another question than they read."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=80, blank=True, default="")
    price = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "position"], name="choice_place"),
            models.UniqueConstraint(fields=["poll", "price"], name="choice_price"),
            models.CheckConstraint(condition=Q(words="", price__gt=0) | (~Q(words="") & Q(price=None)), name="choice"),
        ]

    def said(self, currency: str) -> str:
        """Its words, or its price in that currency."""
        return self.words if self.price is None else Money(self.price, currency).text


class Answer(models.Model):
    """That somebody answered. Told to nobody but themselves."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "person"], name="one_answer")]


class Pick(models.Model):
    """A choice in an answer: ticked, or at a `place` of it, or answered with `yes` or no."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="picks")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    yes = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "choice"], name="picked_once"),
            models.UniqueConstraint(fields=["answer", "place"], name="pick_place"),
            models.CheckConstraint(condition=Q(place=None) | Q(yes=None, place__gte=1), name="pick_of_one_sort"),
        ]
