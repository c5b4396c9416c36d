"""One key, one effect: the first answer again, another body refused, nothing kept of what broke."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from moothall.api import actions
from moothall.api.models import Answer
from moothall.catalog.models import ProductPicture
from moothall.core import clock
from moothall.orders.models import BasketLine, Purchase, Refund
from moothall.people import actions as people
from moothall.people.models import Circle
from tests import town as the_town
from tests.api.callers import Callers, gather
from tests.kept import Kept, kept
from tests.pages.places import png

pytestmark = pytest.mark.django_db


made = kept(lambda: gather(the_town.make()))


@pytest.fixture
def callers(made: Kept[Callers], settings: Any) -> Callers:
    return made.fresh(settings)


def in_basket(callers: Callers) -> int:
    return sum(BasketLine.objects.filter(basket__owner=callers.place.town.ana).values_list("quantity", flat=True))


def test_the_first_answer_comes_again(callers: Callers) -> None:
    first, again = (callers.ask("put", "/basket/lines", "member", **{"Idempotency-Key": "one"}) for _n in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert in_basket(callers) == 2


def test_without_a_key_it_is_done_each_time(callers: Callers) -> None:
    for _n in range(2):
        callers.ask("put", "/basket/lines", "member")
    assert in_basket(callers) == 3
    assert not Answer.objects.exists()


def test_the_same_words_written_otherwise_are_the_same(callers: Callers) -> None:
    headers = callers.headers("member") | {"Idempotency-Key": "one"}
    variant = callers.place.ids["variant"]
    client = Client(headers=headers)
    for body in (f'{{"variant": "{variant}", "quantity": 1}}', f'{{ "quantity":1,"variant":"{variant}" }}'):
        assert client.post("/api/v1/basket/lines", body, content_type="application/json").status_code == 201
    assert in_basket(callers) == 2


def test_a_key_is_good_for_one_thing(callers: Callers) -> None:
    callers.ask("put", "/basket/lines", "member", **{"Idempotency-Key": "one"})
    headers = callers.headers("member") | {"Idempotency-Key": "one"}
    body = f'{{"variant": "{callers.place.ids["variant"]}", "quantity": 5}}'
    other = Client(headers=headers).post("/api/v1/basket/lines", body, content_type="application/json")
    elsewhere = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": "one"})
    for answer in (other, elsewhere):
        assert answer.status_code == 422
        assert answer.json()["type"].endswith("#key-used")
    assert in_basket(callers) == 2
    assert Circle.objects.count() == 1


def test_keys_belong_to_their_person(callers: Callers) -> None:
    for role in ("member", "stranger"):
        answer = callers.ask("make_circle", "/circles", role, **{"Idempotency-Key": "one"})
        assert answer.status_code == 201
        assert "Idempotency-Replayed" not in answer
    assert Circle.objects.filter(name="Choir").count() == 2


def test_a_no_is_kept_too_and_nothing_of_what_was_tried(callers: Callers) -> None:
    """Put into circles one after the other, and refused at the second: the first does not stand."""
    town = callers.place.town
    people.join_circle(by=town.ana, circle=town.family, person=town.mira)
    first = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": "one"})
    assert first.status_code == 201
    refused = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": "two"})
    Circle.objects.filter(name="Choir").delete()
    again = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": "two"})
    assert (refused.status_code, again.status_code) == (409, 409)
    assert refused.content == again.content
    assert again["Content-Type"] == "application/problem+json"


def test_what_broke_is_not_kept(callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the key nor what was done before it broke: asked again, it is done."""
    with monkeypatch.context() as patch:
        patch.setattr(Answer, "save", _breaks)
        client = Client(raise_request_exception=False, headers=callers.headers("member") | {"Idempotency-Key": "one"})
        broken = client.post("/api/v1/circles", '{"name": "Choir"}', content_type="application/json")
    assert broken.status_code == 500
    assert broken["Content-Type"] == "application/problem+json"
    assert not Circle.objects.filter(name="Choir").exists()
    again = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": "one"})
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again


def _breaks(*_given: Any, **_named: Any) -> None:
    raise RuntimeError("the disk is full")


@pytest.mark.parametrize(
    ("name", "path"), [("place", "/purchases"), ("refund", "/desks/tidewater/orders/{order}/refunds")]
)
def test_what_spends_asks_for_a_key(callers: Callers, name: str, path: str) -> None:
    role = "member" if name == "place" else "owner"
    before = Purchase.objects.count(), Refund.objects.count()
    client = Client(headers=callers.headers(role))
    answer = client.post(callers.path(path), "{}", content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#key-missing")
    assert (Purchase.objects.count(), Refund.objects.count()) == before


@pytest.mark.parametrize("key", ["", "x" * 201, "é", "a\tb"])
def test_an_odd_key_is_refused(callers: Callers, key: str) -> None:
    answer = callers.ask("make_circle", "/circles", "member", **{"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_file_is_known_whatever_its_boundary(callers: Callers) -> None:
    headers = callers.headers("owner") | {"Idempotency-Key": "one"}
    path = callers.path("/desks/tidewater/products/pot/pictures")
    answers = [
        Client(headers=headers).post(path, {"picture": SimpleUploadedFile("pot.png", png()), "alt": "A pot"})
        for _n in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert ProductPicture.objects.filter(product__slug="pot").count() == 1
    other = Client(headers=headers).post(path, {"picture": SimpleUploadedFile("pot.png", png() + b"x"), "alt": "A pot"})
    assert other.status_code == 422


def test_a_purchase_is_placed_once_even_where_its_answer_was_lost(callers: Callers) -> None:
    """Killed between the purchase and its answer there is neither; but should there be one, its own key finds it."""
    first = callers.ask("place", "/purchases", "member", **{"Idempotency-Key": "one"})
    assert first.status_code == 201, first.content
    Answer.objects.all().delete()
    number = Purchase.objects.count()
    again = callers.ask("place", "/purchases", "member", **{"Idempotency-Key": "one"})
    assert again.json()["id"] == first.json()["id"]
    assert Purchase.objects.count() == number


def test_answers_are_forgotten_after_a_week(callers: Callers) -> None:
    for key in ("old", "new"):
        callers.ask("put", "/basket/lines", "member", **{"Idempotency-Key": key})
    Answer.objects.filter(key="old").update(at=clock.now() - timedelta(days=7, seconds=1))
    assert actions.forget_answers() == 1
    assert Answer.objects.get().key == "new"
