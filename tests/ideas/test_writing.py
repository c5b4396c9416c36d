"""An idea goes from a draft that nobody sees to a version that all see, and from version to version without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from moothall.activity.models import Act
from moothall.core import clock, search
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.feed import queries as feed
from moothall.ideas import actions, queries
from moothall.ideas.actions import Words
from moothall.ideas.models import Idea, Version
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.ideas.made import WORDS, proposed
from tests.talk.made import known
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_as_typed_and_seen_by_nobody_else(town: Town) -> None:
    draft = actions.keep_draft(by=town.ana, words=Words(title="Half a th"))
    assert (draft.title, draft.problem, draft.number) == ("Half a th", "", 0)
    for other in (town.ben, town.mira, None):
        assert not queries.openable(other).filter(pk=draft.pk).exists()
        assert not queries.visible_ids(other, [draft.pk])
    assert queries.openable(town.ana).get() == draft
    assert not Act.objects.filter(subject_kind=Idea.kind).exists(), "a draft is no deed yet"
    actions.discard(by=town.ana, idea=draft)
    assert not Idea.objects.exists()


def test_proposed_it_is_version_one_and_followers_hear_of_it(town: Town) -> None:
    idea = proposed(town.ana)
    (version,) = Version.objects.filter(idea=idea)
    assert (version.number, version.by, version.title) == (1, town.ana, WORDS.title)
    (item,) = [one for one in feed.home(town.ben).items if one.act.subject_kind == Idea.kind]
    assert (item.act.verb, item.card.title) == ("idea.proposed", WORDS.title)
    assert list(queries.listed(None)) == [idea]


@pytest.mark.parametrize("part", ["title", "problem", "use"])
def test_what_lacks_a_part_is_not_proposed(town: Town, part: str) -> None:
    draft = actions.keep_draft(by=town.ana, words=replace(WORDS, **{part: "  "}))
    with pytest.raises(BadInput) as refused:
        actions.propose(by=town.ana, idea=draft)
    assert refused.value.field == part
    assert Idea.objects.get().is_draft


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (replace(WORDS, title="x" * 81), "title"),
        (replace(WORDS, problem="x" * 2001), "problem"),
        (replace(WORDS, audience="x" * 201), "audience"),
        (replace(WORDS, low=Money(0, "GBP")), "low"),
        (replace(WORDS, low=Money(5, "EUR")), "low"),
        (replace(WORDS, low=Money(500, "GBP"), high=Money(400, "GBP")), "high"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(town: Town, words: Words, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        actions.keep_draft(by=town.ana, words=words)
    assert refused.value.field == field


def test_proposed_twice_is_once(town: Town) -> None:
    idea = proposed(town.ana)
    actions.propose(by=town.ana, idea=Idea.objects.get(pk=idea.pk))
    assert Version.objects.count() == Act.objects.filter(verb="idea.proposed").count() == 1


def test_five_a_day_and_three_of_who_is_new(town: Town) -> None:
    for _n in range(3):
        actions.propose(by=town.ana, idea=actions.keep_draft(by=town.ana, words=WORDS))
    draft = actions.keep_draft(by=town.ana, words=WORDS)
    with pytest.raises(Refusal, match="You are new here: three ideas a day"):
        actions.propose(by=town.ana, idea=draft)
    known(town.ana)
    for _n in range(2):
        actions.propose(by=town.ana, idea=actions.keep_draft(by=town.ana, words=WORDS))
    with pytest.raises(Refusal, match="Five ideas a day"):
        actions.propose(by=town.ana, idea=draft)
    clock.move(clock.now() + timedelta(days=1, minutes=1))
    assert actions.propose(by=town.ana, idea=draft).stands


def test_a_new_version_keeps_the_old_one(town: Town) -> None:
    idea = proposed(town.ana)
    actions.revise(by=town.ana, idea=idea, words=replace(WORDS, use="At night"), base=1, note="When")
    first, second = Version.objects.filter(idea=idea).order_by("number")
    assert (first.use, second.use, second.note) == (WORDS.use, "At night", "When")
    assert Idea.objects.get().use == "At night"


def test_a_version_from_an_old_one_is_refused_and_nothing_is_lost(town: Town) -> None:
    idea = proposed(town.ana)
    stale = Idea.objects.get(pk=idea.pk)
    actions.revise(by=town.ana, idea=idea, words=replace(WORDS, use="At night"), base=1)
    with pytest.raises(Refusal, match="newer version"):
        actions.revise(by=town.ana, idea=stale, words=replace(WORDS, use="At noon"), base=1)
    assert Idea.objects.get().use == "At night"
    with pytest.raises(BadInput, match="Nothing is different"):
        actions.revise(by=town.ana, idea=Idea.objects.get(), words=replace(WORDS, use="At night"), base=2)


def test_only_its_lead_writes(town: Town) -> None:
    idea = proposed(town.ana)
    for do in (
        lambda: actions.revise(by=town.ben, idea=idea, words=WORDS, base=1),
        lambda: actions.withdraw(by=town.ben, idea=idea),
        lambda: actions.discard(by=town.ben, idea=idea),
        lambda: actions.draw(by=town.ben, idea=idea, picture=None),
        lambda: actions.keep_draft(by=town.ben, words=WORDS, idea=idea),
        lambda: actions.propose(by=town.ben, idea=idea),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_a_team_proposes_nothing_to_its_own_brand(town: Town) -> None:
    with pytest.raises(NotAllowed, match="judges"):
        actions.keep_draft(by=town.mira, words=WORDS, brand=town.brand)
    assert proposed(town.mira).lead == town.mira, "to everybody else it may"


def test_withdrawn_it_is_gone_and_can_come_back(town: Town) -> None:
    idea = proposed(town.ana)
    actions.withdraw(by=town.ana, idea=idea)
    assert not queries.listed(town.ben).exists()
    assert Idea.kind not in {one.act.subject_kind for one in feed.home(town.ben).items}
    assert queries.openable(town.ana).get() == idea
    actions.bring_back(by=town.ana, idea=idea)
    assert queries.listed(town.ben).get() == idea


def test_the_parted_see_nothing_of_it(town: Town) -> None:
    idea = proposed(town.ana)
    people.block(by=town.ana, whom=town.ben)
    for reader in (town.ben,):
        assert not queries.openable(reader).filter(pk=idea.pk).exists()
        assert not queries.cards(reader, [idea.pk])


def test_like_ideas_are_shown_first(town: Town) -> None:
    idea = proposed(town.ana)
    list(search.rebuild())
    draft = actions.keep_draft(by=town.ben, words=replace(WORDS, title="A teapot for the left hand"))
    assert queries.similar(town.ben, draft) == [idea]
    other = actions.keep_draft(by=town.ben, words=replace(WORDS, title="Bicycle bell"))
    assert queries.similar(town.ben, other) == []


def test_at_most_twenty_drafts(town: Town) -> None:
    for _n in range(20):
        actions.keep_draft(by=town.ana, words=Words())
    with pytest.raises(Refusal, match="Twenty drafts"):
        actions.keep_draft(by=town.ana, words=Words())


def test_a_brand_has_no_ideas(town: Town) -> None:
    brand: Profile = town.brand
    with pytest.raises(NotAllowed):
        actions.keep_draft(by=brand, words=WORDS)
