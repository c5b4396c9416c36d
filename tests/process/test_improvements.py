"""Improvements against processes: two of a team bring a revision at the same moment, while people ask and leave."""

from __future__ import annotations

import os
from functools import partial

import httpx
import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess
from .test_ideas import Doer

pytestmark = pytest.mark.race
ROUNDS = min(int(os.environ.get("RACE_ROUNDS", "3")), 3)  # who is new asks three times a day
DONE, LATE = 201, 409


def asks(who: Doer, product: str, title: str) -> str:
    made = who.ask("POST", f"/products/tidewater/{product}/improvements", {"title": title})
    assert made.status_code == DONE, made.text
    return str(made.json()["id"])


def test_two_who_bring_a_revision_get_a_number_each_and_take_a_change_in_once(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    ana, ben, noor, mira = (Doer(hall, name) for name in ("ana", "ben", "noor", "mira"))
    there = "/desks/tidewater/products/pot/revisions"
    brought = 0
    for number in range(ROUNDS):
        wanted, other = asks(ana, "pot", f"A lid {number}"), asks(ben, "pot", f"A foot {number}")
        said = at_once(
            _do,
            [
                partial(mira.ask, "POST", there, {"words": f"A lid of {number}.", "takes_in": [wanted]}),
                partial(mira.ask, "POST", there, {"words": f"The lid of {number}.", "takes_in": [wanted, other]}),
                partial(mira.ask, "POST", there, {"words": f"Cheaper by {number}."}),
                partial(noor.ask, "PUT", f"/improvements/{wanted}/voice"),
                partial(noor.ask, "PUT", f"/improvements/{other}/voice"),
            ],
        )
        codes = [answer.status_code for answer in said]
        # The one that took it in first stands, the other changes nothing; with nothing to take in, one always comes.
        assert sorted(codes[:2]) == [DONE, LATE], [answer.text for answer in said]
        assert codes[2] == DONE
        assert {*codes[3:]} <= {200, 403, LATE}
        brought += 2
        numbers = [answer.json()["number"] for answer in said[:3] if answer.status_code == DONE]
        assert len(set(numbers)) == 2
        hall.check()
    assert hall.one("SELECT revision FROM catalog_product WHERE slug = 'pot'") == 1 + brought
    taken = hall.one("SELECT COUNT(*) FROM improvements_improvement WHERE state = 'taken'")
    assert taken == hall.one("SELECT SUM(asked) FROM catalog_revision")


def test_voices_of_many_at_once_are_counted(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    people = [Doer(hall, name) for name in ("ben", "noor")]
    wanted = asks(Doer(hall, "ana"), "pot", "A lid")
    for method in ("PUT", "DELETE", "PUT"):
        said = at_once(_do, [partial(one.ask, method, f"/improvements/{wanted}/voice") for one in people * 4])
        assert {answer.status_code for answer in said} <= {200, 204}, [answer.text for answer in said]
        hall.check()
    assert _asks(hall) == 3


def _asks(hall: HallProcess) -> object:
    return hall.one("SELECT asks FROM improvements_improvement")


def _do(ask: partial[httpx.Response]) -> httpx.Response:
    return ask()
