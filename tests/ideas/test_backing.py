"""One person is one voice, at the level it has now; what is counted is what is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas import actions, opened, queries
from moothall.ideas.models import Backing, Idea
from moothall.people import actions as people
from moothall.people.models import Tally
from tests.ideas.made import proposed
from tests.town import Town

pytestmark = pytest.mark.django_db
PRICE = Money(3800, "GBP")


def test_a_voice_counts_once_at_what_it_says_now(town: Town) -> None:
    idea = proposed(town.ana)
    for level, price, weight in (("like", None, 1), ("pay", PRICE, 4), ("follow", None, 2), ("follow", None, 2)):
        actions.back(by=town.ben, idea=idea, level=level, price=price)
        assert Idea.objects.get().weight == weight
        assert opened.support_of(idea).voices == 1
    actions.unback(by=town.ben, idea=idea)
    actions.unback(by=town.ben, idea=idea)
    assert (Idea.objects.get().weight, opened.support_of(idea).voices) == (0, 0)


def test_the_levels_are_shown_apart_and_counted_whole(town: Town) -> None:
    idea = proposed(town.ana)
    actions.back(by=town.ben, idea=idea, level="like")
    actions.back(by=town.noor, idea=idea, level="pay", price=Money(3000, "GBP"))
    actions.back(by=town.mira, idea=idea, level="pay", price=Money(4000, "GBP"))
    support = opened.support_of(idea)
    assert (support.likes, support.follows, support.pays, support.voices) == (1, 0, 2, 3)
    assert support.median == Money(3000, "GBP")


def test_the_weightier_comes_first(town: Town) -> None:
    town.bought(town.noor, {town.variant(): 1})
    old, new = proposed(town.ana), proposed(town.ben)
    assert list(queries.listed(None)) == [new, old]
    actions.back(by=town.noor, idea=old, level="like")
    assert list(queries.listed(None)) == [old, new]


@pytest.mark.parametrize(
    ("level", "price", "field"),
    [
        ("love", None, "level"),
        ("pay", None, "price"),
        ("pay", Money(0, "GBP"), "price"),
        ("pay", Money(5, "EUR"), "price"),
    ],
)
def test_what_does_not_fit_is_refused(town: Town, level: str, price: Money | None, field: str) -> None:
    idea = proposed(town.ana)
    with pytest.raises(BadInput) as refused:
        actions.back(by=town.ben, idea=idea, level=level, price=price)
    assert refused.value.field == field


def test_nobody_backs_their_own_nor_what_they_do_not_see(town: Town) -> None:
    idea = proposed(town.ana)
    with pytest.raises(Refusal, match="It is yours"):
        actions.back(by=town.ana, idea=idea, level="like")
    people.block(by=town.ana, whom=town.ben)
    with pytest.raises(NotAllowed):
        actions.back(by=town.ben, idea=idea, level="like")
    with pytest.raises(NotAllowed):
        actions.back(by=town.brand, idea=idea, level="like")


STEPS = st.lists(
    st.tuples(st.sampled_from(["ben", "noor", "mira"]), st.sampled_from(["like", "follow", "pay", "none"])), max_size=8
)


@given(steps=STEPS)
def test_the_weight_is_the_sum_of_the_voices(town: Town, steps: list[tuple[str, str]]) -> None:
    for table in (Tally, Backing, Idea):  # each example is a day of its own
        table.objects.all().delete()
    draft = Idea.objects.create(lead=town.ana, stage=Idea.SHAPE, number=1, title="Cup", currency="GBP")
    last: dict[str, str] = {}
    for who, level in steps:
        person = getattr(town, who)
        if level == "none":
            actions.unback(by=person, idea=draft)
            last.pop(who, None)
        else:
            actions.back(by=person, idea=draft, level=level, price=PRICE if level == "pay" else None)
            last[who] = level
    assert Idea.objects.get().weight == sum(Backing.WEIGHTS[level] for level in last.values())
    assert opened.support_of(draft).voices == len(last)
