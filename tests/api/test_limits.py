"""So many requests a minute of a person and of an address; what is left is said with every answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from moothall.api import actions, limits
from moothall.api.models import Spent
from moothall.core import clock
from moothall.people.models import Mute
from tests.api.callers import secret_of
from tests.town import Town

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Any) -> Iterator[None]:
    settings.API_LIMITS = {"read": {"person": 3, "address": 5}, "write": {"person": 3, "address": 5}}
    clock.move(NOON)
    yield
    limits._read.clear()
    clock.let_go()


def client(who: Any, **more: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret_of(who)}"} | more)


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/me"), ("PUT", "/api/v1/profiles/mira/mute")])
def test_the_fourth_has_to_wait(town: Town, method: str, path: str) -> None:
    ana = client(town.ana)
    left = [ana.generic(method, path)["RateLimit-Remaining"] for _n in range(3)]
    assert left == ["2", "1", "0"]
    fourth = ana.generic(method, path)
    assert fourth.status_code == 429
    assert fourth.json()["type"].endswith("#too-many")
    assert fourth["Retry-After"] == fourth["RateLimit-Reset"] == "60"
    clock.move(NOON + timedelta(seconds=61))
    assert ana.generic(method, path).status_code < 300


def test_what_is_refused_does_nothing(town: Town) -> None:
    ana = client(town.ana)
    for who in ("ben", "mira", "noor"):
        ana.put(f"/api/v1/profiles/{who}/mute")
    assert ana.put("/api/v1/profiles/tidewater/mute").status_code == 429
    assert Mute.objects.count() == 3


def test_an_address_has_its_own_count(town: Town) -> None:
    """Whoever they are: guests, wrong tokens, several people."""
    answers = [Client().get("/api/v1/hall").status_code for _n in range(3)]
    answers += [Client(headers={"Authorization": "Bearer moot_x"}).get("/api/v1/me").status_code for _n in range(2)]
    answers.append(client(town.ana).get("/api/v1/me").status_code)
    assert answers == [200, 200, 200, 401, 401, 429]
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/v1/hall").status_code == 200


def test_addresses_are_believed_of_trusted_proxies_only(town: Town, settings: Any) -> None:
    for number in range(6):
        last = Client(headers={"X-Forwarded-For": f"10.0.0.{number}"}).get("/api/v1/hall")
    assert last.status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert Client(headers={"X-Forwarded-For": "10.0.0.1"}).get("/api/v1/hall").status_code == 200


def test_no_address_is_kept(town: Town) -> None:
    client(town.ana).put("/api/v1/profiles/mira/mute")
    assert not [row for row in Spent.objects.values_list("who", flat=True) if "127" in row[:3] or len(row) != 64]


def test_counts_of_minutes_that_are_over_go(town: Town) -> None:
    actions.spend("old", 3)
    clock.move(NOON + timedelta(minutes=5))
    actions.spend("new", 3)
    assert actions.forget_spent() == 1
    assert Spent.objects.get().who == "new"


def test_the_last_one_is_given_once(town: Town) -> None:
    assert [actions.spend("ana", 2) for _n in range(4)] == [1, 0, -1, -1]
