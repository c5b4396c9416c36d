"""An answer that is sent many times at the same moment is one answer, and counts once."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import HallProcess
from .shopper import Form, Shopper
from .test_talk import _as as window
from .test_talk import proposed

pytestmark = pytest.mark.race


def test_an_answer_pressed_in_many_windows_at_once_counts_once(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    there, choices = asked(hall)
    noor = Shopper(hall, "noor")
    form = noor.form(there, there)

    def press(one: tuple[Shopper, str]) -> int:
        shopper, choice = one
        return shopper.post(form, choice=choice).status_code

    presses = [(window(noor), choice) for _ in range(4) for choice in choices]
    assert at_once(press, presses) == [302] * len(presses)
    assert hall.one("SELECT answers FROM polls_poll") == 1
    assert hall.one("SELECT COUNT(*) FROM polls_answer") == 1
    assert hall.one("SELECT COUNT(*) FROM polls_pick") == 1
    hall.check()


def test_questions_asked_at_once_find_five_seats(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    there = f"{proposed(hall)}/polls"
    mira = Shopper(hall, "mira")
    hall.rows("UPDATE people_profile SET since = ?", "2020-01-01 00:00:00")  # nobody is new
    form = mira.form(f"{there}?sort=options", there)
    asks = [(window(mira), str(number)) for number in range(8)]
    outcomes = at_once(lambda one: one[0].post(form, **question(one[1])).status_code, asks)
    assert sorted(outcomes) == [302] * 5 + [422] * 3
    assert hall.one("SELECT COUNT(DISTINCT seat) FROM polls_poll") == 5
    hall.check()


def asked(hall: HallProcess) -> tuple[str, list[str]]:
    """Where a question about an idea of Mira's stands, and the names of its choices."""
    there = f"{proposed(hall)}/polls"
    mira = Shopper(hall, "mira")
    form: Form = mira.form(f"{there}?sort=options", there)
    answer = mira.post(form, **question(""))
    assert answer.status_code == 302, answer.text
    names = [hall.one("SELECT public FROM polls_choice WHERE position = ?", place) for place in range(2)]
    return str(answer.headers["location"]), names


def question(number: str) -> dict[str, str]:
    return {"question": f"Which wood? {number}", "choice_1": "Oak", "choice_2": "Ash", "days": "7", "shown": "always"}
