"""Home, page by page, is what a plain look at every act would give: newest first, all that one holds, nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.db import transaction

from moothall.activity import verbs
from moothall.activity.actions import record
from moothall.activity.models import Act
from moothall.feed import queries as feed
from moothall.people import actions as people
from moothall.people.models import SHOP, CircleMember, Follow, Profile
from tests import town as the_town
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def said() -> Iterator[verbs.Verb]:
    """A verb of this test's own, which the house knows only meanwhile."""
    yield verbs.Verb("test.said", "{actor} said {subject}", verbs.PUBLIC)
    verbs._known.pop("test.said")


def held_by(viewer: Profile, parted: set[int]) -> list[int]:
    """The slow way: each act looked at by itself."""
    follows = set(Follow.objects.filter(follower=viewer).values_list("source", "channel"))
    circles = set(CircleMember.objects.filter(person=viewer).values_list("circle", flat=True))
    return [
        act.pk
        for act in Act.objects.filter(verb="test.said").order_by("-pk")
        if act.actor_id not in parted
        and (
            (act.reach in ("public", "followers") and (act.actor_id, act.channel) in follows)
            or (act.reach == "circle" and act.reach_id in circles)
        )
    ]


def pages(viewer: Profile) -> list[int]:
    """Every page of home, one after the other."""
    found, before, turned = list[int](), None, 0
    while True:
        page = feed.home(viewer, before=before)
        found += [item.act.pk for item in page.items if item.act.verb == "test.said"]
        before, turned = page.older, turned + 1
        if before is None:
            return found
        assert turned < 50


@pytest.mark.parametrize("seed", range(4))
def test_every_page_of_it(town: Town, said: verbs.Verb, seed: int) -> None:
    lot = random.Random(seed)
    others = [the_town.person(f"Person {n}", f"person-{n}") for n in range(8)]
    shop = town.brand
    for one in others[:6]:
        people.follow(by=town.noor, source=one)
    people.follow(by=town.noor, source=shop, channel=SHOP)
    circle = people.make_circle(by=others[7], name="Close")
    people.join_circle(by=others[7], circle=circle, person=town.noor)
    reaches = (verbs.EVERYBODY, verbs.EVERYBODY, verbs.FOLLOWERS, verbs.NOBODY)
    with transaction.atomic():
        for n in range(130):
            # Bursts: some fall silent for pages, and one of them says a page and more at a stretch.
            who = others[0] if 40 < n < 75 else lot.choice([*others[: 2 + n % 7], others[7]])
            if n % 11 == 3:
                record(said, by=town.mira, brand=shop, channel=SHOP, on=town.ana, reach=verbs.EVERYBODY)
            elif who == others[7]:
                record(said, by=who, on=town.ana, reach=verbs.circle(circle.pk))
            else:
                record(said, by=who, on=town.ana, reach=lot.choice(reaches))
    people.mute(by=town.noor, whom=others[1])
    people.block(by=others[2], whom=town.noor)
    expected = held_by(town.noor, {others[1].pk, others[2].pk})
    assert len(expected) > 2 * feed.PAGE
    assert pages(town.noor) == expected


def test_who_follows_nobody_has_an_empty_home(town: Town) -> None:
    assert feed.home(town.mira).items == []
    assert feed.home(town.mira, before=5).older is None
