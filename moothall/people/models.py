"""Accounts (who signs in), profiles (who acts and is seen), and the ties between profiles."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from moothall.core import clock, ids
from moothall.core.models import Picture

PERSON, BRAND, GUEST, HALL = "person", "brand", "guest", "hall"
OWNER, MAKER, SELLER, AGENT, MARKETER = "owner", "maker", "seller", "agent", "marketer"
SHOP = "shop"  # the one channel of a brand there is yet


class Profile(models.Model):
    """The public face of a person, a brand, a guest, or the hall. Everything social points here."""

    kind = "profile"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    sort = models.CharField(max_length=6, default=PERSON)
    handle = models.CharField(max_length=30, unique=True, null=True)
    name = models.CharField(max_length=60)
    words = models.CharField(max_length=400, blank=True, default="")
    portrait = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+")
    palette = models.CharField(max_length=12, default="stone")
    since = models.DateTimeField(default=clock.now)
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    gone = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sort__in=(PERSON, BRAND, GUEST, HALL)), name="profile_sort"),
            models.CheckConstraint(condition=Q(sort=GUEST) | Q(handle__isnull=False), name="handle_or_guest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_brand(self) -> bool:
        return self.sort == BRAND

    @property
    def picture(self) -> str | None:
        """The address of the face, or None; queries bring `portrait` along."""
        return self.portrait.address(320) if self.portrait else None

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper() or "?"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """What signs in. Raising `epoch` signs out everywhere."""

    email = models.EmailField(max_length=254, unique=True)
    profile = models.OneToOneField(Profile, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    is_steward = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=0)
    date_joined = models.DateTimeField(default=clock.now)
    findable = models.BooleanField(default=False)
    brought_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")

    USERNAME_FIELD = "email"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}{self.epoch}"


class Member(models.Model):
    """A person of a brand's team, in one role."""

    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "person"], name="one_role")]


class Follow(models.Model):
    """A directed tie to a person, or to one channel of a brand."""

    follower = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    source = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, blank=True, default="")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follower", "source", "channel"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=models.F("source")), name="follow_others"),
        ]


class Circle(models.Model):
    """A person's own named list of people; only its owner knows its name and who is in it."""

    kind = "circle"

    owner = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    name = models.CharField(max_length=40)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], condition=Q(ended=None), name="circle_name")
        ]

    def __str__(self) -> str:
        return self.name


class CircleMember(models.Model):
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["circle", "person"], name="in_circle_once")]


class Block(models.Model):
    """Neither sees anything of the other, anywhere."""

    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    whom = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "whom"], name="block_once"),
            models.CheckConstraint(condition=~Q(by=models.F("whom")), name="block_others"),
        ]


class Mute(models.Model):
    """One no longer hears of the other, who does not learn of it."""

    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    whom = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "whom"], name="mute_once"),
            models.CheckConstraint(condition=~Q(by=models.F("whom")), name="mute_others"),
        ]


class SignIn(AbstractBaseSession):
    """A browser's session. Of one that is signed in the row says whose it is, since when, the day it last did
    something, and what the browser calls itself; nothing of where it is. Deleted, it is signed out."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    public = models.CharField(max_length=10, blank=True, default="")
    begun = models.DateTimeField(null=True)
    seen = models.DateField(null=True)
    browser = models.CharField(max_length=60, blank=True, default="")


class Limit(models.Model):
    """Who tried what how often: what allauth counts, shared by all processes. The columns are those that Django's
    cache in a database asks for."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)


class Tally(models.Model):
    """How often a profile did something in a day or a month, for what has a limit."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "what"], name="one_tally")]


class OldHandle(models.Model):
    """A handle that its owner gave up: it leads to the new one, and nobody else gets it."""

    handle = models.CharField(max_length=30, unique=True)
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)


class TeamInvitation(models.Model):
    """An owner's wish to have a person in the team; the person accepts or declines."""

    kind = "team invitation"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "person"], name="asked_once")]


class Invitation(models.Model):
    """A person's call to somebody to come here: a link that some may use, or a mail to one address. The address is
    forgotten once it is of no more use; its mark (a keyed hash) stays, so that nobody is written to too often."""

    kind = "invitation"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    email = models.EmailField(max_length=254, blank=True, default="")
    mark = models.CharField(max_length=64, blank=True, default="")
    words = models.CharField(max_length=400, blank=True, default="")
    follow_back = models.BooleanField(default=True)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    uses = models.PositiveSmallIntegerField(default=0)
    limit = models.PositiveSmallIntegerField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(uses__lte=models.F("limit")), name="no_use_too_many")
        ]
        indexes: ClassVar = [models.Index(fields=["mark"], condition=~Q(mark=""), name="invited_address")]

    def __str__(self) -> str:
        return self.public

    @property
    def is_open(self) -> bool:
        return self.ended is None and self.until > clock.now() and self.uses < self.limit


class Taking(models.Model):
    """A person who came by an invitation, or met their friend here by it."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "person"], name="taken_once")]


class NoMail(models.Model):
    """An address, by its mark, whose owner wants no invitations by mail from anybody."""

    mark = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=clock.now)


class Suspension(models.Model):
    """An account shut by a steward, who says why; ended, it stays as history."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=500)
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended=None), name="one_suspension")
        ]

    def __str__(self) -> str:
        return f"suspension #{self.pk}"


class Token(models.Model):
    """By which a program acts for a person. Only its hash is kept: who loses the token makes another one."""

    kind = "token"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    name = models.CharField(max_length=60)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=60)  # words with spaces between
    made = models.DateTimeField(default=clock.now)
    used = models.DateField(null=True, blank=True)  # the last day on which it was
    ends = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> list[str]:
        return self.scopes.split()
