"""Following and circles: directed, silent, one's own, and once."""

import pytest

from moothall.activity.models import Act
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import actions, queries
from moothall.people.models import SHOP, CircleMember, Follow
from tests.town import Town, acts, person


def test_following_is_directed_recorded_and_once(town: Town) -> None:
    for _ in range(3):
        actions.follow(by=town.noor, source=town.ana)
    assert queries.follows(town.noor, town.ana)
    assert not queries.follows(town.ana, town.noor)
    assert not queries.follows(None, town.ana)
    assert len(acts("follow.begun", actor=town.noor)) == 1
    for _ in range(3):
        actions.unfollow(by=town.noor, source=town.ana)
    assert not queries.follows(town.noor, town.ana)
    assert len(acts("follow.ended", actor=town.noor)) == 1


def test_a_brand_is_followed_by_its_channel(town: Town) -> None:
    actions.follow(by=town.ana, source=town.brand, channel=SHOP)
    assert queries.follows(town.ana, town.brand, SHOP)
    assert not queries.follows(town.ana, town.brand)
    for source, channel in ((town.brand, ""), (town.brand, "jobs"), (town.ben, SHOP)):
        with pytest.raises(BadInput):
            actions.follow(by=town.noor, source=source, channel=channel)


def test_nobody_follows_themselves_or_the_unseen(town: Town) -> None:
    guest = actions.make_guest(name="Gus")
    actions.block(by=town.mira, whom=town.noor)
    before = Follow.objects.count(), Act.objects.count()
    for by, source in (
        (town.ana, town.ana),
        (town.ana, guest),
        (guest, town.ana),
        (town.brand, town.ana),
        (town.noor, town.mira),
    ):
        with pytest.raises(NotAllowed):
            actions.follow(by=by, source=source)
    assert (Follow.objects.count(), Act.objects.count()) == before


def test_a_circle_is_its_owners_alone(town: Town) -> None:
    assert list(queries.circles_of(town.ana)) == [town.family]
    assert queries.members_of([town.family]) == {town.family.pk: [town.ben]}
    assert not queries.circles_of(town.ben)
    assert acts("circle.joined")[0].audience == "parties"
    before = CircleMember.objects.count(), Act.objects.count()
    for intruder in (town.ben, town.noor):
        for doing in (actions.join_circle, actions.leave_circle):
            with pytest.raises(NotAllowed):
                doing(by=intruder, circle=town.family, person=town.noor)
        with pytest.raises(NotAllowed):
            actions.end_circle(by=intruder, circle=town.family)
    assert (CircleMember.objects.count(), Act.objects.count()) == before


def test_in_and_out_of_a_circle_once(town: Town) -> None:
    for _ in range(2):
        actions.join_circle(by=town.ana, circle=town.family, person=town.mira)
    for _ in range(2):
        actions.leave_circle(by=town.ana, circle=town.family, person=town.ben)
    assert queries.members_of([town.family])[town.family.pk] == [town.mira]
    assert (len(acts("circle.joined")), len(acts("circle.left"))) == (2, 1)


def test_circles_hold_other_people_only(town: Town) -> None:
    guest = actions.make_guest(name="Gus")
    actions.block(by=town.noor, whom=town.ana)
    for who in (town.ana, town.brand, guest, town.noor):
        with pytest.raises(BadInput):
            actions.join_circle(by=town.ana, circle=town.family, person=who)


def test_names_of_circles(town: Town) -> None:
    with pytest.raises(Refusal):
        actions.make_circle(by=town.ana, name=" Family ")
    with pytest.raises(BadInput):
        actions.make_circle(by=town.ana, name="  ")
    assert actions.make_circle(by=town.ben, name="Family").owner == town.ben


def test_limits_of_circles(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.ties, "MOST_CIRCLES", 2)
    monkeypatch.setattr(actions.ties, "MOST_IN_CIRCLE", 2)
    actions.make_circle(by=town.ana, name="Pottery")
    with pytest.raises(Refusal):
        actions.make_circle(by=town.ana, name="Third")
    actions.join_circle(by=town.ana, circle=town.family, person=town.mira)
    with pytest.raises(Refusal):
        actions.join_circle(by=town.ana, circle=town.family, person=person("Max", "max"))


def test_an_ended_circle_is_empty_closed_and_its_name_free(town: Town) -> None:
    actions.end_circle(by=town.ana, circle=town.family)
    assert not CircleMember.objects.exists()
    town.family.refresh_from_db()
    for again in (
        lambda: actions.end_circle(by=town.ana, circle=town.family),
        lambda: actions.join_circle(by=town.ana, circle=town.family, person=town.ben),
    ):
        with pytest.raises(NotAllowed):
            again()
    assert len(acts("circle.ended")) == 1
    assert not queries.circles_of(town.ana)
    assert actions.make_circle(by=town.ana, name="Family") != town.family
