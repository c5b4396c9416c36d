"""The company stays out of asking, and nobody but those who make answers: each action × each role of the team. Every
action is in this table, or the test fails for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from moothall.catalog.models import Product
from moothall.core.refusals import NotAllowed
from moothall.improvements import actions
from moothall.improvements.models import Improvement
from moothall.people.models import Profile
from tests.improvements.made import asked, brought
from tests.rows import state
from tests.town import Town, person, take_in

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """A product, what others ask of it, and somebody of the team."""

    by: Profile
    product: Product  # at revision 2
    open: Improvement
    declined: Improvement
    back: Improvement


# Nobody of the team asks.
ASKING: dict[str, Callable[[Case], object]] = {
    "ask": lambda c: asked(c.by, c.product, "Ours"),
    "join": lambda c: actions.join(by=c.by, improvement=c.open),
    "take_back": lambda c: actions.take_back(by=c.by, improvement=c.open),
    "ask_again": lambda c: actions.ask_again(by=c.by, improvement=c.back),
}
# Owners and makers answer.
ANSWERING: dict[str, Callable[[Case], object]] = {
    "decline": lambda c: actions.decline(by=c.by, improvement=c.open, answer="It would not close."),
    "reopen": lambda c: actions.reopen(by=c.by, improvement=c.declined),
    "bring_revision": lambda c: brought(c.by, c.product, c.open, words="Three."),
    "take_back_revision": lambda c: actions.take_back_revision(by=c.by, product=c.product, number=2),
}
ALLOWED = {"leave": "their own voice, from before they were of the team"}
ROLES = {"owner": True, "maker": True, "seller": False, "agent": False, "marketer": False}


def test_every_action_is_in_the_table() -> None:
    found = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert found == ASKING.keys() | ANSWERING.keys() | ALLOWED.keys()


def case(town: Town, role: str) -> Case:
    by = town.mira
    if role != "owner":
        by = person("Team", f"the-{role}")
        take_in(by=town.mira, brand=town.brand, person=by, role=role)
    pot = town.product()
    brought(town.mira, pot, words="Two.")
    made = [asked(town.ana, pot, title) for title in ("A lid", "A spout", "A foot")]
    actions.decline(by=town.mira, improvement=made[1], answer="It has one.")
    actions.take_back(by=town.ana, improvement=made[2])
    return Case(by, pot, *made)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ASKING)
def test_nobody_of_the_team_asks(town: Town, role: str, name: str) -> None:
    the = case(town, role)
    before = state()
    with pytest.raises(NotAllowed):
        ASKING[name](the)
    assert state() == before


@pytest.mark.parametrize(("role", "answers"), ROLES.items())
@pytest.mark.parametrize("name", ANSWERING)
def test_owners_and_makers_answer_and_nobody_else(town: Town, role: str, answers: bool, name: str) -> None:
    the = case(town, role)
    before = state()
    if answers:
        ANSWERING[name](the)
        assert state() != before
        return
    with pytest.raises(NotAllowed):
        ANSWERING[name](the)
    assert state() == before


def test_who_joins_the_team_keeps_the_voice_of_before_and_may_leave(town: Town) -> None:
    lid = asked(town.ana, town.product())
    actions.join(by=town.ben, improvement=lid)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="maker")
    actions.leave(by=town.ben, improvement=lid)
    assert Improvement.objects.get(pk=lid.pk).asks == 1
