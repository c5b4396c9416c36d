"""What people say about things: comments with answers, reactions to them, and who is called by name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Picture
from moothall.people.models import Profile


class Comment(models.Model):
    """What somebody says under a thing of some kind, or in answer to another comment there (`parent`, which answers
    nothing itself; `to` is the one that was answered, the parent or another answer under it). `brand` is the one of
    whose team they spoke. `nth` is an answer's number under its parent; `answers` counts all there ever were, `live`
    those that stand."""

    kind = "comment"
    STANDS, WITHDRAWN, HIDDEN = "stands", "withdrawn", "hidden"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    to = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    nth = models.PositiveIntegerField(default=0)
    words = models.TextField(max_length=4000)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    edited = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, default=STANDS)
    withdrawn = models.DateTimeField(null=True, blank=True)
    # Why a steward removed it, as the case says: a page that shows what is said asks no cases.
    reason = models.CharField(max_length=300, blank=True, default="")
    answers = models.PositiveIntegerField(default=0)
    live = models.PositiveIntegerField(default=0)
    helpful = models.PositiveIntegerField(default=0)
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("stands", "withdrawn", "hidden")), name="comment_state"),
            models.CheckConstraint(
                condition=Q(parent=None, nth=0) | Q(parent__isnull=False, nth__gt=0, answers=0, live=0),
                name="comment_answers_once",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn__isnull=False) | (~Q(state="withdrawn") & Q(withdrawn=None)),
                name="comment_withdrawn",
            ),
            models.CheckConstraint(
                condition=(Q(state="hidden") & ~Q(reason="")) | (~Q(state="hidden") & Q(reason="")),
                name="comment_hidden",
            ),
            models.CheckConstraint(condition=Q(to=None) | Q(parent__isnull=False), name="comment_to"),
            models.CheckConstraint(condition=Q(live__lte=models.F("answers")), name="comment_live"),
            models.UniqueConstraint(fields=["parent", "nth"], name="comment_nth"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], condition=Q(parent=None), name="comment_newest"),
            models.Index(fields=["by", "-id"], name="comment_by"),
            models.Index(fields=["withdrawn"], condition=Q(state="withdrawn") & ~Q(words=""), name="comment_to_forget"),
        ]

    def __str__(self) -> str:
        return self.public

    @property
    def stands(self) -> bool:
        return self.state == self.STANDS


class Reaction(models.Model):
    """One person's to one comment."""

    HELPFUL, AGREE, DISAGREE = "helpful", "agree", "disagree"
    SORTS = (HELPFUL, AGREE, DISAGREE)

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "person"], name="one_reaction"),
            models.CheckConstraint(condition=Q(sort__in=("helpful", "agree", "disagree")), name="reaction_sort"),
        ]


class Mention(models.Model):
    """Somebody who is called by name in a comment, as they were called then. Told once."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    handle = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "person"], name="mentioned_once")]
