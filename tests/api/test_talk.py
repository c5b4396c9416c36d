"""Programs talk, report and decide as people do on the pages; what does not stand is not told to them either."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from moothall.core import search
from moothall.people import actions as people
from tests.api.callers import Till
from tests.moderation.made import steward
from tests.talk.made import idea_of
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.API_LIMITS = {}


def test_said_answered_reacted_to_and_found(town: Town) -> None:
    idea = idea_of(town.ana)
    ben, noor = Till(town.ben), Till(town.noor)
    made = ben.ask("POST", f"/talk/idea/{idea.public}", {"words": "It **drips**"})
    assert ben.ask("POST", f"/talk/idea/{idea.public}", {"words": "It **drips**"})["id"] == made["id"]
    under = noor.ask("POST", f"/comments/{made['id']}/answers", {"words": "Where?"})
    assert under["answers_to"] == noor.get(f"/comments/{under['id']}")["answers_to"] == made["id"]
    assert made["answers_to"] is None
    noor.ask("PUT", f"/comments/{made['id']}/reaction", {"sort": "helpful"}, status=204)
    thread = noor.get(f"/talk/idea/{idea.public}")["items"][0]
    assert (thread["helpful"], thread["mine"]) == (1, "helpful")
    assert [one["words"] for one in thread["answers"]] == ["Where?"]
    list(search.rebuild())
    assert [one["id"] for one in noor.get("/comments?q=drips")["items"]] == [made["id"]]
    people.block(by=town.noor, whom=town.ben)
    assert noor.get("/comments?q=drips")["items"] == []
    assert noor.get(f"/talk/idea/{idea.public}")["items"] == []


def test_what_was_removed_is_told_to_its_author_and_to_stewards(town: Town) -> None:
    stella = Till(steward())
    idea, ben, noor = idea_of(town.ana), Till(town.ben), Till(town.noor)
    made = ben.ask("POST", f"/talk/idea/{idea.public}", {"words": "Buy my kettles"})
    noor.ask("POST", "/reports", {"kind": "comment", "thing": made["id"], "sort": "spam"})
    noor.ask("POST", "/reports", {"kind": "token", "thing": made["id"], "sort": "spam"}, status=404)
    case = stella.get("/steward/cases")["items"][0]
    assert (case["words"], case["reports"], case["owner"]["handle"]) == ("Buy my kettles", 1, "ben")
    where = f"/steward/cases/{case['id']}/decision"
    stella.ask("POST", where, {"do": "burn"}, status=422)
    stella.ask("POST", where, {"do": "hide"}, status=422)
    stella.ask("POST", where, {"do": "hide", "reason": "It sells kettles."})
    for address in (f"/talk/idea/{idea.public}", f"/comments/{made['id']}", "/moderation", f"/moderation/{case['id']}"):
        told = Client().get(f"/api/v1{address}").content.decode()
        assert "It sells kettles." in told
        assert "Buy my" not in told
        assert "Ben Cole" not in told, "who said it is named as little as what"
    fallen = noor.get(f"/comments/{made['id']}")
    assert [fallen[name] for name in ("by", "team", "words", "picture", "helpful")] == [None, None, "", None, 0]
    assert ben.get(f"/comments/{made['id']}")["by"]["handle"] == "ben"
    assert ben.get(f"/moderation/{case['id']}")["words"] == "Buy my kettles"
    assert noor.get("/reports")["items"][0]["state"] == "hidden"
    ben.ask("POST", f"/moderation/{case['id']}/appeal", {"words": "They are teapots."})
    stella.ask("POST", where, {"do": "restore", "reason": "So they are."})
    assert noor.get(f"/comments/{made['id']}")["words"] == "Buy my kettles"
    ben.ask("POST", f"/comments/{made['id']}/withdrawal", status=204)
    assert ben.get(f"/talk/idea/{idea.public}")["items"][0]["by"]["handle"] == "ben"
