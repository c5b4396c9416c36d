"""Paying by bank transfer as buyer and steward see it: chosen, told how, noted, sent back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core import clock, ids, work
from moothall.core.hall import hall
from moothall.orders import actions
from moothall.orders.actions.transfers import Account as Bank
from moothall.orders.models import Order, Purchase
from moothall.payments import provider
from moothall.payments.models import Payback, Payment
from moothall.people import actions as people
from moothall.people.models import Account
from tests.town import NOBODY, Town, lines_of, orders_of, person, signed_in

pytestmark = pytest.mark.django_db
HOME = {
    "email": "ana@example.org",
    "name": "Ana Lima",
    "street": "3 Quay",
    "postcode": "TR26",
    "town": "St Ives",
    "country": "GB",
}
IBAN = "GB29 NWBK 6016 1331 9268 19"
ACCOUNT = {"holder": "Wendham Hall", "account": IBAN, "bic": "", "name": "", "days": "7"}


@pytest.fixture
def stella(town: Town) -> Client:
    steward = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=steward))
    return signed_in(steward)


@pytest.fixture
def bank(town: Town, stella: Client) -> None:
    answer = stella.post("/steward/bank", ACCOUNT)
    assert answer.status_code == 302


def check_out(town: Town, client: Client, price: str = "38", **typed: str) -> Any:
    town.basket_of(town.ana, {town.variant(price=price): 1})
    return client.post("/checkout", HOME | {"key": ids.secret(), "who": ""} | typed)


def waiting(town: Town, client: Client) -> Purchase:
    assert check_out(town, client, method="transfer").status_code == 302
    return Purchase.objects.select_related("payment").latest("pk")


def test_a_hall_without_an_account_asks_nobody_how_to_pay(town: Town) -> None:
    town.basket_of(town.ana, {town.variant(): 1})
    assert b"Bank transfer" not in signed_in(town.ana).get("/checkout").content
    said = signed_in(town.ana).post("/checkout", HOME | {"method": "transfer"})
    assert said.status_code == 422
    assert b"no bank transfers" in said.content
    assert not Purchase.objects.exists()


@pytest.mark.usefixtures("bank")
def test_the_card_is_chosen_already(town: Town) -> None:
    town.basket_of(town.ana, {town.variant(): 1})
    page = signed_in(town.ana).get("/checkout").content.decode()
    assert '<input type="radio" name="method" value="card" checked>' in page
    assert '<input type="radio" name="method" value="transfer">' in page


@pytest.mark.usefixtures("bank")
def test_what_costs_nothing_is_asked_of_nobody(town: Town) -> None:
    client = signed_in(town.ana)
    town.basket_of(town.ana, {town.variant(price="0"): 1})
    assert b'name="method"' not in client.get("/checkout").content
    assert check_out(town, client, price="0", method="transfer").status_code == 302
    assert Payment.objects.get().state == Payment.PAID


@pytest.mark.usefixtures("bank")
def test_the_page_says_how_to_pay_and_asks_no_provider(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "open_session", None)
    client = signed_in(town.ana)
    purchase = waiting(town, client)
    page = client.get(f"/orders/{purchase.public}").content.decode()
    for words in ("£38", "Wendham Hall", IBAN, purchase.public, "Pay by card instead", "Let it go"):
        assert words in page
    assert client.get("/basket").content.decode().count("Your basket is empty") == 1
    assert (
        "svg" not in page.split("How a purchase")[0].split('id="how"')[1].split("</section>")[0]
    )  # pounds have no code


@pytest.mark.usefixtures("bank")
def test_in_euros_an_iban_has_a_code_to_scan(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(town.ana)
    purchase = waiting(town, client)
    Payment.objects.update(currency="EUR")
    page = client.get(f"/orders/{purchase.public}").content.decode()
    assert 'class="qr"' in page
    assert "style=" not in page


@pytest.mark.usefixtures("bank")
def test_a_wrong_choice_and_odd_characters_are_said_beside_it(town: Town) -> None:
    answer = check_out(town, signed_in(town.ana), method="cheque\x00")
    assert answer.status_code == 422
    assert not Purchase.objects.exists()


@pytest.mark.usefixtures("bank")
def test_instead_by_card_leads_to_the_provider(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(ask: provider.Ask) -> provider.State:
        return provider.State(
            "cs_1", ask.reference, False, False, "", ask.amount, ask.currency, "https://pay.example/1"
        )

    monkeypatch.setattr(provider, "open_session", page)
    client = signed_in(town.ana)
    purchase = waiting(town, client)
    assert client.post(f"/orders/{purchase.public}/pay").status_code in (302, 409)
    assert Payment.objects.get().method == "transfer"
    answer = client.post(f"/orders/{purchase.public}/card")
    assert answer["Location"] == "https://pay.example/1"
    assert client.post(f"/orders/{purchase.public}/card")["Location"] == "https://pay.example/1"
    assert signed_in(town.noor).post(f"/orders/{purchase.public}/card").status_code == 404


@pytest.mark.usefixtures("bank")
def test_a_guest_pays_by_transfer_and_pressing_twice_is_once(town: Town) -> None:
    client = Client()
    variant = town.variant()
    client.post("/basket/lines", {"variant": variant.public, "quantity": "1"})
    typed = HOME | {"key": ids.secret(), "method": "transfer"}
    first, second = (client.post("/checkout", typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Purchase.objects.count() == 1
    assert b"Wendham Hall" in client.get(first["Location"]).content


@pytest.mark.usefixtures("bank")
def test_a_steward_finds_it_and_notes_what_arrived(town: Town, stella: Client) -> None:
    purchase = waiting(town, signed_in(town.ana))
    assert purchase.public in stella.get("/steward/transfers").content.decode()
    assert purchase.public in stella.get(f"/steward/transfers?q={purchase.public[:5]}").content.decode()
    assert purchase.public in stella.get("/steward/transfers?q=lima").content.decode()
    assert b"Nothing fits" in stella.get("/steward/transfers?q=zzz").content
    address = f"/steward/transfers/{purchase.public}"
    today = clock.now().date().isoformat()
    for wrong, field in (
        ({"amount": "a lot", "reference": "B-1", "day": today}, "amount"),
        ({"amount": "38", "reference": "", "day": today}, "reference"),
        ({"amount": "38", "reference": "\x00", "day": today}, "reference"),
        ({"amount": "38", "reference": "B-1", "day": "2999-01-01"}, "day"),
        ({"amount": "38", "reference": "B-1", "day": "yesterday"}, "day"),
        ({"amount": "0", "reference": "B-1", "day": today}, "amount"),
    ):
        answer = stella.post(address, wrong)
        assert (answer.status_code, f"id_{field}_error" in answer.content.decode()) == (422, True), wrong
    assert Payment.objects.get().state == Payment.OPEN
    good = {"amount": "38", "reference": "B-1", "day": today}
    assert b"Noted. The order is paid" in stella.post(address, good, follow=True).content
    assert b"noted already" in stella.post(address, good, follow=True).content
    assert Payment.objects.get().state == Payment.PAID
    assert stella.get("/steward/transfers/nothing").status_code == 404


@pytest.mark.usefixtures("bank")
def test_a_refund_waits_for_the_hall_until_it_was_sent(town: Town, stella: Client) -> None:
    ana, mira = signed_in(town.ana), signed_in(town.mira)
    purchase = waiting(town, ana)
    good = {"amount": "38", "reference": "B-1", "day": clock.now().date().isoformat()}
    stella.post(f"/steward/transfers/{purchase.public}", good)
    [order] = orders_of(purchase)
    actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}, reason="Chipped")
    desk = f"/desk/tidewater/orders/{order.public}"
    assert b"waits for the hall" in mira.get(desk).content
    assert b"The hall sends it to the account" in ana.get(f"/orders/{purchase.public}").content
    row = Payback.objects.get()
    listed = stella.get("/steward/paybacks").content.decode()
    for words in ("Ana Lima", "£38", "Chipped", "B-1"):
        assert words in listed
    address = f"/steward/paybacks/{row.public}"
    assert stella.post(address, {"reference": ""}).status_code == 422
    assert stella.post(address, {"reference": "OUT-7"}).status_code == 302
    assert b"Sent back under OUT-7" in stella.get(address).content
    assert b"waits for the hall" not in mira.get(desk).content
    assert Order.objects.get().state == Order.PAID


def test_the_account_is_checked_beside_its_field(town: Town, stella: Client) -> None:
    for field, wrong in (
        ("account", "GB29 NWBK 6016 1331 9268 18"),
        ("account", "\x00"),
        ("account", "1" * 41),
        ("bic", "NWBK"),
        ("days", "0"),
        ("days", "31"),
        ("holder", " "),
        ("holder", "x" * 71),
    ):
        answer = stella.post("/steward/bank", ACCOUNT | {field: wrong})
        assert (answer.status_code, f"id_{field}_error" in answer.content.decode()) == (422, True), field
    assert stella.post("/steward/bank", ACCOUNT).status_code == 302
    assert b"Buyers may pay by bank transfer" in stella.get("/steward/bank").content
    assert stella.post("/steward/bank/end").status_code == 302
    assert b"No new transfers are taken" in stella.get("/steward/bank").content


def test_pages_ask_no_more_for_twenty_rows_than_for_one(town: Town, stella: Client) -> None:
    steward = person("Stan Ward", "stan")
    people.make_steward(account=Account.objects.get(profile=steward))
    actions.set_bank(by=steward, account=Bank("Hall", "12-34-56 12345678"))

    def more(n: int) -> None:
        who = person(f"Friend{n}", f"friend-{n}")
        basket = town.basket_of(who, {town.variant(f"Pot {n}"): 1})
        for key in ("a", "b"):
            town.basket_of(who, {town.variant(f"Pot {n} {key}"): 1})
            made = actions.place_order(
                by=who, basket=basket, contact=town.contact(who.name), telling=NOBODY, key=key, method="transfer"
            )
        actions.receive_transfer(by=steward, payment=made.payment, amount=3800, reference=f"B-{n}")
        [order] = orders_of(made)
        actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})

    def asked(address: str) -> int:
        stella.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert stella.get(address).status_code == 200
        return len(queries)

    pages = ("/steward/transfers", "/steward/paybacks")
    more(0)
    few = [asked(page) for page in pages]
    for n in range(1, 20):
        more(n)
    assert [asked(page) for page in pages] == few
    assert max(few) <= 12, few


@pytest.mark.usefixtures("bank")
def test_a_lapsed_transfer_says_so_and_its_things_are_back(town: Town) -> None:
    client = signed_in(town.ana)
    purchase = waiting(town, client)
    clock.move(clock.now() + timedelta(days=9))
    work.do_due()
    page = client.get(f"/orders/{purchase.public}").content.decode()
    assert "It was not paid" in page
    assert "Pay by card instead" not in page
    assert "Your basket is empty" not in client.get("/basket").content.decode()
    assert hall().name in page
