"""The log: written only with a change, never changed after, and told to the readers of its verb."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, connections, transaction

from moothall.activity.actions import reads, record, sentence
from moothall.activity.models import Act, Latest, Pending
from moothall.activity.verbs import EVERYBODY, FOLLOWERS, Verb, circle, known
from moothall.catalog import verbs as of_things
from moothall.orders import verbs as of_orders
from moothall.people import verbs as of_people
from moothall.people.models import SHOP
from tests.town import Town


def test_it_keeps_who_did_what_to_what(town: Town) -> None:
    act = record(of_people.CHANGED, by=town.ana, on=town.ana, number=3)
    assert (act.actor, act.hand, act.brand, act.verb) == (town.ana, None, None, "profile.changed")
    assert (act.subject_kind, act.subject_id, act.data) == ("profile", town.ana.pk, {"number": 3})
    assert (act.audience, act.reach) == ("parties", "")


def test_for_a_brand_the_brand_acts_and_the_person_is_its_hand(town: Town) -> None:
    act = record(of_people.CHANGED, by=town.mira, on=town.brand, brand=town.brand)
    assert (act.actor, act.hand, act.brand) == (town.brand, town.mira, town.brand)


def test_it_refuses_to_stand_alone(town: Town) -> None:
    with pytest.raises(RuntimeError), patch.object(connections["default"], "in_atomic_block", False):
        record(of_people.CHANGED, by=town.ana, on=town.ana)
    assert not Act.objects.filter(verb="profile.changed").exists()


def test_it_goes_with_its_change(town: Town) -> None:
    before = Act.objects.count(), Pending.objects.count(), Latest.objects.count()
    with transaction.atomic():
        record(of_people.JOINED, by=town.ana, on=town.ana, reach=EVERYBODY)
        transaction.set_rollback(True)
    assert (Act.objects.count(), Pending.objects.count(), Latest.objects.count()) == before


@pytest.mark.parametrize("change", ["update", "delete", "raw update", "raw delete"])
def test_the_database_refuses_to_change_the_log(town: Town, change: str) -> None:
    changes = {
        "update": lambda: Act.objects.update(verb="x"),
        "delete": Act.objects.order_by("pk")[0].delete,
        "raw update": lambda: _sql("UPDATE activity_act SET verb = 'x'"),
        "raw delete": lambda: _sql("DELETE FROM activity_act"),
    }
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        changes[change]()
    assert Act.objects.exists()
    assert not Act.objects.filter(verb="x").exists()


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_reader_of_the_verb_gets_it_once(town: Town, own_readers: dict[str, object]) -> None:
    reads("one", of_people.CHANGED)(lambda act: None)
    reads("other", of_people.CHANGED, of_people.JOINED)(lambda act: None)
    reads("deaf", of_people.OPENED)(lambda act: None)
    act = record(of_people.CHANGED, by=town.ana, on=town.ana)
    assert sorted(Pending.objects.filter(act=act).values_list("reader", flat=True)) == ["one", "other"]


def test_a_reader_is_enrolled_once(own_readers: dict[str, object]) -> None:
    reads("one", of_people.CHANGED)(lambda act: None)
    with pytest.raises(ValueError, match="twice"):
        reads("one", of_people.JOINED)(lambda act: None)


def _latest(source: int) -> dict[tuple[str, str, int], int]:
    rows = Latest.objects.filter(source_id=source)
    return {(row.channel, row.reach, row.reach_id): row.act_id for row in rows}


def test_latest_is_one_row_for_each_source_channel_and_reach(town: Town) -> None:
    joined = Act.objects.get(verb="person.joined", actor=town.ana)
    assert _latest(town.ana.pk) == {("", "public", 0): joined.pk}
    told = record(of_people.JOINED, by=town.ana, on=town.ana, reach=FOLLOWERS)
    near = record(of_people.JOINED, by=town.ana, on=town.ana, reach=circle(town.family.pk))
    newer = record(of_people.JOINED, by=town.ana, on=town.ana, reach=EVERYBODY)
    assert _latest(town.ana.pk) == {
        ("", "public", 0): newer.pk,
        ("", "followers", 0): told.pk,
        ("", "circle", town.family.pk): near.pk,
    }


def test_latest_of_a_brand_is_of_its_channel(town: Town) -> None:
    act = record(of_people.OPENED, by=town.mira, on=town.brand, brand=town.brand, channel=SHOP, reach=EVERYBODY)
    assert _latest(town.brand.pk) == {(SHOP, "public", 0): act.pk}


def test_what_concerns_parties_only_never_reaches_a_feed(town: Town) -> None:
    before = Latest.objects.count()
    record(of_people.CHANGED, by=town.noor, on=town.noor, reach=FOLLOWERS)
    record(of_orders.PAID, by=town.noor, on=town.noor)
    assert Latest.objects.count() == before
    assert set(_latest(town.noor.pk)) == {("", "public", 0)}


def test_a_verb_is_declared_once_for_a_known_audience() -> None:
    with pytest.raises(ValueError, match="twice"):
        Verb("product.made", "x")
    with pytest.raises(ValueError, match="audience"):
        Verb("test.unheard", "x", "friends")
    assert "test.unheard" not in known()


def test_a_page_says_a_verb_and_of_a_forgotten_one_its_name() -> None:
    assert str(sentence("product.published")) == str(of_things.PUBLISHED.sentence) == "{actor} brings {subject}"
    assert sentence("thing.forgotten") == "thing.forgotten"
