"""The hall itself, pictures, the columns that every row of background work has, what tells how that work goes, and the
index of what can be found."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.storage import default_storage
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from . import clock


class Hall(models.Model):
    """The one row that says what this hall is. `demo` opens the demo doors, and nothing else does."""

    name = models.CharField(max_length=60, default="Moothall")
    place = models.CharField(max_length=60, blank=True, default="")
    currency = models.CharField(max_length=3, default="GBP")
    demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_hall")]


class Picture(models.Model):
    """A picture that was decoded and encoded anew; files lie in storage by content, one for each width."""

    hash = models.CharField(max_length=32, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    avif = models.JSONField(default=list)  # the widths that are there as AVIF too, once the worker drew them
    palette = models.CharField(max_length=12, default="stone")

    def file(self, width: int, form: str = "webp") -> str:
        return f"pictures/{self.hash[:2]}/{self.hash}-{width}.{form}"

    @property
    def files(self) -> list[str]:
        """The names of all its files."""
        return [self.file(width) for width in self.widths] + [self.file(width, "avif") for width in self.avif]

    def address(self, width: int) -> str:
        """The address of the smallest file at least this wide, or of the widest there is."""
        fit = [w for w in self.widths if w >= width] or [max(self.widths)]
        return str(default_storage.url(self.file(min(fit))))

    def shown(self, alt: str = "") -> dict[str, object]:
        """As a page's picture takes it."""
        return {
            "src": self.address(640),
            "srcset": self.srcset,
            "avif": self.avif_srcset,
            "width": self.width,
            "height": self.height,
            "alt": alt,
        }

    @property
    def srcset(self) -> str:
        return ", ".join(f"{default_storage.url(self.file(w))} {w}w" for w in self.widths)

    @property
    def avif_srcset(self) -> str:
        """The same as AVIF, which most browsers prefer; nothing while one width is missing."""
        whole = set(self.avif) >= set(self.widths)
        return ", ".join(f"{default_storage.url(self.file(w, 'avif'))} {w}w" for w in self.widths) if whole else ""


class Claimable(models.Model):
    """A row of background work. A worker claims it by pushing `due` ahead; who finds it due later may try again."""

    due = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True, default="")
    dead = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True
        indexes: ClassVar = [models.Index(fields=["due"], condition=Q(dead=None), name="%(class)s_due")]


class Encoding(Claimable):
    """A picture that has yet to be drawn as AVIF."""

    picture = models.OneToOneField(Picture, models.CASCADE, related_name="+")

    class Meta(Claimable.Meta):
        abstract = False


class Heart(models.Model):
    """A worker that lives: it writes when it did so last, and what it has in hand since when."""

    name = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(default=clock.now)
    hand = models.CharField(max_length=80, blank=True, default="")
    begun = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Daily(Claimable):
    """What is done once a day: when it is due, and what came of it last. `kept` is what a page shows of it."""

    name = models.CharField(max_length=30, unique=True)
    began = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    well = models.BooleanField(null=True)
    said = models.JSONField(default=list)
    kept = models.JSONField(default=list)

    class Meta(Claimable.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name


class Folded(models.CharField):  # type: ignore[type-arg]
    """Text that is compared and ordered byte by byte on either database, whatever the language of the cluster."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": collation}


class Word(models.Model):
    """A folded word that things of one kind hold, and how many of them do."""

    kind = models.CharField(max_length=12)
    word = Folded(max_length=32)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "word"], name="word_once")]

    def __str__(self) -> str:
        return str(self.word)


class Near(models.Model):
    """A word less one of its letters: what it has in common with a word that is one slip away."""

    word = models.ForeignKey(Word, models.CASCADE, related_name="+")
    shape = Folded(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shape", "word"], name="near_once")]


class Posting(models.Model):
    """A thing (of the word's kind) that holds the word, and how much it says about it."""

    word = models.ForeignKey(Word, models.CASCADE, related_name="+", db_index=False)
    subject_id = models.BigIntegerField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject_id", "word"], name="posting_once")]
        indexes: ClassVar = [models.Index(fields=["word", "-weight", "-subject_id"], name="posting_best")]


class Stale(Claimable):
    """A thing that was changed and has to be read into the index anew. Rows are only added and, when read, deleted."""

    kind = models.CharField(max_length=12)
    subject_id = models.BigIntegerField()

    class Meta(Claimable.Meta):
        abstract = False
