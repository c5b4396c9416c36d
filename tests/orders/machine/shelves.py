"""The machine behind the counter: prices, stock, sending, taxes, vouchers, what is on sale."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.catalog import actions as catalog
from moothall.prices import actions as prices
from moothall.prices.models import Voucher, Zone
from moothall.prices.queries import Taxed
from tests.town import money, owner_of, sends

from .ground import CHOICE, CODE, PERSON, Ground


class Shelves(Ground):
    @rule(what=PERSON, left=st.integers(0, 8))
    def count(self, what: int, left: int) -> None:
        catalog.count(variant=self.things[what], left=left)

    @rule(what=PERSON, by=CHOICE, left=st.none() | st.integers(0, 8))
    def count_at_the_desk(self, what: int, by: int, left: int | None) -> None:
        variant = self.things[what]
        variant.refresh_from_db()
        who = self.owner(variant.product.brand, by)
        self.may(lambda: catalog.count_stock(by=who, variant=variant, left=left))

    @rule(
        what=PERSON,
        by=CHOICE,
        price=st.sampled_from(["0", "0.01", "19.99", "38"]),
        left=st.none() | st.integers(0, 8),
        counted=st.booleans(),
    )
    def change_a_price(self, what: int, by: int, price: str, left: int | None, counted: bool) -> None:
        variant = self.things[what]
        variant.refresh_from_db()
        product = variant.product
        kinds = [catalog.Kind(money(price), left=left, counted=counted, public=variant.public)]
        words = catalog.Words(product.title, kinds=kinds)
        self.may(lambda: catalog.change_product(by=self.owner(product.brand, by), product=product, words=words))

    @rule(what=PERSON, by=CHOICE)
    def withdraw_a_thing(self, what: int, by: int) -> None:
        product = self.things[what].product
        self.may(lambda: catalog.withdraw(by=self.owner(product.brand, by), product=product))

    @rule(what=PERSON, by=CHOICE)
    def publish_a_thing(self, what: int, by: int) -> None:
        product = self.things[what].product
        self.may(lambda: catalog.publish(by=self.owner(product.brand, by), product=product))

    @rule(brand=st.integers(0, 1), by=CHOICE)
    def make_a_draft(self, brand: int, by: int) -> None:
        of, words = self.brands[brand], catalog.Words("Draft", kinds=[catalog.Kind(money("5"), left=2)])
        self.may(lambda: catalog.make_product(by=self.owner(of, by), brand=of, words=words))

    @rule(included=st.booleans(), rate=st.sampled_from([0, 1999, 2000]), sending=st.sampled_from(["0", "3.99"]))
    def ask_otherwise(self, included: bool, rate: int, sending: str) -> None:
        rates = [Taxed("GB", rate)] if rate else []
        prices.set_taxes(by=owner_of(self.town.brand), brand=self.town.brand, included=included, rates=rates)
        sends(self.town.brand, sending, free_from=money("70"))

    @rule(code=CODE)
    def end_a_voucher(self, code: str) -> None:
        voucher = Voucher.objects.filter(code=code).select_related("brand").first()
        if voucher and self.keys % 5 == 0:
            prices.end_voucher(by=owner_of(voucher.brand), voucher=voucher)

    @rule(brand=st.integers(0, 1), by=CHOICE, limit=st.integers(1, 3))
    def make_a_voucher(self, brand: int, by: int, limit: int) -> None:
        of, offer = self.brands[brand], prices.Offer("NEW", percent=33, limit=limit)
        self.may(lambda: prices.make_voucher(by=self.owner(of, by), brand=of, offer=offer))

    @rule(brand=st.integers(0, 1), by=CHOICE, up_to=st.none() | st.integers(0, 500), price=st.sampled_from(["0", "9"]))
    def send_elsewhere(self, brand: int, by: int, up_to: int | None, price: str) -> None:
        of = self.brands[brand]
        plan = prices.Plan("France", countries=["FR"], rates=[prices.Row(money(price), up_to_grams=up_to)])
        self.may(lambda: prices.make_zone(by=self.owner(of, by), brand=of, plan=plan))

    @rule(choice=CHOICE, by=CHOICE, price=st.sampled_from(["0", "2.50"]))
    def send_otherwise(self, choice: int, by: int, price: str) -> None:
        zone = self.one(Zone.objects.select_related("brand"), choice)
        if zone:
            plan = prices.Plan("Anew", rates=[prices.Row(money(price), up_to_grams=100), prices.Row(money("6"))])
            self.may(lambda: prices.change_zone(by=self.owner(zone.brand, by), zone=zone, plan=plan))

    @rule(choice=CHOICE, by=CHOICE)
    def send_no_more(self, choice: int, by: int) -> None:
        zone = self.one(Zone.objects.select_related("brand"), choice)
        if zone:
            self.may(lambda: prices.remove_zone(by=self.owner(zone.brand, by), zone=zone))
