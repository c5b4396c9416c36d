"""An idea comes to the gate by voices that name a price; a brand judges by a public day, with reasons and a sheet that
anybody may argue with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.activity.models import Act
from moothall.config.invariants import offenders
from moothall.core import clock, daily, work
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions, judged
from moothall.ideas.actions import Go, gating
from moothall.ideas.gates import Gate, Mark, Run, Sheet, today
from moothall.ideas.models import Backing, Idea
from moothall.notices.models import Notice
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.ideas.gated import FIGURES, at_gate, known_voices, pounds, voices
from tests.ideas.gated import judged as judge
from tests.ideas.made import WORDS, contributed, proposed
from tests.town import Town, person, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _what_must_hold() -> Any:
    yield
    assert not offenders()


# ---- coming to the gate


def test_only_voices_with_a_price_bring_an_idea_to_its_gate(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    idea = proposed(town.ana, brand=town.brand)
    for number in range(9):
        who = person(f"Fan {number}", f"fan-{number}")
        actions.back(by=who, idea=idea, level="like" if number % 2 else "follow")
    voices(idea, (30, 36))
    actions.back(by=Profile.objects.get(handle="voice-0"), idea=idea, level="pay", price=pounds(31))
    assert not Gate.objects.exists(), "two persons, however often they say it"
    voices(idea, (40,), start=2)
    gate = Gate.objects.get()
    assert (gate.idea, gate.brand, gate.number, gate.state) == (idea, town.brand, 1, Gate.OPEN)
    assert gate.due == today() + timedelta(days=28)
    assert Act.objects.get(verb="idea.at_gate").actor.sort == "hall", "whose voice it was stays theirs"


def test_without_a_word_of_the_brand_it_takes_twenty_five(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    known_voices(town, 25)
    voices(idea, [30] * 24)
    assert not Gate.objects.exists()
    voices(idea, [30], start=24)
    assert Gate.objects.get().due == today() + timedelta(days=28)


def test_more_voices_open_no_second_gate_and_fewer_do_not_close_it(town: Town) -> None:
    gate = at_gate(town)
    voices(gate.idea, (50, 50), start=3)
    for who in voices(gate.idea, (30, 36, 40)):
        actions.unback(by=who, idea=gate.idea)
    assert Gate.objects.get().state == Gate.OPEN
    with pytest.raises(IntegrityError), transaction.atomic():
        Gate.objects.create(idea=gate.idea, brand=town.brand, number=2, due=gate.due, currency="GBP")


def test_who_lowers_the_mark_has_at_the_gate_what_reaches_it(town: Town) -> None:
    idea, few = proposed(town.ana, brand=town.brand), proposed(town.ben, brand=town.brand)
    voices(idea, (30, 36, 40))
    voices(few, (30,))
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=7)
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=7)
    assert Gate.objects.get().idea == idea
    assert Gate.objects.get().due == today() + timedelta(days=7)
    assert Act.objects.filter(verb="mark.set").count() == 1, "saying the same again is nothing new"


@pytest.mark.parametrize(("like", "field"), [({"voices": 0}, "voices"), ({"voices": 10_001}, "voices"),
                                             ({"days": 0}, "days"), ({"days": 181}, "days")])  # fmt: skip
def test_a_mark_has_its_limits(town: Town, like: dict[str, int], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        actions.set_mark(by=town.mira, brand=town.brand, **{"voices": 5, "days": 5} | like)
    assert refused.value.field == field


def test_a_withdrawn_idea_leaves_the_gate_and_comes_to_a_new_one(town: Town) -> None:
    gate = at_gate(town)
    actions.withdraw(by=town.ana, idea=gate.idea)
    assert Gate.objects.get().state == Gate.WITHDRAWN
    with pytest.raises(Refusal, match="judged already, or the idea was withdrawn"):
        judge(town, gate)
    actions.bring_back(by=town.ana, idea=gate.idea)
    assert [(one.number, one.state) for one in Gate.objects.order_by("number")] == [(1, "withdrawn"), (2, "open")]


def test_an_idea_that_was_withdrawn_meanwhile_opens_no_gate(town: Town) -> None:
    """Whoever read it before it was withdrawn finds so when it is their turn."""
    gate = judge(town, at_gate(town), "needs")
    stale = Gate.objects.select_related("idea", "brand").get(pk=gate.pk)
    actions.withdraw(by=town.ana, idea=gate.idea)
    with pytest.raises(Refusal, match="Bring the idea back"):
        actions.come_again(by=town.ana, gate=stale)
    with pytest.raises(Refusal, match="was withdrawn"):
        actions.undo(by=town.mira, gate=stale, why="Late")
    other = proposed(town.ben, brand=town.brand)
    actions.withdraw(by=town.ben, idea=Idea.objects.get(pk=other.pk))
    Mark.objects.update(voices=1)
    Backing.objects.create(idea=other, person=town.noor, level="pay", price=1, currency="GBP")
    assert gating.reach(other) is None
    Backing.objects.filter(idea=other).delete()
    assert not Gate.objects.filter(state=Gate.OPEN).exists()


# ---- the day


@pytest.mark.parametrize(
    ("now", "on", "over"),
    [
        # Half past midnight in summer is still the day before in UTC; the clocks go back between opening and due.
        (datetime(2026, 10, 19, 23, 30, tzinfo=UTC), date(2026, 10, 27), datetime(2026, 10, 28, 0, 0, tzinfo=UTC)),
        (datetime(2026, 3, 23, 12, 0, tzinfo=UTC), date(2026, 3, 30), datetime(2026, 3, 30, 23, 0, tzinfo=UTC)),
    ],
)
def test_it_is_overdue_from_the_day_after_by_the_clocks_of_the_hall(
    town: Town, settings: Any, now: datetime, on: date, over: datetime
) -> None:
    settings.TIME_ZONE = "Europe/London"
    clock.move(now)
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=7)
    voices(proposed(town.ana, brand=town.brand), (30,))
    gate = Gate.objects.get()
    assert gate.due == on
    clock.move(over - timedelta(seconds=1))
    before = gate.is_overdue
    assert actions.tell_overdue() == 0
    clock.move(over)
    assert (before, gate.is_overdue) == (False, True)
    assert list(judged.overdue(judged.judgements(None, town.brand))) == [gate]


def test_the_team_hears_once_that_it_is_overdue(town: Town) -> None:
    at_gate(town)
    clock.move(clock.now() + timedelta(days=30))
    for _day in range(2):
        assert daily.run("gates").well
    work.do_due()
    assert Act.objects.filter(verb="gate.overdue").count() == 1
    assert Notice.objects.filter(act__verb="gate.overdue").count() == 1
    assert Notice.objects.get(act__verb="gate.overdue").who == town.mira


# ---- who judges


@pytest.mark.parametrize("role", ["seller", "agent", "marketer", ""])
def test_only_owners_and_makers_judge(town: Town, role: str) -> None:
    gate = at_gate(town)
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.ben, role=role)
    actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)
    for do in (
        lambda: actions.set_mark(by=town.ben, brand=town.brand, voices=2, days=2),
        lambda: actions.keep_sheet(by=town.ben, gate=gate, figures=replace(FIGURES, price=pounds(1))),
        lambda: actions.judge(by=town.ben, gate=gate, state="no", reasons="No", change="Nothing"),
        lambda: actions.undo(by=town.ben, gate=gate, why="No"),
        lambda: actions.answer_appeal(by=town.ben, gate=gate, words="No"),
        lambda: actions.take_to_gate(by=town.ben, brand=town.brand, idea=gate.idea, due=today() + timedelta(days=3)),
    ):
        with pytest.raises(NotAllowed):
            do()
    assert Gate.objects.get().state == Gate.OPEN
    assert (Sheet.objects.get().price, Mark.objects.get().voices) == (3600, 3)


def test_a_maker_judges_and_a_lead_never_their_own(town: Town) -> None:
    gate = at_gate(town)
    take_in(by=town.mira, brand=town.brand, person=town.ana, role="owner")
    with pytest.raises(NotAllowed, match="You lead this idea"):
        actions.judge(by=town.ana, gate=gate, state="no", reasons="No", change="Nothing")
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="maker")
    assert actions.judge(by=town.ben, gate=gate, state="no", reasons="No", change="Money").by == town.ben


# ---- ideas addressed to all


def test_a_brand_takes_an_idea_addressed_to_all_to_its_own_gate(town: Town) -> None:
    idea, due = proposed(town.ana), today() + timedelta(days=10)
    known_voices(town, 25)
    voices(idea, [30] * 30)
    assert not Gate.objects.exists(), "nobody's mark is reached"
    assert list(judged.free_for(town.mira, town.brand)) == [idea]
    gate = actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=due)
    assert (gate.due, gate.brand) == (due, town.brand)
    assert not judged.free_for(town.mira, town.brand)
    other = town.another_brand()
    ola = Profile.objects.get(handle="ola")
    actions.take_to_gate(by=ola, brand=other, idea=idea, due=due)
    with pytest.raises(Refusal, match="at your gate"):
        actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=due)
    with pytest.raises(NotAllowed, match="team that judges"):
        contributed(town.mira, idea)


@pytest.mark.parametrize("days", [0, -1, 181])
def test_the_day_it_names_lies_ahead(town: Town, days: int) -> None:
    with pytest.raises(BadInput) as refused:
        actions.take_to_gate(
            by=town.mira, brand=town.brand, idea=proposed(town.ana), due=today() + timedelta(days=days)
        )
    assert refused.value.field == "due"


def test_no_brand_takes_what_its_team_leads_or_shaped_nor_what_is_addressed_to_one(town: Town) -> None:
    due = today() + timedelta(days=3)
    shaped = proposed(town.ana)
    actions.take_in(by=town.ana, contribution=contributed(town.mira, shaped), base=1)
    addressed = proposed(town.ana, brand=town.another_brand())
    for idea, words in ((shaped, "shaped"), (proposed(town.mira), "shaped"), (addressed, "addressed to one brand")):
        with pytest.raises(Refusal, match=words):
            actions.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=due)
    actions.set_mark(by=town.mira, brand=town.brand, voices=1, days=9)
    voices(shaped, (30,))
    assert not judged.free_for(town.mira, town.brand), "nor are they offered"
    people.block(by=town.ana, whom=town.mira)
    with pytest.raises(NotAllowed):
        actions.take_to_gate(by=town.mira, brand=town.brand, idea=shaped, due=due)


# ---- the sheet


@pytest.mark.parametrize(
    ("like", "field"),
    [
        ({"price": pounds(0)}, "price"),
        ({"price": Money(100, "EUR")}, "price"),
        ({"fixed": Money(1, "EUR")}, "fixed"),
        ({"fee": 10_001}, "fee"),
        ({"tax": -1}, "tax"),
        ({"royalty": 6000, "fee": 5000}, "royalty"),
        ({"runs": []}, "runs"),
        ({"runs": [(n, pounds(1)) for n in range(1, 7)]}, "runs"),
        ({"runs": [(0, pounds(1))]}, "runs"),
        ({"runs": [(5, pounds(1)), (5, pounds(1))]}, "runs"),
        ({"runs": [(5, pounds(1)), (9, pounds(2))]}, "runs"),
        ({"runs": [(5, Money(1, "EUR"))]}, "runs"),
    ],
)
def test_a_sheet_that_cannot_be_reckoned_is_refused(town: Town, like: dict[str, Any], field: str) -> None:
    gate = at_gate(town)
    with pytest.raises(BadInput) as refused:
        actions.keep_sheet(by=town.mira, gate=gate, figures=replace(FIGURES, **like))
    assert refused.value.field == field
    assert not Run.objects.exists()


def test_a_sheet_is_the_teams_own_until_it_judges_and_then_stands(town: Town) -> None:
    gate = at_gate(town)
    actions.keep_sheet(by=town.mira, gate=gate, figures=replace(FIGURES, fixed=pounds(1)))
    actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)
    assert Sheet.objects.get().fixed == 2000
    assert not judged.sheets_seen(town.ana)
    judge(town, gate)
    assert judged.sheets_seen(None).get().published
    with pytest.raises(Refusal, match="judged already"):
        actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)


# ---- the judgement


def test_a_go_names_its_price_and_its_run_and_rests_on_a_sheet(town: Town) -> None:
    gate = at_gate(town)
    with pytest.raises(BadInput, match="Fill in the sheet"):
        actions.judge(by=town.mira, gate=gate, state="go", reasons="Good", go=Go(pounds(36), 5))
    actions.keep_sheet(by=town.mira, gate=gate, figures=FIGURES)
    for like, field in (
        ({"go": None}, "price"),
        ({"go": Go(None, 5)}, "price"),
        ({"go": Go(Money(1, "EUR"), 5)}, "price"),
        ({"go": Go(pounds(36), 0)}, "run"),
        ({"go": Go(pounds(36), 5, days=6)}, "days"),
        ({"go": Go(pounds(36), 5, days=91)}, "days"),
        ({"go": Go(pounds(36), 5, weeks=0)}, "weeks"),
        ({"go": Go(pounds(36), 5, weeks=105)}, "weeks"),
        ({"go": Go(pounds(36), 5, grams=0)}, "grams"),
        ({"reasons": " "}, "reasons"),
        ({"reasons": "x" * 2001}, "reasons"),
        ({"state": "perhaps"}, "state"),
        ({"state": "no"}, "change"),
        ({"state": "needs"}, "change"),
    ):
        said: dict[str, Any] = {"state": "go", "reasons": "Good", "go": Go(pounds(36), 5)} | like
        with pytest.raises(BadInput) as refused:
            actions.judge(by=town.mira, gate=gate, **said)
        assert refused.value.field == field
    done = judge(town, gate, "go")
    assert (done.state, done.money, done.run, done.heard) == ("go", pounds(36), 5, [[3000, 1], [3600, 1], [4000, 1]])
    with pytest.raises(Refusal, match="judged already"):
        judge(town, gate)


def test_what_was_judged_on_stays_when_voices_change(town: Town) -> None:
    gate = at_gate(town)
    judge(town, gate, "go")
    voices(gate.idea, (99, 99), start=3)
    heard, own, _argued = judged.whole(None, Gate.objects.select_related("idea").get())
    assert heard == [(3000, 1), (3600, 1), (4000, 1)]
    assert own is not None
    assert own.outlook.point.voices == 2


def test_who_stands_behind_it_is_told_each_judgement(town: Town) -> None:
    gate = at_gate(town)
    actions.back(by=town.noor, idea=gate.idea, level="like")
    actions.back(by=town.ben, idea=gate.idea, level="follow")
    judge(town, gate)
    work.do_due()
    told = set(Notice.objects.filter(act__verb="gate.refused").values_list("who__handle", flat=True))
    assert told == {"ana", "ben", "voice-0", "voice-1", "voice-2"}


def test_what_was_needed_is_done_and_it_is_judged_anew(town: Town) -> None:
    gate = judge(town, at_gate(town), "needs")
    with pytest.raises(NotAllowed):
        actions.come_again(by=town.ben, gate=gate)
    clock.move(clock.now() + timedelta(days=3))
    again = actions.come_again(by=town.ana, gate=gate)
    assert (again.number, again.due, again.state) == (2, today() + timedelta(days=28), Gate.OPEN)
    with pytest.raises(Refusal, match="Nothing is asked"):
        actions.come_again(by=town.ana, gate=gate)
    with pytest.raises(Refusal, match="no judgement here"):
        actions.undo(by=town.mira, gate=gate, why="Late")
    refused = judge(town, again)
    with pytest.raises(Refusal, match="After a no"):
        actions.come_again(by=town.ana, gate=refused)


def test_a_judgement_taken_back_stays_in_the_history_and_another_is_owed(town: Town) -> None:
    gate = judge(town, at_gate(town))
    with pytest.raises(BadInput):
        actions.undo(by=town.mira, gate=gate, why=" ")
    again = actions.undo(by=town.mira, gate=gate, why="We mixed up two suppliers.")
    old = Gate.objects.get(pk=gate.pk)
    assert (old.state, old.undone_why, again.number) == ("no", "We mixed up two suppliers.", 2)
    assert [one.pk for one in judged.gates_of(gate.idea)] == [again.pk, gate.pk]
    with pytest.raises(Refusal):
        actions.undo(by=town.mira, gate=gate, why="Again")


def test_one_appeal_and_its_answer(town: Town) -> None:
    gate = at_gate(town)
    with pytest.raises(Refusal):
        actions.appeal(by=town.ana, gate=gate, words="Early")
    gate = judge(town, gate)
    with pytest.raises(NotAllowed):
        actions.appeal(by=town.ben, gate=gate, words="You forgot the lid.")
    gate = actions.appeal(by=town.ana, gate=gate, words="You forgot the lid.")
    assert gate.answer_due == today() + timedelta(days=28)
    assert list(judged.waiting(judged.of_desk(town.brand))) == [gate]
    with pytest.raises(Refusal, match="One appeal"):
        actions.appeal(by=town.ana, gate=gate, words="And the knob.")
    clock.move(clock.now() + timedelta(days=29))
    assert gate.answer_is_overdue
    gate = actions.answer_appeal(by=town.mira, gate=gate, words="So we did. It stays no.")
    assert not gate.answer_is_overdue
    with pytest.raises(Refusal):
        actions.answer_appeal(by=town.mira, gate=gate, words="Yes")


def test_a_lead_says_yes_to_one_go_and_nothing_else_is_judged_then(town: Town) -> None:
    idea, due = proposed(town.ana), today() + timedelta(days=9)
    known_voices(town, 25)
    voices(idea, [36] * 25)
    other = town.another_brand()
    ola = Profile.objects.get(handle="ola")
    gates = [
        actions.take_to_gate(by=by, brand=brand, idea=idea, due=due)
        for by, brand in ((town.mira, town.brand), (ola, other))
    ]
    fourth = people.open_brand(by=ola, name="N2", handle="n-two")
    third = people.open_brand(by=town.ben, name="Wold", handle="wold")
    actions.take_to_gate(by=town.ben, brand=third, idea=idea, due=due)
    said: dict[str, Any] = {"state": "go", "reasons": "Good", "go": Go(pounds(36), 5)}
    for by, gate in zip((town.mira, ola), gates, strict=True):
        actions.keep_sheet(by=by, gate=gate, figures=FIGURES)
        actions.judge(by=by, gate=gate, **said)
    with pytest.raises(NotAllowed):
        actions.accept(by=town.noor, gate=gates[0])
    actions.accept(by=town.ana, gate=gates[0])
    for do in (
        lambda: actions.accept(by=town.ana, gate=gates[1]),
        lambda: actions.accept(by=town.ana, gate=gates[0]),
        lambda: actions.undo(by=town.mira, gate=gates[0], why="No"),
        lambda: actions.take_to_gate(by=ola, brand=fourth, idea=idea, due=due),
    ):
        with pytest.raises(Refusal, match="said yes"):
            do()  # type: ignore[no-untyped-call]
    assert Gate.objects.get(brand=third).state == Gate.WITHDRAWN
    assert Act.objects.get(verb="idea.accepted").subject_id == gates[0].pk
    with pytest.raises(Refusal):
        actions.accept(by=town.ana, gate=Gate.objects.get(brand=third))


# ---- arguing


def test_anybody_argues_with_other_numbers_and_all_see_it(town: Town) -> None:
    gate = at_gate(town)
    other = replace(FIGURES, runs=[(5, pounds(9))])
    with pytest.raises(Refusal, match="no sheet here yet"):
        actions.argue(by=town.noor, gate=gate, figures=other, words="I know a turner.")
    judge(town, gate, "go")
    made = actions.argue(by=town.noor, gate=gate, figures=other, words="I know a turner.")
    _heard, own, argued = judged.whole(None, Gate.objects.select_related("idea").get())
    assert own is not None
    assert [one.sheet for one in argued] == [made]
    assert argued[0].outlook.margin > own.outlook.margin
    with pytest.raises(NotAllowed, match="brand's own"):
        actions.argue(by=town.mira, gate=gate, figures=other, words="So do I.")
    with pytest.raises(BadInput):
        actions.argue(by=town.noor, gate=gate, figures=other, words="")
    with pytest.raises(BadInput):
        actions.argue(by=town.noor, gate=gate, figures=other, words="x" * 401)
    people.block(by=town.noor, whom=town.ben)
    assert not judged.whole(town.ben, gate)[2]
    with pytest.raises(NotAllowed):
        actions.end_argument(by=town.ben, sheet=made)
    with pytest.raises(NotAllowed):
        actions.end_argument(by=town.mira, sheet=own.sheet)
    for _twice in range(2):
        actions.end_argument(by=town.noor, sheet=made)
    assert not judged.whole(None, gate)[2]
    assert Act.objects.filter(verb="sheet.ended").count() == 1


def test_three_arguments_of_one_person_at_one_gate(town: Town) -> None:
    gate = judge(town, at_gate(town), "go")
    for _n in range(3):
        made = actions.argue(by=town.noor, gate=gate, figures=FIGURES, words="Cheaper")
    with pytest.raises(Refusal, match="Three of yours"):
        actions.argue(by=town.noor, gate=gate, figures=FIGURES, words="Cheaper")
    actions.end_argument(by=town.noor, sheet=made)
    actions.argue(by=town.noor, gate=gate, figures=FIGURES, words="Cheaper")


# ---- the company stays out of creation


def test_an_idea_goes_to_its_gate_without_any_act_of_the_team(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=3, days=28)
    begun = Act.objects.latest("pk").pk
    idea = proposed(town.ana, brand=town.brand)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    voices(idea, (30, 36, 40))
    assert Gate.objects.get(idea=idea).is_open
    team = (town.mira.pk, town.brand.pk)
    acts = Act.objects.filter(pk__gt=begun)
    assert not acts.filter(actor__in=team).exists()
    assert not acts.filter(hand__in=team).exists()


def test_judging_changes_no_word_of_the_idea_nor_a_voice(town: Town) -> None:
    gate = at_gate(town)
    gate = judge(town, gate, "needs")
    actions.appeal(by=town.ana, gate=gate, words="Why")
    actions.answer_appeal(by=town.mira, gate=gate, words="So")
    actions.undo(by=town.mira, gate=gate, why="Wrong")
    gate.idea.refresh_from_db()
    assert (gate.idea.number, gate.idea.problem, gate.idea.stage) == (1, WORDS.problem, "shape")
    assert (gate.idea.weight, Backing.objects.count()) == (12, 3)
