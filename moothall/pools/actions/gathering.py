"""A pool on a concept: it gathers pledges at no price yet, and opens at the one a brand named, each pledge by its own
limit. Who may begin, open or end one is for whoever knows the idea behind it to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.catalog.models import CONCEPT, Product
from moothall.core import clock, work
from moothall.core.refusals import Refusal
from moothall.people.actions import the_hall
from moothall.people.models import Member, Profile

from .. import queries, verbs
from ..models import Pledge, Pool, Tier
from .opening import let_go


@dataclass(frozen=True, slots=True)
class Terms:
    """What a brand's go says: one price (minor units) from so many pieces on, for how many days people may join, and in
    how many weeks from their end it is delivered."""

    price: int
    run: int
    days: int
    weeks: int

    @property
    def deadline(self) -> datetime:
        """The same time of day in the hall's time zone, so many days ahead."""
        here = timezone.localtime(clock.now(), timezone.get_default_timezone())
        return here + timedelta(days=self.days)


@transaction.atomic
def gather(*, by: Profile, product: Product) -> Pool:
    """Begin to gather pledges on a concept, without price or deadline. One that is there is given again."""
    found = Pool.objects.filter(product=product, stage__in=Pool.TAKING).first()
    if found is not None:
        return found
    pool = Pool.objects.create(
        product=product,
        by=by,
        minimum=1,
        stage=Pool.GATHERING,
        concept=True,
        opened=clock.now(),
        deadline=None,
        currency=product.currency,
        due=work.NEVER,
    )
    record(verbs.GATHERING, by=by, on=pool, reach=EVERYBODY)
    return pool


@transaction.atomic
def end_gathering(*, by: Profile, product_id: int, brand: Profile | None = None) -> bool:
    """Let all go that was gathered on a concept, and tell them. Says whether anything was gathering; twice is once."""
    pool = Pool.objects.select_related("product__brand").filter(product=product_id, stage=Pool.GATHERING).first()
    if pool is None:
        return False
    gathering = Pool.objects.filter(pk=pool.pk, stage=Pool.GATHERING)
    if not gathering.update(stage=Pool.CANCELLED, decided=clock.now(), due=work.NEVER):
        return False
    let_go(pool)
    record(verbs.GATHERING_ENDED, by=by, on=pool, brand=brand)
    return True


def wait_for_pledges(product: Product) -> None:
    """Until whoever pledges for a concept is through. To be called before the concept is given to a brand: what a
    pledge changes looks at it once more when it commits, and would wait for whoever changed it."""
    Pool.objects.filter(product=product, stage=Pool.GATHERING).update(pieces=F("pieces"))


@transaction.atomic
def open_at(*, by: Profile, product: Product, terms: Terms) -> Pool:
    """Open the pool on a concept whose price was named: a new one, or the one that gathered. There each pledge whose
    limit is high enough stands on, with what sending it costs now; one below is asked; one that the brand sends nothing
    to, or of its own team, is let go. Refuses what is open already."""
    pool = Pool.objects.filter(product=product, stage=Pool.GATHERING).first()
    deadline = terms.deadline
    promised = timezone.localtime(deadline, timezone.get_default_timezone()).date() + timedelta(weeks=terms.weeks)
    said = {"stage": Pool.OPEN, "minimum": terms.run, "deadline": deadline, "promised": promised}
    if pool is None:
        if product.state != CONCEPT or Pool.objects.filter(product=product, stage=Pool.OPEN).exists():
            raise Refusal(_("There is a group buy of this already."))
        pool = Pool.objects.create(
            product=product, by=by, concept=True, opened=clock.now(), currency=product.currency, due=deadline, **said
        )
    # Whoever pledges, changes or takes back at this moment waits for this row, or is counted here.
    elif not Pool.objects.filter(pk=pool.pk, stage=Pool.GATHERING).update(
        **said, **work.anew(deadline), opened=clock.now()
    ):
        raise Refusal(_("There is a group buy of this already."))
    pool.refresh_from_db()
    pool.product = product
    Tier.objects.create(pool=pool, pieces=terms.run, price=terms.price)
    _sort_out(pool, terms.price)
    record(verbs.OPENED, by=by, on=pool, reach=EVERYBODY)
    return pool


def _sort_out(pool: Pool, price: int) -> None:
    told: dict[tuple[int, str], dict[str, Any] | None] = {}
    team = set(Member.objects.filter(brand=pool.product.brand_id).values_list("person_id", flat=True))
    rows = Pledge.objects.filter(pool=pool, state__in=(Pledge.STARTED, Pledge.STANDING))
    for one in rows.select_related("variant").order_by("pk"):
        if one.person_id in team:
            _let_go(one, verbs.OWN_TEAM)
            continue
        key = one.quantity, one.country
        if key not in told:
            one.variant.product = pool.product
            told[key] = _told(one, price)
        _sort_one(one, price, told[key])
    standing = Pledge.objects.filter(pool=pool, state=Pledge.STANDING)
    pieces = standing.aggregate(n=Sum("quantity"))["n"] or 0
    Pool.objects.filter(pk=pool.pk).update(pieces=pieces, people=standing.count())


def _told(pledge: Pledge, price: int) -> dict[str, Any] | None:
    """What sending and taxing it costs, as it is told now; None where the brand sends nothing there."""
    cost = queries.costs(pledge.variant, pledge.quantity, price, pledge.country)
    return None if cost.refusal else queries.told(cost, pledge.variant, pledge.country)


def _sort_one(pledge: Pledge, price: int, told: dict[str, Any] | None) -> None:
    row = Pledge.objects.filter(pk=pledge.pk, state=pledge.state)
    if told is None:
        _let_go(pledge, verbs.NOT_SENT_THERE)
        return
    row.update(**told)
    # One that waits for its card is asked once the card is there (pledging.py).
    if pledge.limit < price and pledge.state == Pledge.STANDING:
        row.update(state=Pledge.ASKED, due=work.NEVER)
        record(verbs.ASKED, by=the_hall(), on=pledge)


def _let_go(pledge: Pledge, why: str) -> None:
    """For itself, in the caller's transaction."""
    Pledge.objects.filter(pk=pledge.pk).update(state=Pledge.UNMET, **work.anew(clock.now()))
    record(verbs.RELEASED, by=the_hall(), on=pledge, why=why)
