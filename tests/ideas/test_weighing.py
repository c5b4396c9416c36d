"""What a voice weighs in the order of ideas and at the gate: by who is known here, and never in crowds of strangers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from moothall.activity.models import Act
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas import actions, queries, standing, weights
from moothall.ideas.gates import Gate
from moothall.ideas.models import Backing, Idea, Standing, Weighing
from moothall.orders import actions as orders
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from moothall.talk import actions as talk
from tests.ideas.gated import voices
from tests.ideas.made import contributed, proposed
from tests.town import Town, person, signed_in

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def said(pk: int, days: float, *, known: bool = False, came: float = -100, let: bool = False) -> weights.Said:
    return weights.Said(pk, 1, NOON + DAY * days, NOON + DAY * came, known, let)


def crowd_of(rows: list[weights.Said]) -> set[int]:
    return weights.crowds(sorted(rows, key=lambda one: one.at))


# ---- the rule


def test_who_is_known_weighs_in_full_and_more_with_each_month() -> None:
    ages = [0, 29, 30, 365, 4000]
    found = weights.weigh([said(n, 0, known=True, came=-age) for n, age in enumerate(ages)], NOON)
    assert [found[n] for n in range(5)] == [("known", n) for n in (100, 100, 104, 148, 148)]


def test_a_stranger_weighs_a_quarter_after_a_week() -> None:
    found = weights.weigh([said(1, 0, came=-6.9), said(2, 0, came=-7)], NOON)
    assert found == {1: ("new", 0), 2: ("stranger", 25)}


def test_more_than_a_few_strangers_in_a_week_are_a_crowd_and_a_few_are_none() -> None:
    few = [said(n, n * 0.01) for n in range(20)]
    assert crowd_of(few) == set()
    assert crowd_of([*few, said(20, 0.2)]) == set(range(21))


def test_each_known_voice_makes_room_for_four_strangers() -> None:
    many = [said(n, n * 0.01) for n in range(28)]
    assert crowd_of([*many, said(30, 1, known=True)]) == set(range(28))
    assert crowd_of([*many, said(30, 1, known=True), said(31, 2, known=True)]) == set()


def test_what_a_steward_let_count_makes_no_crowd() -> None:
    assert crowd_of([said(n, n * 0.01, let=True) for n in range(50)]) == set()


def test_strangers_who_come_drop_by_drop_add_a_tenth_or_less_than_a_like() -> None:
    drops = [("stranger", 100)] * 50
    assert weights.together(drops) == 99
    assert weights.together([("known", 2000), *drops]) == 2200
    assert weights.together([("known", 2000), ("stranger", 75)]) == 2075
    assert weights.together([("let", 2000), ("new", 0), ("crowd", 0)]) == 2000


def test_a_gate_hears_a_few_strangers_and_two_more_for_each_who_is_known() -> None:
    assert weights.heard(["stranger"] * 25 + ["new"] * 25) == 10
    assert weights.heard(["stranger"] * 25 + ["known"] * 3) == 19
    assert weights.heard(["let"] * 25 + ["crowd"] * 9 + ["new"]) == 26


def test_a_crowd_of_a_week_takes_nobody_along_who_came_before() -> None:
    rows = [*(said(n, n * 8) for n in range(9)), *(said(100 + n, 80 + n * 0.01) for n in range(40))]
    assert crowd_of(rows) == set(range(100, 140))


# ---- who is known


def stands(who: Profile) -> str:
    actions.look([who.pk])
    return Standing.objects.get(person=who).by


@pytest.mark.django_db
def test_who_bought_is_known_until_all_of_it_went_back(town: Town) -> None:
    assert stands(town.ben) == ""
    order = town.bought(town.ben, {town.variant(): 1})
    assert stands(town.ben) == "bought"
    orders.cancel(by=town.mira, order=order, reason="Broken")
    assert stands(town.ben) == ""


@pytest.mark.django_db
def test_what_a_brand_sells_to_its_own_team_makes_nobody_known(town: Town) -> None:
    town.bought(town.mira, {town.variant(): 1})
    assert stands(town.mira) == ""


@pytest.mark.django_db
def test_two_who_bought_vouch_for_somebody_and_one_does_not(town: Town) -> None:
    variant = town.variant()
    newcomer = person("New", "newcomer")
    for number, who in enumerate((town.ana, town.ben)):
        town.bought(who, {variant: 1})
        people.follow(by=who, source=newcomer)
        assert stands(newcomer) == ("vouched" if number else "")


@pytest.mark.django_db
def test_who_took_words_in_or_found_them_helpful_vouches_too(town: Town) -> None:
    for who in (town.ana, town.ben):
        town.bought(who, {town.variant(f"Pot of {who.name}"): 1})
    idea = proposed(town.ana)
    actions.take_in(by=town.ana, contribution=contributed(town.noor, idea), base=1)
    assert stands(town.noor) == ""
    comment = talk.say(by=town.noor, kind="idea", id=idea.pk, words="It should hold a litre.")
    talk.react(by=town.ben, comment=comment, sort="helpful")
    assert stands(town.noor) == "vouched"


@pytest.mark.django_db
def test_a_ring_that_vouches_for_itself_stays_strange(town: Town) -> None:
    ring = [person(f"Ring {n}", f"ring-{n}") for n in range(6)]
    for one in ring:
        for other in ring:
            if one != other:
                people.follow(by=one, source=other)
    assert {stands(one) for one in ring} == {""}


@pytest.mark.django_db
def test_who_vouches_for_many_vouches_for_each_less(town: Town) -> None:
    for who in (town.ana, town.ben):
        town.bought(who, {town.variant(f"Pot of {who.name}"): 1})
    friends = [person(f"Friend {n}", f"friend-{n}") for n in range(12)]
    for who in (town.ana, town.ben):
        for one in friends:
            people.follow(by=who, source=one)
    assert {stands(one) for one in friends} == {""}


# ---- what follows from it


def crowd(idea: Idea, number: int = 21) -> None:
    voices(idea, [30] * number)
    idea.refresh_from_db()


@pytest.mark.django_db
def test_one_who_is_known_outweighs_a_crowd_in_the_order_and_the_counts_stay_whole(town: Town) -> None:
    town.bought(town.noor, {town.variant(): 1})
    good, pushed = proposed(town.ana), proposed(town.ben)
    actions.back(by=town.noor, idea=good, level="like")
    crowd(pushed, 50)
    assert list(queries.listed(None)) == [good, pushed]
    assert (pushed.pays, pushed.weight, pushed.heard, pushed.rank) == (50, 200, 0, 0)
    assert not offenders()


@pytest.mark.django_db
def test_a_crowd_brings_no_idea_to_its_gate_until_a_steward_lets_it(town: Town) -> None:
    actions.set_mark(by=town.mira, brand=town.brand, voices=21, days=28)
    idea = proposed(town.ana, brand=town.brand)
    crowd(idea)
    assert actions.bring_to_gates() == 0
    assert not Gate.objects.exists()
    assert list(standing.crowded()) == [idea]
    steward = person("Stella", "stella-s")
    people.make_steward(account=Account.objects.get(profile=steward))
    actions.let_crowd(by=steward, idea=idea)
    assert Gate.objects.get().idea == idea
    assert list(standing.crowded()) == []
    idea.refresh_from_db()
    assert idea.heard == 21
    assert Act.objects.filter(verb="crowd.let", actor=steward).count() == 1


@pytest.mark.django_db
def test_kept_back_they_wait_though_the_window_would_let_them(town: Town) -> None:
    idea = proposed(town.ana)
    crowd(idea)
    steward = person("Stella", "stella-s")
    people.make_steward(account=Account.objects.get(profile=steward))
    actions.keep_crowd(by=steward, idea=idea)
    assert list(standing.crowded()) == []
    actions.unback(by=Profile.objects.get(handle="voice-20"), idea=idea)
    assert set(Backing.objects.values_list("trust", flat=True)) == {"crowd"}
    with pytest.raises(Refusal):
        actions.let_crowd(by=steward, idea=proposed(town.ben))


@pytest.mark.django_db
def test_nobody_with_a_part_in_it_decides_about_its_crowd(town: Town) -> None:
    idea = proposed(town.ana, brand=town.brand)
    crowd(idea)
    for who in (town.ana, town.mira, Profile.objects.get(handle="voice-1"), town.noor):
        if who != town.noor:  # who is no steward at all
            people.make_steward(account=Account.objects.get(profile=who))
        for do in (actions.let_crowd, actions.keep_crowd):
            with pytest.raises(NotAllowed):
                do(by=who, idea=idea)


@pytest.mark.django_db
def test_who_buys_afterwards_weighs_in_full_at_once(town: Town) -> None:
    idea = proposed(town.ana)
    crowd(idea)
    buyer = Profile.objects.get(handle="voice-3")
    town.bought(buyer, {town.variant(): 1})
    work.do_due()
    idea.refresh_from_db()
    assert Backing.objects.get(person=buyer).trust == "known"
    assert (idea.rank, idea.heard, Weighing.objects.count()) == (400, 13, 0)  # twenty strangers are no crowd


@pytest.mark.django_db
def test_time_alone_is_seen_once_a_day(town: Town) -> None:
    idea = proposed(town.ana)
    actions.back(by=town.noor, idea=idea, level="follow")
    assert (Backing.objects.get().trust, Backing.objects.get().points) == ("new", 0)
    clock.move(clock.now() + weights.WAIT)
    actions.weigh_all()
    work.do_due()
    assert (Backing.objects.get().trust, Idea.objects.get().rank) == ("stranger", 50)


@pytest.mark.django_db
def test_the_page_says_what_ones_voice_weighs_and_why(town: Town) -> None:
    idea = proposed(town.ana)
    actions.back(by=town.noor, idea=idea, level="like")
    page = signed_in(town.noor).get(f"/ideas/{idea.public}").content.decode()
    assert "weighs from" in page
    crowd(idea)
    actions.back(by=town.noor, idea=idea, level="follow")
    page = signed_in(town.noor).get(f"/ideas/{idea.public}").content.decode()
    assert "it waits: many voices came at once" in page
    assert "weighs" not in Client().get(f"/ideas/{idea.public}").content.decode()
    assert "100–148" in Client().get("/ideas/order").content.decode()


@pytest.mark.django_db
def test_a_steward_finds_crowds_and_decides_in_public(town: Town) -> None:
    idea = proposed(town.ana)
    crowd(idea)
    steward = person("Stella", "stella-s")
    people.make_steward(account=Account.objects.get(profile=steward))
    client = signed_in(steward)
    assert "21 voices wait" in client.get("/steward/crowds").content.decode()
    assert client.post(f"/steward/crowds/{idea.public}", {"do": "keep"}).status_code == 302
    assert "Nothing waits" in client.get("/steward/crowds").content.decode()
    assert "Stella keeps them back." in Client().get("/ideas/order").content.decode()
