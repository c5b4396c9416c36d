"""A brand opens a pool, and may call it off until its deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.catalog.models import PUBLISHED, Product, Variant
from moothall.core import clock, text, work
from moothall.core.money import LARGEST, Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import the_hall
from moothall.people.models import SHOP, Profile

from .. import verbs
from ..ladder import Rung, wrong_with
from ..models import Pledge, Pool, Tier

MOST_RUNGS = 6
MOST_PIECES = 1_000_000
LONGEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a pool promises: the price for all by the pieces reached; the first rung is the minimum."""

    rungs: Sequence[Rung]
    deadline: datetime
    most: int | None = None
    words: str = ""
    grace_days: int = 3


@transaction.atomic
def open_pool(*, by: Profile, product: Product, offer: Offer) -> Pool:
    """Open a pool on a product that is sold. Refuses prices that do not fall, a first price that is no lower than the
    shelf's, more pieces than are there where stock is counted, and a second open pool on the same product."""
    if not people.may_sell(by, product.brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))
    product.refresh_from_db(fields=["state", "lowest"])
    if product.state != PUBLISHED:
        raise Refusal(_("Publish it first: a group buy is for what everybody can see."))
    words = text.tidy(offer.words, lines=True)
    if len(words) > 400:
        raise BadInput(_("Four hundred letters at most."), field="words")
    _check_rungs(offer.rungs, product)
    if not clock.now() < offer.deadline <= clock.now() + LONGEST:
        raise BadInput(_("Choose an end that lies ahead, ninety days at most."), field="deadline")
    if not 1 <= offer.grace_days <= 14:
        raise BadInput(_("From one day to fourteen."), field="grace_days")
    try:
        with transaction.atomic():
            pool = Pool.objects.create(
                product=product,
                by=by,
                words=words,
                minimum=offer.rungs[0].pieces,
                most=_most(offer, product),
                opened=clock.now(),
                deadline=offer.deadline,
                grace_days=offer.grace_days,
                currency=product.currency,
                due=offer.deadline,
            )
    except IntegrityError as error:
        raise Refusal(_("There is a group buy of this already. Wait until it is over.")) from error
    Tier.objects.bulk_create(Tier(pool=pool, pieces=rung.pieces, price=rung.price) for rung in offer.rungs)
    record(verbs.OPENED, by=by, on=pool, brand=product.brand, channel=SHOP, reach=EVERYBODY)
    return pool


def _check_rungs(rungs: Sequence[Rung], product: Product) -> None:
    if not 1 <= len(rungs) <= MOST_RUNGS:
        raise BadInput(_("Give one price at least, and six at most."), field="rungs")
    if any(not 1 <= rung.pieces <= MOST_PIECES or not 0 < rung.price < LARGEST for rung in rungs):
        raise BadInput(_("Each price has a number of pieces from which it holds."), field="rungs")
    if wrong_with(rungs):
        raise BadInput(
            _("The more pieces, the lower the price: each line needs more pieces and less money."), field="rungs"
        )
    if rungs[0].price >= product.lowest:
        shelf = {"price": Money(product.lowest, product.currency)}
        raise BadInput(_("It costs %(price)s on the shelf already: together it has to be less.") % shelf, field="rungs")


def _most(offer: Offer, product: Product) -> int | None:
    """How many pieces may be pledged: as many as there are, where the stock of every kind is counted."""
    if offer.most is not None and not offer.rungs[-1].pieces <= offer.most <= MOST_PIECES:
        raise BadInput(_("No fewer than the last price asks for."), field="most")
    rows = Variant.objects.filter(product=product, gone=None).values_list("tracked", "available")
    if not rows or not all(tracked for tracked, _available in rows):
        return offer.most
    there = sum(available for _tracked, available in rows)
    if max(offer.rungs[-1].pieces, offer.most or 0) > there:
        raise BadInput(
            _("Only %(n)s are in stock. Count more in first, or ask for fewer.") % {"n": there}, field="most"
        )
    return offer.most or there


@transaction.atomic
def cancel_pool(*, by: Profile, pool: Pool) -> None:
    """Call a pool off before its deadline: nobody is charged, everybody is told. Twice is once."""
    if not people.may_sell(by, pool.product.brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))
    now = clock.now()
    open = Pool.objects.filter(pk=pool.pk, stage=Pool.OPEN, deadline__gt=clock.in_database())
    if not open.update(stage=Pool.CANCELLED, decided=now, **work.anew(work.NEVER)):
        pool.refresh_from_db()
        if pool.stage == Pool.CANCELLED:
            return
        if pool.is_gathering:
            raise Refusal(_("It gathers for an idea: its lead ends that, or your no at the gate."))
        raise Refusal(_("It is over already, and stays as it was decided."))
    let_go(pool)
    record(verbs.CANCELLED, by=by, on=pool, brand=pool.product.brand)


def let_go(pool: Pool) -> None:
    """Nobody is charged: their cards are forgotten at the provider."""
    let_unmet_go(pool)
    now = clock.now()
    rows = Pledge.objects.filter(pool=pool)
    rows.filter(state=Pledge.STANDING).update(state=Pledge.RELEASED, **work.anew(now))
    rows.filter(state=Pledge.STARTED).update(state=Pledge.WITHDRAWN, **work.anew(now))


def let_unmet_go(pool: Pool) -> None:
    """Who was asked whether they take it at what it costs, and did not say yes until the end."""
    for one in Pledge.objects.filter(pool=pool, state=Pledge.ASKED).order_by("pk"):
        if Pledge.objects.filter(pk=one.pk, state=Pledge.ASKED).update(state=Pledge.UNMET, **work.anew(clock.now())):
            record(verbs.RELEASED, by=the_hall(), on=one, why=verbs.NOT_ANSWERED)
