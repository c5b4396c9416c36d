"""Lists ask as many questions for twenty rows as for one, and tell of all rows by their cursors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.models import Product
from moothall.core import search
from moothall.core.countries import CODES
from moothall.credit import actions as credit
from moothall.credit.models import Royalty
from moothall.ideas import actions as ideas
from moothall.ideas.models import Backing, Idea
from moothall.ideas.weights import CROWD
from moothall.moderation import actions as moderation
from moothall.notices.actions import tell
from moothall.orders import actions as orders
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.orders.models import Order
from moothall.outbox.actions import put
from moothall.people import actions as people
from moothall.people import tokens
from moothall.people.actions import inviting
from moothall.people.models import AGENT, SHOP, Account, Profile
from moothall.prices import actions as prices
from moothall.talk import actions as talk
from tests.api.callers import OPERATIONS, secret_of
from tests.credit import ground as credited
from tests.ideas.made import WORDS, proposed
from tests.improvements.made import asked, brought
from tests.pages.places import CSV
from tests.pools.ground import LADDER, begun, pool_of
from tests.talk.made import known
from tests.town import NOBODY, Town, lines_of, money, person, signed_in, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LISTS = {
    "products": "/products",
    "brands": "/brands",
    "acts": "/profiles/ana/acts",
    "home": "/home",
    "pools": "/pools",
    "pledges": "/pledges",
    "desk_pools": "/desks/tidewater/pools",
    "ideas": "/ideas",
    "my_ideas": "/me/ideas",
    "idea_versions": "/ideas/{idea}/versions",
    "idea_contributions": "/ideas/{idea}/contributions",
    "idea_authors": "/ideas/{idea}/authors",
    "my_mergers": "/me/mergers",
    "idea_splits": "/ideas/{idea}/splits",
    "my_splits": "/me/splits",
    "my_royalties": "/me/royalties",
    "my_royalty_sums": "/me/royalties/sums",
    "desk_royalties": "/desks/tidewater/royalties",
    "royalties_owed": "/steward/royalties",
    "payouts": "/steward/payouts",
    "similar_ideas": "/ideas/{draft}/similar",
    "idea_polls": "/ideas/{idea}/polls",  # tests/polls/test_budgets.py
    "product_polls": "/products/{brand}/{slug}/polls",
    "talk": "/talk/idea/{idea}",
    "found_comments": "/comments?q=sell",
    "found_posts": "/posts?q=kiln",
    "posts_of": "/profiles/mira/posts",
    "brand_talk": "/brands/tidewater/posts",
    "my_reports": "/reports",
    "removals": "/moderation",
    "cases": "/steward/cases",
    "crowds": "/steward/crowds",
    "idea_gates": "/ideas/{idea}/gates",
    "judgements": "/brands/tidewater/judgements",
    "desk_gates": "/desks/tidewater/gates",
    "free_ideas": "/desks/tidewater/free-ideas",
    "improvements": "/products/tidewater/pot-0/improvements",
    "like_improvements": "/products/tidewater/pot-0/improvements/like?title=rim",
    "revisions": "/products/tidewater/pot-0/revisions",
    "decisions": "/brands/tidewater/decisions",
    "desk_improvements": "/desks/tidewater/improvements",
    "follows": "/follows",
    "blocks": "/blocks",
    "mutes": "/mutes",
    "circles": "/circles",
    "shares": "/shares",
    "purchases": "/purchases",
    "orders": "/orders",
    "desk_orders": "/desks/tidewater/orders",
    "desk_products": "/desks/tidewater/products",
    "imports": "/desks/tidewater/imports",
    "import_lines": "/desks/tidewater/imports/{run}/lines",
    "team": "/desks/tidewater/team",
    "vouchers": "/desks/tidewater/vouchers",
    "zones": "/desks/tidewater/zones",
    "accounts": "/steward/people",
    "works": "/steward/works",
    "papers": "/orders/{order}/papers",
    "returns": "/returns",
    "desk_papers": "/desks/tidewater/papers",
    "desk_returns": "/desks/tidewater/returns",
    "team_invitations": "/desks/tidewater/invitations",
    "voucher_uses": "/desks/tidewater/vouchers/CODE-0/uses",
    "invitations": "/invitations",
    "brought": "/me/brought",
    "strangers": "/me/strangers",
    "notices": "/notices",
    "sign_ins": "/me/sign-ins",
    "my_tokens": "/me/tokens",
    "teams": "/me/teams",
    "profiles": "/profiles?q=friend",
    "readers": "/steward/readers",
    "voices": "/voices",
    "days": "/steward/daily",
    "mails": "/steward/mails",
    "awaited": "/steward/transfers",
    "paybacks": "/steward/paybacks",
}
OTHERS = {
    "find": "/search?q=pot",
    "complete": "/search/completion?q=po",
    "facets": "/products/facets?q=pot",
    "product": "/products/tidewater/pot-0",
    "the_desk": "/desks/tidewater",
}
BUDGET = {
    "orders": 14,
    "desk_orders": 15,
    "home": 13,  # of all kinds that are told: posts, too
    "acts": 9,
    "works": 31,
    "find": 10,
    "found_comments": 8,
    "found_posts": 8,
    "complete": 13,
    "facets": 7,
    "the_desk": 9,
}  # else
FEW = 6
# As many rows as there are kinds of work, or currencies; six at most.
FIXED = {"works", "readers", "days", "strangers", "like_improvements", "my_royalty_sums"}


def test_every_list_is_asked() -> None:
    gives = {name: getattr(one.gives, "__name__", "") for name, one in OPERATIONS.items() if one.method == "GET"}
    found = {name for name, one in gives.items() if one.startswith("ListOf")}
    assert found - {"milestones"} == LISTS.keys()  # those of one pool are as few as somebody planned


def fill(town: Town, rows: range) -> None:
    """In each row one more of everything that Mira, who is a steward too, may list."""
    me, account = town.mira, Account.objects.get(profile=town.mira)
    orders.set_imprint(by=me, brand=town.brand, name=town.name())
    orders.set_bank(by=me, account=BankAccount("The Hall", "12-34-56 12345678"))
    for n in rows:
        variant = town.variant(f"Pot {n}", sizes=("Small",))
        friend, other = person(f"Friend {n}", f"friend-{n}"), person(f"Other {n}", f"other-{n}")
        people.open_brand(by=other, name=f"Brand {n}", handle=f"brand-{n}")
        people.follow(by=me, source=friend)
        people.block(by=me, whom=other)
        people.mute(by=me, whom=person(f"Loud {n}", f"loud-{n}"))
        people.join_circle(by=me, circle=people.make_circle(by=me, name=f"Circle {n}"), person=friend)
        take_in(by=me, brand=town.brand, person=friend, role="agent")
        for who in (me, friend, town.ana):
            order = town.bought(who, {variant: 1})
            orders.share(by=who, line=lines_of(order)[0], reach="public", words=f"Number {n}")
        basket = town.basket_of(friend, {variant: 1})
        promised = orders.place_order(
            by=friend, basket=basket, contact=town.contact(f"F{n}"), telling=NOBODY, key="bank", method="transfer"
        )
        orders.receive_transfer(by=me, payment=promised.payment, amount=1, reference=f"B-{n}")
        prices.make_zone(by=me, brand=town.brand, plan=prices.Plan(f"Zone {n}", [CODES[n]], [prices.Row(money("4"))]))
        prices.make_voucher(by=me, brand=town.brand, offer=prices.Offer(f"CODE-{n}", percent=10))
        catalog.begin_import(by=me, brand=town.brand, name=f"{n}.csv", body=CSV)
        town.bought(friend, {variant: 1}, code="CODE-0")
        send_back(town, town.bought(me, {variant: 1}))
        rack = proposed(friend, replace(WORDS, title=f"Rack {n}"), Profile.objects.get(handle=f"brand-{n}"))
        ideas.back(by=me, idea=rack, level="like")
        Backing.objects.filter(idea=rack).update(trust=CROWD, points=0)  # as if it had come with many
        into = Idea.objects.filter(lead=me, stage=Idea.SHAPE).first() or proposed(me)
        ideas.ask_merger(by=friend, idea=rack, into=into)
        ideas.keep_draft(by=me, words=WORDS)
        pool_of(town, town.product(f"Bowl {n}", left=None), LADDER[:2])
        brand = Profile.objects.get(handle=f"brand-{n}")
        begun(town, me, pool_of(town, town.product(f"Urn {n}", left=None, brand=brand)))
        moderate(me, friend, other, n)
        lead = person(f"Lead {n}", f"lead-{n}")
        first = Product.objects.select_related("brand").get(slug="pot-0")
        brought(me, first, asked(lead, first, f"A wider rim {n}"), words=f"The {n}th.")
        asked(lead, first, f"A foot and a rim {n}")
        ideas.set_mark(by=me, brand=town.brand, voices=1, days=28)
        for addressed in (town.brand, None):
            ideas.back(by=friend, idea=proposed(lead, brand=addressed), level="pay", price=money("30"))
        people.meet(by=friend, invitation=people.invite(by=me))
        tell(Act.objects.get(verb="follow.begun", actor=friend, subject_id=me.pk))
        loud = Profile.objects.get(handle=f"loud-{n}")
        people.invite_to_team(by=me, brand=town.brand, person=loud, role=AGENT)
        theirs = people.open_brand(by=loud, name=f"Loud brand {n}", handle=f"loud-brand-{n}")
        share_royalties(town, theirs, n)
        people.invite_to_team(by=loud, brand=theirs, person=me, role=AGENT)
        signed_in(me)
        tokens.end_token(
            account=account, token=tokens.make_token(account=account, name=f"{n}", scopes=["read"], days=0)[0]
        )
        put(key=f"mail {n}", to=f"{n}@example.org", subject="Well", text="Well")
    orders.issue_due(brand=town.brand)
    list(search.rebuild())


def share_royalties(town: Town, brand: Profile, n: int) -> None:
    """A split that Mira is asked to sign; a thing of her brand that was somebody's idea, and one of another brand that
    she shaped too: sold, and paid out."""
    me, by = town.mira, person(f"Shaper {n}", f"shaper-{n}")
    credit.propose_split(by=by, idea=proposed(by), parts=credited.parts((by, 5000), (me, 5000)))
    credit.set_payee(by=me, holder="Mira Sand", iban=credited.IBANS[0])
    for where, parts in ((town.brand, [(by, 10_000)]), (brand, [(by, 1000), (me, 9000)])):
        idea = proposed(by, brand=where)
        credited.accepted(town, idea, 1000, money("90"))
        thing = credited.brought_out(town, idea)
        credited.signed(town, idea, *parts)
        credit.note_sales(order=town.bought(town.ana, {thing: 1}).pk)
        credit.post_royalty(royalty=Royalty.objects.latest("pk"))
    credit.pay_out(by=me, after=n)


def moderate(me: Profile, friend: Profile, other: Profile, n: int) -> None:
    """One that Mira reported and removed, and one that waits."""
    known(me, friend)
    idea = proposed(friend, replace(WORDS, title=f"Hook {n}"))
    removed, waiting = (talk.say(by=friend, kind="idea", id=idea.pk, words=f"{word} {n}") for word in ("Buy", "Sell"))
    case = moderation.report(by=me, kind="comment", id=removed.pk, sort="spam").case
    moderation.hide(by=me, case=case, reason=f"It sells {n}.")
    moderation.report(by=other, kind="comment", id=waiting.pk, sort="spam")
    made = talk.post(by=me, channel=Profile.objects.get(handle="tidewater"), words=f"Kiln {n}, @ana")
    talk.answer(by=friend, to=talk.say(by=friend, kind="post", id=made.pk, words=f"Fine {n}"), words="Yes")


def send_back(town: Town, order: Order) -> None:
    """Sent, sent back, and paid back."""
    pieces = {lines_of(order)[0].pk: 1}
    orders.ship(by=town.mira, order=order, pieces=pieces)
    back = orders.ask_return(by=town.mira, order=order, pieces=pieces, reason="mind")
    orders.agree_to_return(by=town.mira, back=back, answer="To the quay")
    orders.close_return(by=town.mira, back=back, pieces=pieces)


def pages_of(client: Client, name: str, path: str) -> list[Any]:
    """All rows, five at a time where a list takes a number."""
    found: list[Any] = []
    cursor, takes = "", "limit" in OPERATIONS[name].queries
    while True:
        asked = {"limit": 5} if takes else {}
        whole = f"/api/v1{path}{'&' if '?' in path else '?'}{urlencode(asked | ({'cursor': cursor} if cursor else {}))}"
        answer = client.get(whole).json()
        found += answer["items"]
        cursor = answer["next"]
        if not cursor:
            return found


def test_lists_keep_their_budget_and_their_rows(town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_LIMITS = {}
    monkeypatch.setattr(inviting, "LINKS_A_DAY", 100)
    people.make_steward(account=Account.objects.get(profile=town.mira))
    people.follow(by=town.mira, source=town.brand, channel=SHOP)
    town.variant("Cup")  # stands beside the others from the beginning
    client = Client(headers={"Authorization": f"Bearer {secret_of(town.mira)}"})
    counts: list[dict[str, int]] = []
    wrong: list[str] = []
    for rows in (range(1), range(1, 20)):
        fill(town, rows)
        counts.append({name: queries(client, path) for name, path in (LISTS | OTHERS).items() if "{" not in path})
    for name, number in counts[1].items():
        if number > counts[0][name] or number > BUDGET.get(name, FEW):
            wrong.append(f"{name} asks {counts[0][name]} queries with one row, {number} with twenty")
    for name, path in LISTS.items():
        if "{" not in path and name not in FIXED:
            rows_seen = [str(row) for row in pages_of(client, name, path)]
            if len(rows_seen) < 20 or len(set(rows_seen)) != len(rows_seen):
                wrong.append(f"{name}: {len(rows_seen)} rows, {len(set(rows_seen))} of them different")
    assert not wrong, "\n".join(wrong)


def queries(client: Client, path: str) -> int:
    assert client.get(f"/api/v1{path}").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/api/v1{path}").status_code == 200
    return len(asked)


@pytest.mark.parametrize("cursor", ["x", "a" * 13, "1" * 13, "é", "%00", "9" * 20])
def test_an_odd_cursor_is_refused(town: Town, settings: Any, cursor: str) -> None:
    settings.SECRET_KEY = "of this test"  # with another one in four odd cursors is some number's
    answer = Client().get("/api/v1/products", {"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"
