"""Invoices and credit notes: numbers without a gap, nothing printed that changes later, nothing for other eyes."""

from __future__ import annotations

import csv
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from moothall.activity.actions import replay
from moothall.config.invariants import offenders
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.orders import actions
from moothall.orders.actions import invoices
from moothall.orders.actions.invoices import Charged
from moothall.orders.models import Counter, Imprint, Invoice, Order, OrderLine
from moothall.orders.paper import draw
from moothall.people import actions as people
from tests.town import Town, acts, lines_of, owner_of, person, sends, signed_in, take_in


def named(town: Town, /, **other: Any) -> Imprint:
    return actions.set_imprint(by=town.mira, brand=town.brand, name=town.name(**other))


def labels(town: Town) -> list[str]:
    return list(Invoice.objects.filter(brand=town.brand).order_by("pk").values_list("label", flat=True))


def words_of(paper: Invoice) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(draw(paper))).pages)


@pytest.fixture
def order(town: Town) -> Order:
    sends(town.brand, "4")
    return town.bought(town.ana, {town.variant(price="38"): 3})


def test_a_paid_order_gets_the_next_number_and_a_refund_one_of_its_own(town: Town) -> None:
    named(town)
    pot = town.variant(price="38")
    first, second = town.bought(town.ana, {pot: 1}), town.bought(town.ben, {pot: 2})
    actions.refund(by=town.mira, order=second, pieces={lines_of(second)[0].pk: 1}, reason="Chipped")
    work.do_due()
    assert labels(town) == ["TW-00001", "TW-00002", "TW-C00001"]
    papers = list(Invoice.objects.order_by("pk"))
    assert [paper.order_id for paper in papers] == [first.pk, second.pk, second.pk]
    assert [paper.total for paper in papers] == [3800, 7600, -3800]
    assert papers[2].data["about"] == "TW-00002"
    assert offenders() == {}


def test_twice_read_is_once_written(town: Town, order: Order) -> None:
    named(town)
    work.do_due()
    assert actions.issue_due(brand=town.brand) == []
    assert replay("invoices")
    work.do_due()
    assert labels(town) == ["TW-00001"]


def test_without_an_imprint_nothing_is_written_and_with_it_all_in_the_order_of_paying(town: Town) -> None:
    pot = town.variant()
    placed = [town.placed(who, {pot: 1}) for who in (town.ana, town.ben)]
    orders = [town.bought(town.noor, {pot: 1})]
    from tests.town import orders_of, said  # noqa: PLC0415

    for purchase in reversed(placed):
        actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
        orders += orders_of(purchase)
    work.do_due()
    assert not Invoice.objects.exists()
    assert offenders() == {}
    named(town)
    assert offenders() == {}  # they wait
    work.do_due()
    written = Invoice.objects.order_by("number").values_list("order", flat=True)
    assert list(written) == [order.pk for order in orders]
    assert acts("imprint.set")[0].brand == town.brand


def test_more_waiting_than_are_written_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invoices, "AT_ONCE", 2)
    pot = town.variant()
    for _n in range(5):
        town.bought(town.ana, {pot: 1})
    named(town)
    work.do_due()
    assert labels(town) == [f"TW-{n:05}" for n in range(1, 6)]
    assert offenders() == {}


def test_two_brands_count_each_for_itself(town: Town) -> None:
    other = town.another_brand()
    named(town)
    ola = owner_of(other)
    actions.set_imprint(by=ola, brand=other, name=town.name(stem="nw"))
    town.bought(town.ana, {town.variant(): 1})
    town.bought(town.ana, {town.variant("Scarf", brand=other): 1})
    work.do_due()
    assert labels(town) == ["TW-00001"]
    assert [paper.label for paper in Invoice.objects.filter(brand=other)] == ["NW-00001"]


def test_what_fails_takes_no_number(town: Town, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    named(town)
    with monkeypatch.context() as patch:
        patch.setattr(Invoice.objects, "bulk_create", lambda papers: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.issue_due(brand=town.brand)
    assert not Counter.objects.exists()
    assert [paper.number for paper in actions.issue_due(brand=town.brand)] == [1]


def test_a_written_paper_stays_as_it_was(town: Town, order: Order) -> None:
    named(town)
    paper = actions.issue_due(brand=town.brand)[0]
    before = draw(Invoice.objects.get())
    named(town, legal="Another Ltd", stem="ZZ")
    people.change_profile(by=town.mira, profile=town.brand, name="New Name", words="")
    OrderLine.objects.update(title="Changed")
    work.do_due()
    assert draw(Invoice.objects.get()) == before
    assert Invoice.objects.get().label == paper.label
    assert "Another" not in words_of(paper)


def test_what_stands_on_an_invoice(town: Town, order: Order) -> None:
    named(town, tax_number="GB 123 4567 89", small_print="Registered in Cornwall")
    said = words_of(actions.issue_due(brand=town.brand)[0])
    for words in ("Invoice TW-00001", "Tidewater Kitchen Ltd", "GB 123 4567 89", "Ana Lima", "Lidded pot", "£38.00",
                  "£114.00", "£4.00", "£118.00", "United Kingdom", order.public, "Registered in Cornwall"):  # fmt: skip
        assert words in said, words
    assert "Tax at" not in said


def test_what_stands_on_a_credit_note(town: Town, order: Order) -> None:
    named(town)
    actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}, reason="Chipped rim")
    said = words_of(actions.issue_due(brand=town.brand)[1])
    for words in ("Credit note TW-C00001", "invoice TW-00001", "Chipped rim", "Given back", "£38.00"):
        assert words in said, words


def test_tax_is_summed_by_rate_and_all_of_it_goes_back_in_parts(
    town: Town, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        invoices, "charged", lambda line: Charged(line.price * line.quantity, 1000 if line.variant_id else 67, 2000)
    )
    named(town)
    for _n in range(3):
        actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    bill, *back = actions.issue_due(brand=town.brand)
    assert bill.data["rates"] == [{"rate": 2000, "amount": 11_800, "tax": 1067}]
    assert [paper.tax for paper in back] == [-333, -334, -333]
    said = words_of(bill)
    for words in ("20 %", "Net at 20 %", "£107.33", "Tax at 20 %", "£10.67"):
        assert words in said, words


def test_letters_of_many_scripts_are_drawn_and_others_leave_a_box(town: Town) -> None:
    named(town, legal="Θάλασσα Żółw Чайник")
    town.bought(person("Ştefan 山", "stefan"), {town.variant("Bol 🥣"): 1})
    said = words_of(actions.issue_due(brand=town.brand)[0])
    for words in ("Θάλασσα Żółw Чайник", "Ştefan □", "Bol □"):
        assert words in said, words


def test_many_lines_go_on_to_a_second_page(town: Town) -> None:
    named(town)
    town.bought(town.ana, {town.variant(f"Thing {n} " + "with a long name " * 7): 1 for n in range(30)})
    file = PdfReader(BytesIO(draw(actions.issue_due(brand=town.brand)[0])))
    assert len(file.pages) > 1
    assert all("What" in page.extract_text() for page in file.pages)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("legal", " "),
        ("street", "\x00"),
        ("town", ""),
        ("postcode", ""),
        ("country", "G"),
        ("stem", "-A"),
        ("stem", "A" * 9),
        ("stem", ""),
        ("stem", "Ä1"),
        ("tax_number", "no"),
        ("tax_number", "GB <b> 123"),
        ("small_print", "x" * 401),
        ("return_days", -1),
        ("return_days", 366),
    ],
)
def test_what_an_imprint_may_not_say(town: Town, field: str, typed: object) -> None:
    with pytest.raises(BadInput) as refusal:
        named(town, **{field: typed})
    assert refusal.value.field == field
    assert not Imprint.objects.exists()


def test_only_owners_say_whom_papers_name(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="seller")
    for who in (town.ben, town.ana):
        with pytest.raises(NotAllowed):
            actions.set_imprint(by=who, brand=town.brand, name=town.name())
    assert not Imprint.objects.exists()


# ---- at their addresses


def test_the_buyer_and_the_desk_download_it(town: Town, order: Order) -> None:
    named(town)
    paper = actions.issue_due(brand=town.brand)[0]
    page = signed_in(town.ana).get(f"/orders/{order.purchase.public}").content.decode()
    address = f"/orders/{order.purchase.public}/papers/{paper.public}.pdf"
    assert address in page
    answer = signed_in(town.ana).get(address)
    assert answer.content == draw(paper)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf", 'inline; filename="TW-00001.pdf"'
    )  # fmt: skip
    assert signed_in(town.mira).get(f"/desk/tidewater/papers/{paper.public}.pdf").content == answer.content
    for stranger in (signed_in(town.noor), Client()):
        assert stranger.get(address).status_code == 404


def test_another_order_does_not_open_a_paper(town: Town, order: Order) -> None:
    named(town)
    paper = actions.issue_due(brand=town.brand)[0]
    mine = town.bought(town.noor, {town.variant("Cup"): 1})
    assert signed_in(town.noor).get(f"/orders/{mine.purchase.public}/papers/{paper.public}.pdf").status_code == 404


def test_a_guest_downloads_it(town: Town) -> None:
    named(town)
    order = town.bought(people.make_guest(name="Gil Guest"), {town.variant(): 1})
    paper = actions.issue_due(brand=town.brand)[0]
    client = Client()
    session = client.session
    session["guest"] = order.purchase.buyer.public
    session.save()
    client.cookies["session"] = session.session_key
    assert client.get(f"/orders/{order.purchase.public}/papers/{paper.public}.pdf").status_code == 200


def test_the_bookkeeper_gets_a_file(town: Town, order: Order) -> None:
    named(town)
    actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    bought = town.bought(person("=cmd", "cmd"), {town.variant("Cup", price="1.50"): 1})
    actions.issue_due(brand=town.brand)
    answer = signed_in(town.mira).get("/desk/tidewater/papers.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["number"], row["order"], row["net"], row["tax"], row["total"]) for row in rows] == [
        ("TW-00001", order.public, "118.00", "0.00", "118.00"),
        ("TW-00002", bought.public, "5.50", "0.00", "5.50"),
        ("TW-C00001", order.public, "-38.00", "0.00", "-38.00"),
    ]
    assert rows[1]["name"] == "'=cmd"
    assert rows[2]["about"] == "TW-00001"


def test_the_desk_says_what_waits_and_keeps_what_was_typed(town: Town, order: Order) -> None:
    client = signed_in(town.mira)
    assert "1 paper waits" in client.get("/desk/tidewater/papers").content.decode()
    typed = {"legal": "Tidewater Ltd", "street": "3 Quay", "postcode": "TR26", "town": "St Ives", "country": "GB",
             "stem": "?", "return_days": "30"}  # fmt: skip
    answer = client.post("/desk/tidewater/papers", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "inner hyphens" in page
    assert 'value="Tidewater Ltd"' in page
    assert client.post("/desk/tidewater/papers", typed | {"stem": "tw"}).status_code == 302
    work.do_due()
    assert "TW-00001" in client.get("/desk/tidewater/papers").content.decode()
