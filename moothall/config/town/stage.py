"""What the people of the town do, each by the action that everybody else's pages call."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from moothall.catalog import actions as catalog
from moothall.catalog.models import Product, Variant
from moothall.core import clock, ids, work
from moothall.notices import actions as notices
from moothall.notices import queries as told
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Basket, BasketLine, OrderLine, Purchase, Share
from moothall.payments.models import Payment
from moothall.people import actions as people
from moothall.people import tokens
from moothall.people.models import SHOP, Account, Circle, Profile
from moothall.people.sessions import open_session

from .asking import ask
from .bought import TRANSFER, Buy
from .cast import BY_HANDLE, GUESTS, STEWARD, Person
from .hearing import HEARING, PLACE
from .painter import Painter
from .talk import EVERYBODY, FOLLOWERS, Say
from .ties import BRAND_BY_HANDLE, ONCE_CALLED, Brand
from .till import Till
from .wares import Look, Ware

WORD_AT_THE_DOOR = "wendham-town"  # with which everybody of the town signs in


class Stage:
    """The town as it is so far: who is here by handle, what is for sale by key, what was bought."""

    def __init__(self, till: Till, painter: Painter) -> None:
        self.till, self.painter = till, painter
        self.people: dict[str, Profile] = {}
        self.brands: dict[str, Profile] = {}
        self.products: dict[str, Product] = {}
        self.circles: dict[tuple[str, str], Circle] = {}
        self.purchases: dict[Buy, Purchase] = {}
        self.shares: dict[Say, Share] = {}
        self.password = make_password(WORD_AT_THE_DOOR)  # once: it is slow for good reason

    def move(self, moment: datetime) -> None:
        clock.move(moment)
        self.till.stand_at(moment)

    def rest(self) -> None:
        """Nothing but what time and the worker bring."""
        work.do_due()

    # ---- people and brands

    def join(self, person: Person) -> None:
        account = Account(email=person.email, password=self.password)
        one = people.join(account=account, name=person.name, handle=person.handle).profile
        EmailAddress.objects.create(user=account, email=person.email, verified=True, primary=True)
        people.change_profile(by=one, profile=one, name=person.name, words=person.words)
        people.change_picture(by=one, profile=one, picture=self.painter.face(person.handle))
        if person.handle == STEWARD:
            people.make_steward(account=account)
        self.people[person.handle] = one

    def open_brand(self, brand: Brand) -> None:
        owner = self.people[brand.owner]
        first = ONCE_CALLED.get(brand.handle, brand.handle)
        one = people.open_brand(by=owner, name=brand.name, handle=first, words=brand.words)
        people.change_profile(by=owner, profile=one, name=brand.name, words=brand.words, handle=brand.handle)
        people.change_picture(by=owner, profile=one, picture=self.painter.thing(Look(*brand.sign)))
        ask(owner, one)
        self.brands[brand.handle] = one

    def join_team(self, brand: Brand, handle: str) -> None:
        owner, person = self.people[brand.owner], self.people[handle]
        shop = self.brands[brand.handle]
        people.invite_to_team(by=owner, brand=shop, person=person, role=brand.team[handle])
        people.join_team(by=person, brand=shop)

    def ask(self, brand: str, handle: str, role: str) -> None:
        shop = self.brands[brand]
        owner = self.people[BRAND_BY_HANDLE[brand].owner]
        people.invite_to_team(by=owner, brand=shop, person=self.people[handle], role=role)

    def invite(self, handle: str, email: str, words: str) -> None:
        people.invite(by=self.people[handle], email=email, words=words)

    def be_found(self, handle: str) -> None:
        people.let_be_found(account=Account.objects.get(profile=self.people[handle]), findable=True)

    def sign_in(self, handle: str, browser: str) -> None:
        open_session(Account.objects.get(profile=self.people[handle]), browser)

    def follow(self, handle: str, source: str) -> None:
        shop = self.brands.get(source)
        by = self.people[handle]
        people.follow(by=by, source=shop or self.people[source], channel=SHOP if shop else "")

    def make_circle(self, owner: str, name: str) -> None:
        self.circles[owner, name] = people.make_circle(by=self.people[owner], name=name)

    def join_circle(self, owner: str, name: str, handle: str) -> None:
        circle = self.circles[owner, name]
        people.join_circle(by=self.people[owner], circle=circle, person=self.people[handle])

    def make_token(self, handle: str, name: str, scopes: str) -> None:
        account = Account.objects.select_related("profile").get(profile=self.people[handle])
        tokens.make_token(account=account, name=name, scopes=scopes.split(), days=90)

    def mute(self, by: str, whom: str) -> None:
        people.mute(by=self.people[by], whom=self.brands.get(whom) or self.people[whom])

    def block(self, by: str, whom: str) -> None:
        people.block(by=self.people[by], whom=self.people[whom])

    # ---- being told

    def choose(self, handle: str) -> None:
        one = HEARING[handle]
        begin, end = one.quiet or (None, None)
        notices.choose(
            by=self.people[handle],
            wishes=one.wishes,
            zone=PLACE,
            quiet_from=begin,
            quiet_until=end,
            digest_hour=one.digest_hour,
        )

    def look(self, handle: str) -> None:
        """They saw all they were told so far."""
        me = self.people[handle]
        notices.see_all(by=me, until=told.page(me).newest or 0)

    # ---- things

    def make(self, brand: Brand, ware: Ware) -> None:
        """A draft with its words, kinds, stock and pictures."""
        by = self.people[brand.seller]
        product = catalog.make_product(by=by, brand=self.brands[brand.handle], words=ware.words)
        for look, alt in ware.looks:
            catalog.add_picture(by=by, product=product, picture=self.painter.thing(look), alt=alt)
        self.products[ware.key] = product

    def publish(self, brand: Brand, ware: Ware) -> None:
        self.make(brand, ware)
        catalog.publish(by=self.people[brand.seller], product=self.products[ware.key])

    # ---- buying

    def fill(self, basket: Basket, things: str) -> None:
        """Exactly this lies in the basket: keys of wares with option values and number, as "mug:Teal*2, kettle"."""
        for line in BasketLine.objects.filter(basket=basket).select_related("variant"):
            orders.set_quantity(basket=basket, variant=line.variant, quantity=0)
        for thing in things.split(", "):
            name, _, number = thing.partition("*")
            orders.put(basket=basket, variant=self.variant(name), quantity=int(number or 1))

    def variant(self, name: str) -> Variant:
        key, _, label = name.partition(":")
        found = Variant.objects.select_related("product").filter(product=self.products[key], gone=None)
        return next(one for one in found if one.label == label.replace("/", " · "))

    def keep(self, handle: str, things: str) -> None:
        """Leave things in one's basket for another day."""
        self.fill(orders.basket_for(owner=self.people[handle], token=""), things)

    def go_to_pay(self, buy: Buy) -> None:
        guest = GUESTS.get(buy.who)
        buyer = people.make_guest(name=guest.name) if guest else self.people[buy.who]
        basket = orders.basket_for(owner=buyer, token=ids.secret())
        self.fill(basket, buy.things)
        orders.set_code(basket=basket, by=buyer, code=buy.code)
        purchase = orders.place_order(
            by=buyer,
            basket=basket,
            contact=guest or BY_HANDLE[buy.who].contact,
            telling=Telling(buy.reach, None, buy.words),
            key=ids.secret(),
            note=buy.note,
            method=buy.method,
        )
        if buy.method != TRANSFER:
            orders.open_page(purchase=purchase)
        self.purchases[buy] = purchase

    def pay(self, buy: Buy) -> None:
        payment = Payment.objects.get(pk=self.purchases[buy].payment_id)
        self.till.pay(payment.session)
        orders.look_after(payment=payment)

    def leave(self, buy: Buy) -> None:
        purchase = self.purchases[buy]
        orders.abandon(by=purchase.buyer, purchase=purchase)

    # ---- telling

    def say(self, said: Say) -> None:
        by, circle = self.people[said.who], self.circles.get((said.who, said.to))
        lines = OrderLine.objects.filter(order__purchase__buyer=by, variant__product=self.products[said.ware])
        line = lines.filter(shipped__gt=0).select_related("order__purchase", "variant__product").latest("pk")
        reach = said.to if said.to in (EVERYBODY, FOLLOWERS) else "circle"
        self.shares[said] = orders.share(by=by, line=line, reach=reach, circle=circle, words=said.words)

    def take_back(self, said: Say) -> None:
        orders.withdraw_share(by=self.people[said.who], share=self.shares[said])
