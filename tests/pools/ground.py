"""A pool on a pot, and people who pledge in it with cards of the till."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from moothall.catalog.models import Product
from moothall.core import clock, work
from moothall.people.models import Profile
from moothall.pools import actions
from moothall.pools.ladder import Rung
from moothall.pools.models import Pledge, Pool
from tests.conftest import GOOD, Till
from tests.town import Town, owner_of, person, variants_of

NO_MONEY, OWNER_WANTED, LOST = "4000000000000341", "4000002760003184", "4000000000000119"
LADDER = ((3, 3400), (6, 3100), (10, 2700))


def pool_of(
    town: Town, product: Product | None = None, ladder: Sequence[tuple[int, int]] = LADDER, **other: Any
) -> Pool:
    """A pool for an hour, on an untracked pot at £38."""
    offer = actions.Offer(rungs=[Rung(*rung) for rung in ladder], deadline=clock.now() + timedelta(hours=1), **other)
    thing = product or town.product("Pot", left=None)
    return actions.open_pool(by=owner_of(thing.brand), product=thing, offer=offer)


def wanted(pool: Pool, quantity: int = 1, limit: int = 0, **other: Any) -> actions.Wanted:
    variant = other.pop("variant", None) or variants_of(pool.product)[0]
    return actions.Wanted(variant, quantity, limit or LADDER[0][1], **other)


def begun(town: Town, who: Profile, pool: Pool, quantity: int = 1, limit: int = 0, **other: Any) -> Pledge:
    """Pledged, the card not given yet."""
    return actions.pledge(
        by=who, pool=pool, wanted=wanted(pool, quantity, limit, **other), contact=town.contact(who.name)
    )


def pledged(
    town: Town, till: Till, who: Profile, pool: Pool, quantity: int = 1, limit: int = 0, card: str = GOOD, **other: Any
) -> Pledge:
    """Pledged, with a card at the till."""
    made = begun(town, who, pool, quantity, limit, **other)
    page = actions.open_card_page(pledge=made)
    assert till.pay(page.rsplit("/", 1)[1], card) == "paid"
    made.refresh_from_db()
    return actions.look_after_card(pledge=made)


def crowd(number: int) -> list[Profile]:
    return [person(f"Guest {n}", f"guest{n}") for n in range(number)]


def over(pool: Pool, *, days: float = 0) -> Pool:
    """The deadline passes (and so many days), and the worker does what is due."""
    clock.move(pool.ends + timedelta(seconds=2, days=days))
    work.do_due()
    pool.refresh_from_db()
    return pool


def states(pool: Pool) -> list[str]:
    return list(Pledge.objects.filter(pool=pool).order_by("pk").values_list("state", flat=True))
