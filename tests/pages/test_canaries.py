"""What is one person's own never comes to another by what a process keeps; and what has changed is shown at once.

Every word that is somebody's own is a canary. All pages are opened by all roles, in two orders, in the one process in
which `{% keep %}` and the hot reads keep what they keep."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.models import Product
from moothall.core import keeping
from moothall.credit import actions as credit
from moothall.improvements.actions import take_back_revision
from moothall.notices.actions import tell
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Contact, Telling
from moothall.people import actions as people
from moothall.people import tokens
from moothall.people.models import Account
from moothall.prices import actions as prices
from tests.improvements.made import asked, brought
from tests.pages.places import Place, settle
from tests.pages.test_permissions import ROLES, ROWS
from tests.town import Town, lines_of, money, orders_of, person, said, signed_in, variants_of

pytestmark = pytest.mark.django_db

TEAM = {"owner", "maker", "seller", "agent", "marketer"}
# Each canary, and who may come by it on any page. Ana is the member; her friend is in her circle.
CANARIES = {
    "zyxdraft": TEAM,
    "zyxvoucher": TEAM,
    "zyximport": TEAM,
    "/desk/tidewater": TEAM,
    "zyxreturn": {"member", "owner", "agent", "seller"},
    "zyxnote": {"member", "owner", "agent", "seller"},
    "zyxstreet": {"member", "owner", "agent", "seller"},
    "zyxbasket": {"member"},
    "zyxcircle": {"member"},
    "zyxtoken": {"member"},
    "zyxinvitation": {"member"},
    "zyxholder": {"member", "steward"},  # who pays out
    "zyxshare": {"member", "friend"},
    "zyxfollower": {"member", "steward"},  # who lists everybody
    "ana@example.org": {"member", "owner", "agent", "seller", "steward"},
}


@pytest.fixture
def place(town: Town) -> Place:
    keeping.forget()
    found = settle(town)
    found.people["friend"] = town.ben
    circle = people.make_circle(by=town.ana, name="zyxcircle")
    people.join_circle(by=town.ana, circle=circle, person=town.ben)
    town.product("zyxdraft", published=False)
    basket = town.product("zyxbasket")
    bought = town.variant("Plate")
    private = town.basket_of(town.ana, {bought: 1})
    contact = Contact("ana@example.org", "Ana Lima", "3 zyxstreet", "TR26", "St Ives", "GB")
    telling = Telling("circle", circle, "zyxshare")
    purchase = orders.place_order(
        by=town.ana, basket=private, contact=contact, telling=telling, key="canary", note="zyxnote"
    )
    orders.settle(payment=purchase.payment, state=said(purchase, paid=True))
    order = orders_of(purchase)[0]
    orders.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    line = lines_of(order)[0].pk
    back = orders.ask_return(by=town.ana, order=order, pieces={line: 1}, reason="mind", words="zyxreturn")
    prices.make_voucher(by=town.mira, brand=town.brand, offer=prices.Offer("CANARY", words="zyxvoucher", percent=5))
    catalog.begin_import(by=town.mira, brand=town.brand, name="zyximport.csv", body=b"Handle,Title\r\n")
    tokens.make_token(account=Account.objects.get(profile=town.ana), name="zyxtoken", scopes=["read"], days=30)
    people.invite(by=town.ana, words="zyxinvitation")
    credit.set_payee(by=town.ana, holder="zyxholder", iban="DE89370400440532013000")
    people.follow(by=person("zyxfollower", "follower"), source=town.ana)
    tell(Act.objects.filter(verb="follow.begun", actor__handle="follower").get())
    # In the basket, and no longer on the market: whoever else would see its name has it from that basket.
    town.basket_of(town.ana, {variants_of(basket)[0]: 1})
    catalog.withdraw(by=town.mira, product=basket)
    found.ids |= {"purchase": purchase.public, "order": order.public, "back": back.public}
    return found


EVERYBODY = [*ROLES, "friend"]


@pytest.mark.once
@pytest.mark.parametrize(
    "roles", [EVERYBODY, sorted(EVERYBODY, key=lambda one: one not in TEAM)], ids=["guest first", "team first"]
)
def test_no_word_of_one_comes_to_another(place: Place, roles: list[str]) -> None:
    met: dict[str, set[str]] = {canary: set() for canary in CANARIES}
    wrong = []
    for role in roles:
        client = place.client(role)
        for name, address, *_rest in ROWS:
            there = address.format(**place.ids)
            answer = client.get(there)
            wrong += [f"{there} for {role} says {answer['Cache-Control']}"] if may_be_kept(name, answer) else []
            page = said_by(answer)
            for canary, allowed in CANARIES.items():
                if canary not in page:
                    continue
                met[canary].add(role)
                # The team's own things keep a name that only they may read; a desk's address says whose desk it is.
                if role not in allowed and not (canary == "zyxbasket" and role in TEAM):
                    wrong.append(f"{there} tells {role} of {canary}")
    assert not wrong, "\n".join(wrong)
    assert not [canary for canary, roles in met.items() if not roles], "a canary that nobody meets shows nothing"


def may_be_kept(name: str, answer: Any) -> bool:
    """Whether a machine on the way may keep it and give it to another."""
    if name == "picture" and answer.status_code == 200:
        return False
    kept = {word.strip() for word in answer["Cache-Control"].split(",")}
    return not {"private", "no-store"} <= kept


def said_by(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    page = bytes(body).decode(errors="replace")
    # Where a sign-in, a refusal or a form leads back to is the address that was asked for, not something that is told.
    return re.sub(r'name="next" value="[^"]*"', "", page)


# ---- what changed is shown at once, though it was kept


@pytest.fixture
def guest() -> Client:
    keeping.forget()
    return Client()


def pages(client: Client, *addresses: str) -> str:
    return " ".join(client.get(address).content.decode() for address in addresses)


def test_another_price_is_shown_at_once(town: Town, guest: Client) -> None:
    pot = town.product("Lidded pot", price="38")
    where = ("/market", "/@tidewater", "/@tidewater/lidded-pot", "/search?q=pot")
    for _twice in range(2):
        assert "£38" in pages(guest, where[2])
    catalog.change_product(by=town.mira, product=pot, words=catalog.Words("Lidded pot", kinds=[_kind(pot, "41")]))
    shown = pages(guest, *where)
    assert "£41" in shown
    assert "£38" not in shown


def _kind(product: Product, price: str) -> Any:
    return catalog.Kind(money(price), left=10, public=variants_of(product)[0].public)


def test_a_revision_is_shown_at_once_and_gone_when_it_is_taken_back(town: Town, guest: Client) -> None:
    pot = town.product("Lidded pot")
    where = "/@tidewater/lidded-pot"
    assert "Revision 2" not in pages(guest, where)
    brought(town.mira, pot, asked(town.ana, pot), words="The lid has a lip.")
    shown = pages(guest, where)
    assert "You asked, it changed" in shown
    assert "The lid has a lip." in shown
    take_back_revision(by=town.mira, product=pot, number=2)
    assert "The lid has a lip." not in pages(guest, where)


def test_what_is_sold_is_shown_at_once(town: Town, guest: Client) -> None:
    pot = town.variant("Lidded pot", left=1)
    assert "The last one" in pages(guest, "/@tidewater/lidded-pot")
    town.placed(town.ana, {pot: 1})
    shown = pages(guest, "/@tidewater/lidded-pot")
    assert "Sold out" in shown
    assert "The last one" not in shown


def test_what_is_taken_back_is_gone_at_once(town: Town, guest: Client) -> None:
    pot = town.product("Lidded pot")
    town.product("Cup")
    where = ("/market", "/@tidewater", "/@tidewater/cup", "/hall", "/")
    assert "Lidded pot" in pages(guest, *where)
    catalog.withdraw(by=town.mira, product=pot)
    assert "Lidded pot" not in pages(guest, *where)
    assert guest.get("/@tidewater/lidded-pot").status_code == 404


def test_a_block_holds_at_once(town: Town, guest: Client) -> None:
    town.product("Lidded pot")
    noor = signed_in(town.noor)
    where = ("/market", "/brands", "/", "/hall")
    assert "Lidded pot" in pages(noor, *where)
    assert noor.get("/@tidewater/lidded-pot").status_code == 200
    people.block(by=town.noor, whom=town.brand)
    assert "Lidded pot" not in pages(noor, *where)
    assert noor.get("/@tidewater/lidded-pot").status_code == 404
    assert guest.get("/@tidewater/lidded-pot").status_code == 200


def test_another_name_is_shown_at_once(town: Town, guest: Client) -> None:
    town.product("Lidded pot")
    where = ("/market", "/brands", "/@tidewater", "/@tidewater/lidded-pot")
    assert "Tidewater Kitchen" in pages(guest, *where)
    people.change_profile(by=town.mira, profile=town.brand, name="Harbour Kiln", words="")
    shown = pages(guest, *where)
    assert "Harbour Kiln" in shown
    assert "Tidewater Kitchen" not in shown


def test_what_is_no_longer_shared_is_gone_at_once(town: Town, guest: Client) -> None:
    """For everybody, and for a friend who is no longer in the circle."""
    pot = town.variant("Lidded pot")
    line = lines_of(town.bought(town.ana, {pot: 1}))[0]
    shared = orders.share(by=town.ana, line=line, reach="public", words="It pours well")
    ben, where = signed_in(town.ben), ("/", "/@ana", "/@tidewater/lidded-pot")
    assert "It pours well" in pages(ben, *where)
    assert "Ana Lima" in pages(ben, where[2])
    orders.withdraw_share(by=town.ana, share=shared)
    assert "It pours well" not in pages(ben, *where)
    assert "Ana Lima" not in pages(ben, where[2])
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family, words="Only for you")
    assert "Only for you" in pages(ben, *where)
    people.leave_circle(by=town.ana, circle=town.family, person=town.ben)
    assert "Only for you" not in pages(ben, *where)
    assert "Only for you" not in pages(guest, *where)
