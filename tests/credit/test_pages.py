"""The pages of credit: shares proposed and signed, nothing typed lost, a statement of one's own, and paying out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from moothall.credit import actions
from moothall.credit.models import Payee, Payout, Split
from moothall.ideas import actions as ideas
from moothall.people import actions as people
from tests.credit.ground import IBANS, made, owed_to, parts, refund, signed, sold, steward
from tests.ideas.made import contributed, proposed
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def value_of(answer: Any, name: str) -> str:
    """What stands in the field of a form."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.content.decode())
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_the_form_begins_with_what_the_record_suggests(town: Town) -> None:
    idea = proposed(town.ana)
    ideas.take_in(by=town.ana, contribution=contributed(town.ben, idea), base=1)
    page = signed_in(town.ana).get(f"/ideas/{idea.public}/credit")
    assert [value_of(page, name) for name in ("handle_1", "share_1", "handle_2", "share_2")] == [
        "ana",
        "75",
        "ben",
        "25",
    ]
    assert value_of(page, "why_2") == "1 of 2 versions is in their words"
    assert "Together: 100 %" in text_of(page)
    for other in (Client(), signed_in(town.ben)):
        shown = other.get(f"/ideas/{idea.public}/credit")
        assert "1 of 2 versions is in their words" in text_of(shown)
        assert "handle_1" not in shown.content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(town: Town) -> None:
    idea = proposed(town.ana)
    typed = {"handle_1": "@Ana", "share_1": "33,33", "handle_3": "ben", "share_3": "33.33", "why_3": "The lid"}
    page = signed_in(town.ana).post(f"/ideas/{idea.public}/credit", typed | {"note": "By thirds"})
    assert page.status_code == 422
    assert "The shares come to 66.66 %: 33.34 % is missing." in text_of(page)
    assert [value_of(page, name) for name in typed] == list(typed.values())
    assert "By thirds" in page.content.decode()
    for wrong, said in (
        ({"share_1": "much"}, "A share is a number up to 100"),
        ({"share_3": ""}, "Give them a share"),
        ({"handle_3": ""}, "Say who"),
        ({"handle_3": "nobody-here", "share_3": "66.67"}, "There is nobody of that name"),
        ({"handle_3": "ana", "share_3": "66.67"}, "They are named twice"),
        ({"handle_3": "b\0en", "share_3": "66.67"}, "Null characters"),
        ({"why_3": "x" * 201, "share_3": "66.67"}, "at most 200"),
    ):
        page = signed_in(town.ana).post(f"/ideas/{idea.public}/credit", typed | wrong)
        assert page.status_code == 422
        assert said in text_of(page), wrong
        assert value_of(page, "handle_1") == "@Ana"
    assert not Split.objects.exists()


def test_more_rows_keep_what_was_typed(town: Town) -> None:
    idea = proposed(town.ana)
    typed = {"handle_1": "ana", "share_1": "odd", "handle_20": "ben", "share_20": "5", "handle_21": "x"}
    client = signed_in(town.ana)
    page = client.post(f"/ideas/{idea.public}/credit", typed | {"do": "more"})
    assert (page.status_code, value_of(page, "share_1"), value_of(page, "handle_20")) == (200, "odd", "ben")
    assert "handle_21" not in page.content.decode()
    assert not Split.objects.exists()


def test_proposed_declined_proposed_anew_and_signed(town: Town) -> None:
    idea = proposed(town.ana)
    ana, ben, where = signed_in(town.ana), signed_in(town.ben), f"/ideas/{idea.public}/credit"
    half = {"handle_1": "ana", "share_1": "90", "handle_2": "@ben", "share_2": "10"}
    assert ana.post(where, half)["Location"] == where
    page = ben.get(where)
    assert "You would get 10 %" in text_of(page)
    assert "One signature is missing" in text_of(page)
    refused = ben.post(where, {"do": "decline", "why": ""})
    assert refused.status_code == 422
    assert '<details class="more" open>' in refused.content.decode()
    assert ben.post(where, {"do": "decline", "why": "The lid is mine."}).status_code == 302
    assert "Ben Cole: The lid is mine." in text_of(Client().get(where))
    again = ana.get(f"{where}?from=1")
    assert value_of(again, "share_2") == "10"
    ana.post(where, half | {"share_1": "50", "share_2": "50", "note": "So be it."})
    split = Split.objects.get(number=2)
    assert ben.post(f"/splits/{split.public}/signature")["Location"] == where
    page = Client().get(where)
    assert "What stands, number 2" in text_of(page)
    assert "So be it." in text_of(page)
    assert page.content.decode().count('<rect class="h') == 4, "two in the bar, two beside the names"
    assert "style=" not in page.content.decode()


def test_the_page_says_when_the_record_has_changed(town: Town) -> None:
    idea = proposed(town.ana)
    signed(town, idea, (town.ana, 10_000))
    where = f"/ideas/{idea.public}/credit"
    assert "has changed since" not in text_of(Client().get(where))
    ideas.take_in(by=town.ana, contribution=contributed(town.ben, idea), base=1)
    assert "has changed since" in text_of(Client().get(where))


def test_who_is_parted_is_somebody(town: Town) -> None:
    idea = proposed(town.ana)
    signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    people.block(by=town.noor, whom=town.ben)
    noor, other = (text_of(one.get(f"/ideas/{idea.public}/credit")) for one in (signed_in(town.noor), Client()))
    assert "Ben Cole" not in noor
    assert "somebody" in noor
    assert "Ben Cole" in other


def test_sales_that_wait_are_told_to_whom_it_concerns(town: Town) -> None:
    idea, pot = made(town)
    sold(town, pot)
    where, said = f"/ideas/{idea.public}/credit", "It is sold already"
    assert said in text_of(signed_in(town.ana).get(where))
    assert said not in text_of(Client().get(where))
    assert "5 % go to those who shaped it" in text_of(Client().get(where))
    actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5000)))
    assert said in text_of(signed_in(town.ben).get(where))


def test_a_statement_is_ones_own(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="10")
    signed(town, idea, (town.ana, 10_000))
    refund(town, sold(town, pot, 2), 1)
    ana = signed_in(town.ana)
    page = text_of(ana.get("/you/royalties"))
    assert "sale of Both-hands teapot" in page
    assert "refund of Both-hands teapot" in page
    assert "is owed to you £1 brought by sales, less refunds £1 paid out £0" in page
    rows = b"".join(ana.get("/you/royalties.csv")).decode().splitlines()
    assert [row.split(",")[6] for row in rows[1:]] == ["2.00", "-1.00"]
    assert "teapot" not in text_of(signed_in(town.ben).get("/you/royalties"))
    assert len(b"".join(signed_in(town.ben).get("/you/royalties.csv")).splitlines()) == 1


def test_where_it_is_sent_is_said_by_who_just_signed_in(town: Town) -> None:
    late, ana = signed_in(town.ana, ago=3600), signed_in(town.ana)
    for method in (late.get, late.post):
        assert "reauthenticate" in method("/you/royalties/account")["Location"]
    page = ana.post("/you/royalties/account", {"holder": "Ana Lima", "iban": "GB29 NWBK 6016 1331 9268 18"})
    assert page.status_code == 422
    assert value_of(page, "iban") == "GB29 NWBK 6016 1331 9268 18"
    assert "its check digits do not fit" in text_of(page)
    ana.post("/you/royalties/account", {"holder": "Ana Lima", "iban": "gb29nwbk 60161331926819"})
    assert Payee.objects.get().iban == IBANS[0]
    assert "GB29 NWBK 6016 1331 9268 19" in text_of(ana.get("/you/royalties"))
    ana.post("/you/royalties/account/end")
    assert not Payee.objects.exists()


def test_what_waits_for_a_signature_stands_among_royalties(town: Town) -> None:
    idea = proposed(town.ana)
    actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5000)))
    assert f"/ideas/{idea.public}/credit" in signed_in(town.ben).get("/you/royalties").content.decode()
    assert "Waits for your signature" not in text_of(signed_in(town.ana).get("/you/royalties"))


def test_a_steward_pays_out_once_and_takes_the_file_again(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="100")
    signed(town, idea, (town.ana, 8000), (town.ben, 2000))
    for _twice in range(3):
        sold(town, pot)
    actions.set_payee(by=town.ana, holder="Ana Lima", iban=IBANS[0])
    stella = signed_in(steward())
    page = stella.get("/steward/royalties")
    assert value_of(page, "after") == "0"
    assert "They have given no account" in text_of(page)
    for _twice in range(2):
        assert stella.post("/steward/royalties", {"after": "0"})["Location"] == "/steward/royalties"
    assert (Payout.objects.count(), owed_to(town.ana), owed_to(town.ben)) == (1, 0, 600)
    files = [b"".join(stella.get("/steward/royalties/1.csv")) for _twice in range(2)]
    assert files[0] == files[1]
    assert b"Ana Lima,GB29NWBK60161331926819,24.00,GBP,ROYALTY-1-" in files[0]
    for odd in ("", "x", "-1", "9" * 40):
        assert stella.post("/steward/royalties", {"after": odd}).status_code == 404
    assert "paid out" in text_of(signed_in(town.ana).get("/you/royalties"))


def test_a_desk_sees_its_things_and_nobody_who_bought(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="10")
    sold(town, pot, 2)
    page = text_of(signed_in(town.mira).get("/desk/tidewater/royalties"))
    assert "Both-hands teapot" in page
    assert "£2" in page
    assert "Noor" not in page
    assert idea.title in page
