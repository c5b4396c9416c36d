"""The note with an order, the number of a parcel, and buying the same again."""

from __future__ import annotations

import pytest

from moothall.catalog import actions as catalog
from moothall.catalog.models import Variant
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.orders import actions
from moothall.orders.actions.paying import Telling
from moothall.orders.carriers import CARRIERS, page_of
from moothall.orders.models import BasketLine, Order, Purchase, Shipment
from tests.town import Town, acts, lines_of, mails, signed_in

ANA, MIRA = "ana@example.org", "mira@example.org"


# ---- the note


def noted(town: Town, note: str, key: str = "k") -> Purchase:
    basket = town.basket_of(town.ana, {town.variant(price="0"): 1})
    return actions.place_order(
        by=town.ana, basket=basket, contact=town.contact(), telling=Telling(), key=key, note=note
    )


def test_a_note_is_read_by_buyer_and_brand(town: Town) -> None:
    purchase = noted(town, " The <bell> is broken.\nKnock. ")
    assert purchase.note == "The <bell> is broken.\nKnock."
    order = Order.objects.get()
    for client, address in (
        (signed_in(town.ana), f"/orders/{purchase.public}"),
        (signed_in(town.mira), f"/desk/tidewater/orders/{order.public}"),
    ):
        assert "The &lt;bell&gt; is broken.\nKnock." in client.get(address).content.decode()
    work.do_due()
    assert "The <bell> is broken." in mails(MIRA)[0].text


def test_another_note_under_the_same_key_is_another_purchase(town: Town) -> None:
    basket = town.basket_of(town.ana, {town.variant(): 1})
    like = {"by": town.ana, "basket": basket, "contact": town.contact(), "telling": Telling(), "key": "k"}
    made = actions.place_order(**like, note="Knock")  # type: ignore[arg-type]
    assert actions.place_order(**like, note="Knock") == made  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        actions.place_order(**like, note="Ring")  # type: ignore[arg-type]


def test_a_note_has_an_end(town: Town) -> None:
    with pytest.raises(BadInput):
        noted(town, "x" * 501)
    assert not Purchase.objects.exists()
    assert len(noted(town, "x" * 500).note) == 500


# ---- where a parcel is


@pytest.mark.parametrize("carrier", CARRIERS)
def test_each_carrier_has_a_page_of_its_own_for_a_number(carrier: str) -> None:
    page = page_of(carrier.upper(), "ab 12/&#?<x>")
    assert page.startswith("https://")
    assert "ab12%2F%26%23%3F%3Cx%3E" in page


@pytest.mark.parametrize(("carrier", "number"), [("Our own van", "LW-1"), ("", "1"), ("DHL", " "), ("{number}", "1")])
def test_otherwise_there_is_none(carrier: str, number: str) -> None:
    assert page_of(carrier, number) == ""


@pytest.fixture
def parcel(town: Town) -> Shipment:
    order = town.bought(town.ana, {town.variant(): 2})
    made = actions.ship(
        by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}, carrier="royal mail", tracking="AB 1 GB"
    )
    work.do_due()
    return made


def test_the_number_is_a_link_on_the_page_and_in_the_mail(town: Town, parcel: Shipment) -> None:
    page = signed_in(town.ana).get(f"/orders/{parcel.order.purchase.public}").content.decode()
    there = "https://www.royalmail.com/track-your-item#/tracking-results/AB1GB"
    assert f'href="{there}" rel="noreferrer noopener"' in page
    assert there in mails(ANA)[-1].text
    assert there in mails(ANA)[-1].html


def test_a_correction_is_recorded_and_told_once(town: Town, parcel: Shipment) -> None:
    before = len(mails(ANA))
    for _twice in range(2):
        actions.correct_parcel(by=town.mira, shipment=parcel, carrier="Evri", tracking="H<2>")
        work.do_due()
    [act] = acts("parcel.corrected")
    assert (act.brand, act.hand, act.subject_id, act.data) == (
        town.brand, town.mira, parcel.pk, {"order": parcel.order_id}
    )  # fmt: skip
    [mail] = mails(ANA)[before:]
    assert "Evri H<2>" in mail.text
    assert "H&lt;2&gt;" in mail.html
    assert "https://www.evri.com/track/parcel/H%3C2%3E" in mail.text
    with pytest.raises(NotAllowed):
        actions.correct_parcel(by=town.noor, shipment=parcel, carrier="x", tracking="y")
    assert Shipment.objects.get().carrier == "Evri"


# ---- the same again


def in_basket(town: Town) -> dict[str, int]:
    rows = BasketLine.objects.filter(basket__owner=town.ana).select_related("variant__product")
    return {row.variant.product.title: row.quantity for row in rows}


def test_what_can_still_be_bought_is_put_in_and_the_rest_is_said(town: Town) -> None:
    pot, cup, jug, tray = (town.variant(title, left=4) for title in ("Pot", "Cup", "Jug", "Tray"))
    order = town.bought(town.ana, {pot: 2, cup: 3, jug: 1, tray: 4})
    catalog.withdraw(by=town.mira, product=jug.product)
    client = signed_in(town.ana)
    answer = client.post(f"/orders/{order.public}/again", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/basket"
    assert in_basket(town) == {"Pot": 2, "Cup": 1}
    for words in (
        "They are in your basket",
        "Of Cup there is one left.",
        "Jug is no longer sold.",
        "Tray is sold out.",
    ):
        assert words in page
    client.post(f"/orders/{order.public}/again")
    assert in_basket(town) == {"Pot": 2, "Cup": 1}


def test_again_is_at_the_price_of_today(town: Town) -> None:
    pot = town.variant("Pot", price="38")
    order = town.bought(town.ana, {pot: 1})
    Variant.objects.filter(pk=pot.pk).update(price=7600)
    basket = actions.basket_for(owner=town.ana, token="")
    assert actions.buy_again(by=town.ana, basket=basket, order=order) == (1, [])
    assert BasketLine.objects.get().price == 7600


def test_anothers_order_cannot_be_bought_again(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 1})
    assert signed_in(town.noor).post(f"/orders/{order.public}/again").status_code == 404
