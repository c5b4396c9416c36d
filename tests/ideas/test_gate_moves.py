"""An idea moves while it is at a gate, or on its way there: merged and separated, removed and restored, handed over,
withdrawn and brought back. No gate is lost by it, and no brand is late at what it could not open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from moothall.activity.models import Act
from moothall.config.invariants import offenders
from moothall.core import clock, daily, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions, judged
from moothall.ideas.actions.hiding import hide, unhide
from moothall.ideas.gates import Gate, Mark, today
from moothall.ideas.models import Author, Backing, Idea, Merger
from moothall.notices.models import Notice
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.ideas.gated import FIGURES, at_gate, pounds, voices
from tests.ideas.gated import judged as judge
from tests.ideas.made import WORDS, contributed, led_by_two, proposed
from tests.town import Town, person, signed_in, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_must_hold() -> Any:
    yield
    assert not offenders()


def merge(idea: Idea, into: Idea) -> Merger:
    made = actions.ask_merger(by=idea.lead, idea=idea, into=into)
    if made.state == Merger.ASKED:
        actions.accept_merger(by=into.lead, merger=made)
    return Merger.objects.select_related("idea", "into").get(pk=made.pk)


def taken(town: Town, lead: Profile) -> Gate:
    """Of an idea for all, which three would pay for."""
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    idea = proposed(lead)
    voices(idea, (30, 36, 40))
    due = today() + timedelta(days=9)
    gate = actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=due)
    return Gate.objects.select_related("idea", "brand").get(pk=gate.pk)


def fresh(gate: Gate) -> Gate:
    return Gate.objects.select_related("idea", "brand").get(pk=gate.pk)


def days(number: int) -> None:
    clock.move(clock.now() + timedelta(days=number))


# ---- what reached its mark comes to its gate, whatever was in the way


def test_what_reached_its_mark_while_it_was_merged_comes_when_it_is_separated(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    voices(idea, (30, 36))
    one = merge(idea, proposed(town.ben))
    actions.set_mark(by=town.mira, brand=town.brand, voices=2, days=28)
    assert not Gate.objects.exists()
    actions.unmerge(by=town.ben, merger=one)
    assert Gate.objects.get().idea == idea


def test_what_reached_its_mark_while_it_was_removed_comes_when_it_is_restored(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    voices(idea, (30, 36))
    hide(idea.pk, "spam")
    actions.set_mark(by=town.mira, brand=town.brand, voices=2, days=28)
    assert not Gate.objects.exists()
    unhide(idea.pk)
    assert Gate.objects.get().is_open


def test_who_no_longer_leads_is_a_voice_and_may_be_the_one_that_lacked(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=2, days=28)
    idea, other = proposed(town.ana, brand=town.brand), proposed(town.ben)
    voices(other, (30,))
    actions.back(by=town.ana, idea=other, level="pay", price=pounds(30))
    merge(other, idea)
    author = led_by_two(town.ana, town.noor, Idea.objects.get(pk=idea.pk))
    actions.offer_lead(by=town.ana, author=author)
    assert not Gate.objects.exists()
    actions.take_lead(by=town.noor, author=author)
    assert Gate.objects.get().idea == idea
    assert Author.objects.get(pk=author.pk).state == Author.LEFT, "acts that name it find it"


def test_each_night_what_reached_its_mark_unseen_is_brought_once(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    voices(idea, (30, 36))
    Mark.objects.create(brand=town.brand, voices=2)  # lowered while the second voice came: neither saw the other
    for _night in range(2):
        assert daily.run("gates").well
    assert Gate.objects.get().idea == idea
    assert not judged.reached()


# ---- merged and separated


def test_merging_and_separating_shakes_no_gate_off(town: Town) -> None:
    gate = taken(town, town.ana)
    days(3)
    one = merge(gate.idea, proposed(town.ben))
    assert fresh(gate).state == Gate.WITHDRAWN
    assert fresh(gate).left
    days(30)
    actions.unmerge(by=town.ana, merger=one)
    again = Gate.objects.get(idea=gate.idea, state=Gate.OPEN)
    assert (again.brand, again.number, again.due) == (town.brand, 2, today() + timedelta(days=28))
    actions.withdraw(by=town.ana, idea=Idea.objects.get(pk=gate.idea_id))
    actions.bring_back(by=town.ana, idea=Idea.objects.get(pk=gate.idea_id))
    days(1)
    two = merge(Idea.objects.get(pk=gate.idea_id), Idea.objects.get(lead=town.ben))
    actions.unmerge(by=town.ana, merger=two)
    assert not Gate.objects.filter(state=Gate.OPEN).exists(), "what was withdrawn before is the brand's to take again"


def test_a_judgement_keeps_what_was_heard_when_it_was_made(town: Town) -> None:
    """Whoever read the page before a like idea came to it judges on both, and not on a mixture."""
    gate = at_gate(town)
    other = proposed(town.ben)
    voices(other, (50, 50), start=3)
    stale = fresh(gate)
    merge(other, stale.idea)
    actions.keep_sheet(by=town.mira, gate=stale, figures=FIGURES)
    done = actions.judge(by=town.mira, gate=stale, state="no", reasons="Dear", change="Money")
    assert done.heard == [[3000, 1], [3600, 1], [4000, 1], [5000, 2]]
    assert done.version == 1


def test_who_follows_what_was_merged_hears_of_the_other(town: Town) -> None:
    gate = at_gate(town)
    other = proposed(town.ben)
    fan, former = person("Fan", "fan"), person("Former", "former")
    for who in (fan, former):
        actions.back(by=who, idea=other, level="follow")
    merge(other, gate.idea)
    actions.back(by=former, idea=gate.idea, level="like")
    work.do_due()
    Notice.objects.all().delete()
    actions.take_in(by=town.ana, contribution=contributed(town.noor, gate.idea), base=1)
    judge(town, gate)
    work.do_due()
    told = {(one.act.verb, one.who.handle) for one in Notice.objects.filter(who__in=(fan, former))}
    assert told == {("idea.revised", "fan"), ("gate.refused", "fan")}


# ---- no brand is late at what it cannot open


def test_a_lead_who_blocks_the_judge_is_judged_all_the_same(town: Town) -> None:
    gate = at_gate(town)
    people.block(by=town.ana, whom=town.mira)
    mira, there = signed_in(town.mira), f"/desk/tidewater/gates/{gate.public}"
    assert list(judged.waiting(judged.of_desk(town.brand))) == [gate]
    assert gate.idea.title in mira.get("/desk/tidewater/gates").content.decode()
    page = mira.get(there).content.decode()
    assert WORDS.problem in page, "what she judges she reads there"
    assert f'/gates/{gate.public}"' not in page.replace(there, ""), "and nothing leads to what she may not open"
    assert town.ana.name not in page
    said = {"do": "judge", "state": "no", "reasons": "Dear", "change": "Money"}
    assert mira.post(there, said).status_code == 302
    actions.appeal(by=town.ana, gate=fresh(gate), words="The lid was overlooked.")
    page = mira.get(there).content.decode()
    assert ("Appeal of somebody" in page, town.ana.name in page) == (True, False)


def test_nobody_is_late_at_a_removed_idea(town: Town) -> None:
    gate = at_gate(town)
    hide(gate.idea_id, "spam")
    days(40)
    assert actions.tell_overdue() == 0
    assert not judged.of_desk(town.brand)
    unhide(gate.idea_id)
    assert (fresh(gate).due, fresh(gate).late) == (today() + timedelta(days=28), None)
    assert actions.tell_overdue() == 0


def test_an_answer_that_could_not_be_given_is_due_anew(town: Town) -> None:
    gate = judge(town, at_gate(town))
    actions.appeal(by=town.ana, gate=gate, words="The lid was overlooked.")
    actions.withdraw(by=town.ana, idea=gate.idea)
    days(40)
    actions.bring_back(by=town.ana, idea=gate.idea)
    found = fresh(gate)
    assert (found.answer_is_overdue, found.answer_due) == (False, today() + timedelta(days=28))
    assert found.due < today(), "its judgement came in time"


def test_what_is_due_first_stands_first_at_the_desk(town: Town) -> None:
    first = judge(town, at_gate(town, title="Ladle"))
    days(20)
    actions.appeal(by=town.ana, gate=first, words="Why")
    second = at_gate(town, title="Spoon")
    Gate.objects.filter(pk=second.pk).update(due=today() + timedelta(days=12))
    assert list(judged.waiting(judged.of_desk(town.brand))) == [second, first]


# ---- a yes is for good


def test_after_a_yes_the_idea_stays_as_it_was_judged(town: Town) -> None:
    gate = judge(town, at_gate(town), "go")
    idea, waits = gate.idea, contributed(town.noor, gate.idea)
    other = proposed(town.ana)
    actions.accept(by=town.ana, gate=gate)
    stale = Idea.objects.get(pk=idea.pk)
    for do in (
        lambda: actions.revise(by=town.ana, idea=stale, words=replace(WORDS, title="Another pot"), base=1),
        lambda: actions.take_in(by=town.ana, contribution=waits, base=1),
        lambda: actions.ask_merger(by=town.ana, idea=stale, into=other),
        lambda: actions.withdraw(by=town.ana, idea=stale),
        lambda: actions.draw(by=town.ana, idea=stale, picture=None),
    ):
        with pytest.raises(Refusal, match="said yes"):
            do()
    now = Idea.objects.get(pk=idea.pk)
    assert (now.stage, now.number, now.title) == (Idea.SHAPE, 1, WORDS.title)
    merge(other, now)
    assert Idea.objects.get(pk=idea.pk).joined == 1, "others may still come to it"
    assert "It judged version 1" in Client().get(f"/gates/{gate.public}").content.decode()


def test_a_gate_that_an_idea_left_says_so_and_its_team_hears(town: Town) -> None:
    """It was not withdrawn: its lead gave it to another, or it goes on in another."""
    gate = taken(town, town.ana)
    other = town.another_brand()
    ola = Profile.objects.get(handle="ola")
    actions.set_mark(by=ola, brand=other, voices=3, days=28)
    second = actions.take_to_gate(by=ola, brand=other, idea=gate.idea, due=today() + timedelta(days=9))
    judge(town, gate, "go")
    actions.accept(by=town.ana, gate=gate)
    work.do_due()
    assert [one.who for one in Notice.objects.filter(act__verb="gate.left")] == [ola]
    page = Client().get(f"/gates/{second.public}").content.decode()
    assert "It left the gate before North Wool judged it." in page
    assert "was withdrawn" not in page
    third = people.open_brand(by=town.ben, name="Wold", handle="wold")
    actions.set_mark(by=town.ben, brand=third, voices=3, days=28)
    assert not judged.free_for(town.ben, third), "what its lead gave away is offered to nobody"


# ---- after a no


def test_after_a_no_it_comes_again_with_more_who_would_pay_and_four_weeks_later(town: Town) -> None:
    gate = judge(town, at_gate(town))
    ana, there = signed_in(town.ana), f"/gates/{gate.public}"
    voices(gate.idea, [30] * 4, start=3)
    days(27)
    for _try in range(2):
        with pytest.raises(Refusal, match="After a no it comes again when 8 would pay"):
            actions.come_again(by=town.ana, gate=gate)
        assert "Bring it here again" not in ana.get(there).content.decode()
        days(1)
    assert "when 8 would pay" in Client().get(there).content.decode(), "everybody reads what would move it"
    voices(gate.idea, (30,), start=7)
    with pytest.raises(NotAllowed):
        actions.come_again(by=town.ben, gate=gate)
    assert "Bring it here again" in ana.get(there).content.decode()
    ana.post(there, {"do": "again"})
    assert Gate.objects.get(idea=gate.idea, state=Gate.OPEN).number == 2
    assert fresh(gate).state == Gate.NO, "the no stays to be read"


def test_the_larger_the_mark_the_more_have_to_come_after_a_no(town: Town) -> None:
    gate = judge(town, at_gate(town))
    Mark.objects.update(voices=41)
    assert judged.again(fresh(gate)).asked == 3 + 11


# ---- whose words they are, and who may read them


def test_an_appeal_stays_in_the_name_of_who_made_it(town: Town) -> None:
    gate = judge(town, at_gate(town))
    actions.appeal(by=town.ana, gate=gate, words="The lid was overlooked.")
    author = led_by_two(town.ana, town.ben, gate.idea)
    actions.offer_lead(by=town.ana, author=author)
    actions.take_lead(by=town.ben, author=author)
    page = Client().get(f"/gates/{gate.public}").content.decode()
    appeal = page[page.index('id="appeal"') :]
    assert ("Ana Lima" in appeal, "Ben Cole" in appeal, "led the idea then" in appeal) == (True, False, True)
    assert "Appeal of Ana Lima" in signed_in(town.mira).get(f"/desk/tidewater/gates/{gate.public}").content.decode()
    people.block(by=town.ana, whom=town.noor)
    assert "Ana Lima" not in signed_in(town.noor).get(f"/gates/{gate.public}").content.decode()


def test_who_is_parted_from_a_brand_reads_its_name_at_no_gate(town: Town) -> None:
    gate = taken(town, town.ana)
    other = town.another_brand()
    ola = Profile.objects.get(handle="ola")
    actions.set_mark(by=ola, brand=other, voices=3, days=28)
    second = actions.take_to_gate(by=ola, brand=other, idea=gate.idea, due=today() + timedelta(days=9))
    people.block(by=town.noor, whom=other)
    noor = signed_in(town.noor)
    for address in (f"/gates/{second.public}", f"/gates/{second.public}/figures.json"):
        assert noor.get(address).status_code == 404
    assert "North Wool" not in noor.get(f"/gates/{gate.public}").content.decode()
    assert "North Wool" in Client().get(f"/gates/{gate.public}").content.decode()
    assert list(judged.gates(town.noor).filter(idea=gate.idea)) == [gate], "in the API neither"
    people.block(by=town.ana, whom=other)
    assert signed_in(town.ana).get(f"/gates/{second.public}").status_code == 200, "a lead reads all of theirs"


def test_an_address_with_odd_characters_is_read_as_nothing(town: Town) -> None:
    gate = judge(town, at_gate(town), "go")
    for odd in ("%00", "%00" * 40, "x" * 5000):
        assert signed_in(town.noor).get(f"/gates/{gate.public}/argue?from={odd}").status_code == 200


def test_all_that_waits_can_be_reached(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    for number in range(26):
        idea = proposed(town.ana, replace(WORDS, title=f"Pot number {number}."), brand=town.brand)
        Gate.objects.create(idea=idea, brand=town.brand, due=today() + timedelta(days=number), currency="GBP")
    mira = signed_in(town.mira)
    first = mira.get("/desk/tidewater/gates").content.decode()
    second = mira.get("/desk/tidewater/gates?page=2").content.decode()
    for number in range(26):
        assert (f"Pot number {number}." in first) == (number < 24)
        assert (f"Pot number {number}." in second) == (number >= 24)
    assert "?page=2" in first
    assert mira.get("/desk/tidewater/gates?page=2").status_code == 200


# ---- two tabs, and accounts that end


def test_what_is_proposed_is_what_was_kept_last(town: Town) -> None:
    draft = actions.keep_draft(by=town.ana, words=WORDS)
    stale = Idea.objects.get(pk=draft.pk)
    actions.keep_draft(by=town.ana, words=replace(WORDS, title="Newer pot"), idea=draft)
    made = actions.propose(by=town.ana, idea=stale)
    assert (made.title, Idea.objects.get(pk=draft.pk).title) == ("Newer pot", "Newer pot")


def test_an_account_ends_whose_ideas_are_merged_with_each_other(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ana)
    merge(one, two)
    theirs = proposed(town.ben)
    merge(theirs, Idea.objects.get(pk=two.pk))
    actions.pass_on(by=town.ana)
    assert {row.stage for row in Idea.objects.filter(lead=town.ana)} == {Idea.WITHDRAWN}
    assert Idea.objects.get(pk=theirs.pk).stands


def test_no_idea_passes_to_who_is_in_a_team_that_judges_it(town: Town) -> None:
    gate = taken(town, town.ana)
    led_by_two(town.ana, town.ben, gate.idea)
    days(1)
    led_by_two(town.ana, town.noor, gate.idea)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="marketer")
    actions.pass_on(by=town.ana)
    assert Idea.objects.get(pk=gate.idea_id).lead == town.noor
    assert Act.objects.filter(verb="lead.passed").count() == 1
    assert Backing.objects.filter(idea=gate.idea_id).count() == 3
