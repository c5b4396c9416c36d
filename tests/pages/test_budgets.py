"""The busiest pages ask few questions, and as many for twenty rows as for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core import search, work
from moothall.core.money import Money
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.orders import actions as orders
from moothall.people import actions as people
from moothall.people.models import SHOP, Profile
from moothall.pools.models import Pool
from moothall.talk import actions as talk
from tests.ideas.gated import FIGURES, judged
from tests.ideas.made import WORDS, contributed, proposed
from tests.pools.ground import LADDER, begun, pool_of
from tests.talk.made import known
from tests.town import Town, lines_of, person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BUDGET = {
    "notices": 14,
    "product": 8,
    "market": 8,
    "found": 10,
    "search": 11,
    "complete": 13,
    "home": 10,  # five, and one for each kind of thing that is on it
    "pools": 10,
    "pool": 12,
    "ideas": 10,
    "idea": 10,  # of all that there can be: begun from one, merged, led by two, judged, talked about with names
    "plain idea": 10,
    "gate": 10,
    "judgements": 10,
    "desk_gates": 14,
    "brand": 10,
    "person": 13,
    "hall": 10,
    "orders": 16,
    "desk": 18,
}


def queries(client: Client, address: str) -> int:
    """How many a warm page asks: it is opened once before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def addresses() -> dict[str, str]:
    return {
        "product": "/@tidewater/pot-0",
        "market": "/market",
        "found": "/market?q=opt&brand=tidewater&price=50",
        "search": "/search?q=pot",
        "complete": "/search/complete?q=po",
        "home": "/",
        "pools": "/pools",
        "pool": f"/pools/{Pool.objects.order_by('pk')[0].public}",
        "ideas": "/ideas",
        "idea": f"/ideas/{_first().public}",
        "plain idea": f"/ideas/{Idea.objects.filter(brand=None, joined=0, forked_from=None).latest('pk').public}",
        "gate": f"/gates/{Gate.objects.order_by('pk')[0].public}",
        "judgements": "/judgements/tidewater",
        "desk_gates": "/desk/tidewater/gates",
        "brand": "/@tidewater",
        "person": "/@ana",
        "hall": "/hall",
        "orders": "/you/orders",
        "notices": "/you/notices",
        "desk": "/desk/tidewater",
    }


def fill(town: Town, rows: range) -> None:
    known(town.ana)
    """In each row a product that Ana buys and shares and Mira follows her for, a friend of Ana's who shares too."""
    for n in rows:
        variant = town.variant(f"Pot {n}", sizes=("Small",))
        friend = person(f"Friend {n}", f"friend-{n}")
        people.follow(by=town.mira, source=friend)
        people.follow(by=town.ana, source=friend)
        for who in (town.ana, friend):
            order = town.bought(who, {variant: 1})
            orders.share(by=who, line=lines_of(order)[0], reach="followers", words=f"Number {n}")
        town.bought(town.mira, {variant: 1})
        begun(town, friend, pool_of(town, variant.product, LADDER[:2]))
        begun(town, town.ana, Pool.objects.order_by("pk")[0])
        made = _idea(town, friend, n)
        for idea in {made, _first()}:
            ideas.back(by=town.ana, idea=idea, level="pay", price=Money(500 + n, "GBP"))
        if n:
            contributed(Profile.objects.get(handle=f"other-{n}"), _first(), words=f"At {n} o'clock")
        said = talk.say(by=friend, kind="idea", id=_first().pk, words=f"Number {n}, @mira")
        talk.answer(by=town.ana, to=said, words=f"Yes, {n}")
        talk.react(by=town.mira, comment=said, sort="helpful")
        ideas.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
        for brand in (town.brand, None):
            ideas.back(by=town.ana, idea=proposed(friend, brand=brand), level="pay", price=Money(500 + n, "GBP"))
        gate = Gate.objects.select_related("idea", "brand").order_by("pk")[0]
        if gate.is_open:
            judged(town, gate, "go")
        ideas.argue(by=friend, gate=gate, figures=FIGURES, words=f"At {n}")
    while work.do_some(work.known()["acts"]):
        pass
    list(search.rebuild())


def _idea(town: Town, friend: Profile, n: int) -> Idea:
    """For another brand; the first was begun from one. Others are begun from it, merged into it and lead it too."""
    words = replace(WORDS, title=f"Pot holder {n}")
    if n == 0:
        brand = town.another_brand()
        begun = ideas.fork(by=friend, idea=proposed(town.noor, replace(WORDS, title="Pot lid"), brand))
        draft = ideas.keep_draft(by=friend, words=words, brand=brand, idea=begun)
        return ideas.propose(by=friend, idea=draft)
    own = proposed(friend, words)
    one = _first()
    ideas.propose(by=friend, idea=ideas.keep_draft(by=friend, words=words, idea=ideas.fork(by=friend, idea=one)))
    other = person(f"Other {n}", f"other-{n}")  # whom nobody follows: what is merged is on nobody's home
    like = proposed(other, words)
    ideas.accept_merger(by=one.lead, merger=ideas.ask_merger(by=other, idea=like, into=one))
    if n < 9:
        ideas.join_authors(by=friend, author=ideas.invite_author(by=one.lead, idea=one, person=friend))
    ideas.revise(by=one.lead, idea=one, words=replace(words, use=f"At {n}"), base=one.number)
    return own


def _first() -> Idea:
    return Idea.objects.get(lead__handle="friend-0", forked_from__isnull=False)


def test_each_page_keeps_its_budget_from_one_row_to_twenty(town: Town) -> None:
    people.follow(by=town.mira, source=town.ana)
    people.follow(by=town.mira, source=town.brand, channel=SHOP)
    client = signed_in(town.mira)
    fill(town, range(1))
    pages = addresses()
    assert pages.keys() == BUDGET.keys()
    few = {page: queries(client, address) for page, address in pages.items()}
    fill(town, range(1, 20))
    many = {page: queries(client, address) for page, address in pages.items()}
    assert {page: asked for page, asked in few.items() if asked > BUDGET[page]} == {}, "with one row"
    assert {page: asked for page, asked in many.items() if asked > BUDGET[page]} == {}, "with twenty rows"
