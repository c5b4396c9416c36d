"""Payloads on the way from an idea to a thing: milestones, how they went, why they moved, why a promise did."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from moothall.catalog.actions import concepts
from moothall.core import clock, work
from moothall.core.money import Money
from moothall.ideas import actions as ideas
from moothall.ideas.actions.conceiving import born_of, face_of
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from moothall.pools import actions as pools
from moothall.pools.models import Pool, today
from tests.ideas.made import proposed
from tests.talk.made import known
from tests.town import Town, person

from .payloads import chunks

EACH = 20  # milestones of a pool


def fill(the: Town) -> None:
    """So many pools as there are longer texts; the shorter ones are spread over them."""
    whys, words = chunks(400), chunks(140)
    assert len(words) <= EACH * len(whys)
    notes, moves, steps = cycle(whys), cycle(whys), iter(words)
    for why in whys:
        pool = _won(the)
        pools.move_promise(by=the.mira, pool=pool, to=today() + timedelta(days=300), why=why)
        for said in [one for _n, one in zip(range(EACH), steps, strict=False)]:
            step = pools.plan_milestone(by=the.mira, pool=pool, words=said, due=today())
            pools.move_milestone(by=the.mira, milestone=step, to=today() + timedelta(days=9), why=next(moves))
            pools.reach_milestone(by=the.mira, milestone=step, note=next(notes))


def _won(the: Town) -> Pool:
    """One of the brand's that came about, and nobody paid for: for looking at."""
    lead = Profile.objects.filter(handle="concepts").first() or person("Connie Cept", "concepts")
    known(lead)
    idea = proposed(lead, brand=the.brand)
    made = ideas.begin_gathering(by=lead, idea=idea)
    idea = Idea.objects.select_related("picture").get(pk=idea.pk)
    price, face, born = Money(3600, "GBP"), face_of(idea), born_of(idea)
    product = concepts.take_over(product=made.product, brand=the.brand, price=price, grams=500, face=face, born=born)
    pools.open_at(by=lead, product=product, terms=pools.Terms(3600, 1, 14, 8))
    now = clock.now()
    won = {"stage": Pool.WON, "price": 3600, "decided": now, "wound_up": now, "due": work.NEVER}
    Pool.objects.filter(pk=made.pk).update(**won)
    return Pool.objects.select_related("product__brand").get(pk=made.pk)
