"""From an idea to a thing, as the tests walk it: an idea of Ana's that gathers, people with cards, a go, a yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from moothall.catalog.actions import concepts
from moothall.core import clock, work
from moothall.ideas import actions
from moothall.ideas.actions import Go
from moothall.ideas.actions.conceiving import born_of, face_of
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.orders import actions as orders
from moothall.payments.models import Payment
from moothall.people.models import Profile
from moothall.pools import actions as pools
from moothall.pools.models import Pledge, Pool, today
from tests.conftest import GOOD, Till
from tests.ideas.gated import FIGURES, pounds
from tests.ideas.made import WORDS, proposed
from tests.town import Town, person, said, variants_of


def gathering(town: Town, brand: Profile | None = None, title: str = WORDS.title, lead: Profile | None = None) -> Pool:
    """An idea for the brand (which asks for three voices), unless for all."""
    lead = lead or town.ana
    idea = proposed(lead, replace(WORDS, title=title), brand=brand)
    return actions.begin_gathering(by=lead, idea=idea)


def idea_of(pool: Pool) -> Idea:
    return Idea.objects.select_related("lead", "brand").get(concept=pool.product_id)


def begun(town: Town, who: Profile, pool: Pool, limit: int, quantity: int = 1, country: str = "GB") -> Pledge:
    """Pledged for so many pounds at most, the card not given yet."""
    wanted = pools.Wanted(variants_of(pool.product)[0], quantity, limit * 100)
    contact = replace(town.contact(who.name), email=f"{who.handle}@example.org", country=country)
    return pools.pledge(by=who, pool=pool, wanted=wanted, contact=contact)


def pledged(
    town: Town,
    till: Till,
    who: Profile,
    pool: Pool,
    limit: int,
    quantity: int = 1,
    country: str = "GB",
    card: str = GOOD,
) -> Pledge:
    made = begun(town, who, pool, limit, quantity, country)
    page = pools.open_card_page(pledge=made)
    assert till.pay(page.rsplit("/", 1)[1], card) == "paid"
    made.refresh_from_db()
    return pools.look_after_card(pledge=made)


def crowd(town: Town, till: Till, pool: Pool, *limits: int) -> list[Profile]:
    """So many strangers, each of whom pledges for so many pounds at most."""
    found = []
    for limit in limits:
        n = Profile.objects.filter(handle__startswith="pledger").count()
        found.append(person(f"Pledger {n}", f"pledger{n}"))
        pledged(town, till, found[-1], pool, limit)
    return found


def taken(town: Town, pool: Pool) -> Gate:
    """The brand, which asks for one who would pay, takes an idea for all to its gate."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    due = today() + timedelta(days=9)
    return actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea_of(pool), due=due)


def went(town: Town, pool: Pool, price: int = 36, run: int = 3, **like: Any) -> Gate:
    """The brand says go, by its sheet; the idea is at its gate or taken there."""
    gate = Gate.objects.select_related("idea", "brand").filter(idea=idea_of(pool), state=Gate.OPEN).first()
    assert gate is not None
    actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)
    go = Go(pounds(price), run, **like)
    return actions.judge(by=town.mira, gate=gate, state=Gate.GO, reasons="Good", go=go)


def opened(town: Town, pool: Pool, **like: Any) -> Pool:
    """The lead says yes to the brand's go."""
    gate = went(town, pool, **like)
    actions.accept(by=gate.idea.lead, gate=gate)
    pool.refresh_from_db()
    return Pool.objects.select_related("product__brand").get(pk=pool.pk)


def at_the_gate(town: Town, till: Till, *limits: int, **like: Any) -> Pool:
    """An idea for the brand that gathers; so many pledge, and their voices bring it to its gate."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=min(len(limits), 3), days=28)
    pool = gathering(town, town.brand, **like)
    crowd(town, till, pool, *limits)
    work.do_due()
    pool.refresh_from_db()
    return pool


def by_state(pool: Pool) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Pledge.objects.filter(pool=pool).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def concepts_of(town: Town) -> dict[str, str]:
    """Addresses of an idea of Ana's for the brand that gathers, one that does not yet, and what is made of a third, for
    which Ana paid and may have her money back. No till is asked."""
    gathers, wanted, thing = (proposed(town.ana, brand=town.brand) for _n in range(3))
    pool, made = (actions.begin_gathering(by=town.ana, idea=one) for one in (gathers, thing))
    late = begun(town, town.ana, made, 40)
    idea = idea_of(made)
    product = concepts.take_over(
        product=made.product, brand=town.brand, price=pounds(36), grams=500, face=face_of(idea), born=born_of(idea)
    )
    pools.open_at(by=town.ana, product=product, terms=pools.Terms(3600, 1, 14, 8))
    now = clock.now()
    agreed = pools.agreed_in(Pledge.objects.select_related("variant__product__brand").get(pk=late.pk), 3600)
    purchase = orders.place_agreed(
        by=town.ana, agreed=agreed, contact=town.contact(), key="late", method=Payment.CARD, until=work.NEVER
    )
    orders.settle(payment=purchase.payment, state=said(purchase, paid=True))
    paid = {"state": Pledge.PAID, "purchase": purchase, "offered": now, "due": work.NEVER}
    Pledge.objects.filter(pk=late.pk).update(**paid)
    won = {"stage": Pool.WON, "price": 3600, "decided": now, "wound_up": now, "pieces": 1, "people": 1, "late": now}
    Pool.objects.filter(pk=made.pk).update(**won, due=work.NEVER)
    made = Pool.objects.select_related("product__brand").get(pk=made.pk)
    step = pools.plan_milestone(by=town.mira, pool=made, words="The mould is cut", due=today())
    return {
        "gathers": gathers.public,
        "gathers_not": wanted.public,
        "gathering": pool.public,
        "made_pool": made.public,
        "late": late.public,
        "milestone": step.public,
    }
