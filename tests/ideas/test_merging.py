"""Two like ideas are merged and separated again: every voice, contribution and shaper is as before, nobody is counted
twice, and what was said meanwhile is kept. MERGE_CASES says how many sequences are tried against a plain reckoning."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.config.invariants import offenders
from moothall.core import clock, search
from moothall.core.money import Money
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions, opened, queries
from moothall.ideas.actions import hiding
from moothall.ideas.models import Author, Backing, Contribution, Idea, Merger, Version
from moothall.ideas.voices import voices
from moothall.people import actions as people
from moothall.people.models import Profile, Tally
from tests.ideas.made import WORDS, contributed, proposed
from tests.town import Town, acts, signed_in

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("MERGE_CASES", "25"))


def merged(idea: Idea, into: Idea) -> Merger:
    made = actions.ask_merger(by=idea.lead, idea=idea, into=into)
    if made.state == Merger.ASKED:
        actions.accept_merger(by=into.lead, merger=made)
    return Merger.objects.select_related("idea", "into").get(pk=made.pk)


def shapers(idea: Idea) -> list[int]:
    return opened.around(None, idea, []).shapers


def fresh(idea: Idea) -> Idea:
    return Idea.objects.select_related("lead", "into").get(pk=idea.pk)


def counts(idea: Idea) -> tuple[int, int, int, int]:
    now = fresh(idea)
    return now.likes, now.follows, now.pays, now.weight


def pay(by: Profile, idea: Idea, minor: int) -> None:
    actions.back(by=by, idea=idea, level="pay", price=Money(minor, "GBP"))


def test_merged_and_separated_each_has_what_it_had(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    actions.back(by=town.noor, idea=one, level="follow")
    actions.back(by=town.mira, idea=one, level="like")
    pay(town.mira, two, 3000)
    waits = contributed(town.noor, one)
    actions.take_in(by=town.ana, contribution=contributed(town.mira, one, part="title", words="Teapot"), base=1)
    tables = (Backing, Contribution, Version)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    mine = counts(one), counts(two), shapers(one), shapers(two)

    both = merged(one, two)
    assert counts(two) == (0, 1, 1, 6), "nobody twice, each at their strongest"
    assert (fresh(one).stage, fresh(one).into, fresh(two).joined) == (Idea.MERGED, two, 1)
    assert list(queries.listed(None)) == [two]
    assert waits in queries.contributions_to(fresh(two), None), "it waits there, as from the other"
    assert offenders() == {}

    actions.unmerge(by=town.ana, merger=both)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert (
        counts(one),
        counts(two),
        opened.around(None, one, []).shapers,
        opened.around(None, two, []).shapers,
    ) == mine
    assert {one, two} == set(queries.listed(None))
    assert offenders() == {}
    assert [len(acts(f"merger.{verb}")) for verb in ("asked", "accepted", "ended")] == [1, 1, 1]


def test_of_two_prices_the_one_said_last_counts(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    pay(town.noor, two, 2000)
    pay(town.noor, one, 4000)
    both = merged(one, two)
    assert opened.support_of(fresh(two)).median == Money(4000, "GBP")
    pay(town.noor, two, 1000)
    support = opened.support_of(fresh(two))
    assert (support.pays, support.median) == (1, Money(1000, "GBP"))
    actions.unmerge(by=town.ben, merger=both)
    assert opened.support_of(fresh(one)).median == Money(4000, "GBP"), "as it was said there"


def test_what_is_said_of_the_merged_goes_to_the_other(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    pay(town.noor, one, 4000)
    both = merged(one, two)
    made = actions.back(by=town.noor, idea=fresh(one), level="like")
    assert (made.idea, counts(two)) == (two, (1, 0, 0, 1)), "it replaces what one had said"
    actions.back(by=town.mira, idea=fresh(one), level="follow")
    actions.unmerge(by=town.ana, merger=both)
    assert (counts(one), counts(two)) == ((0, 0, 1, 4), (1, 1, 0, 3))


def test_who_takes_their_voice_back_has_none_left(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    pay(town.noor, one, 4000)
    both = merged(one, two)
    actions.unback(by=town.noor, idea=fresh(two))
    assert counts(two) == counts(one) == (0, 0, 0, 0)
    actions.unmerge(by=town.ana, merger=both)
    assert counts(one) == (0, 0, 0, 0)
    assert offenders() == {}


def test_its_lead_is_no_voice_for_it(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    actions.back(by=town.ben, idea=one, level="follow")
    actions.back(by=town.ana, idea=two, level="like")
    merged(one, two)
    assert counts(two) == (1, 0, 0, 1)
    with pytest.raises(Refusal, match="It is yours"):
        actions.back(by=town.ben, idea=fresh(one), level="like")


def test_one_that_leads_both_merges_at_once(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ana)
    assert merged(one, two).state == Merger.STANDS
    assert Client().get(f"/ideas/{one.public}").status_code == 200


def test_only_its_lead_answers_and_either_lead_separates(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    with pytest.raises(NotAllowed):
        actions.ask_merger(by=town.noor, idea=one, into=two)
    asked = actions.ask_merger(by=town.ana, idea=one, into=two)
    assert actions.ask_merger(by=town.ana, idea=one, into=two) == asked, "twice is once"
    for wrong in (town.ana, town.noor):
        with pytest.raises(NotAllowed):
            actions.accept_merger(by=wrong, merger=asked)
        with pytest.raises(NotAllowed):
            actions.decline_merger(by=wrong, merger=asked)
    actions.accept_merger(by=town.ben, merger=asked)
    actions.accept_merger(by=town.ben, merger=asked)
    with pytest.raises(Refusal, match="answered already"):
        actions.decline_merger(by=town.ben, merger=asked)
    with pytest.raises(NotAllowed):
        actions.unmerge(by=town.noor, merger=asked)
    actions.unmerge(by=town.ben, merger=asked)
    actions.unmerge(by=town.ana, merger=asked)
    assert (len(acts("merger.accepted")), len(acts("merger.ended"))) == (1, 1)


def test_what_was_declined_is_not_asked_again_at_once(town: Town) -> None:
    one, two, three = proposed(town.ana), proposed(town.ben), proposed(town.noor)
    asked = actions.ask_merger(by=town.ana, idea=one, into=two)
    with pytest.raises(Refusal, match="Take that question back"):
        actions.ask_merger(by=town.ana, idea=one, into=three)
    actions.decline_merger(by=town.ben, merger=asked)
    with pytest.raises(Refusal, match="Ask again in a week"):
        actions.ask_merger(by=town.ana, idea=one, into=two)
    other = actions.ask_merger(by=town.ana, idea=one, into=three)
    actions.take_back_merger(by=town.ana, merger=other)
    actions.take_back_merger(by=town.ana, merger=other)
    with pytest.raises(Refusal, match="answered already"):
        actions.accept_merger(by=town.noor, merger=other)
    clock.move(clock.now() + timedelta(days=8))
    assert actions.ask_merger(by=town.ana, idea=one, into=two).state == Merger.ASKED


def test_of_the_other_idea_one_reads_what_one_may_open(town: Town) -> None:
    one, two = proposed(town.ana, replace(WORDS, title="canary-one")), proposed(town.ben)
    asked = actions.ask_merger(by=town.ana, idea=one, into=two)
    ana, ben, where = signed_in(town.ana), signed_in(town.ben), f"/mergers/{asked.public}"
    assert "canary-one" in ben.get(where).content.decode()
    assert list(queries.asked_into(town.ben, two)) == [asked]
    assert set(queries.merger_cards(town.ben, [asked.pk])) == {asked.pk}
    hiding.hide(one.pk, "It sells kettles.")
    assert list(queries.asked_into(town.ben, two)) == []
    assert queries.merger_cards(town.ben, [asked.pk]) == {}
    for address in (where, f"/ideas/{two.public}/merger"):
        assert "canary-one" not in ben.get(address).content.decode()
    hiding.unhide(one.pk)
    actions.withdraw(by=town.ana, idea=one)
    page = ben.get(where).content.decode()
    assert "canary-one" not in page
    assert "An idea that is not shown to you" in page
    assert two.title in page
    assert "canary-one" in ana.get(where).content.decode()
    Idea.objects.filter(pk=two.pk).update(title="canary-two")
    actions.withdraw(by=town.ben, idea=fresh(two))
    assert "canary-two" not in ana.get(where).content.decode()
    assert queries.merger_cards(town.ana, [asked.pk]) == {}


def test_there_are_no_chains_and_no_circles(town: Town) -> None:
    one, two, three = proposed(town.ana), proposed(town.ana), proposed(town.ana)
    merged(one, two)
    for idea, into, said in (
        (two, three, "Others are merged into this one"),
        (two, one, "merged into another itself"),
        (three, one, "merged into another itself"),
        (one, three, "Only ideas that stand"),
        (three, three, "into itself"),
    ):
        with pytest.raises(Refusal, match=said):
            actions.ask_merger(by=town.ana, idea=idea, into=into)
    merged(three, two)
    assert fresh(two).joined == 2


def test_an_answer_that_comes_late_makes_no_chain(town: Town) -> None:
    one, two, three = proposed(town.ana), proposed(town.ben), proposed(town.noor)
    late = actions.ask_merger(by=town.ana, idea=one, into=two)
    merged(two, three)
    with pytest.raises(Refusal, match="merged into another itself"):
        actions.accept_merger(by=town.ben, merger=late)
    assert fresh(one).stands


def test_contributions_wait_until_they_are_separated(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    waits = contributed(town.noor, one)
    both = merged(one, two)
    for do in (
        lambda: actions.take_in(by=town.ana, contribution=waits, base=1),
        lambda: actions.decline(by=town.ana, contribution=waits, answer="No."),
        lambda: contributed(town.mira, one, words="At noon"),
        lambda: actions.revise(by=town.ana, idea=fresh(one), words=replace(WORDS, use="At noon"), base=1),
        lambda: actions.withdraw(by=town.ana, idea=fresh(one)),
    ):
        with pytest.raises(Refusal):
            do()
    page = Client().get(f"/ideas/{two.public}").content.decode()
    assert "Waits until they are separated" in page
    actions.unmerge(by=town.ana, merger=both)
    actions.take_in(by=town.ana, contribution=waits, base=1)
    assert Version.objects.filter(idea=one).count() == 2


def test_what_was_merged_into_a_withdrawn_idea_stands_again(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    pay(town.noor, one, 4000)
    merged(one, two)
    actions.withdraw(by=town.ben, idea=two)
    assert (fresh(one).stage, counts(one), fresh(two).joined) == (Idea.SHAPE, (0, 0, 1, 4), 0)
    assert offenders() == {}


def test_the_merged_ones_page_leads_on_and_search_finds_the_other(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben, replace(WORDS, title="Pot for two hands"))
    merged(one, two)
    page = Client().get(f"/ideas/{one.public}").content.decode()
    assert "It goes on in another idea" in page
    assert f"/ideas/{two.public}" in page
    list(search.rebuild())
    found = search.find(None, "guests", [Idea.kind]).ids[Idea.kind]
    assert found == [two.pk]
    people.block(by=town.ben, whom=town.noor)
    hidden = signed_in(town.noor).get(f"/ideas/{one.public}").content.decode()
    assert "not shown to you" in hidden
    assert two.public not in hidden
    assert "Ben" not in hidden


def test_asked_answered_and_separated_on_the_pages(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben, replace(WORDS, title="Pot for two hands"))
    ana, ben = signed_in(town.ana), signed_in(town.ben)
    wrong = ana.post(f"/ideas/{one.public}/merger", {"into": "nowhere"})
    assert (wrong.status_code, "There is no such idea" in wrong.content.decode()) == (422, True)
    ana.post(f"/ideas/{one.public}/merger", {"into": f"http://hall.example/ideas/{two.public}/"})
    asked = Merger.objects.get()
    assert "has not answered yet" in ana.get(f"/ideas/{one.public}/merger").content.decode()
    assert "Yes, merge them" in ben.get(f"/mergers/{asked.public}").content.decode()
    assert signed_in(town.noor).get(f"/mergers/{asked.public}").status_code == 404
    ben.post(f"/mergers/{asked.public}", {"do": "accept"})
    assert fresh(one).is_merged
    ben.post(f"/ideas/{one.public}/merger/end")
    assert fresh(one).stands


def test_a_team_merges_nothing_into_what_it_judges(town: Town) -> None:
    one, two = proposed(town.mira), proposed(town.ben, brand=town.brand)
    with pytest.raises(NotAllowed, match="team that judges"):
        actions.ask_merger(by=town.mira, idea=one, into=two)
    asked = actions.ask_merger(by=town.ben, idea=two, into=one)
    with pytest.raises(NotAllowed, match="team that judges"):
        actions.accept_merger(by=town.mira, merger=asked)


# ---- whatever is done in whatever order, against a plain reckoning


@dataclass
class Plain:
    """What should be so: who said what of which idea and when, and which is merged into which since when."""

    leads: dict[str, str]
    said: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # (idea, person): weight, when
    into: dict[str, tuple[str, int]] = field(default_factory=dict)
    now: int = 0

    def head(self, idea: str) -> str:
        return self.into[idea][0] if idea in self.into else idea

    def members(self, head: str) -> list[str]:
        return [head, *(one for one, (into, _when) in self.into.items() if into == head)]

    def weight(self, head: str) -> int:
        best: dict[str, int] = {}
        for (idea, person), (weight, _when) in self.said.items():
            if idea not in self.members(head) or person == self.leads[head]:
                continue
            own = self.said.get((head, person))
            if idea != head and own and own[1] >= self.into[idea][1]:
                continue  # said anew since they are one
            best[person] = max(best.get(person, 0), weight)
        return sum(best.values())


NAMES, WHO = ("one", "two", "three"), ("ana", "ben", "noor", "mira")
BACK = st.tuples(st.just("back"), st.sampled_from(NAMES), st.sampled_from(WHO), st.sampled_from([1, 2, 4]))
STEPS = st.lists(
    st.one_of(
        *(BACK, BACK),
        st.tuples(st.just("unback"), st.sampled_from(NAMES), st.sampled_from(WHO), st.just(0)),
        st.tuples(st.just("merge"), st.sampled_from(NAMES), st.sampled_from(NAMES), st.just(0)),
        st.tuples(st.just("part"), st.sampled_from(NAMES), st.just(""), st.sampled_from([0, 1])),
        st.tuples(st.just("lead"), st.sampled_from(NAMES), st.sampled_from(WHO), st.just(0)),
        st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(WHO), st.just(0)),
    ),
    min_size=8,
    max_size=14,
)
# What each of four said of each of three before anything else, and which two are merged first: so that most of what
# happens then happens to voices that meet.
SAID = st.lists(st.sampled_from([1, 4, 2, 0]), min_size=12, max_size=12)
PAIRS = st.permutations(NAMES)
LEVELS = {1: "like", 2: "follow", 4: "pay"}


@given(said=SAID, pair=PAIRS, steps=STEPS)
@settings(max_examples=CASES)
def test_no_voice_is_lost_or_counted_twice(
    town: Town, said: list[int], pair: list[str], steps: list[tuple[str, str, str, int]]
) -> None:
    places = [(name, who) for name in NAMES for who in WHO]
    before = [("back", *place, weight) for place, weight in zip(places, said, strict=True) if weight]
    steps = [*before, ("merge", pair[0], pair[1], 0), *steps]
    for table in (Tally, Merger, Author, Backing, Contribution, Version):  # each example is a day of its own
        table.objects.all().delete()
    Idea.objects.update(into=None, merged=None, stage=Idea.WITHDRAWN)
    Idea.objects.all().delete()
    plain = Plain({"one": "ana", "two": "ben", "three": "ana"})
    ideas = {name: _idea(getattr(town, lead)) for name, lead in plain.leads.items()}
    written: dict[str, list[int]] = {name: [] for name in NAMES}
    for step in steps:
        plain.now += 1
        _do(town, ideas, plain, written, step)
        for name, idea in ideas.items():
            now = fresh(idea)
            expected = plain.weight(name)
            assert now.weight == expected == now.likes + 2 * now.follows + 4 * now.pays, (name, step)
            assert now.is_merged == (name in plain.into)
            assert voices(now).count() == now.likes + now.follows + now.pays
            for who in WHO if step[0] in ("merge", "part", "lead") or step is steps[-1] else ():
                person = getattr(town, who)
                page = opened.opened(person, now.public)
                counted = voices(now, person).exclude(person=now.lead).first()
                told = page.voice if page else counted  # who may open it is told the voice that counts
                assert (told and (told.idea_id, told.level)) == (counted and (counted.idea_id, counted.level))
    assert offenders() == {}
    for name in list(plain.into):
        actions.unmerge(by=fresh(ideas[name]).lead, merger=Merger.objects.get(idea=ideas[name], state=Merger.STANDS))
    plain.into.clear()
    for name, idea in ideas.items():
        rows = Backing.objects.filter(idea=idea).select_related("person")
        assert {(name, row.person.handle): Backing.WEIGHTS[row.level] for row in rows} == {
            key: weight for key, (weight, _when) in plain.said.items() if key[0] == name
        }
        assert list(Contribution.objects.filter(idea=idea).order_by("pk").values_list("pk", flat=True)) == written[name]


def _idea(lead: Profile) -> Idea:
    idea = Idea.objects.create(lead=lead, stage=Idea.SHAPE, number=1, title="Cup", problem="P", use="U", currency="GBP")
    Version.objects.create(idea=idea, number=1, by=lead, title="Cup", problem="P", use="U", currency="GBP")
    return idea


def _do(town: Town, ideas: dict[str, Idea], plain: Plain, written: dict[str, list[int]], step: Any) -> None:
    """One step in the house and in the plain reckoning; a refusal changes neither."""
    what, name, other, number = step
    idea, head = fresh(ideas[name]), plain.head(name)
    try:
        if what == "back":
            price = Money(1000, "GBP") if number == 4 else None
            actions.back(by=getattr(town, other), idea=idea, level=LEVELS[number], price=price)
            plain.said[head, other] = (number, plain.now)
        elif what == "unback":
            actions.unback(by=getattr(town, other), idea=idea)
            for one in plain.members(head):
                plain.said.pop((one, other), None)
        elif what == "merge":
            merged(idea, fresh(ideas[other]))
            plain.into[name] = (other, plain.now)
        elif what == "part" and name in plain.into:
            by = fresh(ideas[head if number else name]).lead
            actions.unmerge(by=by, merger=Merger.objects.get(idea=idea, state=Merger.STANDS))
            del plain.into[name]
        elif what == "lead":
            _hand_over(town, idea, getattr(town, other))
            plain.leads[name] = other
            plain.said.pop((name, other), None)
        elif what == "write":
            made = contributed(getattr(town, other), idea, words=f"At {plain.now}")
            written[name].append(made.pk)
    except Refusal:
        pass


def _hand_over(town: Town, idea: Idea, to: Profile) -> None:
    Author.objects.filter(idea=idea, person=to).exclude(state=Author.STANDS).delete()
    asked = actions.invite_author(by=idea.lead, idea=idea, person=to)
    if asked.state == Author.INVITED:
        actions.join_authors(by=to, author=asked)
    row = Author.objects.select_related("idea", "person").get(pk=asked.pk)
    actions.offer_lead(by=idea.lead, author=row)
    actions.take_lead(by=to, author=row)


def test_the_weight_that_is_wrong_is_seen(town: Town) -> None:
    one, two = proposed(town.ana), proposed(town.ben)
    pay(town.noor, one, 4000)
    merged(one, two)
    Idea.objects.filter(pk=two.pk).update(weight=8, pays=2)
    assert (
        "an idea counts each person once, at the strongest that they say of it and of ideas merged into it"
        in offenders()
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="says it in words of SQLite")
def test_what_is_said_of_a_whole_idea_is_looked_up_not_searched_for(town: Town) -> None:
    """However many people, voices and contributions there are elsewhere."""
    head = merged(proposed(town.ben), proposed(town.ana)).into
    head.refresh_from_db()
    for rows in (voices(head), voices(head, town.noor), queries.contributions_to(head, town.noor)):
        scanned = re.findall(r"SCAN (\w+)(?! LEFT-JOIN)\b", rows.explain())
        assert not {one for one in scanned if one not in ("qualify", "core_picture")}, rows.explain()
