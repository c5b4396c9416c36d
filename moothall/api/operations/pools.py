"""Group buys: what is open, one's own pledges, and the brand's side."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.catalog import queries as catalog
from moothall.catalog.models import Variant
from moothall.core import text
from moothall.core.refusals import BadInput
from moothall.orders.actions import open_page
from moothall.people.models import Profile
from moothall.people.tokens import BUY, DESK, READ
from moothall.pools import actions, queries
from moothall.pools.models import Milestone, Pledge, Pool

from .. import cursors
from ..door import Asked, Room
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.pools import (
    CardPageOut,
    DeskPoolOut,
    MilestoneIn,
    MilestoneOut,
    MovedIn,
    OfferIn,
    PledgeIn,
    PledgeOut,
    PoolOut,
    ReachedIn,
)
from .buying import contact_of
from .desk_orders import desk

room = Room("Group buys", "Many buy together, at a price that falls for all. Nobody is charged unless it comes about.")


@room.get("/pools", ListOf[PoolOut])
def pools(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PoolOut]:
    """Those that are open, the one that ends next first."""
    start = min(cursors.read(cursor), 10_000) if cursor else 0
    rows = list(queries.listed(request.viewer)[start : start + limit + 1])
    more = cursors.write(start + limit) if len(rows) > limit else None
    return ListOf[PoolOut](items=[PoolOut.of(one) for one in queries.stands(rows[:limit])], next=more)


@room.get("/pools/{pool}", PoolOut)
def pool(request: Asked, pool: str) -> PoolOut:
    """How it stands."""
    return PoolOut.of(queries.stand_of(_opened(request.viewer, pool)))


@room.get("/pools/{pool}/milestones", ListOf[MilestoneOut])
def milestones(request: Asked, pool: str) -> ListOf[MilestoneOut]:
    """How far the making of it is, in the order of the days."""
    return _milestones(_opened(request.viewer, pool))


def _milestones(pool: Pool) -> ListOf[MilestoneOut]:
    return ListOf[MilestoneOut](items=[MilestoneOut.of(one) for one in queries.milestones_of(pool)], next=None)


def _opened(viewer: Profile | None, public: str) -> Pool:
    return get_object_or_404(queries.openable(viewer), public=public)


# ---- one's own


@room.put("/pools/{pool}/pledge", PledgeOut, BUY)
def pledge(request: Asked, pool: str, body: PledgeIn) -> PledgeOut:
    """Pledge, or change what you pledged. A new one waits for your card: ask for its card page and open it. Nothing is
    charged before the group buy comes about."""
    found = _opened(request.me, pool)
    variant = Variant.objects.filter(public=text.tidy(body.variant), product=found.product_id).first()
    if variant is None:
        raise BadInput(_("Choose which one you want."), field="variant")
    if body.limit.currency != found.currency:
        raise BadInput(_("It is sold in another currency."), field="limit")
    wanted = actions.Wanted(variant, body.quantity, body.limit.minor, text.tidy(body.came_with))
    made = actions.pledge(by=request.me, pool=found, wanted=wanted, contact=contact_of(body.contact))
    return _told(request.me, made.public)


def _told(me: Profile, public: str) -> PledgeOut:
    return PledgeOut.of(_own(me, public))


def _own(me: Profile, public: str) -> Pledge:
    return get_object_or_404(queries.pledges_of(me), public=public)


@room.get("/pledges", ListOf[PledgeOut], READ)
def pledges(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[PledgeOut]:
    """Your own, newest first. Nobody but you sees them."""
    rows, more = cursors.by_number(queries.pledges_of(request.me), cursor, limit)
    return ListOf[PledgeOut](items=[PledgeOut.of(one) for one in rows], next=more)


@room.get("/pledges/{pledge}", PledgeOut, READ)
def my_pledge(request: Asked, pledge: str) -> PledgeOut:
    """One of yours."""
    return _told(request.me, pledge)


@room.delete("/pledges/{pledge}", PledgeOut, BUY)
def withdraw_pledge(request: Asked, pledge: str) -> PledgeOut:
    """Take it back, until the group buy ends: nothing is charged, and your card is forgotten."""
    actions.withdraw(by=request.me, pledge=_own(request.me, pledge))
    return _told(request.me, pledge)


@room.post("/pledges/{pledge}/card", CardPageOut, BUY, outside=True, statuses=(503,))
def card_page(request: Asked, pledge: str) -> CardPageOut:
    """The page of the payment provider where you leave a card for this pledge; asked twice, it is the same page."""
    return CardPageOut(address=actions.open_card_page(pledge=_own(request.me, pledge)))


@room.post("/pledges/{pledge}/look", PledgeOut, BUY, outside=True, statuses=(503,))
def look_for_card(request: Asked, pledge: str) -> PledgeOut:
    """Ask the provider now whether your card is there. The hall looks by itself, too."""
    actions.look_after_card(pledge=_own(request.me, pledge))
    return _told(request.me, pledge)


@room.post("/pledges/{pledge}/payment", CardPageOut, BUY, outside=True, statuses=(503,))
def pay_pledge(request: Asked, pledge: str) -> CardPageOut:
    """After your card was refused: the page where you pay by another, until the grace ends."""
    purchase = actions.pay_by_page(by=request.me, pledge=_own(request.me, pledge))
    return CardPageOut(address=open_page(purchase=purchase))


@room.post("/pledges/{pledge}/money", PledgeOut, BUY)
def take_back_money(request: Asked, pledge: str) -> PledgeOut:
    """Have the money back of what is late, as far as it was not sent."""
    actions.take_back_money(by=request.me, pledge=_own(request.me, pledge))
    return _told(request.me, pledge)


# ---- the desk


@room.get("/desks/{brand}/pools", ListOf[DeskPoolOut], DESK)
def desk_pools(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[DeskPoolOut]:
    """All group buys of the brand, newest first."""
    rows, more = cursors.by_number(queries.pools_at(request.me, desk(request.me, brand)), cursor, limit)
    found = list(rows)
    tallies = queries.tallies(found)
    items = [DeskPoolOut.at(one, tallies[one.pool.pk]) for one in queries.stands(found)]
    return ListOf[DeskPoolOut](items=items, next=more)


@room.post("/desks/{brand}/pools", DeskPoolOut, DESK, status=201)
def open_pool(request: Asked, brand: str, body: OfferIn) -> DeskPoolOut:
    """Open a group buy on one of the brand's products."""
    one = desk(request.me, brand)
    products = catalog.of_desk(request.me, one).select_related("brand")
    product = products.filter(slug=text.tidy(body.product)).first()
    if product is None:
        raise BadInput(_("There is no such product."), field="product")
    if any(rung.price.currency != product.currency for rung in body.rungs):
        raise BadInput(_("It is sold in another currency."), field="rungs")
    made = actions.open_pool(by=request.me, product=product, offer=body.offer())
    return _at_desk(request.me, one, made.public)


@room.get("/desks/{brand}/pools/{pool}", DeskPoolOut, DESK)
def desk_pool(request: Asked, brand: str, pool: str) -> DeskPoolOut:
    """How one stands."""
    return _at_desk(request.me, desk(request.me, brand), pool)


@room.delete("/desks/{brand}/pools/{pool}", DeskPoolOut, DESK)
def cancel_pool(request: Asked, brand: str, pool: str) -> DeskPoolOut:
    """Call it off before it ends: nobody is charged, and everybody who pledged is told."""
    one = desk(request.me, brand)
    actions.cancel_pool(by=request.me, pool=get_object_or_404(queries.pools_at(request.me, one), public=pool))
    return _at_desk(request.me, one, pool)


def _at_desk(me: Profile, brand: Profile, public: str) -> DeskPoolOut:
    found = get_object_or_404(queries.pools_at(me, brand), public=public)
    return DeskPoolOut.at(queries.stand_of(found), queries.tallies([found])[found.pk])


# ---- making what was pledged for


@room.post("/desks/{brand}/pools/{pool}/milestones", ListOf[MilestoneOut], DESK, status=201)
def plan_milestone(request: Asked, brand: str, pool: str, body: MilestoneIn) -> ListOf[MilestoneOut]:
    """Plan one, once the group buy came about; gives all of them."""
    found = _of_desk(request, brand, pool)
    actions.plan_milestone(by=request.me, pool=found, words=body.words, due=body.due)
    return _milestones(found)


@room.post("/desks/{brand}/pools/{pool}/milestones/{milestone}/move", ListOf[MilestoneOut], DESK)
def move_milestone(request: Asked, brand: str, pool: str, milestone: str, body: MovedIn) -> ListOf[MilestoneOut]:
    """Another day for it, with a reason that everybody reads."""
    found = _of_desk(request, brand, pool)
    actions.move_milestone(by=request.me, milestone=_step(found, milestone), to=body.to, why=body.why)
    return _milestones(found)


@room.post("/desks/{brand}/pools/{pool}/milestones/{milestone}/reach", ListOf[MilestoneOut], DESK)
def reach_milestone(request: Asked, brand: str, pool: str, milestone: str, body: ReachedIn) -> ListOf[MilestoneOut]:
    """Tick it off, with a word on how it went."""
    found = _of_desk(request, brand, pool)
    actions.reach_milestone(by=request.me, milestone=_step(found, milestone), note=body.note)
    return _milestones(found)


@room.put("/desks/{brand}/pools/{pool}/promise", DeskPoolOut, DESK)
def move_promise(request: Asked, brand: str, pool: str, body: MovedIn) -> DeskPoolOut:
    """Promise a later day, once: who paid may wait or have the money back at once."""
    actions.move_promise(by=request.me, pool=_of_desk(request, brand, pool), to=body.to, why=body.why)
    return _at_desk(request.me, desk(request.me, brand), pool)


@room.post("/desks/{brand}/pools/{pool}/out", DeskPoolOut, DESK)
def bring_out(request: Asked, brand: str, pool: str) -> DeskPoolOut:
    """Put what was made on the shelf."""
    actions.bring_out(by=request.me, pool=_of_desk(request, brand, pool))
    return _at_desk(request.me, desk(request.me, brand), pool)


def _of_desk(request: Asked, brand: str, public: str) -> Pool:
    return get_object_or_404(queries.pools_at(request.me, desk(request.me, brand)), public=public)


def _step(pool: Pool, public: str) -> Milestone:
    found = get_object_or_404(Milestone, pool=pool, public=public)
    found.pool = pool
    return found
