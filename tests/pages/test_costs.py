"""Basket and checkout say what it costs: where to, and that another country costs something else before one pays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.catalog.models import Product
from moothall.config.invariants import offenders
from moothall.core import work
from moothall.orders.actions import settle
from moothall.orders.models import Basket, Purchase
from moothall.payments import provider
from moothall.prices import actions as prices
from moothall.prices.actions import Plan, Row
from moothall.prices.models import Voucher, Zone
from moothall.prices.queries import Taxed, taxes_of
from tests.town import Town, lines_of, mails, money, orders_of, said, signed_in, take_in

pytestmark = pytest.mark.django_db
HOME = {"name": "Ana", "email": "ana@example.org", "street": "3 Quay", "postcode": "TR26", "town": "St Ives"}


@pytest.fixture
def ana(town: Town, monkeypatch: pytest.MonkeyPatch) -> Client:
    """In her basket lies a pot for 38; sending it costs 4 at home, 14 to France, and it does not go to Spain."""

    def page(ask: provider.Ask) -> provider.State:
        return provider.State("cs", ask.reference, False, False, "", ask.amount, ask.currency, "https://pay.example/1")

    monkeypatch.setattr(provider, "open_session", page)
    for name, country, price in (("Home", "GB", "4"), ("Europe", "FR", "14")):
        prices.make_zone(by=town.mira, brand=town.brand, plan=Plan(name, [country], [Row(money(price))]))
    town.basket_of(town.ana, {town.variant(price="38"): 1})
    return signed_in(town.ana)


def pay(client: Client, page: Any, country: str, **other: str) -> Any:
    """Fill in the checkout as it stands and press Pay."""
    hidden = dict(re.findall(r'name="(key|seen)" value="(\w*)"', page.content.decode()))
    return client.post("/checkout", HOME | hidden | {"country": country} | other)


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_basket_says_what_sending_there_costs(ana: Client) -> None:
    assert "£42" in text(ana.get("/basket"))
    assert ana.post("/basket", {"country": "FR"}).status_code == 302
    assert Basket.objects.get().country == "FR"
    assert "£52" in text(ana.get("/basket"))
    assert "£52" in text(ana.get("/checkout"))


def test_an_odd_country_comes_back_beside_its_field(ana: Client) -> None:
    answer = ana.post("/basket", {"country": "XX"})
    assert answer.status_code == 422
    assert "XX is not one of the available choices" in text(answer)
    assert Basket.objects.get().country == ""


def test_the_basket_says_at_once_that_it_is_not_sent_there(ana: Client) -> None:
    ana.post("/basket", {"country": "ES"})
    page = text(ana.get("/basket"))
    assert "Tidewater Kitchen does not send to Spain." in page
    assert "Go on to pay" not in page


def test_another_country_at_the_checkout_is_shown_before_one_pays(ana: Client) -> None:
    first = pay(ana, ana.get("/checkout"), "FR")
    assert first.status_code == 422
    assert "Sending to France costs £14: look at the total and press Pay again." in text(first)
    assert "Pay £52" in text(first)
    assert 'value="3 Quay"' in first.content.decode()
    assert not Purchase.objects.exists()
    second = pay(ana, first, "FR")
    assert (second.status_code, second["Location"]) == (302, "https://pay.example/1")
    assert (Purchase.objects.get().country, Purchase.objects.get().payment.amount) == ("FR", 5200)


def test_where_it_is_not_sent_nobody_pays_and_nothing_is_lost(ana: Client) -> None:
    first = pay(ana, ana.get("/checkout"), "ES")
    assert first.status_code == 422
    assert "Tidewater Kitchen does not send to Spain." in text(first)
    assert 'value="3 Quay"' in first.content.decode()
    assert not Purchase.objects.exists()
    again = pay(ana, first, "GB")
    assert "Sending to United Kingdom costs £4" in text(again)
    assert pay(ana, again, "GB").status_code == 302
    assert Purchase.objects.get().payment.amount == 4200


def test_another_country_that_costs_the_same_is_just_paid(ana: Client, town: Town) -> None:
    Zone.objects.all().delete()
    assert pay(ana, ana.get("/checkout"), "FR").status_code == 302
    assert Purchase.objects.get().country == "FR"


def test_pressing_twice_makes_one_purchase(ana: Client) -> None:
    page = ana.get("/checkout")
    assert {pay(ana, page, "GB").status_code for _ in range(2)} == {302}
    assert Purchase.objects.count() == 1


def test_what_sending_costs_is_shown_to_who_bought_before(ana: Client, town: Town) -> None:
    town.bought(town.ana, {town.variant("Cup"): 1})
    Purchase.objects.update(country="FR")
    town.basket_of(town.ana, {town.variant("Mug", price="10"): 1})
    assert "£24" in text(ana.get("/basket"))


@pytest.mark.parametrize("page", ["/basket", "/checkout"])
def test_as_many_queries_for_twenty_lines_as_for_one(ana: Client, town: Town, page: str) -> None:
    wool = town.another_brand()

    def asked() -> int:
        ana.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(page).status_code == 200
        return len(queries)

    town.voucher(each=5)
    taxed(town, included=True)
    ana.post("/basket", {"code": "POTS"})
    few = asked()
    things = [town.variant(f"Pot {n}", brand=wool if n % 2 else None) for n in range(20)]
    town.basket_of(town.ana, dict.fromkeys(things, 1))
    many = asked()
    assert many <= few
    assert few <= 20


# ---- tax


def taxed(town: Town, *, included: bool) -> None:
    prices.set_taxes(by=town.mira, brand=town.brand, included=included, rates=[Taxed("GB", 2000), Taxed("FR", 550)])


def test_a_price_says_whether_tax_is_in_it(ana: Client, town: Town) -> None:
    page = "/@tidewater/lidded-pot"
    assert "tax" not in text(ana.get(page))
    taxed(town, included=True)
    assert "£38 incl. tax" in text(ana.get(page))
    taxed(town, included=False)
    assert "£38 plus tax" in text(ana.get(page))
    Product.objects.update(tax="zero")
    assert "tax" not in text(ana.get(page))


def test_tax_that_is_in_the_prices_is_told_below_the_total(ana: Client, town: Town) -> None:
    taxed(town, included=True)
    assert "To pay £42 incl. tax £7" in text(ana.get("/basket"))


def test_tax_that_is_not_in_the_prices_is_a_row_of_its_own(ana: Client, town: Town) -> None:
    taxed(town, included=False)
    assert "Tax £8.40 To pay £50.40" in text(ana.get("/checkout"))
    order = orders_of(Purchase.objects.get(pk=_bought(ana)))[0]
    assert [(line.price, line.tax, line.amount) for line in lines_of(order)] == [(3800, 760, 4560), (400, 80, 480)]
    assert "Tax £8.40 All of it £50.40" in text(ana.get(f"/orders/{order.purchase.public}"))
    assert offenders() == {}


def _bought(client: Client) -> int:
    assert pay(client, client.get("/checkout"), "GB").status_code == 302
    return Purchase.objects.get().pk


def test_a_seller_writes_the_taxes_down(town: Town) -> None:
    mira, there = signed_in(town.mira), "/desk/tidewater/tax"
    rows = {"tax-TOTAL_FORMS": "2", "tax-INITIAL_FORMS": "0", "included": "without"}
    good = {"tax-0-country": "FR", "tax-0-standard": "20", "tax-0-reduced": "5,5"}
    assert mira.post(there, rows | good).status_code == 302
    assert taxes_of(town.brand) == [Taxed("FR", 2000, 550)]
    shop = text(mira.get("/desk/tidewater/shop"))
    assert "Your prices are without tax" in shop
    assert "France 20 % reduced 5.5 %" in shop
    for wrong, sentence in (
        ({"tax-0-standard": "much"}, "A percentage is a number"),
        ({"tax-0-standard": "101"}, "A tax is from 0 to 100 percent."),
        ({"tax-0-standard": ""}, "Give it a rate"),
        ({"tax-0-country": ""}, "Choose a country, or empty the row."),
        ({"tax-1-country": "FR", "tax-1-standard": "1"}, "Name each country once."),
    ):
        answer = mira.post(there, rows | good | wrong)
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert taxes_of(town.brand) == [Taxed("FR", 2000, 550)]


# ---- vouchers


def test_a_voucher_is_shown_before_one_pays_and_afterwards(ana: Client, town: Town) -> None:
    town.voucher()
    assert ana.post("/basket", {"code": "pots"}).status_code == 302
    for page in ("/basket", "/checkout"):
        assert "Voucher POTS -£3.80" in text(ana.get(page))
    order = orders_of(Purchase.objects.get(pk=_bought(ana)))[0]
    assert order.total == 3820
    assert "Voucher POTS -£3.80 Sending £4 All of it £38.20" in text(ana.get(f"/orders/{order.purchase.public}"))
    settle(payment=order.purchase.payment, state=said(order.purchase, paid=True))
    assert "Voucher POTS -£3.80" in text(signed_in(town.mira).get(f"/desk/tidewater/orders/{order.public}"))
    work.do_due()
    for mail in mails():
        assert "Voucher POTS: -£3.80" in mail.text
    assert len(mails()) == 2


def test_a_code_that_is_none_comes_back_beside_its_field(ana: Client, town: Town) -> None:
    answer = ana.post("/basket", {"code": "<b>nope"})
    assert answer.status_code == 422
    assert "There is no voucher of this name." in text(answer)
    assert 'value="&lt;b&gt;nope"' in answer.content.decode()
    town.voucher()
    ana.post("/basket", {"code": "POTS"})
    ana.post("/basket", {"code": ""})
    assert Basket.objects.get().code == ""


def test_a_voucher_that_ended_meanwhile_is_said_before_one_pays(ana: Client, town: Town) -> None:
    voucher = town.voucher()
    ana.post("/basket", {"code": "POTS"})
    page = ana.get("/checkout")
    prices.end_voucher(by=town.mira, voucher=voucher)
    first = pay(ana, page, "GB")
    assert "The voucher POTS is over. Look at the total and press Pay again." in text(first)
    assert not Purchase.objects.exists()
    assert pay(ana, first, "GB").status_code == 302
    assert Purchase.objects.get().payment.amount == 4200


def test_a_seller_makes_a_voucher_sees_its_uses_and_ends_it(town: Town) -> None:
    mira, there = signed_in(town.mira), "/desk/tidewater/vouchers"
    assert mira.post(there, {"code": "spring", "percent": "10", "limit": "5", "ends": "2999-01-01"}).status_code == 302
    assert "SPRING counts 10 % off used 0 of 5 times" in text(mira.get(there))
    order = town.bought(town.ana, {town.variant(price="38"): 1}, code="SPRING")
    town.placed(town.ben, {town.variant("Cup"): 1}, code="SPRING")
    page = text(mira.get(f"{there}/SPRING"))
    assert f"Order {order.public}" in page
    assert "Somebody is paying" in page
    assert "2 of 5 times" in page
    assert mira.post(f"{there}/SPRING/end").status_code == 302
    assert "SPRING over" in text(mira.get(there))
    take_in(by=town.mira, brand=town.brand, person=town.noor, role="maker")
    assert order.public not in text(signed_in(town.noor).get(f"{there}/SPRING"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "X", "percent": "5"}, "A code is 3 to 30 letters"),
        ({"code": "GOOD"}, "Give it a percentage or an amount"),
        ({"code": "GOOD", "amount": "much"}, "A price is a number"),
        ({"code": "GOOD", "percent": "101"}, "less than or equal to 100"),
        ({"code": "GOOD", "percent": "5", "begins": "2999-01-02", "ends": "2999-01-01"}, "over before it begins"),
        ({"code": "GOOD", "percent": "5", "ends": "9999-12-31"}, "Choose an earlier day."),
    ],
)
def test_a_wrong_voucher_comes_back_as_it_was_typed(town: Town, typed: dict[str, str], words: str) -> None:
    answer = signed_in(town.mira).post("/desk/tidewater/vouchers", typed)
    assert answer.status_code == 422
    assert words in text(answer)
    assert f'value="{typed["code"]}"' in answer.content.decode()
    assert not Voucher.objects.exists()


# ---- the desk


def zone_form(**typed: str) -> dict[str, str]:
    return {"name": "Far", "countries": "US", "rate-TOTAL_FORMS": "2", "rate-INITIAL_FORMS": "0"} | typed


def test_a_seller_writes_a_zone_down(town: Town) -> None:
    mira = signed_in(town.mira)
    form = zone_form(**{"rate-0-amount": "9.50", "rate-0-up_to_grams": "500", "rate-1-amount": "12"})
    assert mira.post("/desk/tidewater/zones/new", form)["Location"] == "/desk/tidewater/shop"
    shop = text(mira.get("/desk/tidewater/shop"))
    assert "United States up to 500 g £9.50 heavier £12" in shop
    zone = Zone.objects.get()
    there = f"/desk/tidewater/zones/{zone.public}"
    assert 'value="9.50"' in mira.get(there).content.decode()
    assert mira.post(there, zone_form(**{"rate-0-amount": "3", "name": "Near"})).status_code == 302
    assert "Near" in text(mira.get("/desk/tidewater/shop"))
    assert mira.post(f"{there}/end").status_code == 302
    assert not Zone.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"rate-0-amount": "cheap"}, "A price is a number"),
        ({"rate-0-words": "By boat"}, "Give it a price, or empty the row."),
        ({"rate-0-amount": "1", "rate-0-free_from": "0"}, "Then let its price be 0."),
        ({"rate-0-amount": "1", "rate-0-up_to_grams": "heavy"}, "whole number"),
        ({"rate-0-amount": "1", "countries": "XX"}, "XX is not one of the available choices"),
        ({"rate-0-amount": "1", "name": ""}, "This field is required"),
        ({}, "Give it one price at least"),
        ({"rate-0-amount": "1", "rate-1-amount": "2"}, "Two prices are for the same weight."),
        ({"rate-TOTAL_FORMS": "a"}, "This came back in pieces."),
    ],
)
def test_a_wrong_zone_comes_back_as_it_was_typed(town: Town, typed: dict[str, str], said: str) -> None:
    answer = signed_in(town.mira).post("/desk/tidewater/zones/new", zone_form(name="Far away") | typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert typed.get("name") == "" or "Far away" in answer.content.decode()
    assert not Zone.objects.exists()
