"""Ideas against processes: voices while two are merged and separated, and what is sent many times at once."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import Any

import httpx
import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import PLAIN, HallProcess
from .shopper import Shopper
from .test_api import secret_of

pytestmark = pytest.mark.race
ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
FINE = {200, 201, 204, 403, 404, 409}  # done, or refused because somebody was quicker; never broken
IDEA = {"title": "Both-hands teapot", "problem": "Left-handers spill.", "use": "Every afternoon."}


class Doer:
    """Somebody who asks the API."""

    def __init__(self, hall: HallProcess, who: str = "", secret: str = "") -> None:
        headers = {"Authorization": f"Bearer {secret or secret_of(hall, who)}"}
        base = f"{hall.address}/api/v1"
        self.web = httpx.Client(base_url=base, headers=headers, timeout=90, verify=PLAIN)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self.web.request(method, path, json=body)

    def propose(self) -> str:
        made = str(self.ask("POST", "/ideas", IDEA).json()["id"])
        assert self.ask("POST", f"/ideas/{made}/proposal").status_code == 200
        return made


def test_no_voice_is_lost_while_ideas_are_merged_and_separated(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    ana, ben, mira, noor = (Doer(hall, name) for name in ("ana", "ben", "mira", "noor"))
    one, two = ana.propose(), ben.propose()
    pay = {"level": "pay", "price": {"minor": 3000, "currency": "GBP"}}
    for _round in range(ROUNDS):
        asked = ana.ask("POST", f"/ideas/{one}/merger", {"into": two}).json()["id"]
        voices = [
            partial(noor.ask, "PUT", f"/ideas/{one}/backing", pay),
            partial(noor.ask, "PUT", f"/ideas/{two}/backing", {"level": "like"}),
            partial(mira.ask, "PUT", f"/ideas/{one}/backing", {"level": "follow"}),
            partial(mira.ask, "PUT", f"/ideas/{two}/backing", pay),
            partial(noor.ask, "DELETE", f"/ideas/{two}/backing"),
            partial(mira.ask, "PUT", f"/ideas/{one}/backing", {"level": "like"}),
        ]
        for lead in (
            partial(ben.ask, "POST", f"/mergers/{asked}/acceptance"),
            partial(ana.ask, "DELETE", f"/ideas/{one}/merger"),
        ):
            said = at_once(_do, [*voices, lead])
            assert {answer.status_code for answer in said} <= FINE, [answer.text for answer in said]
            assert said[-1].status_code in (200, 204), said[-1].text
            hall.check()
    assert hall.one("SELECT COUNT(*) FROM ideas_merger WHERE state = 'ended'") == ROUNDS


def test_sent_many_times_at_once_it_is_one(a_hall: Opened) -> None:
    """A draft by the key of its form, a contribution by what it says."""
    hall = a_hall("web", processes=2, threads=8)
    ana = Shopper(hall, "ana")
    form = ana.form("/ideas/new", "/ideas/new")
    said = at_once(lambda one: one.post(form, **IDEA, do="keep").status_code, [_as(ana) for _n in range(8)])
    assert set(said) == {302}
    assert hall.one("SELECT COUNT(*) FROM ideas_idea") == 1
    idea, noor = Doer(hall, "ben").propose(), Doer(hall, "noor")
    body = {"part": "use", "words": "At breakfast too.", "base": 1}
    sent = at_once(_do, [partial(noor.ask, "POST", f"/ideas/{idea}/contributions", body) for _n in range(8)])
    assert {answer.status_code for answer in sent} == {201}
    assert hall.one("SELECT COUNT(*) FROM ideas_contribution") == 1
    hall.check()


def test_fifty_voices_at_once_bring_one_gate_and_a_yes_pressed_twice_is_one(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    told = hall.run("tests.process.voicing", "50")
    assert told.returncode == 0, told.stderr
    there = json.loads(told.stdout.splitlines()[-1])
    crowd = [Doer(hall, secret=secret) for secret in there["tokens"]]
    pay = {"level": "pay", "price": {"minor": 3000, "currency": "GBP"}}
    said = at_once(_do, [partial(one.ask, "PUT", f"/ideas/{there['idea']}/backing", pay) for one in crowd])
    assert {answer.status_code for answer in said} == {200}, {answer.text for answer in said}
    gates = hall.rows(
        "SELECT g.number, g.state, i.pays FROM ideas_gate g JOIN ideas_idea i ON i.id = g.idea_id WHERE i.public = ?",
        there["idea"],
    )
    assert gates == [(1, "open", 50)]
    hall.check()

    ana = Doer(hall, "ana")
    yes = [partial(ana.ask, "POST", f"/gates/{gate}/acceptance") for gate in there["gates"] * 4]
    said = at_once(_do, yes)
    codes = sorted(answer.status_code for answer in said)
    assert codes[0] == 200, [answer.text for answer in said]
    assert set(codes[1:]) == {409}, [answer.text for answer in said]
    assert hall.one("SELECT COUNT(*) FROM ideas_gate WHERE accepted IS NOT NULL") == 1
    assert hall.one("SELECT COUNT(*) FROM activity_act WHERE verb = 'idea.accepted'") == 1
    hall.check()


def _do(ask: partial[httpx.Response]) -> httpx.Response:
    return ask()


def _as(other: Shopper) -> Shopper:
    """Another window of the same browser."""
    one = Shopper(other.hall)
    one.web.cookies.update(other.web.cookies)
    return one
