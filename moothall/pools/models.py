"""Pools: many who buy together, at a price that falls for all of them; what each of them pledged; and, where the thing
is yet to be made, how far its making is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from moothall.catalog.models import Product, Variant
from moothall.core import clock, ids
from moothall.core.models import Claimable
from moothall.core.money import Money
from moothall.orders.models import Purchase
from moothall.people.models import Profile
from moothall.prices.costs import Taxing


def today() -> date:
    """The day it is in the hall's time zone."""
    return timezone.localtime(clock.now(), timezone.get_default_timezone()).date()


def midnight_after(day: date) -> datetime:
    """When a day is over in the hall's time zone, however many hours it had."""
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())


class Pool(Claimable):
    """So many pieces of a product together, until a deadline: then it is decided once. As work it is due when it is to
    be decided, once more when the grace for refused cards is over, and where delivery is promised on the day after.

    `pieces` and `people` count the standing pledges while it is open, and those that counted once it is decided.

    One on a `concept` may begin by *gathering*: no price and no deadline yet, and pledges are evidence. A brand's go
    and the lead's yes open it at one price, with a `promised` day of delivery."""

    GATHERING, OPEN, WON, LOST, ENDED, CANCELLED = "gathering", "open", "won", "lost", "ended", "cancelled"
    TAKING = (GATHERING, OPEN)  # pledges
    kind = "pool"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")  # of the team, who opened it
    words = models.CharField(max_length=400, blank=True, default="")
    minimum = models.PositiveIntegerField()
    most = models.PositiveIntegerField(null=True, blank=True)
    opened = models.DateTimeField(default=clock.now)
    deadline = models.DateTimeField(null=True, blank=True)  # none while gathering
    grace_days = models.PositiveSmallIntegerField(default=3)  # for those whose card is refused
    currency = models.CharField(max_length=3)
    stage = models.CharField(max_length=9, default=OPEN)
    decided = models.DateTimeField(null=True, blank=True)
    price = models.BigIntegerField(null=True, blank=True)  # for all, once it is won
    pieces = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    wound_up = models.DateTimeField(null=True, blank=True)  # when it was seen that enough were charged
    concept = models.BooleanField(default=False)  # on what is yet to be made
    promised = models.DateField(null=True, blank=True)  # the day by which it is delivered
    first_promised = models.DateField(null=True, blank=True)  # where the promised day was moved
    moved = models.DateTimeField(null=True, blank=True)
    moved_why = models.CharField(max_length=400, blank=True, default="")
    late = models.DateTimeField(null=True, blank=True)  # when it was told that the promised day is over

    objects: ClassVar[models.Manager[Pool]]

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage__in=("gathering", "open", "won", "lost", "ended", "cancelled")), name="pool_stage"
            ),
            models.CheckConstraint(
                condition=Q(stage="gathering", deadline=None, concept=True)
                | Q(stage="cancelled", concept=True)
                | (~Q(stage="gathering") & Q(deadline__isnull=False)),
                name="pool_deadline",
            ),
            models.CheckConstraint(condition=Q(promised=None) | Q(concept=True), name="pool_promised"),
            models.CheckConstraint(
                condition=Q(moved=None, first_promised=None)
                | Q(moved__isnull=False, first_promised__lt=models.F("promised")),
                name="pool_moved",
            ),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="pool_minimum"),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gte=models.F("minimum")), name="pool_most"),
            models.CheckConstraint(
                condition=~Q(stage="open") | Q(most=None) | Q(pieces__lte=models.F("most")), name="pool_within"
            ),
            models.CheckConstraint(condition=Q(grace_days__range=(1, 14)), name="pool_grace"),
            models.CheckConstraint(
                condition=Q(stage__in=("gathering", "open"), decided=None)
                | (~Q(stage__in=("gathering", "open")) & Q(decided__isnull=False)),
                name="pool_decided",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=("won", "ended"), price__gt=0) | (~Q(stage__in=("won", "ended")) & Q(price=None)),
                name="pool_price",
            ),
            models.UniqueConstraint(
                fields=["product"], condition=Q(stage__in=("gathering", "open")), name="one_open_pool"
            ),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["product", "-id"], name="pool_of_product"),
            models.Index(fields=["stage", "deadline", "id"], name="pool_by_deadline"),
        ]

    @property
    def is_open(self) -> bool:
        """Open, as far as this process knows: whether it is too late is decided by the database."""
        return self.stage == self.OPEN and clock.now() < self.ends

    @property
    def is_gathering(self) -> bool:
        return self.stage == self.GATHERING

    @property
    def takes_pledges(self) -> bool:
        return self.is_open or self.is_gathering

    @property
    def ends(self) -> datetime:
        """Its deadline; while it gathers there is none, and nobody asks."""
        assert self.deadline is not None
        return self.deadline

    @property
    def late_from(self) -> datetime | None:
        """When the promised day is over."""
        return None if self.promised is None else midnight_after(self.promised)

    @property
    def money(self) -> Money | None:
        """The price for all, once it is won."""
        return None if self.price is None else Money(self.price, self.currency)

    @property
    def lowest(self) -> Money:
        """Of one of `open_on` or `cards`: the price it may come to."""
        return Money(self.best, self.currency)  # type: ignore[attr-defined]  # fails where it was not asked for

    @property
    def first(self) -> Money:
        """Of one of `cards`: the price it begins with."""
        return Money(self.top, self.currency)  # type: ignore[attr-defined]

    @property
    def grace_ends(self) -> datetime:
        return (self.decided or self.ends) + timedelta(days=self.grace_days)


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

    *started*: no card yet, counts for nothing. *standing*: counts. *asked*: pledged while it gathered for less than
    what it costs now, counts for nothing until its person says yes. *unmet*: let go for itself: its person did not say
    yes, or the brand sends nothing there. *due*: won, to be charged. *failing*: the card was refused, it may be paid
    by page until the grace ends. *returning*: paid, and goes back, as all came to nothing; *returned* too where the
    thing was late and its person chose the money (`offered`: since when they may)."""

    STARTED, STANDING, ASKED = "started", "standing", "asked"
    WITHDRAWN, RELEASED, UNMET = "withdrawn", "released", "unmet"
    DUE, PAID, FAILING, DROPPED = "due", "paid", "failing", "dropped"
    RETURNING, RETURNED = "returning", "returned"
    STATES = (
        *(STARTED, STANDING, ASKED, WITHDRAWN, RELEASED, UNMET),
        *(DUE, PAID, FAILING, DROPPED, RETURNING, RETURNED),
    )
    OVER = (WITHDRAWN, RELEASED, UNMET, DROPPED, PAID, RETURNED)  # its card is needed no more
    kind = "pledge"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    limit = models.BigIntegerField()  # for each piece
    sending = models.BigIntegerField(default=0)  # as it was said when it was pledged
    sending_words = models.CharField(max_length=100, blank=True, default="")
    tax_rate = models.PositiveIntegerField(null=True, blank=True)  # as it was then, in hundredths of a percent
    sending_tax = models.PositiveIntegerField(default=0)
    tax_included = models.BooleanField(default=True)
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
    refused = models.DateTimeField(null=True, blank=True)  # when its card was
    tried = models.PositiveSmallIntegerField(default=0)  # purchases made of it
    asked = models.DateTimeField(null=True, blank=True)  # when the provider was first asked to charge
    offered = models.DateTimeField(null=True, blank=True)  # since when its person may have the money back
    purchase = models.OneToOneField(Purchase, models.PROTECT, related_name="+", null=True, blank=True)

    objects: ClassVar[models.Manager[Pledge]]

    class Meta(Claimable.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state__in=(
                        *("started", "standing", "asked", "withdrawn", "released", "unmet", "due"),
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
                condition=Q(state__in=("started", "standing", "asked", "due", "failing", "paid")),
                name="one_pledge",
            ),
        ]
        indexes: ClassVar = [
            *Claimable.Meta.indexes,
            models.Index(fields=["pool", "state"], name="pledge_of_pool"),
            models.Index(fields=["person", "-id"], name="pledge_of_person"),
        ]

    @property
    def taxed(self) -> Taxing | None:
        """The taxes that were told with what it costs at most."""
        return None if self.tax_rate is None else Taxing(self.tax_rate, self.sending_tax, self.tax_included)

    @property
    def grace_ends(self) -> datetime:
        """Until when it may be paid by another card: a bank that says no late takes nobody's time."""
        return self.pool.grace_ends if self.refused is None else self.refused + timedelta(days=self.pool.grace_days)

    @property
    def most(self) -> Money:
        """What each piece may cost."""
        return Money(self.limit, self.pool.currency)


class Milestone(models.Model):
    """One step of making what was pledged for, by a day. Moved, it keeps the day it was first planned for and says why;
    done, it says how it went."""

    kind = "milestone"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    pool = models.ForeignKey(Pool, models.CASCADE, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    words = models.CharField(max_length=140)
    due = models.DateField()
    first_due = models.DateField(null=True, blank=True)  # where it was moved
    why = models.CharField(max_length=400, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    at = models.DateTimeField(default=clock.now)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first_due=None) | ~Q(why=""), name="milestone_moved_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["pool", "due", "id"], name="milestone_of_pool")]

    def __str__(self) -> str:
        return f"milestone {self.public}"

    @property
    def is_overdue(self) -> bool:
        return self.done is None and self.due < today()
