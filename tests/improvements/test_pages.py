"""The pages of what is asked: what they show to whom, and as many questions for twenty rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.catalog.models import Product
from moothall.improvements import actions
from moothall.improvements.models import Improvement
from moothall.people import actions as people
from tests.api.callers import Till
from tests.improvements.made import asked, brought, known
from tests.town import Town, person, signed_in, variants_of

pytestmark = pytest.mark.django_db
HERE = "/@tidewater/lidded-pot/improvements"
BUDGET = {
    HERE: 12,
    f"{HERE}?show=taken": 12,
    "/decisions/tidewater": 9,
    "/desk/tidewater/improvements": 10,
    "/desk/tidewater/products/lidded-pot/revisions": 12,
}


def queries(client: Client, address: str) -> int:
    """How many a warm page asks: it is opened once before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def fill(town: Town, pot: Product, rows: range) -> None:
    for n in rows:
        one = person(f"Friend {n}", f"friend-{n}")
        taken, waits = asked(one, pot, f"A lid {n}"), asked(one, pot, f"A foot {n}")
        actions.join(by=town.ana, improvement=waits)
        brought(town.mira, pot, taken, words=f"Number {n}.")


def test_pages_ask_as_much_for_twenty_rows_as_for_one(town: Town) -> None:
    known(town.ana)
    pot, mira = town.product(), signed_in(town.mira)
    fill(town, pot, range(1))
    few = {address: queries(mira, address) for address in BUDGET}
    fill(town, pot, range(1, 20))
    many = {address: queries(mira, address) for address in BUDGET}
    assert {address: number for address, number in few.items() if number > BUDGET[address]} == {}
    assert {address: number for address, number in many.items() if number > few[address]} == {}


def test_a_product_of_two_revisions_asks_no_more_than_of_one(town: Town) -> None:
    pot, ben = town.product(), signed_in(town.ben)
    before = queries(ben, "/@tidewater/lidded-pot")
    brought(town.mira, pot, asked(town.ana, pot))
    assert queries(ben, "/@tidewater/lidded-pot") == before


def test_basket_and_checkout_ask_once_more_where_something_was_revised(town: Town) -> None:
    variants = [town.variant(f"Pot {n}") for n in range(3)]
    for variant in variants:
        town.bought(town.ana, {variant: 1})
    town.basket_of(town.ana, dict.fromkeys(variants, 1))
    ana = signed_in(town.ana)
    before = {page: queries(ana, page) for page in ("/basket", "/checkout")}
    for variant in variants:
        brought(town.mira, variant.product, asked(town.ana, variant.product))
    assert {page: queries(ana, page) for page in before} == {page: number + 1 for page, number in before.items()}
    for page in before:
        shown = ana.get(page).content.decode()
        assert shown.count("You have revision 1.") == 3
        assert shown.count("A lid that stays on") == 3


def test_placing_an_order_asks_as_much_as_before_anything_was_revised(town: Town) -> None:
    variant = town.variant()
    counts = []
    for _turn in range(3):
        with CaptureQueriesContext(connection) as found:
            town.placed(town.ana, {variant: 1})
        counts.append(len(found))
        if len(counts) == 2:
            brought(town.mira, variant.product)
    assert counts[1] == counts[2]


def test_guests_read_and_are_led_to_the_sign_in(town: Town) -> None:
    made = asked(town.ana, town.product(), words="It falls off.")
    for address in (HERE, f"/improvements/{made.public}"):
        page = Client().get(address).content.decode()
        assert "It falls off." in page
        assert "Sign in to ask" in page
    assert Client().post(HERE, {"title": "A foot"}).status_code == 302
    assert Improvement.objects.count() == 1


def test_the_team_is_led_to_its_desk_and_asks_nothing(town: Town) -> None:
    town.product()
    mira = signed_in(town.mira)
    page = mira.get(HERE).content.decode()
    assert "It is yours to answer" in page
    assert 'name="title"' not in page
    assert mira.post(HERE, {"title": "Ours"}).status_code == 422
    assert not Improvement.objects.exists()


def test_like_ones_are_shown_once_before_it_is_sent(town: Town) -> None:
    pot = town.product()
    asked(town.ana, pot)
    ben = signed_in(town.ben)
    first = ben.post(HERE, {"title": "A better lid", "words": "It rattles."})
    assert first.status_code == 422
    page = first.content.decode()
    assert "Somebody may ask for it already" in page
    assert "It rattles." in page
    assert Improvement.objects.count() == 1
    second = ben.post(HERE, {"title": "A better lid", "words": "It rattles.", "seen": "1"})
    assert second["Location"] == f"/improvements/{Improvement.objects.latest('pk').public}"


def test_a_parted_asker_is_neither_shown_nor_named(town: Town) -> None:
    pot = town.product()
    lid = asked(town.ana, pot)
    brought(town.mira, pot, lid)
    people.block(by=town.ana, whom=town.noor)
    noor = signed_in(town.noor)
    page = noor.get(HERE).content.decode()
    assert "You asked, it changed" in page
    assert "Ana Lima" not in page
    assert "One change that was asked for is not shown to you." in page
    assert noor.get(f"/improvements/{lid.public}").status_code == 404


def test_that_somebody_has_it_stands_nowhere(town: Town) -> None:
    """Whoever asks may have bought it or not: both look alike to everybody else."""
    variant = town.variant()
    for who, title in ((town.ana, "A lid"), (town.ben, "A foot")):
        if who is town.ana:
            town.bought(who, {variant: 1})
        asked(who, variant.product, title)
    one, other = (Client().get(f"/improvements/{row.public}").content.decode() for row in Improvement.objects.all())
    for page in (one, other):
        assert "told to nobody" in page
        assert "has it" not in page


def test_odd_addresses_show_the_page_as_it_is(town: Town) -> None:
    pot = town.product()
    asked(town.ana, pot)
    for query in ("show=back", "show=x", "page=0", "page=999999", "before=0", "before=99999999999999999", "before=-1"):
        assert Client().get(f"{HERE}?{query}").status_code == 200
    town.product("Jug", published=False)
    assert Client().get("/@tidewater/jug/improvements").status_code == 404
    assert signed_in(town.mira).get("/@tidewater/jug/improvements").status_code == 200


def test_a_program_asks_brings_and_is_told_before_it_pays(town: Town) -> None:
    variant = town.variant()
    town.bought(town.ana, {variant: 1})
    ana, mira = Till(town.ana), Till(town.mira)
    here = "/products/tidewater/lidded-pot"
    lid = ana.ask("POST", f"{here}/improvements", {"title": "A lid that stays on"})
    body = {"words": "The lid has a lip.", "takes_in": [lid["id"]]}
    there = "/desks/tidewater/products/lidded-pot/revisions"
    assert mira.ask("POST", there, body)["number"] == 2
    assert "meanwhile" in mira.ask("POST", there, body | {"words": "Again."}, status=409)["detail"]
    ana.ask("POST", "/basket/lines", {"variant": variants_of(variant.product)[0].public})
    (parcel,) = ana.get("/basket")["parcels"]
    assert parcel["lines"][0]["earlier"] == {
        "bought": 1,
        "new": [{"number": 2, "words": "The lid has a lip."}],
        "asked": ["A lid that stays on"],
    }
    (cited,) = ana.get(f"{here}/revisions")["items"][0]["cites"]
    assert cited["by"]["handle"] == "ana"
    assert ana.get("/brands/tidewater/decisions/share") == {"citing": 1, "revisions": 1, "percent": 100}
    assert ana.get(here)["you_asked"] is True
