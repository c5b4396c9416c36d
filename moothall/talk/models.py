"""What people say: posts, comments with answers, reactions to them, and who is called by name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Picture
from moothall.people.models import Profile


class Said(models.Model):
    """What posts and comments have in common: who says it, and what became of it. `brand` is the one of whose team they
    spoke. Rows about one name it by its kind: a reaction to a comment has `comment`."""

    kind: ClassVar[str]
    reactions: ClassVar[type[models.Model]]
    mentions: ClassVar[type[models.Model]]
    STANDS, WITHDRAWN, HIDDEN = "stands", "withdrawn", "hidden"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    words = models.TextField(max_length=4000)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=clock.now)
    edited = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, default=STANDS)
    withdrawn = models.DateTimeField(null=True, blank=True)
    # Why a steward removed it, as the case says: a page that shows what is said asks no cases.
    reason = models.CharField(max_length=300, blank=True, default="")
    helpful = models.PositiveIntegerField(default=0)
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("stands", "withdrawn", "hidden")), name="%(class)s_state"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn__isnull=False) | (~Q(state="withdrawn") & Q(withdrawn=None)),
                name="%(class)s_withdrawn",
            ),
            models.CheckConstraint(
                condition=(Q(state="hidden") & ~Q(reason="")) | (~Q(state="hidden") & Q(reason="")),
                name="%(class)s_hidden",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["by", "-id"], name="%(class)s_by"),
            models.Index(
                fields=["withdrawn"], condition=Q(state="withdrawn") & ~Q(words=""), name="%(class)s_to_forget"
            ),
        ]

    def __str__(self) -> str:
        return self.public

    @property
    def stands(self) -> bool:
        return self.state == self.STANDS


class Post(Said):
    """What somebody says that is about no one thing: on their own page, or in the Talk channel of a brand. `alt` says
    what its picture shows."""

    kind = "post"

    channel = models.ForeignKey(Profile, models.PROTECT, related_name="+", null=True, blank=True)
    alt = models.CharField(max_length=300, blank=True, default="")

    class Meta(Said.Meta):
        abstract = False
        constraints: ClassVar = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=Q(alt="") | Q(picture__isnull=False), name="post_alt"),
        ]
        indexes: ClassVar = [
            *Said.Meta.indexes,
            models.Index(fields=["channel", "-id"], condition=Q(channel__isnull=False), name="post_newest"),
        ]


class Comment(Said):
    """What somebody says under a thing of some kind, or in answer to another comment there (`parent`, which answers
    nothing itself; `to` is the one that was answered, the parent or another answer under it). `nth` is an answer's
    number under its parent; `answers` counts all there ever were, `live` those that stand."""

    kind = "comment"

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    to = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    nth = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    live = models.PositiveIntegerField(default=0)

    class Meta(Said.Meta):
        abstract = False
        constraints: ClassVar = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent=None, nth=0) | Q(parent__isnull=False, nth__gt=0, answers=0, live=0),
                name="comment_answers_once",
            ),
            models.CheckConstraint(condition=Q(to=None) | Q(parent__isnull=False), name="comment_to"),
            models.CheckConstraint(condition=Q(live__lte=models.F("answers")), name="comment_live"),
            models.UniqueConstraint(fields=["parent", "nth"], name="comment_nth"),
        ]
        indexes: ClassVar = [
            *Said.Meta.indexes,
            models.Index(fields=["subject_kind", "subject_id", "-id"], condition=Q(parent=None), name="comment_newest"),
        ]


class Reacted(models.Model):
    """How one person finds what another said."""

    HELPFUL, AGREE, DISAGREE = "helpful", "agree", "disagree"
    SORTS = (HELPFUL, AGREE, DISAGREE)

    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sort__in=("helpful", "agree", "disagree")), name="%(class)s_sort")
        ]


class Reaction(Reacted):
    """One person's to one comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")

    class Meta(Reacted.Meta):
        abstract = False
        constraints: ClassVar = [
            *Reacted.Meta.constraints,
            models.UniqueConstraint(fields=["comment", "person"], name="one_reaction"),
        ]


class PostReaction(Reacted):
    """One person's to one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta(Reacted.Meta):
        abstract = False
        constraints: ClassVar = [
            *Reacted.Meta.constraints,
            models.UniqueConstraint(fields=["post", "person"], name="one_post_reaction"),
        ]


class Called(models.Model):
    """Somebody who is called by name, as they were called then. Told once."""

    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    handle = models.CharField(max_length=30)

    class Meta:
        abstract = True


class Mention(Called):
    """In a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "person"], name="mentioned_once")]


class PostMention(Called):
    """In a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "person"], name="mentioned_once_in_post")]


Comment.reactions, Comment.mentions = Reaction, Mention
Post.reactions, Post.mentions = PostReaction, PostMention
