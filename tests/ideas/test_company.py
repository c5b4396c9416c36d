"""The company stays out of creation: whatever their role, who is in the team of the brand that an idea is addressed to
writes, ranks and hides nothing of it. Every action is in a table here or in test_gate_company.py, or a test there
fails for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from moothall.core.refusals import NotAllowed
from moothall.ideas import actions
from moothall.ideas.models import Author, Contribution, Idea, Merger
from moothall.people.models import Profile
from tests.ideas.made import WORDS, contributed, led_by_two, proposed
from tests.rows import state
from tests.town import Town, person, take_in

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """An idea for the brand, all that hangs on it, and somebody who comes to be in the brand's team."""

    by: Profile
    idea: Idea
    own: Idea  # another of theirs, for everybody
    contribution: Contribution
    author: Author
    asked: Merger  # own into idea, or idea into own
    withdrawn: Idea
    draft: Idea
    person: Profile


# By action: how it would be done to the idea. What anybody may do to it, as one person, stands below.
REFUSED: dict[str, Callable[[Case], object]] = {
    "keep_draft": lambda c: actions.keep_draft(by=c.by, words=WORDS, brand=c.idea.brand),
    "propose": lambda c: actions.propose(by=c.by, idea=c.draft),
    "revise": lambda c: actions.revise(by=c.by, idea=c.idea, words=WORDS, base=1),
    "draw": lambda c: actions.draw(by=c.by, idea=c.idea, picture=None),
    "withdraw": lambda c: actions.withdraw(by=c.by, idea=c.idea),
    "bring_back": lambda c: actions.bring_back(by=c.by, idea=c.withdrawn),
    "contribute": lambda c: contributed(c.by, c.idea),
    "take_in": lambda c: actions.take_in(by=c.by, contribution=c.contribution, base=1),
    "decline": lambda c: actions.decline(by=c.by, contribution=c.contribution, answer="No."),
    "join_authors": lambda c: actions.join_authors(by=c.by, author=c.author),
    "take_lead": lambda c: actions.take_lead(by=c.by, author=c.author),
    "begin_gathering": lambda c: actions.begin_gathering(by=c.by, idea=c.idea),
    "ask_merger": lambda c: actions.ask_merger(by=c.by, idea=c.own, into=c.idea),
    "accept_merger": lambda c: actions.accept_merger(by=c.by, merger=c.asked),
    "decline_merger": lambda c: actions.decline_merger(by=c.by, merger=c.asked),
    "unmerge": lambda c: actions.unmerge(by=c.by, merger=c.asked),
}
# Refused to who does not lead it, whatever their team; a lead who joined the team may still let go by them.
LEADS: dict[str, Callable[[Case], object]] = {
    "end_gathering": lambda c: actions.end_gathering(by=c.by, idea=c.idea),
    "discard": lambda c: actions.discard(by=c.by, idea=c.draft),
    "invite_author": lambda c: actions.invite_author(by=c.by, idea=c.idea, person=c.person),
    "leave_authors": lambda c: actions.leave_authors(by=c.by, author=c.author),
    "offer_lead": lambda c: actions.offer_lead(by=c.by, author=c.author),
    "keep_lead": lambda c: actions.keep_lead(by=c.by, author=c.author),
    "take_back_merger": lambda c: actions.take_back_merger(by=c.by, merger=c.asked),
    "take_back": lambda c: actions.take_back(by=c.by, contribution=c.contribution),
}
ALLOWED = {
    "back": "as one person with one voice",
    "unback": "their own voice",
    "fork": "a draft of their own, addressed to everybody: nothing of this idea",
    "let_crowd": "a steward's, refused to one of the team that judges it: tests/ideas/test_weighing.py",
    "keep_crowd": "a steward's, refused to one of the team that judges it: tests/ideas/test_weighing.py",
    "look": "the daily task and what was paid or pledged: nobody asks for it",
    "weigh_all": "the daily task",
    "pass_on": "ends what is theirs, when their account ends",
}
ROLES = ["owner", "maker", "seller", "agent", "marketer"]


def refuses(do: Callable[[Case], object], case: Case) -> bool:
    try:
        do(case)
    except NotAllowed:
        return True
    return False


def in_team(town: Town, role: str) -> Profile:
    if role == "owner":
        return town.mira
    one = person("Team", f"the-{role}")
    take_in(by=town.mira, brand=town.brand, person=one, role=role)
    return one


@pytest.mark.parametrize("role", ROLES)
def test_no_role_writes_ranks_or_hides_it(town: Town, role: str) -> None:
    """Somebody of the team to whom nothing of the idea belongs."""
    by = in_team(town, role)
    idea, withdrawn = proposed(town.ana, brand=town.brand), proposed(town.ana, brand=town.brand)
    actions.withdraw(by=town.ana, idea=withdrawn)
    other, own = proposed(town.ben), proposed(by)
    author = led_by_two(town.ana, town.noor, idea)
    actions.offer_lead(by=town.ana, author=author)
    asked = actions.ask_merger(by=town.ben, idea=other, into=idea)
    draft = actions.keep_draft(by=town.ana, words=WORDS, brand=town.brand)
    case = Case(by, idea, own, contributed(town.ben, idea), author, asked, withdrawn, draft, town.ben)
    before = state()
    for name, do in (REFUSED | LEADS).items():
        assert refuses(do, case), name
        assert state() == before, name
    actions.back(by=by, idea=idea, level="like")
    actions.back(by=by, idea=idea, level="follow")
    idea.refresh_from_db()
    assert (idea.weight, idea.follows) == (2, 1)
    actions.unback(by=by, idea=idea)
    assert actions.fork(by=by, idea=idea).brand is None


@pytest.mark.parametrize("role", ROLES[1:])
def test_nor_does_who_had_a_part_in_it_before(town: Town, role: str) -> None:
    """Its lead, who joined the team afterwards: they can only hand it to somebody else."""
    lead, other = town.ben, proposed(town.ben)
    idea, withdrawn = proposed(lead, brand=town.brand), proposed(lead, brand=town.brand)
    actions.withdraw(by=lead, idea=withdrawn)
    draft = actions.keep_draft(by=lead, words=WORDS, brand=town.brand)
    author = led_by_two(lead, town.noor, idea)
    theirs = led_by_two(town.ana, lead, proposed(town.ana, brand=town.brand))
    actions.offer_lead(by=town.ana, author=theirs)
    invited = actions.invite_author(by=town.ana, idea=proposed(town.ana, brand=town.brand), person=lead)
    asked = actions.ask_merger(by=town.ana, idea=proposed(town.ana), into=idea)
    stands = actions.ask_merger(by=town.ana, idea=proposed(town.ana), into=proposed(lead, brand=town.brand))
    actions.accept_merger(by=lead, merger=stands)
    waits = contributed(town.noor, theirs.idea)
    take_in(by=town.mira, brand=town.brand, person=lead, role=role)
    before = state()
    for case in (
        Case(lead, idea, other, waits, theirs, asked, withdrawn, draft, town.noor),
        Case(lead, idea, other, waits, invited, stands, withdrawn, draft, town.noor),
    ):
        for name, do in REFUSED.items():
            if (name, case.author) in (("take_lead", invited), ("join_authors", theirs)):
                continue
            if (name, case.asked) in (("unmerge", asked), ("accept_merger", stands), ("decline_merger", stands)):
                continue
            assert refuses(do, case), name
            assert state() == before, name
    actions.offer_lead(by=lead, author=author)
    actions.take_lead(by=town.noor, author=author)
    assert Idea.objects.get(pk=idea.pk).lead == town.noor
