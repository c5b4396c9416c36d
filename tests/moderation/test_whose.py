"""Whose a thing is, and who may look at it, when those who made it change, and when a brand judges it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moothall.config.invariants import offenders
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions as ideas
from moothall.ideas.gates import today
from moothall.ideas.models import Author, Idea
from moothall.moderation import actions, queries
from moothall.moderation.models import Case, Report
from moothall.notices.models import Notice
from moothall.people.models import MARKETER, Account, Profile
from moothall.talk import actions as talk
from moothall.talk import queries as of_talk
from moothall.talk.models import Comment
from tests.api.callers import Till
from tests.ideas.gated import voices
from tests.ideas.made import led_by_two
from tests.moderation.made import reported, steward
from tests.notices.cast import put_aside, read, told
from tests.talk.made import idea_of, known, said
from tests.town import Town, signed_in, take_in

pytestmark = pytest.mark.django_db
WHY = "It sells kettles."


def handed_over(lead: Profile, other: Profile, idea: Idea) -> None:
    author = led_by_two(lead, other, idea)
    ideas.offer_lead(by=lead, author=author)
    author.refresh_from_db()
    ideas.take_lead(by=other, author=author)


def merged(town: Town) -> Idea:
    """Ben's, which counts with one of Ana's now."""
    idea, into = idea_of(town.ben), idea_of(town.ana)
    ideas.accept_merger(by=town.ana, merger=ideas.ask_merger(by=town.ben, idea=idea, into=into))
    idea.refresh_from_db()
    return idea


def taken_to_gate(town: Town, idea: Idea) -> None:
    """Of Mira's brand, which asks for one voice, and the idea has one."""
    ideas.set_mark(by=town.mira, brand=town.brand, voices=1, days=28)
    voices(idea, (40,))
    ideas.take_to_gate(by=town.mira, brand=town.brand, idea=idea, due=today() + timedelta(days=7))


def test_who_leads_it_when_it_is_removed_may_appeal(town: Town) -> None:
    stella, idea = steward(), idea_of(town.ana)
    case = reported(town.noor, idea)
    handed_over(town.ana, town.ben, idea)
    actions.hide(by=stella, case=case, reason=WHY)
    assert case.owner == town.ben
    with pytest.raises(NotAllowed):
        actions.appeal(by=town.ana, case=case, words="It was mine.")
    actions.appeal(by=town.ben, case=case, words="It is a teapot.")
    assert case.state == Case.APPEALED


def test_who_reported_what_they_came_to_lead_has_no_say_in_it(town: Town) -> None:
    idea = idea_of(town.ana)
    case = reported(town.ben, idea)
    handed_over(town.ana, town.ben, idea)
    actions.hide(by=steward(), case=case, reason=WHY)
    assert case.owner == town.ana
    assert not offenders()


def test_who_led_it_when_it_was_reported_does_not_report_it_too(town: Town) -> None:
    idea = idea_of(town.ana)
    reported(town.noor, idea)
    handed_over(town.ana, town.ben, idea)
    ideas.leave_authors(by=town.ana, author=Author.objects.get(idea=idea, person=town.ana))
    with pytest.raises(Refusal, match="when it was reported"):
        reported(town.ana, idea)
    assert Case.objects.get().reports == Report.objects.count() == 1


def test_who_leads_it_with_others_neither_reports_nor_decides(town: Town) -> None:
    stella = steward()
    idea = idea_of(town.ana)
    led_by_two(town.ana, stella, idea)
    with pytest.raises(Refusal, match="It is yours too"):
        reported(stella, idea)
    case = reported(town.noor, idea)
    for deed in (actions.keep, actions.hide):
        with pytest.raises(NotAllowed, match="another steward"):
            deed(by=stella, case=case, reason=WHY)
    handed_over(town.ana, town.ben, idea)
    Account.objects.filter(profile=town.ben).update(is_steward=True)
    with pytest.raises(NotAllowed, match="another steward"):
        actions.hide(by=town.ben, case=case, reason=WHY)
    assert "Report this idea" not in signed_in(stella).get(f"/ideas/{idea.public}").content.decode()


def test_a_steward_of_a_brand_that_judges_it_says_why_in_public(town: Town) -> None:
    """Addressed to all, and taken to the gate of that brand; and what is said under it."""
    stella, idea = steward(), idea_of(town.ana)
    taken_to_gate(town, idea)
    take_in(by=town.mira, brand=town.brand, person=stella, role=MARKETER)
    for thing in (idea, said(town.ben, idea)):
        case = reported(town.noor, thing)
        with pytest.raises(BadInput):
            actions.keep(by=stella, case=case)
        actions.hide(by=stella, case=case, reason=WHY)
        assert case.brand == town.brand
        actions.restore(by=stella, case=case, answer="I was wrong.")
        assert case.answer_brand == town.brand


def test_who_speaks_for_a_team_that_judges_it_is_labelled_with_that_team(town: Town) -> None:
    other = town.another_brand()
    take_in(by=Profile.objects.get(handle="ola"), brand=other, person=town.noor, role=MARKETER)
    take_in(by=town.mira, brand=town.brand, person=town.noor, role=MARKETER)
    idea = idea_of(town.ana)
    taken_to_gate(town, idea)
    assert said(town.noor, idea).brand == town.brand


def test_a_steward_learns_not_who_reported_what_is_theirs(town: Town) -> None:
    stella, otto = steward(), steward("Otto Ward", "otto")
    made = said(stella, idea_of(town.ana))
    put_aside()
    case = reported(town.noor, made, "other", "She is rude.")
    read()
    assert told(stella) == []
    assert told(otto) == ["Something was reported: a comment"]
    mine, other = f"/steward/reports/{case.public}", f"/steward/cases/{case.public}"
    for words in ("She is rude.", "Noor Aziz"):
        assert words not in signed_in(stella).get(mine).content.decode()
        assert words in signed_in(otto).get(mine).content.decode()
    assert Till(stella).get(other)["given"] == []
    assert [one["words"] for one in Till(otto).get(other)["given"]] == ["She is rude."]
    actions.hide(by=otto, case=case, reason=WHY)
    actions.appeal(by=stella, case=case, words="It is true.")
    read()
    assert "There is an appeal: a comment was removed" in told(otto)
    assert [one for one in told(stella) if "appeal:" in one] == []


def test_a_program_is_told_who_acted_only_where_the_page_says_so(town: Town) -> None:
    """Nobody learns which steward keeps what they reported, nor a steward who reported: the sentences name none."""
    stella, made = steward(), said(town.ben, idea_of(town.ana))
    case = reported(town.noor, made)
    actions.keep(by=stella, case=case)
    read()
    found = {
        one["text"]: one["actor"] for who in (stella, town.noor, town.ana) for one in Till(who).get("/notices")["items"]
    }
    assert found["Something was reported: a comment"] is None
    assert found["A steward looked at what you reported, and it stays: a comment"] is None
    assert found["Ben Cole says something about Both-hands teapot"]["handle"] == "ben"


# ---- what is merged into another


def test_a_merged_idea_is_reported_and_removed_like_any_other(town: Town) -> None:
    stella, idea = steward(), merged(town)
    noor = signed_in(town.noor)
    assert noor.get(f"/report/idea/{idea.public}").status_code == 200
    answer = noor.post(f"/report/idea/{idea.public}", {"sort": "spam"})
    assert answer["Location"] == f"/ideas/{idea.public}"
    Till(town.mira).ask("POST", "/reports", {"kind": "idea", "thing": idea.public, "sort": "spam"})
    actions.hide(by=stella, case=Case.objects.get(reports=2), reason=WHY)
    assert noor.get(f"/ideas/{idea.public}").status_code == 410
    assert noor.get(f"/report/idea/{idea.public}").status_code == 404


def test_what_was_said_of_a_merged_idea_is_read_and_reported_and_not_gone_on_with(town: Town) -> None:
    idea, into = idea_of(town.ben), idea_of(town.ana)
    made = said(town.noor, idea, "The handle is too short.")
    ideas.accept_merger(by=town.ana, merger=ideas.ask_merger(by=town.ben, idea=idea, into=into))
    mira = signed_in(town.mira)
    for address in (f"/talk/idea/{idea.public}", f"/comments/{made.public}"):
        page = mira.get(address).content.decode()
        assert "The handle is too short." in page
        assert "Nothing more can be said here now." in page
        assert 'id="say"' not in page
    assert f"/talk/idea/{idea.public}" in mira.get(f"/ideas/{idea.public}").content.decode()
    assert Till(town.mira).get(f"/talk/idea/{idea.public}")["items"][0]["words"] == "The handle is too short."
    assert of_talk.cards(town.mira, [made.pk])[made.pk].address == f"/comments/{made.public}"
    with pytest.raises(NotAllowed):
        said(town.mira, idea)
    with pytest.raises(NotAllowed):
        talk.answer(by=town.mira, to=made, words="Longer!")
    actions.hide(by=steward(), case=reported(town.mira, made), reason=WHY)
    assert of_talk.visible_to(town.noor, made.public) is None


# ---- twice is once, also at the end of the day's measure


def test_the_last_report_of_the_day_sent_twice_is_one(town: Town) -> None:
    idea = idea_of(town.ana)
    made = [said(town.ben, idea, f"Number {n}") for n in range(actions.NEW_A_DAY)]
    for one in made:
        reported(town.noor, one)
    assert reported(town.noor, made[-1]) == Case.objects.get(subject_id=made[-1].pk)
    assert Report.objects.count() == actions.NEW_A_DAY


# ---- restored after an appeal was declined


def test_what_an_appeal_was_answered_stays_when_it_is_restored_later(town: Town) -> None:
    stella, otto = steward(), steward("Otto Ward", "otto")
    take_in(by=town.mira, brand=town.brand, person=stella, role=MARKETER)
    made = said(town.ben, idea_of(town.ana, town.brand))
    case = reported(town.noor, made)
    actions.hide(by=stella, case=case, reason=WHY)
    actions.appeal(by=town.ben, case=case, words="It is a teapot.")
    actions.uphold(by=otto, case=case, answer="It is a kettle.")
    with pytest.raises(BadInput) as refused:
        actions.restore(by=stella, case=case, answer="")
    assert refused.value.field == "answer"
    actions.restore(by=stella, case=case, answer="We saw it pour.")
    assert (case.answered_by, case.answer) == (otto, "It is a kettle.")
    assert (case.restored_by, case.restored_brand, case.restored_why) == (stella, town.brand, "We saw it pour.")
    assert of_talk.visible_to(None, made.public) == made
    page = signed_in(town.noor).get(f"/moderation/{case.public}").content.decode()
    assert page.index("It is a kettle.") < page.index("We saw it pour.")
    told_by_program = Till(town.noor).get(f"/moderation/{case.public}")
    assert (told_by_program["answer"], told_by_program["restored_why"]) == ("It is a kettle.", "We saw it pour.")
    assert not offenders()


# ---- what goes with it


def test_the_bell_counts_nothing_that_was_removed(town: Town) -> None:
    put_aside()
    Notice.objects.update(seen=clock.now())
    case = reported(town.noor, said(town.ben, idea_of(town.ana), "Buy kettles, @mira"))
    read()
    assert Notice.objects.filter(who__in=(town.ana, town.mira), seen=None).count() == 2
    actions.hide(by=steward(), case=case, reason=WHY)
    read()
    assert not Notice.objects.filter(who__in=(town.ana, town.mira), seen=None)
    assert len(told(town.ben)) == 1, "whose it was is told that it was removed"
    assert told(town.mira) == []
    actions.restore(by=Profile.objects.get(handle="stella"), case=case, answer="I was wrong.")
    assert told(town.mira) == ["Ben Cole calls you by name, about Both-hands teapot"]


def test_the_queue_goes_on_behind_its_first_page(town: Town) -> None:
    stella, idea = signed_in(steward()), idea_of(town.ana)
    known(town.ben)
    whole = queries.PAGE + 1
    made = [said(town.ben, idea, f"Number {n}") for n in range(whole)]
    Case.objects.bulk_create(
        Case(subject_kind=Comment.kind, subject_id=one.pk, owner=town.ben, reports=0) for one in made
    )
    first = stella.get("/steward/reports").content.decode()
    assert f"Number {whole - 1}" not in first
    assert "/steward/reports?page=2" in first
    second = stella.get("/steward/reports?page=2").content.decode()
    assert f"Number {whole - 1}" in second
    assert 'rel="prev" href="/steward/reports"' in second
