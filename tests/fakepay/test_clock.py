"""The till's clock: set by a door, it dates sessions and ends them; let go, it is the machine's again."""

import time
from typing import Any

import pytest


def test_a_set_clock_dates_and_ends_sessions(till: Any) -> None:
    then = int(time.time()) - 30 * 24 * 3600
    assert till.door("_clock", {"now": then}) == {"now": then}
    session, late = till.open(expires_at=then + 1860), till.open(expires_at=then + 1860)
    assert (session.created, session.expires_at) == (then, then + 1860)
    assert till.card(session, "4242424242424242")["outcome"] == "paid"
    till.door("_clock", {"now": then + 1861})
    assert till.card(late, "4242424242424242")["outcome"] == "expired"
    assert till.session(late.id).status == "expired"
    assert till.state()["charges"][0]["created"] == then


def test_let_go_it_is_the_machines_again(till: Any) -> None:
    till.door("_clock", {"now": 1_000_000})
    told = till.door("_clock", {"now": None})
    assert abs(told["now"] - time.time()) < 60
    assert abs(till.open().created - time.time()) < 60


@pytest.mark.parametrize("wrong", [{}, {"now": "noon"}, {"now": -1}, {"now": True}, {"now": 10**12}])
def test_what_is_no_moment_is_refused(counter: Any, wrong: dict[str, Any]) -> None:
    assert counter.door("_clock", wrong)["error"]["param"] == "now"
