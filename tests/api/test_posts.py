"""Programs post as people do on the pages; what does not stand is told to nobody."""

from __future__ import annotations

from typing import Any

import pytest

from moothall.core import search
from moothall.people import actions as people
from moothall.people.models import SHOP
from tests.api.callers import Till
from tests.moderation.made import steward
from tests.pages.places import file_of
from tests.town import Town

pytestmark = pytest.mark.django_db
TALK = "/brands/tidewater/posts"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.API_LIMITS = {}


def test_written_listed_talked_about_and_found(town: Town) -> None:
    ben, mira, noor = Till(town.ben), Till(town.mira), Till(town.noor)
    own = ben.ask("POST", "/posts", {"words": "Who has a **kiln**?"})
    assert ben.ask("POST", "/posts", {"words": "Who has a **kiln**?"})["id"] == own["id"]
    assert (own["channel"], own["team"], own["comments"]) == (None, None, 0)
    news = mira.ask("POST", TALK, {"words": "We fire on Thursday."})
    assert (news["channel"], news["team"]) == ("tidewater", "tidewater")
    noor.ask("POST", f"/talk/post/{own['id']}", {"words": "I have."})
    noor.ask("PUT", f"/posts/{own['id']}/reaction", {"sort": "helpful"}, status=204)
    found = noor.get(f"/posts/{own['id']}")
    assert (found["comments"], found["helpful"], found["mine"]) == (1, 1, "helpful")
    assert [one["id"] for one in noor.get(TALK)["items"]] == [news["id"]]
    assert [one["id"] for one in noor.get("/profiles/ben/posts")["items"]] == [own["id"]]
    list(search.rebuild())
    assert [one["id"] for one in noor.get("/posts?q=kiln")["items"]] == [own["id"]]
    people.block(by=town.noor, whom=town.ben)
    assert noor.get("/posts?q=kiln")["items"] == []


def test_home_tells_its_words(town: Town) -> None:
    people.follow(by=town.ana, source=town.brand, channel=SHOP)
    Till(town.mira).ask("POST", TALK, {"words": "We fire on Thursday."})
    told = Till(town.ana).get("/home")["items"][0]
    assert (told["verb"], told["words"], told["actor"]["handle"]) == ("post.told", "We fire on Thursday.", "tidewater")


def test_changed_pictured_taken_back_and_brought_back(town: Town) -> None:
    ben, noor = Till(town.ben), Till(town.noor)
    address = f"/posts/{ben.ask('POST', '/posts', {'words': 'Before'})['id']}"
    assert ben.ask("PUT", address, {"words": "After"}, status=200)["edited"]
    ben.client.post(f"/api/v1{address}/picture", {"picture": file_of("pot.png"), "alt": "A pot"})
    assert noor.get(address)["picture"]["alt"] == "A pot"
    ben.ask("DELETE", f"{address}/picture", status=204)
    assert noor.get(address)["picture"] is None
    ben.ask("POST", f"{address}/withdrawal", status=204)
    noor.ask("GET", address, status=404)
    assert ben.get(address)["words"] == ""
    ben.ask("DELETE", f"{address}/withdrawal", status=204)
    assert noor.get(address)["words"] == "After"


def test_of_a_removed_one_only_the_reason_is_told(town: Town) -> None:
    stella, ben, noor = Till(steward()), Till(town.ben), Till(town.noor)
    made = ben.ask("POST", "/posts", {"words": "Buy my kettles"})
    noor.ask("POST", f"/talk/post/{made['id']}", {"words": "No"})
    noor.ask("POST", "/reports", {"kind": "post", "thing": made["id"], "sort": "spam"})
    case = stella.get("/steward/cases")["items"][0]
    stella.ask("POST", f"/steward/cases/{case['id']}/decision", {"do": "hide", "reason": "It sells kettles."})
    found = noor.get(f"/posts/{made['id']}")
    said = [found[name] for name in ("words", "by", "team", "picture", "comments", "reason")]
    assert said == ["", None, None, None, 0, "It sells kettles."]
