"""Which pools can be seen, how they stand, and one's own pledges. Who pledged is told to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import CONCEPT, Product, Variant
from moothall.core import hot
from moothall.core.kinds import Card
from moothall.core.money import Money
from moothall.orders.models import OrderLine, Purchase
from moothall.people import queries as people
from moothall.people.models import MAKER, OWNER, SELLER, Member, Profile
from moothall.prices import queries as prices
from moothall.prices.costs import Cost, Thing

from .ladder import Rung
from .models import Milestone, Pledge, Pool, Tier

Viewer = Profile | None
SIZE = 24
FEWEST_TOLD = 3
OWN = (Pledge.STARTED, Pledge.STANDING, Pledge.ASKED, Pledge.DUE, Pledge.FAILING, Pledge.PAID)
COUNTED = (Pledge.DUE, Pledge.FAILING, Pledge.PAID, Pledge.DROPPED, Pledge.RETURNING, Pledge.RETURNED)


def visible_to(viewer: Viewer) -> QuerySet[Pool]:
    """Pools on products that the viewer sees, and on concepts unless they were called off."""
    return Pool.objects.filter(_seen(viewer))


def _seen(viewer: Viewer, at: str = "") -> Q:
    """As a condition on rows that link to a pool, too (`at` as "pool__")."""
    concept = catalog.seen_as_concept(viewer, f"{at}product") & ~Q(**{f"{at}stage": Pool.CANCELLED})
    return catalog.seen(viewer, f"{at}product") | concept


def openable(viewer: Viewer) -> QuerySet[Pool]:
    """What the viewer sees; and what they sell, or pledged in and did not take back, even when the product is gone from
    the shelf."""
    may = _seen(viewer)
    if viewer is not None:
        own = Pledge.objects.filter(pool=OuterRef("pk"), person=viewer).exclude(state=Pledge.WITHDRAWN)
        may |= Q(Exists(own))
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
    def price(self) -> Money | None:
        """Where there is one price alone: that of a concept, once a brand named it."""
        return self.first if self.pool.concept and self.steps else None

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
        if self.pool.concept:
            return self._words_of_concept
        coming = self.next
        if coming is None:
            return _("The lowest price is reached: %(price)s for all.") % {"price": self.lowest}
        return _("%(n)s more, and it is %(price)s for all.") % {"n": coming.lack, "price": coming.price}

    @property
    def _words_of_concept(self) -> str:
        if not self.steps:
            return _("No brand has named a price yet.")
        coming = self.next
        if coming is None:
            return _("It comes about: %(price)s for all.") % {"price": self.lowest}
        return _("%(n)s more, and it is made: %(price)s for all.") % {"n": coming.lack, "price": coming.price}


def stand_of(pool: Pool) -> Stand:
    return stands([pool])[0]


def stands(pools: Sequence[Pool]) -> list[Stand]:
    """How pools stand; one query however many they are. A pledge does not count at a price above its limit."""
    by_pool: dict[int, list[tuple[Tier, int]]] = {pool.pk: [] for pool in pools}
    standing = Pledge.objects.filter(pool=OuterRef("pool"), state=Pledge.STANDING, limit__gte=OuterRef("price"))
    pieces = standing.order_by().values("pool").annotate(n=Sum("quantity")).values("n")
    for tier in Tier.objects.filter(pool__in=by_pool).annotate(counted=Subquery(pieces)).order_by("pieces"):
        by_pool[tier.pool_id].append((tier, tier.counted or 0))
    return [Stand(pool, [_step(pool, *found) for found in by_pool[pool.pk]]) for pool in pools]


def _step(pool: Pool, tier: Tier, counted: int) -> Step:
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


def may_pledge(person: Profile, pool: Pool) -> bool:
    """Whether they see it; or have a pledge in it that stands, and change that."""
    sees = visible_to(person).filter(pk=pool.pk).exists()
    return sees or Pledge.objects.filter(pool=pool, person=person, state__in=OWN).exists()


def came_with(pledge: Pledge) -> int:
    """How many stand in the pool by this one's link; told from three on, as who sent it to one knows who that was."""
    found = Pledge.objects.filter(came_with=pledge, state__in=(Pledge.STANDING, *COUNTED)).count()
    return found if found >= FEWEST_TOLD else 0


def costs(variant: Variant, quantity: int, price: int, country: str) -> Cost:
    """What so many come to at this price, sent to a country as the brand asks for it today."""
    product = variant.product
    thing = Thing(price, quantity, variant.grams, product.tax)
    part = prices.Part(product.brand, [thing])
    return prices.costs_of([part], country, product.currency)[0]


def told(cost: Cost, variant: Variant, country: str) -> dict[str, int | str | bool]:
    """What a pledge keeps of how its brand sends and taxes it today: what is told with the most that it costs stays
    so."""
    taxed = prices.taxed(variant.product.brand, country, variant.product.tax)
    sending: dict[str, int | str | bool] = {"sending": cost.sending.full, "sending_words": cost.words[:100]}
    return sending | {"tax_rate": taxed.rate, "sending_tax": taxed.sending, "tax_included": taxed.included}


def tallies(pools: Iterable[Pool]) -> dict[int, dict[str, int]]:
    """How many pledges of each pool there are by state: for the brand's desk, which never learns whose."""
    found = {pool.pk: dict.fromkeys(Pledge.STATES, 0) for pool in pools}
    rows = Pledge.objects.filter(pool__in=found).values_list("pool", "state").annotate(n=Count("pk")).order_by()
    for pool, state, number in rows:
        found[pool][state] = number
    return found


def grace_ends(pool: Pool) -> datetime:
    """When the last of those whose card was refused has to have paid by another."""
    last = Pledge.objects.filter(pool=pool, state=Pledge.FAILING).aggregate(last=Max("refused"))["last"]
    return max(pool.grace_ends, last + timedelta(days=pool.grace_days)) if last else pool.grace_ends


def variants_of(pool: Pool) -> list[Variant]:
    rows = Variant.objects.filter(product=pool.product_id, gone=None).order_by("position", "pk")
    return list(rows)


def team_of(pool: Pool) -> set[int]:
    return set(Member.objects.filter(brand=pool.product.brand_id).values_list("person", flat=True))


def is_of_team(person: Profile, pool: Pool) -> bool:
    return Member.objects.filter(Q(brand=pool.product.brand_id), person=person).exists()


# ---- of what is yet to be made


def gathered(product: int) -> list[tuple[int, int]]:
    """Prices that are pledged on a concept while it gathers, and how many people stand by each, the lowest first: whose
    they are is told to nobody."""
    rows = Pledge.objects.filter(pool__product=product, pool__stage=Pool.GATHERING, state=Pledge.STANDING)
    found = rows.values("limit").annotate(number=Count("pk")).order_by("limit")
    return [(row["limit"], row["number"]) for row in found]


def may_make(person: Viewer, pool: Pool) -> bool:
    """Whether they plan the milestones of it."""
    return people.role_of(person, pool.product.brand) in (OWNER, MAKER, SELLER)


def being_made(purchase: Purchase) -> Pool | None:
    """The pool that a purchase was pledged in, while what it is on is being made."""
    pledged = Pledge.objects.filter(purchase=purchase).values("pool")
    return Pool.objects.filter(pk__in=pledged, stage=Pool.WON, product__state=CONCEPT).first()


def milestones_of(pool: Pool) -> list[Milestone]:
    """In the order of their days."""
    rows = list(Milestone.objects.filter(pool=pool).order_by("due", "pk"))
    for row in rows:
        row.pool = pool
    return rows


def unsent(rows: QuerySet[Pledge]) -> QuerySet[Pledge]:
    """Of paid pledges those whose order was not wholly sent, nor given back."""
    left = OrderLine.objects.filter(
        order__purchase=OuterRef("purchase"), variant__isnull=False, quantity__gt=F("shipped") + F("withheld")
    )
    return rows.filter(Exists(left), state=Pledge.PAID)


def visible_milestones(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(milestone_cards(viewer, ids))


def milestone_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as the thing that is made, and shown on its pool's page."""
    rows = Milestone.objects.filter(_seen(viewer, "pool__"), pk__in=list(ids))
    found = rows.select_related("pool__product")
    return {row.pk: Card(row.pool.product.title, address(row.pool)) for row in found}
