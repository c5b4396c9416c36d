"""Credit against processes: the last two signatures at the same moment, and a payout that many press at once."""

from __future__ import annotations

import os
from functools import partial

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess, until
from .shopper import Shopper, public_in
from .test_ideas import IDEA, Doer, _do
from .test_transfers import arrival, count, opened

pytestmark = pytest.mark.race
ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
PRESSES = 12
POUND, FIVE = ({"minor": minor, "currency": "GBP"} for minor in (100, 500))


def parts(**points: int) -> dict[str, object]:
    return {"parts": [{"handle": who, "points": part} for who, part in points.items()]}


def test_two_who_sign_at_the_same_moment(a_hall: Opened) -> None:
    """It stands, and once."""
    hall = a_hall("web", processes=2, threads=8)
    ana, ben, noor = (Doer(hall, name) for name in ("ana", "ben", "noor"))
    idea = ana.propose()
    for round in range(ROUNDS):
        body = parts(ana=4000 - round, ben=3000 + round, noor=3000)
        split = ana.ask("POST", f"/ideas/{idea}/splits", body).json()["id"]
        signing = [partial(who.ask, "POST", f"/splits/{split}/signature") for who in (ben, noor) * 4]
        said = at_once(_do, signing)
        assert {answer.status_code for answer in said} == {200}, [answer.text for answer in said]
        assert hall.one("SELECT state FROM credit_split WHERE public = ?", split) == "standing"
        assert count(hall, "credit_split", "state = 'standing'") == 1
        assert count(hall, "activity_act", "verb = 'split.stands'") == round + 1
        assert count(hall, "activity_act", "verb = 'split.signed'") == 2 * (round + 1)
    hall.check()


def test_pressed_by_many_at_once_it_is_one_payout(a_hall: Opened) -> None:
    hall = opened(a_hall)
    hall.open("worker")
    teapot = _an_idea_of_anas_is_sold(hall)
    stella = Doer(hall, "stella")
    for round in range(ROUNDS):
        _four_are_bought(hall, teapot, round)
        press = partial(stella.ask, "POST", "/steward/payouts", {"after": round})
        said = at_once(_do, [press] * PRESSES)
        assert {answer.status_code for answer in said} == {201}, [answer.text for answer in said]
        assert {answer.json()["number"] for answer in said} == {round + 1}
        assert count(hall, "credit_payout", "1 = 1") == round + 1
        assert count(hall, "activity_act", "verb = 'payout.made'") == round + 1
    assert hall.one("SELECT SUM(amount) FROM credit_payoutline") == 1000 * ROUNDS
    hall.check()


def _an_idea_of_anas_is_sold(hall: HallProcess) -> str:
    """Judged, accepted, and with all of its royalty, half of the price, for Ana. Where it stands on the shelf; how its
    group buy ends is no matter here."""
    ana, mira, noor = (Doer(hall, name) for name in ("ana", "mira", "noor"))
    idea = str(ana.ask("POST", "/ideas", IDEA | {"brand": "tidewater"}).json()["id"])
    assert ana.ask("POST", f"/ideas/{idea}/proposal").status_code == 200
    noor.ask("PUT", f"/ideas/{idea}/backing", {"level": "pay", "price": POUND})
    assert mira.ask("PUT", "/desks/tidewater/mark", {"voices": 1, "days": 9}).status_code == 200
    gate = ana.ask("GET", f"/ideas/{idea}/gates").json()["items"][0]["id"]
    sheet = {"price": POUND, "runs": [{"pieces": 2, "unit": POUND}], "royalty": 5000}
    assert mira.ask("PUT", f"/desks/tidewater/gates/{gate}/sheet", sheet).status_code == 200
    go = {"state": "go", "reasons": "We would.", "price": FIVE, "run": 2}
    assert mira.ask("POST", f"/desks/tidewater/gates/{gate}/judgement", go).status_code == 200
    assert ana.ask("POST", f"/gates/{gate}/acceptance").status_code == 200
    assert ana.ask("POST", f"/ideas/{idea}/splits", parts(ana=10_000)).json()["state"] == "standing"
    thing = hall.one("SELECT concept_id FROM ideas_idea WHERE public = ?", idea)
    hall.rows("UPDATE catalog_product SET state = 'published', published = touched WHERE id = ?", thing)
    kept = "INSERT INTO credit_payee (person_id, holder, iban, at) SELECT id, name, ?, since FROM people_profile"
    hall.rows(f"{kept} WHERE handle = ?", "DE89370400440532013000", "ana")
    return f"/@tidewater/{hall.one('SELECT slug FROM catalog_product WHERE id = ?', thing)}"


def _four_are_bought(hall: HallProcess, teapot: str, round: int) -> None:
    """For twenty pounds, and what they bring is in Ana's book."""
    shopper = Shopper(hall)
    assert shopper.post(shopper.form(teapot, "/basket/lines"), quantity="4").status_code == 302
    answer = shopper.post(shopper.checkout(), method="transfer")
    stella, form = arrival(hall, public_in(shopper.get(answer.headers["location"])), f"S-{round}")
    assert stella.post(form).status_code == 302
    until(lambda: count(hall, "credit_royalty", "posted IS NOT NULL") == round + 1, "nothing was posted")
