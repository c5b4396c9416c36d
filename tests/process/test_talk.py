"""What is said and how it is found is counted once, when all of it comes at the same moment."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess
from .shopper import Form, Shopper

pytestmark = pytest.mark.race
IDEA = {"title": "Ladle for the left", "problem": "It drips.", "use": "At the table.", "do": "propose"}


def test_the_same_words_sent_eight_times_at_once_are_one_comment(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    address = proposed(hall)
    noor = Shopper(hall, "noor")
    form = noor.form(address, f"/talk{address.replace('ideas', 'idea')}")
    said = at_once(lambda one: one.post(form, words="It drips").status_code, [_as(noor) for _ in range(8)])
    assert said == [302] * 8
    assert hall.one("SELECT COUNT(*) FROM talk_comment") == 1
    hall.check()


def test_one_reaction_of_many_that_come_at_once_is_counted(a_hall: Opened) -> None:
    """A person in twelve windows presses all three."""
    hall = a_hall("web", processes=2, threads=8)
    address = proposed(hall)
    noor, ana = Shopper(hall, "noor"), Shopper(hall, "ana")
    noor.post(noor.form(address, f"/talk{address.replace('ideas', 'idea')}"), words="It drips")
    public = hall.one("SELECT public FROM talk_comment")
    form = ana.form(address, f"/comments/{public}/reaction")

    def press(one: tuple[Shopper, str]) -> int:
        shopper, sort = one
        return shopper.post(form, sort=sort).status_code

    presses: list[tuple[Shopper, str]] = [
        (_as(ana), sort) for _ in range(4) for sort in ("helpful", "agree", "disagree")
    ]
    assert at_once(press, presses) == [302] * 12
    assert hall.one("SELECT COUNT(*) FROM talk_reaction") == 1
    assert hall.one("SELECT helpful + agree + disagree FROM talk_comment") == 1
    hall.check()


def proposed(hall: HallProcess) -> str:
    """Where an idea of Mira's stands."""
    mira = Shopper(hall, "mira")
    form: Form = mira.form("/ideas/new", "/ideas/new")
    answer = mira.post(form, **IDEA)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def _as(other: Shopper) -> Shopper:
    """Another window of the same browser."""
    one = Shopper(other.hall)
    one.web.cookies.update(other.web.cookies)
    return one
