"""Which pools can be seen, how they stand, and one's own pledges. Who pledged is told to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product, Variant
from moothall.core import hot
from moothall.core.kinds import Card
from moothall.core.money import Money
from moothall.people.models import Member, Profile
from moothall.prices import queries as prices
from moothall.prices.costs import Cost, Thing

from .ladder import Rung
from .models import Pledge, Pool, Tier

Viewer = Profile | None
SIZE = 24
OWN = (Pledge.STARTED, Pledge.STANDING, Pledge.DUE, Pledge.FAILING, Pledge.PAID)
COUNTED = (Pledge.DUE, Pledge.FAILING, Pledge.PAID, Pledge.DROPPED, Pledge.RETURNING, Pledge.RETURNED)


def visible_to(viewer: Viewer) -> QuerySet[Pool]:
    """Pools on products that the viewer sees."""
    return Pool.objects.filter(catalog.seen(viewer, "product"))


def openable(viewer: Viewer) -> QuerySet[Pool]:
    """What the viewer sees; and what they pledged in or sell, even when the product is gone from the shelf."""
    may = catalog.seen(viewer, "product")
    if viewer is not None:
        may |= Q(Exists(Pledge.objects.filter(pool=OuterRef("pk"), person=viewer)))
        may |= Q(Exists(Member.objects.filter(brand=OuterRef("product__brand"), person=viewer)))
    return _whole(Pool.objects.filter(may))


def _whole(rows: QuerySet[Pool]) -> QuerySet[Pool]:
    return rows.select_related("product__brand", "product__brand__portrait", "product__front__picture")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their product, with the prices it promises: one query, as they are brought home by many."""
    tiers = Tier.objects.filter(pool=OuterRef("pk")).values("price")
    rows = _whole(visible_to(viewer).filter(pk__in=list(ids)))
    rows = rows.annotate(top=Subquery(tiers.order_by("-price")[:1]), best=Subquery(tiers.order_by("price")[:1]))
    return {one.pk: Card(one.product.title, address(one), "pools/_brought.html", one) for one in rows}


def address(pool: Pool) -> str:
    return f"/pools/{pool.public}"


def listed(viewer: Viewer) -> QuerySet[Pool]:
    """Those open, the one that closes next first."""
    return _whole(visible_to(viewer).filter(stage=Pool.OPEN)).order_by("deadline", "id")


def pools_at(person: Profile, brand: Profile) -> QuerySet[Pool]:
    """All pools of a brand, for its team; the newest first."""
    own = Member.objects.filter(brand=brand, person=person)
    return _whole(Pool.objects.filter(Exists(own), product__brand=brand)).order_by("-id")


@hot.read
def open_on(product: Product) -> QuerySet[Pool]:
    """The pool that is open on a product, in a list of one; it knows the lowest price it may come to."""
    tiers = Tier.objects.filter(pool=OuterRef("pk")).order_by("price").values("price")[:1]
    found: QuerySet[Pool] = Pool.objects.filter(product=product, stage=Pool.OPEN).annotate(best=Subquery(tiers))
    return found


# ---- how it stands


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder as a page shows it: `lack` pieces until the price is that for all, none once it is."""

    pieces: int
    price: Money
    lack: int


@dataclass(slots=True)
class Stand:
    """A pool with its ladder, and which step holds by now."""

    pool: Pool
    steps: list[Step]

    @property
    def product(self) -> Product:
        return self.pool.product

    @property
    def first(self) -> Money:
        return self.steps[0].price

    @property
    def lowest(self) -> Money:
        return self.steps[-1].price

    @property
    def reached(self) -> Step | None:
        return next((one for one in reversed(self.steps) if not one.lack), None)

    @property
    def next(self) -> Step | None:
        """The next lower price there is to reach."""
        held = self.reached
        return next((one for one in self.steps if one.lack and (held is None or one.price < held.price)), None)

    @property
    def goal(self) -> int:
        """Pieces at which nothing more is to be reached."""
        return self.steps[-1].pieces

    @property
    def left(self) -> int | None:
        """Pieces that may still be pledged, where there is an end."""
        return None if self.pool.most is None else max(self.pool.most - self.pool.pieces, 0)

    @property
    def words(self) -> str:
        """How far it is to what comes next."""
        coming = self.next
        if coming is None:
            return _("The lowest price is reached: %(price)s for all.") % {"price": self.lowest}
        return _("%(n)s more, and it is %(price)s for all.") % {"n": coming.lack, "price": coming.price}


def stand_of(pool: Pool) -> Stand:
    return stands([pool])[0]


def stands(pools: Sequence[Pool]) -> list[Stand]:
    """How pools stand; two queries however many they are. A pledge does not count at a price above its limit."""
    rungs: dict[int, list[Tier]] = {pool.pk: [] for pool in pools}
    for tier in Tier.objects.filter(pool__in=rungs).order_by("pieces"):
        rungs[tier.pool_id].append(tier)
    limits: dict[int, list[tuple[int, int]]] = {pool.pk: [] for pool in pools}
    open = [pool.pk for pool in pools if pool.stage == Pool.OPEN]
    rows = Pledge.objects.filter(pool__in=open, state=Pledge.STANDING).values_list("pool", "limit").order_by()
    for pool, limit, pieces in rows.annotate(pieces=Sum("quantity")) if open else ():
        limits[pool].append((limit, pieces))
    return [Stand(pool, [_step(pool, tier, limits[pool.pk]) for tier in rungs[pool.pk]]) for pool in pools]


def _step(pool: Pool, tier: Tier, limits: Iterable[tuple[int, int]]) -> Step:
    counted = sum(pieces for limit, pieces in limits if limit >= tier.price)
    if pool.price is not None:
        counted = tier.pieces if tier.price >= pool.price else 0
    return Step(tier.pieces, Money(tier.price, pool.currency), max(tier.pieces - counted, 0))


def rungs_of(pool: Pool) -> list[Rung]:
    rows = Tier.objects.filter(pool=pool).order_by("pieces").values_list("pieces", "price")
    return [Rung(pieces, price) for pieces, price in rows]


# ---- one's own


def pledges_of(person: Viewer) -> QuerySet[Pledge]:
    """One's own, the newest first."""
    if person is None:
        return Pledge.objects.none()
    rows = Pledge.objects.filter(person=person).select_related(
        "pool__product__brand", "pool__product__front__picture", "variant__product__brand", "purchase__payment"
    )
    return rows.order_by("-id")


def own_pledge(person: Viewer, pool: Pool) -> Pledge | None:
    """The one that stands, or was decided on; else the last one."""
    rows = list(pledges_of(person).filter(pool=pool)[:20])
    return next((one for one in rows if one.state in OWN), next(iter(rows), None))


def came_with(pledge: Pledge) -> int:
    """How many stand in the pool by this one's link."""
    return Pledge.objects.filter(came_with=pledge, state__in=(Pledge.STANDING, *COUNTED)).count()


def costs(variant: Variant, quantity: int, price: int, country: str) -> Cost:
    """What so many come to at this price, sent to a country as the brand asks for it today."""
    product = variant.product
    thing = Thing(price, quantity, variant.grams, product.tax)
    part = prices.Part(product.brand, [thing])
    return prices.costs_of([part], country, product.currency)[0]


def tallies(pools: Iterable[Pool]) -> dict[int, dict[str, int]]:
    """How many pledges of each pool there are by state: for the brand's desk, which never learns whose."""
    found = {pool.pk: dict.fromkeys(Pledge.STATES, 0) for pool in pools}
    rows = Pledge.objects.filter(pool__in=found).values_list("pool", "state").annotate(n=Count("pk")).order_by()
    for pool, state, number in rows:
        found[pool][state] = number
    return found


def variants_of(pool: Pool) -> list[Variant]:
    rows = Variant.objects.filter(product=pool.product_id, gone=None).order_by("position", "pk")
    return list(rows)


def is_of_team(person: Profile, pool: Pool) -> bool:
    return Member.objects.filter(Q(brand=pool.product.brand_id), person=person).exists()
