"""Returns, papers and the same again, by tokens alone: from asking to the money, once each."""

from __future__ import annotations

import pytest

from moothall.config.invariants import offenders
from moothall.orders import actions as orders
from moothall.orders.models import Order, Refund
from tests.api.callers import IMPRINT, Till
from tests.town import Town, acts, lines_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(town: Town) -> Order:
    """Three pots, all sent."""
    order = town.bought(town.ana, {town.variant("Pot", price="38"): 3})
    orders.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 3}, carrier="DHL", tracking="1 2")
    return order


def test_things_go_back_and_the_money_comes_once(town: Town, order: Order) -> None:
    ana, mira, line = Till(town.ana), Till(town.mira), lines_of(order)[0].public
    assert ana.get(f"/orders/{order.public}/returnable") == {"days": 30, "pieces": [{"line": line, "quantity": 3}]}
    pieces = [{"line": line, "quantity": 2}]
    back = ana.ask("POST", f"/orders/{order.public}/returns", {"pieces": pieces, "reason": "fit", "words": "Too wide"})
    assert (back["state"], back["pieces"], back["refund"]) == ("asked", pieces, None)
    there = f"/desks/tidewater/returns/{back['id']}"
    assert mira.get("/desks/tidewater")["returns"] == 1
    assert mira.get(there)["email"] == "ana@example.org"
    mira.ask("POST", f"{there}/agreement", {"answer": "To the quay"})
    sent = ana.ask("POST", f"/returns/{back['id']}/parcel", {"carrier": "Royal Mail", "tracking": "AB 12"})
    assert (sent["state"], sent["answer"], "royalmail" in sent["carrier_page"]) == ("sent", "To the quay", True)
    mira.ask("POST", f"{there}/arrival")
    closings = [mira.ask("POST", f"{there}/closing", {"pieces": pieces}, key="close") for _n in range(2)]
    assert closings[0] == closings[1]
    assert closings[0]["refund"]["amount"] == {"minor": 7600, "currency": "GBP"}
    assert Refund.objects.count() == 1
    assert ana.get("/returns")["items"] == [ana.get(f"/returns/{back['id']}")]
    assert not mira.get("/desks/tidewater/returns?waiting=true")["items"]
    assert [one["id"] for one in mira.get(f"/desks/tidewater/returns?order={order.public}")["items"]] == [back["id"]]
    assert not mira.get("/desks/tidewater/returns?order=nothing")["items"]
    assert len(acts("return.closed")) == 1
    assert not offenders()


def test_a_return_is_declined_or_taken_back_with_words(town: Town, order: Order) -> None:
    ana, mira, line = Till(town.ana), Till(town.mira), lines_of(order)[0].public
    asked = {"pieces": [{"line": line, "quantity": 1}], "reason": "mind"}
    one, other = (ana.ask("POST", f"/orders/{order.public}/returns", asked)["id"] for _n in range(2))
    there = f"/desks/tidewater/returns/{one}"
    mira.ask("POST", f"{there}/refusal", {"answer": ""}, status=422)
    assert mira.ask("POST", f"{there}/refusal", {"answer": "It was used"})["state"] == "declined"
    mira.ask("POST", f"{there}/arrival", status=409)
    for _twice in range(2):
        assert ana.ask("DELETE", f"/returns/{other}", status=200)["state"] == "withdrawn"
    assert ana.get(f"/orders/{order.public}/returnable")["pieces"][0]["quantity"] == 3
    mira.ask("POST", f"{there}/closing", {}, status=422)  # without a key


def test_lines_of_other_orders_do_not_go_back(town: Town, order: Order) -> None:
    other = lines_of(town.bought(town.ana, {town.variant("Cup"): 1}))[0].public
    body = {"pieces": [{"line": other, "quantity": 1}], "reason": "mind"}
    refused = Till(town.ana).ask("POST", f"/orders/{order.public}/returns", body, status=422)
    assert refused["errors"][0]["field"] == "pieces"
    assert not acts("return.asked")


def test_papers_are_the_same_through_either_door(town: Town, order: Order) -> None:
    ana, mira = Till(town.ana, "read"), Till(town.mira, "desk")
    assert ana.get(f"/orders/{order.public}/papers")["items"] == []
    before = mira.get("/desks/tidewater/imprint")
    assert (before["imprint"], before["due"]) == (None, 1)
    set_to = mira.ask("PUT", "/desks/tidewater/imprint", IMPRINT, status=200)
    assert set_to["imprint"] == IMPRINT | {"tax_number": "", "small_print": "", "return_days": 30}
    orders.issue_due(brand=town.brand)
    paper = ana.get(f"/orders/{order.public}/papers")["items"][0]
    assert (paper["sort"], paper["label"], paper["total"]["minor"]) == ("invoice", "TW-00001", 11400)
    path = paper["pdf"][paper["pdf"].index("/api/v1/") :]
    desk_path = mira.get("/desks/tidewater/papers")["items"][0]["pdf"]
    pdf = ana.client.get(path).content
    assert pdf.startswith(b"%PDF")
    assert pdf == mira.client.get(desk_path[desk_path.index("/api/v1/") :]).content
    page = signed_in(town.ana).get(f"/orders/{order.purchase.public}/papers/{paper['id']}.pdf")
    assert pdf == page.content
    rows = b"".join(mira.client.get("/api/v1/desks/tidewater/papers.csv")).decode().splitlines()
    assert rows[1].startswith("TW-00001,")
    assert mira.get("/desks/tidewater/papers?order=nothing")["items"] == []


def test_a_paper_is_there_for_its_buyer_only_and_kept_by_nobody(town: Town, order: Order) -> None:
    """Nor by an order of one's own that it does not belong to."""
    orders.set_imprint(by=town.mira, brand=town.brand, name=town.name())
    paper = orders.issue_due(brand=town.brand)[0]
    own = town.bought(town.noor, {town.variant("Cup"): 1})
    ana, noor = Till(town.ana).client, Till(town.noor).client
    mine = ana.get(f"/api/v1/orders/{order.public}/papers/{paper.public}")
    assert (mine.status_code, "no-store" in mine["Cache-Control"]) == (200, True)
    for public in (order.public, own.public):
        assert noor.get(f"/api/v1/orders/{public}/papers/{paper.public}").status_code == 404


def test_what_was_bought_is_bought_again_once(town: Town) -> None:
    pot, cup = town.variant("Pot", left=3), town.variant("Cup", left=1)
    order = town.bought(town.ana, {pot: 2, cup: 1})
    ana = Till(town.ana)
    for _twice in range(2):
        again = ana.ask("POST", f"/orders/{order.public}/again", status=200)
        assert again["added"] == 1
        assert len(again["said"]) == 2  # one pot is left, no cup
        lines = again["basket"]["parcels"][0]["lines"]
        assert [(line["variant"], line["quantity"]) for line in lines] == [(pot.public, 1)]


def test_a_parcel_is_corrected(town: Town, order: Order) -> None:
    mira = Till(town.mira)
    there = f"/desks/tidewater/orders/{order.public}"
    parcel = mira.get(there)["shipments"][0]
    assert "dhl" in parcel["carrier_page"]
    told = {"carrier": "UPS", "tracking": "1Z"}
    for _twice in range(2):
        order_now = mira.ask("PUT", f"/desks/tidewater/parcels/{parcel['id']}", told, status=200)
        assert order_now["shipments"][0] | told == order_now["shipments"][0]
    assert Till(town.ana).get(f"/orders/{order.public}")["shipments"][0]["tracking"] == "1Z"
    assert len(acts("parcel.corrected")) == 1
