"""A stranger's words are taken in, in the stranger's name; what is declined is declined with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.activity.models import Act
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions, opened, queries
from moothall.ideas.actions.shaping import NEW_A_DAY
from moothall.ideas.differences import GONE, NEW, between
from moothall.ideas.models import Contribution, Idea, Version
from moothall.notices.models import Notice
from moothall.people.models import Profile
from tests.ideas.made import WORDS, contributed, proposed
from tests.talk.made import known
from tests.town import Town, take_in

pytestmark = pytest.mark.django_db


def test_taken_in_it_is_a_version_in_the_strangers_name(town: Town) -> None:
    idea = proposed(town.ana)
    made = contributed(town.noor, idea)
    actions.take_in(by=town.ana, contribution=made, base=1)
    version = Version.objects.get(idea=idea, number=2)
    assert (version.by, version.use, version.problem) == (town.noor, "At breakfast too.", WORDS.problem)
    assert Contribution.objects.get().version == 2
    assert opened.around(None, idea, []).shapers == [town.ana.pk, town.noor.pk]


def test_lead_and_stranger_hear_of_each_step(town: Town) -> None:
    idea = proposed(town.ana)
    made, other = contributed(town.noor, idea), contributed(town.noor, idea, part="title", words="Teapot")
    actions.take_in(by=town.ana, contribution=made, base=1)
    actions.decline(by=town.ana, contribution=other, answer="Two hands are the point.")
    work.do_due()
    told = {(one.who_id, one.act.verb) for one in Notice.objects.select_related("act")}
    assert (town.noor.pk, "contribution.taken") in told
    assert (town.noor.pk, "contribution.declined") in told
    assert (town.ana.pk, "contribution.taken") not in told


def test_what_came_meanwhile_is_not_lost(town: Town) -> None:
    """Two write the same part: whoever takes the second in has seen the first."""
    idea = proposed(town.ana)
    one, two = contributed(town.noor, idea), contributed(town.ben, idea, words="At midnight too.")
    actions.take_in(by=town.ana, contribution=one, base=1)
    with pytest.raises(Refusal, match="newer version"):
        actions.take_in(by=town.ana, contribution=two, base=1)
    assert Contribution.objects.get(pk=two.pk).state == Contribution.OPEN
    actions.take_in(by=town.ana, contribution=two, words="At breakfast and at midnight too.", base=2)
    assert Idea.objects.get().use == "At breakfast and at midnight too."
    assert [one.by for one in queries.versions_of(idea)] == [town.ben, town.noor, town.ana]


def test_answered_once(town: Town) -> None:
    idea = proposed(town.ana)
    made = contributed(town.noor, idea)
    actions.decline(by=town.ana, contribution=made, answer="No.")
    with pytest.raises(Refusal, match="answered already"):
        actions.take_in(by=town.ana, contribution=made, base=1)
    assert Idea.objects.get().number == 1, "and no version was made of it"
    actions.take_back(by=town.noor, contribution=made)
    assert Contribution.objects.get().state == Contribution.DECLINED


def test_a_reason_is_asked_for(town: Town) -> None:
    made = contributed(town.noor, proposed(town.ana))
    with pytest.raises(BadInput):
        actions.decline(by=town.ana, contribution=made, answer=" ")


@pytest.mark.parametrize(
    ("like", "field"),
    [
        ({"part": "price"}, "part"),
        ({"words": ""}, "words"),
        ({"words": WORDS.use}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"part": "title", "words": "x" * 81}, "words"),
        ({"why": "x" * 401}, "why"),
        ({"base": 7}, "words"),
    ],
)
def test_what_does_not_fit_is_refused(town: Town, like: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        contributed(town.noor, proposed(town.ana), **like)
    assert refused.value.field == field


def test_sent_twice_it_is_the_first(town: Town) -> None:
    idea = proposed(town.ana)
    assert contributed(town.noor, idea) == contributed(town.noor, idea)
    assert Contribution.objects.count() == Act.objects.filter(verb="contribution.made").count() == 1


def test_what_is_taken_in_says_something(town: Town) -> None:
    made = contributed(town.noor, proposed(town.ana))
    with pytest.raises(BadInput, match="how it will stand"):
        actions.take_in(by=town.ana, contribution=made, words=" ", base=1)


def test_five_wait_at_most(town: Town) -> None:
    idea = proposed(town.ana)
    for n in range(5):
        contributed(town.noor, idea, words=f"At {n}")
    with pytest.raises(Refusal, match="Five of yours"):
        contributed(town.noor, idea)


def test_who_is_new_contributes_less(town: Town) -> None:
    ideas = [proposed(town.ana) for _n in range(3)]
    made = [contributed(town.noor, ideas[n % 2], words=f"At {n}") for n in range(NEW_A_DAY)]
    assert contributed(town.noor, ideas[1], words=made[-1].words) == made[-1], "the last of the day sent twice is one"
    with pytest.raises(Refusal, match="You are new here"):
        contributed(town.noor, ideas[2])
    known(town.noor)
    assert contributed(town.noor, ideas[2])


def test_a_withdrawn_idea_takes_nothing_in(town: Town) -> None:
    idea = proposed(town.ana)
    made = contributed(town.noor, idea)
    actions.withdraw(by=town.ana, idea=idea)
    with pytest.raises(Refusal, match="Bring the idea back"):
        actions.take_in(by=town.ana, contribution=made, base=1)
    with pytest.raises(NotAllowed):
        contributed(town.ben, idea)


@pytest.mark.parametrize("role", ["owner", "maker", "seller", "agent", "marketer"])
def test_the_company_stays_out(town: Town, role: str) -> None:
    """Whatever their role: who is in the team that judges an idea writes nothing of it, and may back it as anybody."""
    idea = proposed(town.ana, brand=town.brand)
    member = _in_team(town, role)
    made = contributed(town.noor, idea)
    for do in (
        lambda: contributed(member, idea),
        lambda: actions.take_in(by=member, contribution=made, base=1),
        lambda: actions.decline(by=member, contribution=made, answer="No."),
        lambda: actions.take_back(by=member, contribution=made),
        lambda: actions.revise(by=member, idea=idea, words=replace(WORDS, use="Never"), base=1),
        lambda: actions.withdraw(by=member, idea=idea),
        lambda: actions.keep_draft(by=member, words=WORDS, brand=town.brand),
    ):
        with pytest.raises(NotAllowed):
            do()
    assert actions.back(by=member, idea=idea, level="like").person == member
    assert (
        not Act.objects.filter(actor=member)
        .exclude(verb__in=("idea.backed", "team.joined"))
        .filter(subject_kind__in=("idea", "contribution"))
    )


def test_a_lead_who_joined_the_team_answers_no_more(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    made = contributed(town.noor, idea)
    take_in(by=town.mira, brand=town.brand, person=town.ana, role="maker")
    with pytest.raises(NotAllowed, match="team that judges"):
        actions.take_in(by=town.ana, contribution=made, base=1)


def _in_team(town: Town, role: str) -> Profile:
    if role == "owner":
        return town.mira
    take_in(by=town.mira, brand=town.brand, person=town.ben, role=role)
    return town.ben


TEXTS = st.text(st.sampled_from("ab é\n"), max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = between(before, after)
    assert "".join(one.words for one in pieces if one.sort != NEW) == before
    assert "".join(one.words for one in pieces if one.sort != GONE) == after
    assert all(one.words for one in pieces)


def test_a_long_text_is_shown_before_and_after() -> None:
    long = "a " * 3000
    assert [one.sort for one in between(long, long + "b")] == [GONE, NEW]
    assert [one.sort for one in between(long, long)] == ["same"]
