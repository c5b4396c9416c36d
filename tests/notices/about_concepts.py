"""How acts on the way from a concept to a thing are told."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from moothall.core import clock
from moothall.pools import actions
from moothall.pools.actions import late
from moothall.pools.models import Milestone, Pledge, Pool, today
from tests.ideas.concepts import gathering
from tests.notices.about_pools import _in
from tests.notices.cast import put_aside
from tests.town import Town

POT = "Both-hands teapot"


def _paid(town: Town) -> Pool:
    """One of the brand's that came about and is charged: Noor paid, and waits for hers."""
    pool = gathering(town, town.brand)
    pledge = _in(town, pool, town.noor, 1, 4000)
    order = town.bought(town.noor, {town.variant(f"Concept {pool.pk}"): 1})
    actions.open_at(by=town.ana, product=pool.product, terms=actions.Terms(3600, 1, 14, 8))
    Pledge.objects.filter(pk=pledge.pk).update(state=Pledge.PAID, purchase=order.purchase_id)
    now = clock.now()
    Pool.objects.filter(pk=pool.pk).update(stage=Pool.WON, price=3600, decided=now, wound_up=now)
    put_aside()
    return Pool.objects.select_related("product__brand").get(pk=pool.pk)


def _step(town: Town, pool: Pool) -> Milestone:
    step = actions.plan_milestone(by=town.mira, pool=pool, words="The mould is cut", due=today())
    put_aside()
    return step


def gather_no_more(town: Town) -> dict[str, str]:
    pool = gathering(town, town.brand)
    _in(town, pool, town.noor, 1)
    put_aside()
    actions.end_gathering(by=town.ana, product_id=pool.product_id)
    return {"noor": f"Its gathering ended, and nothing is charged: {POT}"}


def get_a_price(town: Town) -> dict[str, str]:
    pool = gathering(town, town.brand)
    _in(town, pool, town.noor, 1, 4000)
    _in(town, pool, town.ben, 1, 3000)
    put_aside()
    actions.open_at(by=town.ana, product=pool.product, terms=actions.Terms(3600, 1, 14, 8))
    return {
        "noor": f"It has a price, and your pledge stands: {POT}",
        "ben": f"It costs more than you said. Do you take it? {POT}",
    }


def plan_a_milestone(town: Town) -> dict[str, str]:
    pool = _paid(town)
    actions.plan_milestone(by=town.mira, pool=pool, words="The mould is cut", due=today())
    return {"noor": f"A milestone is planned: {POT}"}


def reach_a_milestone(town: Town) -> dict[str, str]:
    step = _step(town, _paid(town))
    actions.reach_milestone(by=town.mira, milestone=step, note="It pours.")
    return {"noor": f"A milestone is reached: {POT}"}


def move_a_milestone(town: Town) -> dict[str, str]:
    step = _step(town, _paid(town))
    actions.move_milestone(by=town.mira, milestone=step, to=today() + timedelta(days=9), why="The steel came late.")
    return {"noor": f"A milestone moved: {POT}"}


def promise_a_later_day(town: Town) -> dict[str, str]:
    pool = _paid(town)
    assert pool.promised
    actions.move_promise(by=town.mira, pool=pool, to=pool.promised + timedelta(days=9), why="The kiln cracked.")
    return {"noor": f"It comes later. Wait, or have your money back: {POT}"}


def be_late_with_it(town: Town) -> dict[str, str]:
    pool = _paid(town)
    with transaction.atomic():
        late.tell_late(pool)
    return {"noor": f"It is late. Wait, or have your money back: {POT}"}


STORIES = [
    gather_no_more,
    get_a_price,
    plan_a_milestone,
    reach_a_milestone,
    move_a_milestone,
    promise_a_later_day,
    be_late_with_it,
]
