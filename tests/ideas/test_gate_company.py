"""The company and the gate: who is in the team that judges writes nothing, also of an idea for all that their brand
took; who leads an idea judges nothing of it, also after they joined the team."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from moothall.config.invariants import offenders
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions
from moothall.ideas.gates import Gate, Sheet, today
from moothall.ideas.models import Author, Contribution, Idea
from moothall.people.models import Profile
from tests.ideas.gated import FIGURES, at_gate, judged, voices
from tests.ideas.made import WORDS, contributed, led_by_two, proposed
from tests.ideas.test_company import ALLOWED, LEADS, REFUSED, ROLES, Case, refuses
from tests.rows import state
from tests.town import Town, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_must_hold() -> Any:
    yield
    assert not offenders()


@dataclass
class AtGate:
    """What is done at gates by `by`: an open gate, one with a no and an appeal, a go, and an idea to take."""

    by: Profile
    waits: Gate
    done: Gate
    go: Gate
    argued: Sheet
    free: Idea


# For owners and makers only, and for nobody who leads the idea.
JUDGING: dict[str, Callable[[AtGate], object]] = {
    "keep_sheet": lambda c: actions.keep_sheet(by=c.by, gate=c.waits, figures=FIGURES),
    "judge": lambda c: actions.judge(by=c.by, gate=c.waits, state="no", reasons="No", change="Money"),
    "answer_appeal": lambda c: actions.answer_appeal(by=c.by, gate=c.done, words="So"),
    "undo": lambda c: actions.undo(by=c.by, gate=c.done, why="Wrong"),
}
# For owners and makers only.
KEEPING: dict[str, Callable[[AtGate], object]] = {
    "set_mark": lambda c: actions.set_mark(by=c.by, brand=c.waits.brand, voices=9, days=9),
    "take_to_gate": lambda c: actions.take_to_gate(
        by=c.by, brand=c.waits.brand, idea=c.free, due=today() + timedelta(days=3)
    ),
}
# For who leads the idea, or for anybody but the team.
JUDGED: dict[str, Callable[[AtGate], object]] = {
    "appeal": lambda c: actions.appeal(by=c.by, gate=c.go, words="Why"),
    "come_again": lambda c: actions.come_again(by=c.by, gate=c.done),
    "accept": lambda c: actions.accept(by=c.by, gate=c.go),
    "argue": lambda c: actions.argue(by=c.by, gate=c.go, figures=FIGURES, words="Less"),
    "end_argument": lambda c: actions.end_argument(by=c.by, sheet=c.argued),
}
NIGHTLY = {"bring_to_gates", "tell_overdue"}  # by nobody


def test_every_action_is_in_a_table() -> None:
    found = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    tables = [set(one) for one in (REFUSED, LEADS, ALLOWED, JUDGING, KEEPING, JUDGED, NIGHTLY)]
    assert found == set().union(*tables)
    assert len(found) == sum(len(one) for one in tables)


def for_all(town: Town, lead: Profile) -> Idea:
    """An idea addressed to all that the brand took to its gate."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    idea = proposed(lead)
    voices(idea, (30,))
    actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=today() + timedelta(days=9))
    return Idea.objects.select_related("lead", "brand").get(pk=idea.pk)


def gates(town: Town, lead: Profile) -> AtGate:
    found = [Gate.objects.select_related("idea", "brand").get(idea=for_all(town, lead)) for _n in range(3)]
    waits, done, go = found[0], judged(town, found[1]), judged(town, found[2], "go")
    actions.appeal(by=lead, gate=done, words="The lid was overlooked.")
    argued = actions.argue(by=town.noor, gate=go, figures=FIGURES, words="A turner would do it.")
    free = proposed(town.noor)
    voices(free, (30,))
    return AtGate(town.mira, waits, done, go, argued, free)


def no(do: Callable[[AtGate], object], case: AtGate) -> bool:
    try:
        do(case)
    except NotAllowed:
        return True
    return False


@pytest.mark.parametrize("role", [*ROLES[2:], ""])
def test_only_owners_and_makers_do_what_is_the_judges(town: Town, role: str) -> None:
    case = gates(town, town.ana)
    case.by = town.ben
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.ben, role=role)
    before = state()
    for name, do in (JUDGING | KEEPING).items():
        assert no(do, case), name
        assert state() == before, name


@pytest.mark.parametrize("role", ROLES[:2])
@pytest.mark.parametrize("part", ["lead", "author"])
def test_nobody_judges_what_they_lead_alone_or_with_others(town: Town, role: str, part: str) -> None:
    case = gates(town, town.ben)
    case.by = town.ben
    if part == "author":
        for gate in (case.waits, case.done, case.go):
            led_by_two(town.ben, town.ana, gate.idea)
        case.by = town.ana
    take_in(by=town.mira, brand=town.brand, person=case.by, role=role)
    before = state()
    for name, do in JUDGING.items():
        assert no(do, case), name
        assert state() == before, name
    case.by = town.mira
    for name, do in JUDGING.items():
        assert not no(do, case), name


def test_the_team_does_nothing_that_is_the_leads_or_everybodys(town: Town) -> None:
    case = gates(town, town.ana)
    before = state()
    for name, do in JUDGED.items():
        assert no(do, case), name
        assert state() == before, name


@pytest.mark.parametrize("role", ROLES[1:])
def test_who_joins_a_team_that_judges_an_idea_for_all_writes_no_more_of_it(town: Town, role: str) -> None:
    """As with one that is addressed to the brand: they can only hand it to somebody else."""
    lead, other = town.ben, proposed(town.ben)
    idea, withdrawn = for_all(town, lead), for_all(town, lead)
    judged(town, Gate.objects.select_related("idea", "brand").get(idea=withdrawn))
    actions.withdraw(by=lead, idea=withdrawn)
    draft = actions.keep_draft(by=lead, words=WORDS)
    author = led_by_two(lead, town.noor, idea)
    theirs = led_by_two(town.ana, lead, for_all(town, town.ana))
    actions.offer_lead(by=town.ana, author=theirs)
    invited = actions.invite_author(by=town.ana, idea=for_all(town, town.ana), person=lead)
    asked = actions.ask_merger(by=town.ana, idea=proposed(town.ana), into=idea)
    stands = actions.ask_merger(by=town.ana, idea=proposed(town.ana), into=for_all(town, lead))
    actions.accept_merger(by=lead, merger=stands)
    waits = contributed(town.noor, theirs.idea)
    take_in(by=town.mira, brand=town.brand, person=lead, role=role)
    before = state()
    for case in (
        Case(lead, idea, other, waits, theirs, asked, withdrawn, draft, town.noor),
        Case(lead, idea, other, waits, invited, stands, withdrawn, draft, town.noor),
    ):
        for name, do in REFUSED.items():
            if name in ("keep_draft", "propose"):
                continue  # a draft is addressed to nobody, and at no gate
            if (name, case.author) in (("take_lead", invited), ("join_authors", theirs)):
                continue
            if (name, case.asked) in (("unmerge", asked), ("accept_merger", stands), ("decline_merger", stands)):
                continue
            assert refuses(do, case), name
            assert state() == before, name
    actions.offer_lead(by=lead, author=author)
    actions.take_lead(by=town.noor, author=author)
    assert Idea.objects.get(pk=idea.pk).lead == town.noor


def test_no_word_of_the_team_comes_in_after_the_gate_is_open(town: Town) -> None:
    """Neither of who wrote it before they joined, nor of who was in the team before the brand took the idea."""
    joined = at_gate(town).idea
    before = contributed(town.ben, joined)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="marketer")
    free = proposed(town.ana)
    voices(free, (30, 36, 40))
    there = contributed(town.mira, free)
    actions.take_to_gate(by=town.mira, brand=town.brand, idea=free, due=today() + timedelta(days=9))
    for one in (before, there):
        with pytest.raises(Refusal, match="no word of theirs"):
            actions.take_in(by=town.ana, contribution=one, base=1)
        actions.decline(by=town.ana, contribution=one, answer="You judge it.")
    assert not Contribution.objects.filter(state=Contribution.TAKEN).exists()
    assert Idea.objects.get(pk=free.pk).number == 1


def test_a_brand_judges_no_idea_that_fewer_would_pay_for_than_it_asks(town: Town) -> None:
    """What each of a few would pay is nobody's business: it is public from the judgement on."""
    idea, due = proposed(town.ana), today() + timedelta(days=9)
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    voices(idea, (30, 36))
    with pytest.raises(Refusal, match="You ask for 3 who would pay, and 2 would"):
        actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=due)
    voices(idea, (40,), start=2)
    stale = Idea.objects.get(pk=idea.pk)
    assert actions.take_to_gate(by=town.mira, brand=town.brand, idea=stale, due=due).is_open


def test_a_brand_takes_an_idea_as_it_is_and_not_as_it_was_read(town: Town) -> None:
    """While the page was open somebody of the team came to lead it, or its lead left it."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    idea, due = proposed(town.ana), today() + timedelta(days=9)
    voices(idea, (30,))
    author = led_by_two(town.ana, town.mira, idea)
    stale = Idea.objects.get(pk=idea.pk)
    actions.offer_lead(by=town.ana, author=author)
    actions.take_lead(by=town.mira, author=author)
    before = Author.objects.get(person=town.ana)
    actions.leave_authors(by=town.ana, author=before)
    with pytest.raises(Refusal, match="Somebody of your team"):
        actions.take_to_gate(by=town.mira, brand=town.brand, idea=stale, due=due)
    assert not Gate.objects.exists()
