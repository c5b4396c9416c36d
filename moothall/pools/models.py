"""Pools: many who buy together, at a price that falls for all of them; and what each of them pledged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from moothall.catalog.models import Product, Variant
from moothall.core import clock, ids
from moothall.core.models import Claimable
from moothall.core.money import Money
from moothall.orders.models import Purchase
from moothall.people.models import Profile


class Pool(Claimable):
    """So many pieces of a product together, until a deadline: then it is decided once. As work it is due when it is to
    be decided, and once more when the grace for refused cards is over.

    `pieces` and `people` count the standing pledges while it is open, and those that counted once it is decided."""

    OPEN, WON, LOST, ENDED, CANCELLED = "open", "won", "lost", "ended", "cancelled"
    kind = "pool"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")  # of the team, who opened it
    words = models.CharField(max_length=400, blank=True, default="")
    minimum = models.PositiveIntegerField()
    most = models.PositiveIntegerField(null=True, blank=True)
    opened = models.DateTimeField(default=clock.now)
    deadline = models.DateTimeField()
    grace_days = models.PositiveSmallIntegerField(default=3)  # for those whose card is refused
    currency = models.CharField(max_length=3)
    stage = models.CharField(max_length=9, default=OPEN)
    decided = models.DateTimeField(null=True, blank=True)
    price = models.BigIntegerField(null=True, blank=True)  # for all, once it is won
    pieces = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[Pool]]

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage__in=("open", "won", "lost", "ended", "cancelled")), name="pool_stage"
            ),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="pool_minimum"),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gte=models.F("minimum")), name="pool_most"),
            models.CheckConstraint(
                condition=~Q(stage="open") | Q(most=None) | Q(pieces__lte=models.F("most")), name="pool_within"
            ),
            models.CheckConstraint(condition=Q(grace_days__range=(1, 14)), name="pool_grace"),
            models.CheckConstraint(
                condition=Q(stage="open", decided=None) | (~Q(stage="open") & Q(decided__isnull=False)),
                name="pool_decided",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=("won", "ended"), price__gt=0) | (~Q(stage__in=("won", "ended")) & Q(price=None)),
                name="pool_price",
            ),
            models.UniqueConstraint(fields=["product"], condition=Q(stage="open"), name="one_open_pool"),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["product", "-id"], name="pool_of_product"),
            models.Index(fields=["stage", "deadline", "id"], name="pool_by_deadline"),
        ]

    @property
    def is_open(self) -> bool:
        """Open, as far as this process knows: whether it is too late is decided by the database."""
        return self.stage == self.OPEN and clock.now() < self.deadline

    @property
    def money(self) -> Money | None:
        """The price for all, once it is won."""
        return None if self.price is None else Money(self.price, self.currency)

    @property
    def lowest(self) -> Money:
        """Of one of `open_on` or `cards`: the price it may come to."""
        return Money(getattr(self, "best", 0), self.currency)

    @property
    def first(self) -> Money:
        """Of one of `cards`: the price it begins with."""
        return Money(getattr(self, "top", 0), self.currency)

    @property
    def grace_ends(self) -> datetime:
        return (self.decided or self.deadline) + timedelta(days=self.grace_days)


class Tier(models.Model):
    """From so many pieces on it costs this for all."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="+")
    pieces = models.PositiveIntegerField()
    price = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "pieces"], name="tier_once"),
            models.UniqueConstraint(fields=["pool", "price"], name="tier_price_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1, price__gt=0), name="tier_is_something"),
        ]


class Pledge(Claimable):
    """One person's word in a pool: so many of a variant at no more than `limit` each. Their card is kept at the
    provider; we know its last four digits. As work it is due while something is to be done about it.

    *started*: no card yet, counts for nothing. *standing*: counts. *due*: won, to be charged. *failing*: the card was
    refused, it may be paid by page until the grace ends. *returning*: paid, and goes back, as all came to nothing."""

    STARTED, STANDING, WITHDRAWN, RELEASED = "started", "standing", "withdrawn", "released"
    DUE, PAID, FAILING, DROPPED = "due", "paid", "failing", "dropped"
    RETURNING, RETURNED = "returning", "returned"
    STATES = (STARTED, STANDING, WITHDRAWN, RELEASED, DUE, PAID, FAILING, DROPPED, RETURNING, RETURNED)
    OVER = (WITHDRAWN, RELEASED, DROPPED, PAID, RETURNED)  # its card is needed no more
    kind = "pledge"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    limit = models.BigIntegerField()  # for each piece
    sending = models.BigIntegerField(default=0)  # as it was said when it was pledged
    sending_words = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=9, default=STARTED)
    at = models.DateTimeField(default=clock.now)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=100)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    town = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    came_with = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)  # numbers the pages that ask for a card
    session = models.CharField(max_length=200, blank=True, default="", db_index=True)
    page = models.CharField(max_length=2000, blank=True, default="")
    customer = models.CharField(max_length=200, blank=True, default="")  # at the provider
    card = models.CharField(max_length=200, blank=True, default="")  # at the provider
    card_brand = models.CharField(max_length=20, blank=True, default="")
    last4 = models.CharField(max_length=4, blank=True, default="")
    tried = models.PositiveSmallIntegerField(default=0)  # purchases made of it
    asked = models.DateTimeField(null=True, blank=True)  # when the provider was first asked to charge
    purchase = models.OneToOneField(Purchase, models.PROTECT, related_name="+", null=True, blank=True)

    objects: ClassVar[models.Manager[Pledge]]

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state__in=(
                        *("started", "standing", "withdrawn", "released", "due"),
                        *("paid", "failing", "dropped", "returning", "returned"),
                    )
                ),
                name="pledge_state",
            ),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, 99), limit__gt=0, sending__gte=0), name="pledge_is_something"
            ),
            models.UniqueConstraint(
                fields=["pool", "person"],
                condition=Q(state__in=("started", "standing", "due", "failing", "paid")),
                name="one_pledge",
            ),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["pool", "state"], name="pledge_of_pool"),
            models.Index(fields=["person", "-id"], name="pledge_of_person"),
        ]

    @property
    def most(self) -> Money:
        """What each piece may cost."""
        return Money(self.limit, self.pool.currency)
