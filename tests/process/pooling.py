"""Pools whose pledgers left cards at the till, by the hall's own actions; for processes in a hall's surroundings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import requests
from django.conf import settings

from moothall.activity.models import Pending
from moothall.catalog.models import Variant
from moothall.core import clock
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Gate, today
from moothall.orders.actions.paying import Contact
from moothall.people.models import Profile
from moothall.pools import actions, queries
from moothall.pools.ladder import Rung
from moothall.pools.models import Pledge, Pool
from tests import town as the_town
from tests.ideas.gated import FIGURES, pounds, voices
from tests.ideas.made import proposed

CARD = "4242424242424242"


@dataclass(frozen=True)
class Wish:
    """So many pieces at so much at most (minor units), for the n-th guest."""

    n: int
    quantity: int
    limit: int


def guest(n: int) -> Profile:
    return Profile.objects.filter(handle=f"guest{n}").first() or the_town.person(f"Guest {n}", f"guest{n}")


def say(pool: Pool, variant: Variant, wish: Wish) -> Pledge:
    """Pledge, or say otherwise."""
    contact = Contact(f"guest{wish.n}@example.org", f"Guest {wish.n}", "1 Pier", "TR26 1AA", "St Ives", "GB")
    wanted = actions.Wanted(variant, wish.quantity, wish.limit)
    return actions.pledge(by=guest(wish.n), pool=pool, wanted=wanted, contact=contact)


def begin(pool: Pool, variant: Variant, wish: Wish) -> tuple[Pledge, dict[str, str]]:
    """A pledge that waits for its card, and what the till is to be told to have it."""
    pledge = say(pool, variant, wish)
    return pledge, {"session": actions.open_card_page(pledge=pledge).rsplit("/", 1)[1], "card": CARD}


def stand(pledge: Pledge, paid: dict[str, str]) -> None:
    """Its card is given."""
    assert requests.post(f"{settings.STRIPE_API}/_card", json=paid, timeout=20).json()["outcome"] == "paid"
    pledge.refresh_from_db()
    assert actions.look_after_card(pledge=pledge).state == "standing"


def fill(pool: Pool, variant: Variant, wishes: Iterable[Wish]) -> None:
    for wish in wishes:
        stand(*begin(pool, variant, wish))


def on_spoons(rungs: Sequence[Rung], most: int | None = None) -> tuple[Pool, Variant]:
    """A pool of a brand on what it sells."""
    spoon = Variant.objects.select_related("product__brand").get(product__title="Spoon")
    offer = actions.Offer(rungs, clock.now() + timedelta(hours=2), most)
    mira = Profile.objects.get(handle="mira")
    return actions.open_pool(by=mira, product=spoon.product, offer=offer), spoon


def on_concept(wishes: Iterable[Wish]) -> tuple[Pool, Variant, Gate]:
    """A pool on an idea of Ana's, which gathered; a go at £36 for two waits for her yes."""
    ana, mira = (Profile.objects.get(handle=name) for name in ("ana", "mira"))
    brand = Profile.objects.get(handle="tidewater")
    idea = proposed(ana)
    pool = ideas.begin_gathering(by=ana, idea=idea)
    variant = queries.variants_of(pool)[0]
    fill(pool, variant, wishes)
    ideas.set_mark(by=mira, brand=brand, voices=1, days=28)
    voices(idea, (40,))  # nobody works here: what was pledged is no voice yet
    gate = ideas.take_to_gate(by=mira, brand=brand, idea=idea, due=today() + timedelta(days=9))
    ideas.keep_sheet(by=mira, gate=gate, figures=FIGURES)
    ideas.judge(by=mira, gate=gate, state="go", reasons="Good", go=ideas.Go(pounds(36), 2, days=7))
    return pool, variant, gate


def ends(seconds: float, *pools: Pool) -> None:
    """All of them end so long from now."""
    at = clock.now() + timedelta(seconds=seconds)
    Pool.objects.filter(pk__in=[pool.pk for pool in pools]).update(deadline=at, due=at)


def tell_nobody() -> None:
    """Mails of what came before are no part of any test."""
    Pending.objects.all().delete()
