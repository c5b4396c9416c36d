"""Search, completion and the market's facets, as a browser sees them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from moothall.catalog import actions as catalog
from moothall.catalog.models import ARCHIVED, Product
from moothall.core import search, work
from moothall.core.money import parse
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.town import Town, person, signed_in

pytestmark = pytest.mark.django_db


def text(address: str, who: Profile | None = None) -> str:
    answer = (signed_in(who) if who else Client()).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def main(address: str, who: Profile | None = None) -> str:
    """Without the bar and the foot."""
    return re.split(r"<main|</main>", text(address, who))[1]


def completed(words: str, who: Profile | None = None) -> list[str]:
    answer = (signed_in(who) if who else Client()).get("/search/complete", {"q": words})
    assert answer["Cache-Control"] == "private, no-store"
    return [one["text"] for one in answer.json()["options"]]


def thing(town: Town, title: str, *, type: str = "", price: str = "38", brand: Profile | None = None) -> Product:
    by = town.mira if brand is None else person(f"Owner of {title}", "owner")
    words = catalog.Words(title, type=type, kinds=[catalog.Kind(parse(price, "GBP"))])
    made = catalog.make_product(by=by, brand=brand or town.brand, words=words)
    catalog.publish(by=by, product=made)
    return made


def number_of(page: str, choice: str) -> int | None:
    """The count beside a choice of a facet."""
    found = re.search(rf"<span>{re.escape(choice)}</span><span class=\"n\">(\d+)</span>", page)
    return int(found[1]) if found else None


# ---- the page


def test_things_brands_and_people_are_found_in_groups(town: Town) -> None:
    thing(town, "Tide clock")
    person("Tide Walker", "walker")
    work.do_due()
    page = main("/search?q=tide")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == ["Things", "Brands", "People"]
    assert page.index("Tide clock") < page.index("Tidewater Kitchen</a>") < page.index("Tide Walker")


def test_what_was_forgiven_is_said(town: Town) -> None:
    thing(town, "Red lamp")
    work.do_due()
    for address in ("/search?q=lmap+red", "/market?q=lmap+red"):
        page = main(address)
        assert "Nothing for ‘lmap’; showing ‘lamp’." in page
        assert "Red lamp" in page
    assert "Nothing for" not in main("/search?q=lamp")


def test_where_nothing_is_found_there_is_something_to_go_on_with(town: Town) -> None:
    thing(town, "Red lamp")
    work.do_due()
    page = main("/search?q=zeppelin")
    assert "Nothing here has these words" in page
    assert "New here" in page
    assert "Red lamp" in page


def test_many_people_stand_on_pages(town: Town) -> None:
    for n in range(30):
        person(f"Sam {n}", f"sam-{n}")
    work.do_due()
    assert "only=people" in main("/search?q=sam")
    first, second = main("/search?q=sam&only=people"), main("/search?q=sam&only=people&page=2")
    handles = [set(re.findall(r"/@(sam-\d+)", page)) for page in (first, second)]
    assert [len(some) for some in handles] == [24, 6]
    assert not handles[0] & handles[1]


def test_what_was_typed_is_shown_as_text(town: Town) -> None:
    page = Client().get("/search", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_renamed_brand_is_found_with_its_things(town: Town) -> None:
    thing(town, "Jug")
    people.change_profile(by=town.mira, profile=town.brand, name="Harbour Works", words="")
    work.do_due()
    assert "Jug" in main("/search?q=harbour+jug")
    assert "Jug" not in main("/market?q=kitchen+jug")


def test_a_changed_title_is_found_by_the_new_one(town: Town) -> None:
    made = thing(town, "Jug")
    work.do_due()
    words = catalog.Words("Pitcher", kinds=[catalog.Kind(parse("38", "GBP"))])
    catalog.change_product(by=town.mira, product=made, words=words)
    work.do_due()
    assert "Pitcher" in main("/market?q=pitcher")
    assert "Nothing like this" in main("/market?q=jug")


# ---- what may not be seen


def test_drafts_the_withdrawn_and_the_archived_are_nowhere(town: Town) -> None:
    town.product("Zebra draft", published=False)
    withdrawn, archived = thing(town, "Zebra withdrawn"), thing(town, "Zebra archived")
    work.do_due()
    assert "Zebra withdrawn" in main("/search?q=zebra")
    catalog.withdraw(by=town.mira, product=withdrawn)
    Product.objects.filter(pk=archived.pk).update(state=ARCHIVED)
    for _time in range(2):  # before the worker comes by, and after
        for who in (None, town.noor, town.mira):
            assert completed("zeb", who) == []
            for address in ("/search?q=zebra", "/market?q=zebra", "/market?q=zebar", "/search?q=zebre"):
                assert "Zebra" not in main(address, who)
                assert "zebra</" not in main(address, who)
            assert "0 things" in main("/market?q=zebra", who)
        work.do_due()


def test_the_blocked_find_nothing_of_each_other_and_nothing_counts_it(town: Town) -> None:
    wren = person("Fay Wren", "fay")
    people.block(by=wren, whom=town.noor)
    people.block(by=town.ben, whom=town.brand)
    thing(town, "Kettle", type="Kettles")
    work.do_due()
    assert "Fay Wren" in completed("wre", town.ana)
    for who, of in ((town.noor, wren), (wren, town.noor)):
        first = of.name.split()[0].lower()
        assert completed(first, who) == []
        assert of.name not in main(f"/search?q={first}", who)
        assert of.name not in main(f"/search?q={first[:-1]}x", who)
    assert number_of(main("/market", town.ana), "Kettles") == 1
    for address in ("/market", "/market?q=kettle", "/market?q=ketle", "/market?type=Kettles"):
        page = main(address, town.ben)
        assert "0 things" in page
        assert number_of(page, "Kettles") is None
        assert "Tidewater" not in page


def test_who_left_is_not_found(town: Town) -> None:
    work.do_due()
    assert "Ana Lima" in completed("ana")
    Profile.objects.filter(pk=town.ana.pk).update(gone="2026-01-01T00:00:00Z")
    assert completed("ana") == []
    list(search.rebuild())
    assert completed("ana") == []


# ---- completion


def test_completion_gives_words_and_things_with_their_addresses(town: Town) -> None:
    thing(town, "Kettle of tin")
    work.do_due()
    options = Client().get("/search/complete?q=ket").json()["options"]
    assert options == [
        {"text": "kettle", "note": "", "address": "/search?q=kettle"},
        {"text": "Kettle of tin", "note": "Tidewater Kitchen", "address": "/@tidewater/kettle-of-tin"},
    ]
    assert completed("tin ket") == ["tin kettle", "Kettle of tin"]
    assert completed("") == completed("q" * 5000) == []


def test_completion_is_small_however_much_is_found(town: Town) -> None:
    for n in range(40):
        thing(town, f"Kettle {n} " + "long " * 20)
        person(f"Kettle {n}", f"kettle-{n}")
    work.do_due()
    assert len(Client().get("/search/complete?q=kett").content) < 4000


# ---- the market's facets


@pytest.fixture
def shop(town: Town) -> Any:
    """Three lamps and a bowl of Tidewater's, a lamp of another brand."""
    for title, price in (("Desk lamp", "12"), ("Floor lamp", "60"), ("Night lamp", "60")):
        thing(town, title, type="Lamps", price=price)
    thing(town, "Lamp bowl", type="Bowls", price="12")
    other = people.open_brand(by=person("Owner of rest", "owner"), name="North Light", handle="north-light")
    made = catalog.make_product(
        by=Profile.objects.get(handle="owner"),
        brand=other,
        words=catalog.Words("Oil lamp", type="Lamps", kinds=[catalog.Kind(parse("130", "GBP"))]),
    )
    catalog.publish(by=Profile.objects.get(handle="owner"), product=made)
    work.do_due()
    return town


@pytest.mark.parametrize("q", ["", "lamp", "lmap"])
def test_each_choice_tells_how_many_it_leaves(shop: Town, q: str) -> None:
    page = main(f"/market?q={q}")
    assert "5 things" in page
    names = ("Lamps", "Bowls", "Tidewater Kitchen", "North Light", "under 20", "50 to 100", "over 100", "20 to 50")
    assert [number_of(page, name) for name in names] == [4, 1, 4, 1, 2, 2, 1, None]
    page = main(f"/market?q={q}&type=Lamps&price=50")
    assert "0 things" in page
    page = main(f"/market?q={q}&type=Lamps&price=100")
    assert "2 things" in page
    assert [number_of(page, name) for name in names] == [None, None, 2, None, 1, None, 1, None]


@pytest.mark.parametrize("q", ["", "lamp"])
def test_what_was_chosen_can_be_taken_away(shop: Town, q: str) -> None:
    page = main(f"/market?q={q}&type=Lamps&brand=north-light")
    assert "<p>1 thing" in page
    links = set(re.findall(r'class="tag line" href="([^"]*)"', page))
    head = f"/market?q={q}&" if q else "/market?"
    assert {f"{head}brand=north-light", f"{head}type=Lamps"} <= links
    assert "Tidewater Kitchen</span>" in page


def test_many_choices_are_cut_and_can_all_be_seen(town: Town) -> None:
    for n in range(11):
        thing(town, f"Thing {n}", type=f"Type {n:02}")
    page = main("/market")
    assert "3 more" in page
    assert "Type 10" not in page
    assert 'href="/market?every=type"' in page
    assert "Type 10" in main("/market?every=type")
    assert "Type 10" in main("/market?type=Type+10")


def test_what_is_found_stands_on_pages_best_first(town: Town) -> None:
    for n in range(30):
        thing(town, f"Oak mug {n}")
    thing(town, "Mug")
    work.do_due()
    first, second = main("/market?q=mug"), main("/market?q=mug&page=2")
    assert first.index(">Mug</a>") < first.index("Oak mug 29")
    assert "page=2" in first
    assert len(re.findall(r"/@tidewater/oak-mug", second)) == 7
    assert "31 things" in second
