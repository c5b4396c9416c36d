"""Reporting, deciding, appealing: who may, what follows, what everybody may read of it."""

from __future__ import annotations

from typing import Any

import pytest

from moothall.core import kinds, search, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.moderation import actions, queries
from moothall.moderation.models import Case, Report
from moothall.people import actions as people
from moothall.people.models import AGENT, MAKER, MARKETER, OWNER, SELLER, Account, Profile
from moothall.talk import actions as talk
from moothall.talk import queries as of_talk
from moothall.talk.models import Comment
from tests.moderation.made import reported, steward
from tests.talk.made import idea_of, known, said
from tests.town import Town, acts, person, take_in

pytestmark = pytest.mark.django_db
WHY = "It sells kettles and says nothing of the idea."


def test_reports_of_a_thing_are_one_case(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    case = reported(town.noor, made)
    assert reported(town.noor, made, "abuse") == case
    assert reported(town.mira, made, "abuse", "It is rude.") == case
    case.refresh_from_db()
    assert (case.state, case.reports, case.owner) == (Case.OPEN, 2, town.ben)
    assert [act.data["first"] for act in acts("report.made")] == [True, False]
    assert list(queries.reports_of(town.noor)) == list(Report.objects.filter(by=town.noor, sort="spam"))


@pytest.mark.parametrize(
    ("sort", "words", "field"), [("rude", "", "sort"), ("other", " ", "words"), ("spam", "x" * 1001, "words")]
)
def test_what_does_not_fit_is_refused(town: Town, sort: str, words: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        reported(town.noor, said(town.ben, idea_of(town.ana)), sort, words)
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_nobody_reports_their_own_nor_what_they_do_not_see(town: Town) -> None:
    made = said(town.ben, idea_of(town.ana))
    people.block(by=town.noor, whom=town.ben)
    with pytest.raises(Refusal, match="It is yours"):
        reported(town.ben, made)
    for who, thing in ((town.noor, made), (town.brand, made)):
        with pytest.raises(NotAllowed):
            reported(who, thing)
    draft = ideas.keep_draft(by=town.ana, words=ideas.Words("Half a thought"))
    with pytest.raises(NotAllowed):
        reported(town.ben, draft)
    assert not Report.objects.exists()


def test_who_is_new_reports_less(town: Town) -> None:
    idea = idea_of(town.ana)
    known(town.ben)
    made = [said(town.ben, idea, f"Number {n}") for n in range(actions.A_DAY + 1)]
    for one in made[: actions.NEW_A_DAY]:
        reported(town.noor, one)
    with pytest.raises(Refusal, match="You are new here"):
        reported(town.noor, made[-1])
    known(town.noor)
    for one in made[actions.NEW_A_DAY : actions.A_DAY]:
        reported(town.noor, one)
    with pytest.raises(Refusal, match="20 of these a day"):
        reported(town.noor, made[-1])


def things(town: Town) -> dict[str, Any]:
    idea = idea_of(town.ana)
    return {
        "idea": idea,
        "comment": said(town.ana, idea_of(town.mira), "Buy kettles"),
        "post": talk.post(by=town.ana, words="Buy kettles"),
    }


def is_seen(viewer: Profile | None, thing: Any) -> bool:
    return bool(kinds.visible(thing.kind, viewer, [thing.pk]))


@pytest.mark.parametrize("kind", ["idea", "comment", "post"])
def test_removed_with_a_public_reason_and_gone_at_once(town: Town, kind: str) -> None:
    stella, thing = steward(), things(town)[kind]
    case = reported(town.noor, thing)
    with pytest.raises(BadInput) as refused:
        actions.hide(by=stella, case=case, reason=" ")
    assert refused.value.field == "reason"
    actions.hide(by=stella, case=case, reason=WHY)
    case.refresh_from_db()
    assert (case.state, case.reason, case.decided_by, case.brand) == (Case.HIDDEN, WHY, stella, None)
    assert not is_seen(town.noor, thing)
    assert not is_seen(None, thing)
    assert len(acts("thing.hidden")) == 1
    assert [one.reason for one in queries.log()] == [WHY]
    with pytest.raises(Refusal, match="decided this meanwhile"):
        actions.hide(by=stella, case=case, reason="Again")
    while work.do_some(work.known()["search"]):
        pass
    assert not search.find(None, "kettles teapot", ["idea", "comment", "post"], limit=5)


def test_kept_is_not_in_the_log_and_may_be_reported_anew(town: Town) -> None:
    stella, made = steward(), said(town.ben, idea_of(town.ana))
    case = reported(town.noor, made)
    actions.keep(by=stella, case=case)
    assert not queries.log().exists()
    assert of_talk.visible_to(None, made.public) == made
    assert reported(town.noor, made) != case


@pytest.mark.parametrize("role", ["nobody", OWNER, SELLER, MAKER, AGENT, MARKETER, "lead", "reporter"])
@pytest.mark.parametrize("deed", ["keep", "hide", "restore", "uphold"])
@pytest.mark.parametrize("kind", ["idea", "comment", "post"])
def test_only_stewards_decide(town: Town, role: str, deed: str, kind: str) -> None:
    """A brand's team can do none of it to what is addressed to their brand (C10), nor to what is said about it."""
    idea = idea_of(town.ana, town.brand)
    thing: Any = idea if kind == "idea" else said(town.ana, idea)
    case = reported(town.noor, thing)
    if deed in ("restore", "uphold"):
        actions.hide(by=steward(), case=case, reason=WHY)
    if deed == "uphold":
        actions.appeal(by=town.ana, case=case, words="It is no kettle.")
    who = {"nobody": town.ben, OWNER: town.mira, "lead": town.ana, "reporter": town.noor}.get(role)
    if who is None:
        who = person("Team", "team")
        take_in(by=town.mira, brand=town.brand, person=who, role=role)
    before = (Case.objects.values().get(), Idea.objects.values().get(), list(Comment.objects.values()))
    said_why = {"answer": WHY} if deed in ("restore", "uphold") else {"reason": WHY}
    with pytest.raises(NotAllowed):
        getattr(actions, deed)(by=who, case=case, **said_why)
    assert before == (Case.objects.values().get(), Idea.objects.values().get(), list(Comment.objects.values()))


def test_a_steward_of_the_brand_acts_only_with_a_public_reason_and_the_log_says_so(town: Town) -> None:
    stella = steward()
    take_in(by=town.mira, brand=town.brand, person=stella, role=MARKETER)
    idea = idea_of(town.ana, town.brand)
    case = reported(town.noor, said(town.ben, idea))
    with pytest.raises(BadInput):
        actions.keep(by=stella, case=case)
    actions.keep(by=stella, case=case, reason="It is rude and it is true.")
    assert [(one.brand, one.reason) for one in queries.log()] == [(town.brand, "It is rude and it is true.")]
    other = reported(town.noor, idea)
    actions.hide(by=stella, case=other, reason=WHY)
    assert queries.log()[0].brand == town.brand
    actions.restore(by=stella, case=other, answer="I was wrong.")
    assert queries.log()[0].answer_brand == town.brand


def test_nobody_decides_about_their_own(town: Town) -> None:
    stella = steward()
    made = said(stella, idea_of(town.ana))
    case = reported(town.noor, made)
    for deed in (actions.keep, actions.hide):
        with pytest.raises(NotAllowed, match="another steward"):
            deed(by=stella, case=case, reason=WHY)


def test_a_suspended_steward_decides_nothing(town: Town) -> None:
    stella = steward()
    case = reported(town.noor, said(town.ben, idea_of(town.ana)))
    Account.objects.filter(profile=stella).update(is_active=False)
    with pytest.raises(NotAllowed):
        actions.hide(by=stella, case=case, reason=WHY)


def test_one_appeal_which_another_steward_answers(town: Town) -> None:
    stella, otto = steward(), steward("Otto Ward", "otto")
    made = said(town.ben, idea_of(town.ana))
    case = reported(town.noor, made)
    actions.hide(by=stella, case=case, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.appeal(by=town.noor, case=case, words="No")
    with pytest.raises(BadInput):
        actions.appeal(by=town.ben, case=case, words="")
    actions.appeal(by=town.ben, case=case, words="It is a teapot.")
    with pytest.raises(Refusal, match="One appeal"):
        actions.appeal(by=town.ben, case=case, words="It really is.")
    with pytest.raises(Refusal, match="another steward"):
        actions.uphold(by=stella, case=case, answer="No")
    with pytest.raises(BadInput):
        actions.uphold(by=otto, case=case, answer=" ")
    actions.uphold(by=otto, case=case, answer="It is a kettle.")
    assert (case.state, case.answered_by, case.answer) == (Case.UPHELD, otto, "It is a kettle.")
    with pytest.raises(Refusal, match="One appeal"):
        actions.appeal(by=town.ben, case=case, words="Please")
    assert of_talk.visible_to(None, made.public) is None


def test_the_only_steward_answers_the_appeal_alone(town: Town) -> None:
    stella = steward()
    case = reported(town.noor, said(town.ben, idea_of(town.ana)))
    actions.hide(by=stella, case=case, reason=WHY)
    actions.appeal(by=town.ben, case=case, words="It is a teapot.")
    actions.uphold(by=stella, case=case, answer="It is a kettle.")
    assert case.answered_by == case.decided_by == stella


@pytest.mark.parametrize("kind", ["idea", "comment", "post"])
def test_restored_it_stands_where_it_stood(town: Town, kind: str) -> None:
    stella, thing = steward(), things(town)[kind]
    case = reported(town.noor, thing)
    actions.hide(by=stella, case=case, reason=WHY)
    actions.appeal(by=town.ana, case=case, words="It is a teapot.")
    actions.restore(by=stella, case=case, answer="So it is.")
    assert is_seen(None, thing)
    assert case.state == Case.RESTORED
    assert len(acts("thing.restored")) == 1
    with pytest.raises(Refusal, match="not removed"):
        actions.restore(by=stella, case=case, answer="Again")
    again = reported(town.noor, thing)
    assert again != case


def test_what_was_taken_back_cannot_be_removed(town: Town) -> None:
    stella, made = steward(), said(town.ben, idea_of(town.ana))
    case = reported(town.noor, made)
    talk.withdraw(by=town.ben, comment=made)
    with pytest.raises(Refusal, match="took it back"):
        actions.hide(by=stella, case=case, reason=WHY)
    case.refresh_from_db()
    assert case.state == Case.OPEN
    actions.keep(by=stella, case=case)


def test_what_is_removed_is_not_taken_back_nor_changed(town: Town) -> None:
    root = said(town.ben, idea_of(town.ana))
    under = talk.answer(by=town.noor, to=root, words="No")
    case = reported(town.ben, under)
    actions.hide(by=steward(), case=case, reason=WHY)
    under.refresh_from_db()
    root.refresh_from_db()
    assert (root.answers, root.live) == (1, 0)
    talk.withdraw(by=town.noor, comment=under)
    with pytest.raises(Refusal):
        talk.edit(by=town.noor, comment=under, words="Yes")
    assert Comment.objects.get(pk=under.pk).state == Comment.HIDDEN


def test_a_removed_idea_gets_no_versions_nor_voices(town: Town) -> None:
    idea = idea_of(town.ana)
    actions.hide(by=steward(), case=reported(town.noor, idea), reason=WHY)
    idea.refresh_from_db()
    with pytest.raises(Refusal, match="stands"):
        ideas.revise(by=town.ana, idea=idea, words=ideas.Words("Kettle", "None", "None"), base=1)
    with pytest.raises(NotAllowed):
        ideas.back(by=town.ben, idea=idea, level="like")
    ideas.withdraw(by=town.ana, idea=idea)
    ideas.bring_back(by=town.ana, idea=idea)
    assert not is_seen(None, idea), "taking it back and bringing it back undoes no removal"


def test_people_and_products_are_only_noted(town: Town) -> None:
    stella = steward()
    for thing in (town.product(), town.ben):
        case = reported(town.noor, thing)
        with pytest.raises(Refusal, match="only noted"):
            actions.hide(by=stella, case=case, reason=WHY)
        case.refresh_from_db()
        actions.keep(by=stella, case=case)
        assert case.state == Case.KEPT
