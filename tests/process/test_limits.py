"""What has a limit keeps it when all tries come at the same moment, and to whichever process they come."""

from __future__ import annotations

import pytest

from .conftest import Opened
from .crowd import at_once
from .shopper import Form, Shopper

pytestmark = pytest.mark.race


def test_five_links_a_day_however_many_ask_at_once(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    ana = Shopper(hall, "ana")
    form = ana.form("/you/friends", "/you/invitations")

    def ask(shopper: Shopper) -> int:
        return shopper.post(form).status_code

    said = at_once(ask, [_as(ana) for _ in range(16)])
    assert sorted(said) == [302] * 5 + [422] * 11
    assert hall.one("SELECT COUNT(*) FROM people_invitation") == 5
    hall.check()


def test_one_mailed_invitation_is_for_one_of_those_who_come_at_once(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=8)
    ana = Shopper(hall, "ana")
    ana.post(ana.form("/you/friends", "/you/invitations"), email="x@example.org")
    public = hall.one("SELECT public FROM people_invitation")
    action = f"/join/{public}/meeting"
    ready = [(who, who.form(f"/join/{public}", action)) for who in (Shopper(hall, name) for name in ("mira", "noor"))]

    def meet(one: tuple[Shopper, Form]) -> str:
        shopper, form = one
        return str(shopper.post(form).headers["location"])

    assert at_once(meet, ready).count("/@ana") == 1
    assert hall.one("SELECT COUNT(*) FROM people_taking") == hall.one("SELECT uses FROM people_invitation") == 1
    hall.check()


def test_wrong_passwords_count_in_all_processes_together(a_hall: Opened) -> None:
    hall = a_hall("web", processes=2, threads=4, NO_LIMITS="0")
    seen = set()
    for _ in range(8):
        guest = Shopper(hall)
        form = guest.form("/account/login/", "/account/login/")
        answer = guest.post(form, login="ana@example.org", password="wrong again")
        seen.add("Too many" in answer.text)
    assert seen == {True, False}
    assert hall.one("SELECT COUNT(*) FROM people_limit") > 0


def _as(other: Shopper) -> Shopper:
    """Another window of the same browser."""
    one = Shopper(other.hall)
    one.web.cookies.update(other.web.cookies)
    return one
