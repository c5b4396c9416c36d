"""Shares are proposed from the record, changed by the lead, signed by all whom they name, in versions, always 100 %."""

from __future__ import annotations

from typing import Any

import pytest

from moothall.config.invariants import offenders
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.credit import actions, queries
from moothall.credit.actions import Share
from moothall.credit.models import Part, Split
from moothall.credit.record import record_of, suggested
from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.people import actions as people
from moothall.people.models import Profile
from tests.credit.ground import accepted, parts, signed
from tests.ideas.made import contributed, led_by_two, proposed
from tests.rows import state
from tests.town import Town, acts, person, take_in

pytestmark = pytest.mark.django_db


def points_of(by: Profile, idea: Idea) -> dict[str, int]:
    now = Idea.objects.select_related("lead", "brand").get(pk=idea.pk)
    return {str(one.person.handle): one.points for one in suggested(by, now, record_of(now))}


def takes_in(idea: Idea, by: Profile, words: str) -> None:
    now = Idea.objects.select_related("lead").get(pk=idea.pk)
    ideas.take_in(by=now.lead, contribution=contributed(by, now, words=words), base=now.number)


# ---- the record


def test_the_record_suggests_who_shaped_it(town: Town) -> None:
    idea = proposed(town.ana)
    assert points_of(town.ana, idea) == {"ana": 10_000}
    takes_in(idea, town.ben, "At breakfast.")
    assert points_of(town.ana, idea) == {"ana": 7500, "ben": 2500}
    takes_in(idea, town.noor, "At supper.")
    takes_in(idea, town.noor, "At night.")
    assert points_of(town.ana, idea) == {"ana": 6250, "ben": 1250, "noor": 2500}
    led_by_two(town.ana, town.mira, idea)
    assert points_of(town.ana, idea) == {"ana": 3750, "ben": 1250, "mira": 2500, "noor": 2500}
    why = {one.person.handle: one.why for one in suggested(town.ana, idea, record_of(idea))}
    assert why == {
        "ana": "leads it; 1 of 4 versions is in their words",
        "ben": "1 of 4 versions is in their words",
        "mira": "leads it too",
        "noor": "2 of 4 versions are in their words",
    }


def test_words_of_merged_ideas_count_until_they_are_separated(town: Town) -> None:
    idea, other = proposed(town.ana), proposed(town.ben)
    takes_in(other, town.noor, "At supper.")
    asked = ideas.ask_merger(by=town.ben, idea=other, into=idea)
    alone = record_of(idea).fingerprint
    ideas.accept_merger(by=town.ana, merger=asked)
    assert points_of(town.ana, idea) == {"ana": 6667, "ben": 1667, "noor": 1666}
    assert record_of(idea).fingerprint != alone
    ideas.unmerge(by=town.ana, merger=asked)
    assert points_of(town.ana, idea) == {"ana": 10_000}
    assert record_of(idea).fingerprint == alone


def test_the_company_gone_people_and_the_parted_are_left_out(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    dora = person("Dora", "dora")
    for who in (town.ben, town.noor, dora):
        takes_in(idea, who, f"As {who} would.")
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    people.block(by=town.noor, whom=town.ana)
    Profile.objects.filter(pk=dora.pk).update(gone=clock.now())
    assert points_of(town.ana, idea) == {"ana": 10_000}
    for who, said in ((town.ben, "team"), (town.noor, "nobody"), (dora, "nobody"), (town.mira, "team")):
        with pytest.raises(BadInput, match=said) as refused:
            actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (who, 5000)))
        assert refused.value.field == "parts.1.person"


# ---- proposing


def test_only_the_lead_proposes_and_nothing_but_the_whole(town: Town) -> None:
    idea = proposed(town.ana)
    led_by_two(town.ana, town.ben, idea)
    before = state()
    for who in (town.ben, town.noor, town.mira):
        with pytest.raises(NotAllowed):
            actions.propose_split(by=who, idea=idea, parts=parts((who, 10_000)))
    wrong: list[tuple[list[Share], str]] = [
        ([], "parts"),
        (parts((town.ana, 9999)), "parts"),
        (parts((town.ana, 5000), (town.ben, 5001)), "parts"),
        (parts((town.ana, 10_000), (town.ben, 0)), "parts.1.points"),
        (parts((town.ana, 10_001), (town.ben, -1)), "parts.0.points"),
        (parts((town.ana, 5000), (town.ana, 5000)), "parts.1.person"),
        (parts((town.ana, 5000), (town.brand, 5000)), "parts.1.person"),
        ([Share(town.ana, 10_000, "x" * 201)], "parts.0.why"),
    ]
    for said, field in wrong:
        with pytest.raises(BadInput) as refused:
            actions.propose_split(by=town.ana, idea=idea, parts=said)
        assert refused.value.field == field
    with pytest.raises(BadInput) as refused:
        actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 10_000)), note="x" * 401)
    assert refused.value.field == "note"
    assert state() == before


def test_what_is_missing_is_said(town: Town) -> None:
    idea = proposed(town.ana)
    for points, said in ((9933, "99.33 %: 0.67 % is missing"), (5000, "50 %: 50 % is missing")):
        with pytest.raises(BadInput, match=said):
            actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, points)))
    with pytest.raises(BadInput, match=r"100\.01 %: 0\.01 % is too much"):
        actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5001)))


def test_twenty_people_are_the_most(town: Town) -> None:
    idea = proposed(town.ana)
    crowd = [town.ana, *(person(f"P {n}", f"p-{n}") for n in range(20))]
    with pytest.raises(BadInput, match="20"):
        actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 8000), *((one, 100) for one in crowd[1:])))
    pairs = ((one, 500) for one in crowd[:20])
    assert actions.propose_split(by=town.ana, idea=idea, parts=parts(*pairs)).is_proposed
    assert offenders() == {}


def test_who_shaped_it_alone_need_not_wait(town: Town) -> None:
    idea = proposed(town.ana)
    split = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 10_000)))
    assert (split.state, split.number) == (Split.STANDING, 1)
    again = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 10_000)))
    assert again == split, "twice is once"
    assert [len(acts(f"split.{verb}")) for verb in ("proposed", "stands")] == [1, 1]
    assert offenders() == {}


@pytest.mark.parametrize("stage", ["draft", "withdrawn"])
def test_only_an_idea_that_stands_is_shared(town: Town, stage: str) -> None:
    idea = ideas.keep_draft(by=town.ana, words=ideas.Words("Pot")) if stage == "draft" else proposed(town.ana)
    if stage == "withdrawn":
        ideas.withdraw(by=town.ana, idea=idea)
    with pytest.raises(Refusal, match="stands"):
        actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 10_000)))


# ---- signing


def test_it_stands_once_all_have_signed(town: Town) -> None:
    idea = proposed(town.ana)
    split = actions.propose_split(
        by=town.ana, idea=idea, parts=parts((town.ana, 6000), (town.ben, 3000), (town.noor, 1000))
    )
    assert [part.signed is not None for part in Part.objects.filter(split=split).order_by("-points")] == [
        True,
        False,
        False,
    ]
    with pytest.raises(NotAllowed):
        actions.sign(by=town.mira, split=split)
    actions.sign(by=town.ben, split=split)
    actions.sign(by=town.ben, split=split)
    split.refresh_from_db()
    assert (split.state, split.stood, len(acts("split.signed"))) == (Split.PROPOSED, None, 1)
    actions.sign(by=town.noor, split=split)
    actions.sign(by=town.noor, split=split)
    split.refresh_from_db()
    assert (split.state, len(acts("split.stands"))) == (Split.STANDING, 1)
    assert split.stood
    assert offenders() == {}


def test_a_new_one_replaces_what_stood_when_all_have_signed(town: Town) -> None:
    idea = proposed(town.ana)
    first = signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    second = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 4000), (town.ben, 6000)))

    def states() -> list[str]:
        return [one.state for one in Split.objects.order_by("number")]

    assert states() == [Split.STANDING, Split.PROPOSED], "what was signed stands until then"
    third = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 3000), (town.ben, 7000)))
    assert states() == [Split.STANDING, Split.BACK, Split.PROPOSED], "one is proposed at a time"
    with pytest.raises(Refusal, match="not proposed any more"):
        actions.sign(by=town.ben, split=second)
    actions.sign(by=town.ben, split=third)
    assert states() == [Split.REPLACED, Split.BACK, Split.STANDING]
    assert [one.split.number for one in queries.splits_of(idea)] == [3, 2, 1]
    assert first.number == 1
    assert offenders() == {}


def test_who_is_named_may_say_no_and_why(town: Town) -> None:
    idea = proposed(town.ana)
    split = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 9900), (town.ben, 100)))
    with pytest.raises(NotAllowed):
        actions.decline(by=town.noor, split=split, why="No.")
    for why in ("", "x" * 401):
        with pytest.raises(BadInput) as refused:
            actions.decline(by=town.ben, split=split, why=why)
        assert refused.value.field == "why"
    actions.decline(by=town.ben, split=split, why="Half of it is my lid.")
    actions.decline(by=town.ben, split=split, why="Half of it is my lid.")
    split.refresh_from_db()
    assert (split.state, split.declined_by, split.answer) == (Split.DECLINED, town.ben, "Half of it is my lid.")
    assert len(acts("split.declined")) == 1
    with pytest.raises(Refusal):
        actions.sign(by=town.ben, split=split)
    assert "lid" not in str(acts("split.declined")[0].data)
    assert offenders() == {}


def test_the_lead_takes_back_what_is_proposed_and_nothing_that_stands(town: Town) -> None:
    idea = proposed(town.ana)
    split = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5000)))
    with pytest.raises(NotAllowed):
        actions.take_back(by=town.ben, split=split)
    actions.take_back(by=town.ana, split=split)
    actions.take_back(by=town.ana, split=split)
    assert len(acts("split.taken_back")) == 1
    stands = signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    with pytest.raises(Refusal):
        actions.take_back(by=town.ana, split=stands)
    assert offenders() == {}


def test_the_company_stays_out_of_signing_too(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    split = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5000)))
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="maker")
    with pytest.raises(NotAllowed, match="team"):
        actions.sign(by=town.ben, split=split)
    lead = proposed(town.noor, brand=town.brand)
    take_in(by=town.mira, brand=town.brand, person=town.noor, role="agent")
    with pytest.raises(NotAllowed, match="team"):
        actions.propose_split(by=town.noor, idea=lead, parts=parts((town.noor, 10_000)))


def test_a_brand_that_said_go_is_company_too(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    accepted(town, idea)
    Idea.objects.filter(pk=idea.pk).update(brand=None)
    idea.refresh_from_db()
    with pytest.raises(BadInput, match="team"):
        actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.mira, 5000)))


def test_who_is_gone_signs_nothing_and_the_lead_proposes_anew(town: Town) -> None:
    idea = proposed(town.ana)
    split = actions.propose_split(by=town.ana, idea=idea, parts=parts((town.ana, 5000), (town.ben, 5000)))
    Profile.objects.filter(pk=town.ben.pk).update(gone=clock.now())
    town.ben.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.sign(by=town.ben, split=split)
    assert signed(town, idea, (town.ana, 10_000)).stands
    assert offenders() == {}


def test_what_was_signed_stands_when_the_lead_is_handed_over(town: Town) -> None:
    idea = proposed(town.ana)
    author = led_by_two(town.ana, town.ben, idea)
    split = signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    ideas.offer_lead(by=town.ana, author=author)
    ideas.take_lead(by=town.ben, author=author)
    now = Idea.objects.select_related("lead").get(pk=idea.pk)
    split.refresh_from_db()
    assert split.stands
    with pytest.raises(NotAllowed):
        actions.propose_split(by=town.ana, idea=now, parts=parts((town.ana, 10_000)))
    assert actions.propose_split(by=town.ben, idea=now, parts=parts((town.ben, 10_000))).stands
    assert offenders() == {}


def test_the_record_says_that_it_has_changed(town: Town) -> None:
    idea = proposed(town.ana)
    split = signed(town, idea, (town.ana, 10_000))
    assert split.record == record_of(idea).fingerprint
    takes_in(idea, town.ben, "At breakfast.")
    assert split.record != record_of(Idea.objects.get(pk=idea.pk)).fingerprint


def test_whom_a_split_names_sees_it_whatever_becomes_of_the_idea(town: Town) -> None:
    idea = proposed(town.ana)
    signed(town, idea, (town.ana, 5000), (town.ben, 5000))

    def seen(*who: Any) -> list[bool]:
        return [queries.ideas(one).filter(pk=idea.pk).exists() for one in who]

    assert seen(None, town.ana, town.ben, town.noor) == [True] * 4
    ideas.withdraw(by=town.ana, idea=idea)
    assert seen(None, town.ana, town.ben, town.noor) == [False, True, True, False]
    people.block(by=town.ben, whom=town.ana)
    assert seen(town.ben) == [False]
