"""The one decision at the deadline, and what is left to do when the grace for refused cards is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.catalog.actions.stock import SOLD_IN
from moothall.catalog.models import Variant
from moothall.core import clock, work
from moothall.people.actions import the_hall

from .. import queries, verbs
from ..ladder import Outcome, Wish, decide
from ..models import Pledge, Pool
from .late import tell_late
from .opening import let_go


@work.enrol("pools", Pool, lease=120)
def look_after_pool(pool: Pool) -> None:
    """Decide what is due to be decided; once the last card is charged or dropped, see whether enough were; on the day
    after delivery was promised, offer the money back."""
    if pool.stage == Pool.OPEN:
        if not _decide(pool):
            raise work.Later(1)  # our clock is ahead of the database's
    elif pool.stage == Pool.WON:
        _wind_up(pool)
    else:
        Pool.objects.filter(pk=pool.pk).exclude(stage__in=(Pool.OPEN, Pool.WON)).update(due=work.NEVER)


def _next_look(pool: Pool) -> datetime:
    """Once all is charged: when delivery would be late."""
    return pool.late_from if pool.late_from is not None and pool.late is None else work.NEVER


@transaction.atomic
def _decide(pool: Pool) -> bool:
    """Shut the pool by a conditional UPDATE against the database's clock; price, charges to make and stock that is kept
    for them stand in the same transaction. False where it is too early."""
    rows = Pool.objects.filter(pk=pool.pk)
    ripe = rows.filter(stage=Pool.OPEN, deadline__lte=clock.in_database())
    if not ripe.update(stage=Pool.LOST, decided=clock.now(), **work.anew(work.NEVER)):
        return not rows.filter(stage=Pool.OPEN).exists()
    pool = Pool.objects.select_related("product__brand").get(pk=pool.pk)
    pledges = list(Pledge.objects.filter(pool=pool, state=Pledge.STANDING).order_by("pk"))
    team = queries.team_of(pool)  # who joined it since does not carry its own brand's either
    wishes = [Wish(one.pk, one.variant_id, one.quantity, one.limit) for one in pledges if one.person_id not in team]
    outcome = decide(queries.rungs_of(pool), wishes, _left({one.variant_id for one in pledges}))
    if outcome is None:
        let_go(pool)
        record(verbs.LOST, by=the_hall(), on=pool, brand=pool.product.brand)
        return True
    _win(pool, pledges, outcome, team)
    return True


def _left(variants: set[int]) -> dict[int, int]:
    """Pieces of those whose stock is counted, and none of what is sold no more. Nobody buys one of them meanwhile."""
    rows = Variant.objects.select_for_update(of=("self",)).filter(pk__in=variants).select_related("product")
    found = {}
    for row in rows.order_by("pk"):
        if row.gone or row.product.state not in SOLD_IN:
            found[row.pk] = 0
        elif row.tracked:
            found[row.pk] = row.available
    return found


def _win(pool: Pool, pledges: list[Pledge], outcome: Outcome, team: Collection[int]) -> None:
    now, counted = clock.now(), set(outcome.ids)
    Pool.objects.filter(pk=pool.pk).update(
        stage=Pool.WON,
        price=outcome.price,
        pieces=outcome.pieces,
        people=len(counted),
        **work.anew(pool.grace_ends),
    )
    Pledge.objects.filter(pk__in=counted).update(state=Pledge.DUE, **work.anew(now))
    for one in pledges:
        if one.pk in counted:
            stock.hold(wanted={one.variant_id: one.quantity}, owner_kind=Pledge.kind, owner_id=one.pk)
    for one in Pledge.objects.filter(pool=pool, state=Pledge.STANDING).order_by("pk"):
        why: dict[str, Any] = {"why": verbs.OWN_TEAM} if one.person_id in team else {}
        record(verbs.RELEASED, by=the_hall(), on=one, **why)
    let_go(pool)
    record(verbs.WON, by=the_hall(), on=pool, brand=pool.product.brand, pieces=outcome.pieces, price=outcome.price)


@transaction.atomic
def _wind_up(pool: Pool) -> None:
    """All were charged or dropped: where fewer than the minimum are paid, all their money goes back."""
    pool = Pool.objects.select_related("product__brand").select_for_update(of=("self",)).get(pk=pool.pk)
    rows = Pledge.objects.filter(pool=pool)
    if rows.filter(state__in=(Pledge.DUE, Pledge.FAILING)).exists():
        raise work.Later(60)
    paid = rows.filter(state=Pledge.PAID)
    pieces = paid.aggregate(n=Sum("quantity"))["n"] or 0
    if pieces >= pool.minimum or pool.wound_up:
        if pool.late_from is not None and pool.late is None and pool.late_from <= clock.now():
            tell_late(pool)
        Pool.objects.filter(pk=pool.pk).update(wound_up=pool.wound_up or clock.now(), **work.anew(_next_look(pool)))
        return
    if Pool.objects.filter(pk=pool.pk, stage=Pool.WON).update(stage=Pool.ENDED, **work.anew(work.NEVER)):
        paid.update(state=Pledge.RETURNING, **work.anew(clock.now()))
        record(verbs.ENDED, by=the_hall(), on=pool, brand=pool.product.brand, pieces=pieces)
