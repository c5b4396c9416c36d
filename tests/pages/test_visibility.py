"""Canaries: each word that only some may read, looked for on every page as everybody."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from moothall.catalog import actions as catalog
from moothall.catalog.models import ARCHIVED, Import, Product
from moothall.core import clock, search
from moothall.core.models import Picture
from moothall.ideas.models import Idea, Merger, Version
from moothall.orders import actions as orders
from moothall.orders.models import Basket, Order, Purchase, Share
from moothall.people import actions as people
from moothall.people.models import MAKER, SHOP, Circle, Profile
from moothall.talk.models import Comment, Post
from tests.moderation import canaries
from tests.pages.places import Place, settle
from tests.pages.test_permissions import ROWS
from tests.town import Town, lines_of, person, signed_in, take_in

pytestmark = pytest.mark.django_db

TEAM = {"owner", "maker", "seller", "agent", "marketer"}
HELPS = {"owner", "seller", "agent"}  # whom a brand's orders concern
NOBODY: set[str] = set()
# Bob was blocked by Ana, who is the member; Dee blocked her; both are no people to her, and she is none to them.
PARTED = {"blocked", "averse"}


@pytest.fixture
def place(town: Town) -> Place:
    """Ben follows Ana and is in her circle, Fay only follows her. Dee is a maker of the other brand."""
    found = settle(town)
    found.people |= {"friend": town.ben, "follower": person("Fay Wren", "fay"), "averse": person("Dee Stern", "dee")}
    everybody = [who for who in found.people.values() if who]
    for who in everybody:
        people.follow(by=who, source=town.brand, channel=SHOP) if who != found.people["blocked"] else None
    fay, dee = found.people["follower"], found.people["averse"]
    assert fay
    assert dee
    people.follow(by=fay, source=town.ana)
    people.mute(by=town.ana, whom=dee)
    take_in(by=_owner(found), brand=_other_brand(), person=dee, role=MAKER)
    people.block(by=dee, whom=town.ana)
    _portrait(town.ana)
    Circle.objects.filter(pk=town.family.pk).update(name="canary-family")
    town.family.refresh_from_db()
    return found


def _owner(place: Place) -> Profile:
    owner = place.people["other"]
    assert owner
    return owner


def _other_brand() -> Profile:
    return Profile.objects.get(handle="north-wool")


def _portrait(of: Profile) -> None:
    picture = Picture.objects.create(hash="cd" * 16, width=160, height=160, widths=[160])
    people.change_picture(by=of, profile=of, picture=picture)


def told(town: Town, title: str, reach: str, words: str) -> Share:
    """Ana bought it and says so."""
    line = lines_of(town.bought(town.ana, {town.variant(title): 1}))[0]
    circle = town.family if reach == "circle" else None
    return orders.share(by=town.ana, line=line, reach=reach, circle=circle, words=words)


def told_by(town: Town, teller: Profile, words: str) -> None:
    """Somebody bought a thing of the other brand and tells everybody."""
    rug = town.variant(f"Rug of {teller.handle}", brand=_other_brand())
    orders.share(by=teller, line=lines_of(town.bought(teller, {rug: 1}))[0], reach="public", words=words)


def pages(place: Place) -> list[str]:
    """Every address there is: those of the table, and the page of each thing."""
    found = [address.format(**place.ids) for _name, address, get, _post in ROWS if set(get) != {"-"}]
    found += [
        "/?before=999999999",
        "/market?q=tidewater",
        "/market?brand=tidewater",
        "/market?price=20",
        "/@ana?before=9999",
    ]
    list(search.rebuild())
    found += ["/search?only=talk&q=canary"]
    for words in ("canary", "canary draft", "caanry", "tidewater", "ana", "bob"):
        found += [f"{place}?q={quote(words)}" for place in ("/search", "/search/complete", "/market")]
    found += ["/search?only=people&q=ana", "/search?q=", "/market?every=brand"]
    found += [f"/@{one.brand.handle}/{one.slug}" for one in Product.objects.select_related("brand")]
    found += [f"/desk/{one.brand.handle}/products/{one.slug}" for one in Product.objects.select_related("brand")]
    found += [f"/@{handle}" for handle in Profile.objects.exclude(handle=None).values_list("handle", flat=True)]
    found += [f"/ideas/{one.public}" for one in Idea.objects.all()]
    found += [f"/talk/idea/{one.public}" for one in Idea.objects.exclude(stage=Idea.DRAFT)]
    found += [f"/comments/{one.public}" for one in Comment.objects.all()]
    found += [f"{place}/{one.public}" for one in Post.objects.all() for place in ("/posts", "/talk/post")]
    found += [f"/mergers/{one.public}" for one in Merger.objects.all()]
    found += [f"/orders/{one.public}" for one in Purchase.objects.all()]
    found += [f"/desk/{one.brand.handle}/orders/{one.public}" for one in Order.objects.select_related("brand")]
    found += [f"/desk/tidewater/imports/{one.public}" for one in Import.objects.all()]
    return list(dict.fromkeys(found))


def who_reads(place: Place, *canaries: str) -> dict[str, set[str]]:
    """By canary, the roles that find it on any page; save on the list of whom one blocked, which has its own test."""
    addresses = [one for one in pages(place) if one != "/you/privacy"]
    found: dict[str, set[str]] = {canary: set() for canary in canaries}
    for role in place.people:
        client = place.client(role)
        whole = "".join(text(client.get(address)) for address in addresses)
        for canary in canaries:
            if canary in whole:
                found[canary].add(role)
    return found


def text(answer: HttpResponseBase) -> str:
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer.streaming_content).decode(errors="replace")  # type: ignore[arg-type]
    return str(getattr(answer, "content", b"").decode(errors="replace"))


@pytest.mark.once
def test_each_canary_is_read_by_those_it_is_for(town: Town, place: Place) -> None:
    everybody = set(place.people)
    told(town, "Pan", "circle", "canary-circle")
    told(town, "Lid", "followers", "canary-followers")
    told(town, "canary-cup", "public", "canary-public")
    taken_back = told(town, "Mug", "public", "")
    orders.withdraw_share(by=town.ana, share=taken_back)
    Share.objects.filter(pk=taken_back.pk).update(words="canary-withdrawn")  # even if words had stayed
    town.product("canary-lamp")
    town.product("canary-draft", published=False)
    archived = town.product("canary-archived")
    Product.objects.filter(pk=archived.pk).update(state=ARCHIVED)
    off = told(town, "canary-off", "public", "canary-said-of-it")
    catalog.withdraw(by=town.mira, product=off.product)
    canary = {"name": "canary-name", "street": "canary-street", "email": "canary@mail.example"}
    Purchase.objects.filter(buyer=town.ana).update(**canary)
    Import.objects.update(name="canary-report.csv", refused="canary-refused", ended=clock.now())
    ideas_of_ana(place)
    for who in ("bob", "dee"):  # whose own words are as little for Ana
        told_by(town, Profile.objects.get(handle=who), f"canary-of-{who}")
    expected = canaries.plant(town, place) | {
        "Ana Lima": everybody - PARTED,
        "@ana": everybody - PARTED,
        "Bob Parted": everybody - {"member"},
        "Dee Stern": everybody - {"member"},
        "canary-of-bob": everybody - {"member"},
        "canary-of-dee": everybody - {"member"},
        "@tidewater": everybody - {"blocked"},
        "canary-circle": {"member", "friend"},
        "canary-followers": {"member", "friend", "follower"},
        "canary-public": everybody - PARTED,
        "canary-withdrawn": NOBODY,
        "canary-family": {"member"},
        "canary-lamp": everybody - {"blocked"},  # who blocked the brand, too
        "canary-cup": everybody - {"blocked"},
        "canary-draft": TEAM,
        "canary-archived": TEAM,
        "canary-off": TEAM | {"member"},  # who has bought it
        "canary-said-of-it": {"member"},
        "canary-name": HELPS | {"member", "steward"},  # whose transfer it is that the hall awaits
        "canary-street": HELPS | {"member"},
        "canary@mail": HELPS | {"member"},
        "canary-idea": everybody - PARTED,
        "canary-thought": {"member"},
        "canary-taken-back": {"member"},
        "canary-note": everybody - PARTED,
        place.ids["order"]: HELPS | {"member"},
        place.ids["waiting"]: {"member"},
        "ana@example.org": {"member", "steward"},
        "noor@example.org": {"stranger", "steward"},
        "canary-report": TEAM,
        "canary-refused": TEAM,
    }
    assert who_reads(place, *expected) == expected


def ideas_of_ana(place: Place) -> None:
    """One that stands, with what was noted of its version; a draft; and one that was withdrawn."""
    for name, word in (("idea", "canary-idea"), ("draft", "canary-thought"), ("withdrawn", "canary-taken-back")):
        Idea.objects.filter(public=place.ids[name]).update(title=word, problem=word, use=word, audience=word)
        Version.objects.filter(idea__public=place.ids[name]).update(title=word, problem=word, note="")
    Version.objects.filter(idea__public=place.ids["idea"]).update(note="canary-note")


def test_the_words_of_an_ended_circle_are_its_owners_alone(town: Town, place: Place) -> None:
    told(town, "Pan", "circle", "canary-circle")
    people.end_circle(by=town.ana, circle=town.family)
    seen = {role for role in place.people if "canary-circle" in text(place.client(role).get("/@ana"))}
    assert seen == {"member"}
    assert "canary-circle" not in text(place.client("friend").get("/"))


def test_the_list_of_who_is_parted_is_of_who_did_it(place: Place) -> None:
    """Only who blocked somebody finds them, in the list by which to end it; whoever was muted and blocks is gone."""
    lists = {role: text(place.client(role).get("/you/privacy")) for role in place.people}
    assert {role for role in lists if "Bob Parted" in lists[role]} == {"member", "blocked"}
    assert {role for role in lists if "Dee Stern" in lists[role]} == {"averse"}
    assert {role for role in lists if "Ana Lima" in lists[role]} == {"member", "averse"}


def test_who_left_the_team_sees_the_desk_no_more(town: Town, place: Place) -> None:
    agent = place.people["agent"]
    assert agent
    client = place.client("agent")
    desk = [one for one in pages(place) if one.startswith("/desk/") and client.get(one).status_code == 200]
    assert len(desk) > 10
    people.leave_team(by=agent, brand=town.brand, person=agent)
    assert {client.get(address).status_code for address in desk} == {404}


def test_a_basket_is_nobody_elses(town: Town, place: Place) -> None:
    town.basket_of(town.ana, {town.variant("canary-basket"): 7})
    for role in place.people:
        client = place.client(role)
        seen = "".join(text(client.get(address)) for address in ("/basket", "/checkout"))
        assert ("canary-basket" in seen) == (role == "member"), role
        counted = set(re.findall(r'class="bell wide".*?(?:<b>(\d+)</b>)?</a>', text(client.get("/brands")), re.DOTALL))
        assert counted == ({"1"} if role == "member" else {""}), role


def test_a_forged_name_of_a_basket_opens_none(town: Town) -> None:
    """What the cookie says of the session is nothing once it was altered."""
    mine = Client()
    mine.post("/basket/lines", {"variant": town.variant("canary-basket").public})
    assert "canary-basket" in text(mine.get("/basket"))
    forged = Client()
    forged.cookies["session"] = mine.cookies["session"].value[:-1] + "~"
    assert "canary-basket" not in text(forged.get("/basket"))
    assert Basket.objects.count() == 1


def test_counts_hold_only_what_one_may_see(town: Town, place: Place) -> None:
    """Fay follows both who have it, and is not in the circle that one of them told."""
    pot = town.variant("Counted", price="7")
    people.follow(by=place.people["follower"], source=town.ben)  # type: ignore[arg-type]
    for who, reach in ((town.ana, "circle"), (town.ben, "public")):
        circle = town.family if reach == "circle" else None
        orders.share(by=who, line=lines_of(town.bought(who, {pot: 1}))[0], reach=reach, circle=circle, words="")
    market = text(place.client("follower").get("/market?price=20"))
    assert "Ben Cole has it" in market
    assert "2 you know" not in market
    assert "Ana Lima" not in text(place.client("follower").get("/@tidewater/counted"))
    for role in ("guest", "stranger", "averse"):
        assert "has it" not in text(place.client(role).get("/@tidewater/counted"))


def test_a_page_leads_to_no_older_one_that_is_empty_to_the_viewer(town: Town, place: Place) -> None:
    """Else the link says how much somebody told others."""
    order = town.bought(town.ana, {town.variant(f"Thing {n}"): 1 for n in range(45)})
    for n, line in enumerate(lines_of(order)):
        share = orders.share(by=town.ana, line=line, reach="circle", circle=town.family, words=f"Number {n}")
        if n % 2:
            orders.withdraw_share(by=town.ana, share=share)
    for role in place.people:
        answer = text(place.client(role).get("/@ana"))
        assert ("/@ana?before=" in answer) == (role in ("member", "friend")), role


def test_a_desk_counts_nothing_for_whom_it_shows_nothing(place: Place) -> None:
    for role in TEAM:
        said = text(place.client(role).get("/desk/tidewater"))
        assert bool(re.search(r"\d+ orders? waits? to be sent", said)) == (role in HELPS), role


def test_a_guest_sees_what_this_browser_bought_and_no_other_does(town: Town) -> None:
    purchase = town.placed(people.make_guest(name="Gus"), {town.variant(): 1})
    mine, other = Client(), Client()
    bought_as(mine, purchase.buyer)
    bought_as(other, people.make_guest(name="Gil"))
    address = f"/orders/{purchase.public}"
    assert mine.get(address).status_code == 200
    assert other.get(address).status_code == Client().get(address).status_code == 404
    assert signed_in(town.noor).get(address).status_code == 404
    named = Client()
    bought_as(named, town.ana)  # a member is no guest, whatever a session says
    assert named.get("/orders/" + town.placed(town.ana, {town.variant("Cup"): 1}).public).status_code == 404


def bought_as(client: Client, guest: Profile) -> None:
    """As the checkout leaves a browser behind."""
    session = client.session
    session["guest"] = guest.public
    session.save()
    client.cookies["session"] = session.session_key or ""
