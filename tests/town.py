"""The cast of all tests, made by the same actions as everybody: Ana buys, Ben follows Ana, Mira makes, Noor is a
stranger."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.models import Product, Variant
from moothall.core import ids
from moothall.core.money import Money, parse
from moothall.orders import actions as orders
from moothall.orders.actions.invoices import Name
from moothall.orders.actions.paying import Contact, Telling
from moothall.orders.models import Basket, BasketLine, Order, OrderLine, Purchase
from moothall.outbox.models import Mail
from moothall.payments.models import Payment
from moothall.payments.provider import State
from moothall.people import actions as people
from moothall.people.models import OWNER, Account, Circle, Member, Profile
from moothall.prices import actions as prices
from moothall.prices.models import Voucher, Zone

PASSWORD = "slow green kettle"
NOBODY = Telling()


def sends(brand: Profile, amount: str, words: str = "", **like: Any) -> Zone:
    """The brand asks this for sending anything anywhere, from now on."""
    plan = prices.Plan("Everywhere", rates=[prices.Row(money(amount), words=words, **like)])
    zone = Zone.objects.filter(brand=brand).first()
    if zone:
        return prices.change_zone(by=owner_of(brand), zone=zone, plan=plan)
    return prices.make_zone(by=owner_of(brand), brand=brand, plan=plan)


@dataclass
class Town:
    """Whom a test may ask: people, the brand of one of them, and what each does most often."""

    ana: Profile
    ben: Profile
    mira: Profile
    noor: Profile
    brand: Profile
    family: Circle

    def product(
        self,
        title: str = "Lidded pot",
        *,
        price: str = "38",
        left: int | None = 10,
        sizes: Sequence[str] = (),
        brand: Profile | None = None,
        published: bool = True,
    ) -> Product:
        """A product in one kind, or in one for each size."""
        by = owner_of(brand or self.brand)
        kinds = [catalog.Kind(parse(price, "GBP"), (size,) if size else (), left=left) for size in sizes or ("",)]
        words = catalog.Words(title, options=("Size",) if sizes else (), kinds=kinds)
        made = catalog.make_product(by=by, brand=brand or self.brand, words=words)
        if published:
            catalog.publish(by=by, product=made)
            made.refresh_from_db()
        return made

    def variant(self, title: str = "Lidded pot", **like: Any) -> Variant:
        """The one kind of a new product."""
        return variants_of(self.product(title, **like))[0]

    def another_brand(self, name: str = "North Wool", handle: str = "north-wool") -> Profile:
        """A second brand, of somebody who is in no other test's way."""
        return people.open_brand(by=person("Ola Nord", "ola"), name=name, handle=handle)

    def basket_of(self, owner: Profile, wanted: Mapping[Variant, int]) -> Basket:
        """The person's basket, with exactly this in it."""
        basket = orders.basket_for(owner=owner, token=f"token-of-{owner.pk}")
        for line in BasketLine.objects.filter(basket=basket).select_related("variant"):
            orders.set_quantity(basket=basket, variant=line.variant, quantity=0)
        for variant, number in wanted.items():
            orders.put(basket=basket, variant=variant, quantity=number)
        return basket

    def contact(self, name: str = "Ana Lima") -> Contact:
        stem = name.split()[0].lower()
        return Contact(
            email=f"{stem}@example.org", name=name, street="3 Quay", postcode="TR26 1LP", town="St Ives", country="GB"
        )

    def name(self, **other: Any) -> Name:
        """Whom the brand's papers name."""
        like = {"street": "3 Quay", "postcode": "TR26 1LP", "town": "St Ives", "country": "GB", "stem": "TW"}
        return Name(**{"legal": "Tidewater Kitchen Ltd", **like, **other})

    def placed(
        self, buyer: Profile, wanted: Mapping[Variant, int], *, telling: Telling = NOBODY, key: str = "", code: str = ""
    ) -> Purchase:
        """A purchase that waits for its payment."""
        basket = self.basket_of(buyer, wanted)
        orders.set_code(basket=basket, by=buyer, code=code)
        return orders.place_order(
            by=buyer, basket=basket, contact=self.contact(buyer.name), telling=telling, key=key or ids.secret()
        )

    def voucher(self, code: str = "POTS", **like: Any) -> Voucher:
        """A tenth off the brand's things, unless something else is said."""
        offer = prices.Offer(code, **({"percent": 10} | like))
        return prices.make_voucher(by=self.mira, brand=self.brand, offer=offer)

    def bought(
        self, buyer: Profile, wanted: Mapping[Variant, int], *, telling: Telling = NOBODY, code: str = ""
    ) -> Order:
        """A paid order (of the first brand, where there are several); nobody at the till was asked."""
        purchase = self.placed(buyer, wanted, telling=telling, code=code)
        if purchase.payment.amount:
            orders.settle(payment=purchase.payment, state=said(purchase, paid=True))
        return orders_of(purchase)[0]


def make() -> Town:
    """The town as it is before a test begins."""
    ana, ben = person("Ana Lima", "ana"), person("Ben Cole", "ben")
    mira, noor = person("Mira Sand", "mira"), person("Noor Aziz", "noor")
    people.follow(by=ben, source=ana)
    family = people.make_circle(by=ana, name="Family")
    people.join_circle(by=ana, circle=family, person=ben)
    brand = people.open_brand(by=mira, name="Tidewater Kitchen", handle="tidewater")
    return Town(ana, ben, mira, noor, brand, family)


def person(name: str, handle: str) -> Profile:
    account = Account(email=f"{handle}@example.org", password=_hashed())
    return people.join(account=account, name=name, handle=handle).profile


@cache
def _hashed() -> str:
    """Once in a process: as the hall hashes it, it takes a third of a second."""
    return make_password(PASSWORD)


def take_in(*, by: Profile, brand: Profile, person: Profile, role: str) -> Member:
    """Into the team: asked by an owner, and the person says yes; whoever is in gets the role."""
    if Member.objects.filter(brand=brand, person=person).exists():
        return people.change_role(by=by, brand=brand, person=person, role=role)
    people.invite_to_team(by=by, brand=brand, person=person, role=role)
    return people.join_team(by=person, brand=brand)


def signed_in(who: Profile, *, ago: float = 0) -> Client:
    """A browser in which this person signed in with the password, just now or so many seconds ago."""
    client, account = Client(), Account.objects.get(profile=who)
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def owner_of(brand: Profile) -> Profile:
    return Member.objects.filter(brand=brand, role=OWNER).order_by("pk")[0].person


def variants_of(product: Product) -> list[Variant]:
    return list(Variant.objects.filter(product=product, gone=None).select_related("product").order_by("position"))


def orders_of(purchase: Purchase) -> list[Order]:
    return list(Order.objects.filter(purchase=purchase).select_related("brand", "purchase").order_by("pk"))


def lines_of(order: Order) -> list[OrderLine]:
    """The order's lines as they stand now."""
    rows = OrderLine.objects.filter(order=order).select_related("order__purchase", "order__brand", "variant__product")
    return list(rows.order_by("pk"))


def money(text: str) -> Money:
    return parse(text, "GBP")


def said(purchase: Purchase, *, paid: bool = False, ended: bool = False, **other: Any) -> State:
    """What the till says of a purchase's session."""
    payment = Payment.objects.get(pk=purchase.payment_id)
    like: dict[str, Any] = {
        "session": payment.session or f"cs_{payment.public}",
        "reference": payment.public,
        "paid": paid,
        "ended": ended,
        "intent": f"pi_{payment.public}" if paid else "",
        "amount": payment.amount,
        "currency": payment.currency,
        "page": "",
    }
    return State(**like | other)


def acts(verb: str, **like: Any) -> list[Act]:
    """What is recorded under a verb, oldest first."""
    return list(Act.objects.filter(verb=verb, **like).order_by("pk"))


def mails(to: str = "") -> list[Mail]:
    """What lies in the outbox, oldest first."""
    found = Mail.objects.order_by("pk")
    return list(found.filter(to=to) if to else found)
