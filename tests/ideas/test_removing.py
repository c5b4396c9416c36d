"""What people add to an idea is reported and removed like anything else that is said here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from moothall.core import kinds
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions
from moothall.ideas.gates import Sheet
from moothall.ideas.models import Contribution
from moothall.moderation import actions as moderation
from moothall.moderation.models import Case
from moothall.people.models import Account
from tests.ideas.gated import FIGURES, at_gate, judged
from tests.ideas.made import contributed, proposed
from tests.moderation.made import reported, steward
from tests.town import Town, person, signed_in

pytestmark = pytest.mark.django_db
WHY = "It sells kettles and says nothing of the idea."


def contribution(town: Town) -> Contribution:
    made: Contribution = contributed(town.ben, proposed(town.ana, brand=town.brand), why="Buy my kettles")
    return made


def argument(town: Town) -> Sheet:
    gate = judged(town, at_gate(town), "go")
    return actions.argue(by=town.ben, gate=gate, figures=FIGURES, words="Buy my kettles")


MADE = {"contribution": contribution, "argument": argument}


def address(thing: Any) -> str:
    return kinds.inside(thing.kind, [thing.pk])[thing.pk].address


def status(thing: Any, client: Client) -> int:
    return client.get(address(thing)).status_code


@pytest.mark.parametrize("what", MADE)
def test_it_is_removed_with_a_reason_appealed_and_brought_back(town: Town, what: str) -> None:
    stella, thing = steward(), MADE[what](town)
    case = reported(town.noor, thing)
    moderation.hide(by=stella, case=case, reason=WHY)
    for client in (Client(), signed_in(town.noor), signed_in(town.ana), signed_in(town.mira)):
        assert status(thing, client) == 404
    idea_page = Client().get(f"/ideas/{thing.idea.public}" if what == "contribution" else f"/gates/{thing.gate.public}")
    assert "kettles" not in idea_page.content.decode()
    assert WHY in Client().get("/moderation").content.decode()
    mine = signed_in(town.ben).get(address(thing)).content.decode()
    assert WHY in mine
    assert f"/moderation/{case.public}" in mine
    case.refresh_from_db()
    moderation.appeal(by=town.ben, case=case, words="They are kettles for this very idea.")
    moderation.restore(by=stella, case=case, answer="So they are.")
    assert status(thing, Client()) == 200


@pytest.mark.parametrize("what", MADE)
def test_it_is_reported_from_its_own_page_and_not_by_its_author(town: Town, what: str) -> None:
    thing = MADE[what](town)
    name = f"/report/{thing.kind}/{thing.public}"
    assert name in signed_in(town.noor).get(address(thing)).content.decode()
    assert name not in signed_in(town.ben).get(address(thing)).content.decode()
    assert name not in Client().get(address(thing)).content.decode()
    assert signed_in(town.noor).get(name).status_code == 200
    with pytest.raises(Refusal, match="It is yours"):
        reported(town.ben, thing)


def test_what_is_removed_is_taken_in_by_nobody(town: Town) -> None:
    made = contribution(town)
    moderation.hide(by=steward(), case=reported(town.noor, made), reason=WHY)
    with pytest.raises(Refusal, match="removed"):
        actions.take_in(by=town.ana, contribution=made, base=1)
    with pytest.raises(Refusal, match="removed"):
        actions.decline(by=town.ana, contribution=made, answer="No kettles here.")
    made.idea.refresh_from_db()
    assert made.idea.number == 1


def test_what_was_taken_back_is_not_removed(town: Town) -> None:
    stella, made = steward(), contribution(town)
    case = reported(town.noor, made)
    actions.take_back(by=town.ben, contribution=made)
    with pytest.raises(Refusal, match="does not stand any more"):
        moderation.hide(by=stella, case=case, reason=WHY)


def test_what_a_brand_reckons_itself_is_no_argument(town: Town) -> None:
    own = Sheet.objects.get(gate=argument(town).gate, own=True)
    with pytest.raises(NotAllowed):
        reported(town.noor, own)
    assert signed_in(town.noor).get(f"/report/sheet/{own.public}").status_code == 404
    assert "/report/" not in signed_in(town.noor).get(f"/sheets/{own.public}").content.decode()


@pytest.mark.parametrize("what", MADE)
def test_a_steward_of_the_team_that_judges_removes_it_as_one_of_them(town: Town, what: str) -> None:
    """The public log says of which brand; nobody else of the team can."""
    thing = MADE[what](town)
    case = reported(town.noor, thing)
    with pytest.raises(NotAllowed):
        moderation.hide(by=town.mira, case=case, reason=WHY)
    Account.objects.filter(profile=town.mira).update(is_steward=True)
    moderation.hide(by=town.mira, case=case, reason=WHY)
    assert Case.objects.get().brand == town.brand


def test_a_removed_one_leaves_room_for_another(town: Town) -> None:
    first = contribution(town)
    for n in range(4):
        contributed(town.ben, first.idea, words=f"Number {n}")
    with pytest.raises(Refusal, match="Five of yours"):
        contributed(town.ben, first.idea, words="One more")
    moderation.hide(by=steward(), case=reported(person("Una Roe", "una"), first), reason=WHY)
    contributed(town.ben, first.idea, words="One more")
