"""What a program is told of ideas: no more than a page says to the same person."""

from __future__ import annotations

import pytest

from moothall.core.models import Picture
from moothall.ideas import actions
from moothall.people import actions as people
from tests.api.callers import Till
from tests.ideas.made import contributed, led_by_two, proposed
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_who_is_parted_is_nobody_here_either(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    led_by_two(town.ana, town.noor, idea)
    assert Till(town.mira).get(f"/ideas/{idea.public}")["brand"] == "tidewater"
    people.block(by=town.noor, whom=town.ben)
    people.block(by=town.ben, whom=town.brand)
    ben, mira = Till(town.ben), Till(town.mira)
    whole = ben.get(f"/ideas/{idea.public}")
    assert (whole["brand"], whole["authors"], [one["handle"] for one in whole["shapers"]]) == (None, [], ["ana"])
    assert ben.get(f"/ideas/{idea.public}/versions")["items"][0]["by"] is None
    assert [one["brand"] for one in ben.get("/ideas")["items"]] == [None]
    assert mira.get(f"/ideas/{idea.public}/versions")["items"][0]["by"]["handle"] == "noor"
    assert "Noor" not in str(whole)


def test_an_idea_is_told_with_its_picture(town: Town) -> None:
    idea = proposed(town.ana)
    assert Till(town.ben).get("/ideas")["items"][0]["picture"] is None
    picture = Picture.objects.create(hash="ab" * 16, width=160, height=160, widths=[160])
    actions.draw(by=town.ana, idea=idea, picture=picture)
    told = Till(town.ben).get(f"/ideas/{idea.public}")["picture"]
    assert told["src"].endswith(picture.address(160))


def test_all_contributions_are_reached(town: Town) -> None:
    idea = proposed(town.ana)
    for n in range(5):
        contributed(town.noor, idea, words=f"At {n}")
    found: list[str] = []
    cursor = ""
    while True:
        page = Till(town.ben).get(f"/ideas/{idea.public}/contributions?limit=2{cursor}")
        found += [one["words"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == [f"At {n}" for n in reversed(range(5))]


def test_what_a_merged_idea_is_told_as(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    ana, ben = Till(town.ana), Till(town.ben)
    asked = ana.ask("POST", f"/ideas/{one.public}/merger", {"into": two.public})
    assert ben.get("/me/mergers")["items"] == [asked]
    ben.ask("POST", f"/mergers/{asked['id']}/acceptance", status=200)
    assert ben.get(f"/ideas/{one.public}")["into"] == two.public
    assert ben.get(f"/ideas/{two.public}")["merged"] == [one.public]
    begun = ana.ask("POST", f"/ideas/{two.public}/forks", {})
    assert begun["begun_from"] == {"idea": two.public, "version": 1}
    ana.ask("DELETE", f"/ideas/{one.public}/merger", status=204)
    assert ben.get(f"/ideas/{one.public}")["into"] is None
