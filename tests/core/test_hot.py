"""A hot statement does what the ORM would do, for every shape of what is given, and its SQL is written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.signals import ModelSignal, post_init, post_save, pre_init
from django.test.utils import CaptureQueriesContext

from moothall.activity.models import Act
from moothall.catalog import queries as catalog
from moothall.catalog.models import Product, Variant
from moothall.core import clock, hot
from moothall.orders.models import BasketLine
from moothall.people import actions as people
from moothall.people.models import Block, Follow, Profile
from tests.town import Town

pytestmark = pytest.mark.django_db


@hot.read
def opened(viewer: Profile | None, slug: str) -> QuerySet[Product]:
    return catalog.on_page(viewer).filter(slug=slug)


@hot.read
def these(ids: Sequence[int]) -> QuerySet[Variant]:
    return Variant.objects.filter(pk__in=ids).select_related("product__brand__portrait").order_by("pk")


@hot.read
def followed(viewer: int) -> QuerySet[Profile, Any]:
    follows = Follow.objects.filter(follower=viewer, source=OuterRef("pk"))
    return Profile.objects.filter(Exists(follows)).order_by("pk").values_list("handle", "since")


@hot.read
def handles(viewer: int) -> QuerySet[Profile, Any]:
    return Profile.objects.filter(pk=viewer).values_list("handle", flat=True)


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_same_objects_as_the_orm(town: Town) -> None:
    product = town.product("Lidded pot")
    for viewer in (None, town.ana, town.mira):
        (found,) = opened(viewer, product.slug)
        expected = catalog.on_page(viewer).get(slug=product.slug)
        assert columns(found) == columns(expected)
        assert columns(found.brand) == columns(expected.brand)
        assert found.revision == expected.revision == 1
        assert found.brand.portrait is None
    assert opened(None, "nothing-like-it") == []


def test_what_it_brings_along_is_not_asked_again(town: Town) -> None:
    town.product("Lidded pot")
    (found,) = opened(town.ana, "lidded-pot")
    with CaptureQueriesContext(connection) as asked:
        assert found.brand.name == town.brand.name
        assert found.brand.portrait is None
    assert not asked.captured_queries


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 9])
def test_lists_of_every_length(town: Town, number: int) -> None:
    ids = [town.variant(f"Pot {n}").pk for n in range(number)]
    assert [one.pk for one in these(ids)] == ids
    assert {one.product.brand for one in these(ids[::-1])} == {town.brand}


def test_an_empty_list_finds_nothing(town: Town) -> None:
    town.variant("Pot")
    assert these([]) == []


def test_tuples_and_single_values(town: Town) -> None:
    assert followed(town.ben.pk) == [("ana", town.ana.since)]
    assert followed(town.ana.pk) == []
    assert handles(town.noor.pk) == ["noor"]


def test_two_that_ask_do_not_meet(town: Town) -> None:
    """The SQL is kept, what was asked with is not."""
    assert [handles(one.pk) for one in (town.ana, town.ben, town.ana)] == [["ana"], ["ben"], ["ana"]]


def test_the_sql_is_written_once(town: Town) -> None:
    written = []

    @hot.read
    def all_of(brand: int) -> QuerySet[Product]:
        written.append(brand)
        return Product.objects.filter(brand=brand)

    for _n in range(3):
        all_of(town.brand.pk)
    assert len(written) == 1


def test_an_argument_that_is_not_handed_on_is_refused(town: Town) -> None:
    """It would be frozen into the SQL: everybody after would get the first one's answer."""

    @hot.read
    def like(word: str) -> QuerySet[Product]:
        return Product.objects.filter(title__icontains=word)

    @hot.read
    def fresh(brand: int) -> QuerySet[Product]:
        return Product.objects.filter(touched__lt=clock.now())

    for asked, given in ((like, "pot"), (fresh, town.brand.pk)):
        with pytest.raises(ValueError, match="does not hand its arguments"):
            asked(given)


def test_several_questions_give_the_rows_of_all(town: Town) -> None:
    people.follow(by=town.mira, source=town.ana)
    both = hot.read(
        lambda person, ids: (
            followed.__wrapped__(person),
            Profile.objects.filter(pk__in=ids).values_list("handle", "since"),
        )
    )
    expected = {("ana", town.ana.since), ("ben", town.ben.since)}
    assert set(both(town.mira.pk, [town.ben.pk])) == expected
    assert set(both(town.mira.pk, [])) == {("ana", town.ana.since)}
    assert both(town.noor.pk, []) == []


def test_what_was_not_asked_for_is_asked_when_it_is_needed(town: Town) -> None:
    few = hot.read(
        lambda ids: Variant.objects.filter(pk__in=ids).select_related("product").only("price", "product__title")
    )
    variant = town.variant("Pot")
    (found,) = few([variant.pk])
    assert found.get_deferred_fields() == {*columns(variant)} - {"id", "price", "product_id"}
    assert (found.product.title, found.available, found.product.slug) == ("Pot", variant.available, "pot")


@pytest.mark.parametrize("signal", [pre_init, post_init])
def test_a_model_that_somebody_listens_to_is_made_by_the_orm(town: Town, signal: ModelSignal) -> None:
    heard: list[type] = []

    def hear(sender: type, **_more: Any) -> None:
        heard.append(sender)

    signal.connect(hear, sender=Variant)
    try:
        listened = hot.read(lambda ids: Variant.objects.filter(pk__in=ids))
        town.variant("Pot")
        heard.clear()
        assert len(listened(list(Variant.objects.values_list("pk", flat=True)))) == 1
        assert heard == [Variant]
    finally:
        signal.disconnect(hear, sender=Variant)


# ---- writing


@hot.change
def renamed(variant: int, price: int, at: datetime) -> tuple[QuerySet[Variant], dict[str, Any]]:
    rows = Variant.objects.filter(pk=variant, product__brand__since__lte=at)
    return rows, {"price": price, "position": F("position") + price, "gone": at}


def test_a_change_is_what_update_does(town: Town) -> None:
    one, other, now = town.variant("Pot"), town.variant("Pan"), clock.now()
    assert renamed(one.pk, 3, now) == 1
    assert renamed(one.pk, 2, now - timedelta(days=9999)) == 0
    fresh = Variant.objects.get(pk=one.pk)
    assert (fresh.price, fresh.position, fresh.gone) == (3, one.position + 3, now)
    assert columns(Variant.objects.get(pk=other.pk)) == columns(other)


def test_a_change_of_none_asks_nothing(town: Town, django_assert_num_queries: Any) -> None:
    cheaper = hot.change(lambda ids, price: (Variant.objects.filter(pk__in=ids), {"price": price}))
    with django_assert_num_queries(0):
        assert cheaper([], 1) == 0


def test_a_change_that_would_freeze_what_it_is_given_is_refused(town: Town) -> None:
    frozen = hot.change(lambda price: (Variant.objects.all(), {"price": 5 if price else 6}))
    with pytest.raises(ValueError, match="does not hand its arguments"):
        frozen(7)


def test_a_number_of_the_smallest_column(town: Town) -> None:
    """PostgreSQL's ORM says of a number that a small column cannot hold that nothing is found."""
    smaller = hot.read(lambda quantity: BasketLine.objects.filter(quantity__lt=quantity))
    town.basket_of(town.ana, {town.variant("Pot"): 3})
    assert [len(smaller(number)) for number in (3, 4)] == [0, 1]


def test_what_can_never_be_found_is_a_mistake(town: Town) -> None:
    never = hot.read(lambda brand: Product.objects.filter(brand=brand, pk__in=[]))
    with pytest.raises(ValueError, match="never find"):
        never(town.brand.pk)


def test_a_new_row_is_what_save_writes(town: Town) -> None:
    act = {"actor": town.ana, "verb": "x", "subject_kind": "profile", "subject_id": 1, "data": {"amount": 3}}
    saved, added = Act(**act), Act(**act, at=clock.now())
    saved.save()
    hot.add(added)
    assert added.pk == saved.pk + 1
    assert not added._state.adding
    found = Act.objects.get(pk=added.pk)
    assert columns(found) == columns(added)
    assert columns(found) | {"id": 0, "at": 0} == columns(saved) | {"id": 0, "at": 0}
    added.verb = "y"
    with pytest.raises(DatabaseError), transaction.atomic():  # the log is not changed: it went on as a row that stands
        added.save()


def test_a_row_that_does_not_fit_is_refused_by_the_database(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        hot.add(Follow(follower=town.ana, source=town.ana))


def test_no_hot_rows_of_what_somebody_listens_to(town: Town) -> None:
    post_save.connect(print, sender=Block)
    try:
        with pytest.raises(ValueError, match="something of its own"):
            hot.add(Block(by=town.ana, whom=town.ben))
    finally:
        post_save.disconnect(print, sender=Block)
