"""Every no under /api is a problem, wherever it comes from, and its type leads to words about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from moothall.api.problems import KINDS
from moothall.catalog.actions.importing import LARGEST_FILE
from moothall.orders import queries
from moothall.people.models import Account
from tests.api.callers import secret_of
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(town: Town) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret_of(town.ana)}"}, raise_request_exception=False)


def send(client: Client, path: str, body: Any, content_type: str = "application/json", **more: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type=content_type, **more)


def check(answer: Any, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert urlsplit(said["type"]).path == "/api"
    assert urlsplit(said["type"]).fragment == kind
    assert "no-store" in answer["Cache-Control"]
    return said


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v2", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/me/", "/api/%00"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address(town: Town, path: str, method: str) -> None:
    check(Client(enforce_csrf_checks=True).generic(method, path), 404, "nothing-here")


def test_a_wrong_method(ana: Client) -> None:
    answer = ana.patch("/api/v1/basket")
    check(answer, 405, "method")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize("body", ["", "{", "\ufeff{}", '{"name": 1e999}', "[" * 100_000, b"\xff\xfe"])
def test_what_cannot_be_read(ana: Client, body: Any) -> None:
    assert send(ana, "/circles", body).status_code in (400, 415, 422)


def test_another_media_type(ana: Client) -> None:
    check(send(ana, "/circles", "name=x", "application/x-www-form-urlencoded"), 415, "media-type")
    check(send(ana, "/me/picture", "{}"), 415, "media-type")


def test_too_much_at_once(ana: Client) -> None:
    check(send(ana, "/circles", '{"name": "%s"}' % ("x" * 3_000_000)), 413, "too-large")
    check(send(ana, "/circles", "{}", CONTENT_LENGTH=str(LARGEST_FILE * 2)), 413, "too-large")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"name": ""}', "name"),
        ('{"name": "%s"}' % ("x" * 41), "name"),
        ('{"name": 7}', "name"),
        ('{"name": "Choir", "colour": "red"}', "colour"),
        ("{}", "name"),
    ],
)
def test_a_wrong_field_is_named(ana: Client, body: str, field: str) -> None:
    said = check(send(ana, "/circles", body), 422, "bad-input")
    assert [one["field"] for one in said["errors"]] == [field]
    assert said["errors"][0]["detail"]


@pytest.mark.parametrize("body", ['{"name": "a\\u0000b"}', '{"name": "\\ud800"}'])
def test_characters_that_no_text_has(ana: Client, body: str) -> None:
    check(send(ana, "/circles", body), 422, "bad-input")


def test_a_nul_in_an_address(ana: Client) -> None:
    check(ana.get("/api/v1/profiles/a%00b"), 422, "bad-input")
    check(ana.get("/api/v1/products?q=a%00b"), 422, "bad-input")


def test_a_refusal_keeps_its_sentence_and_its_field(ana: Client) -> None:
    send(ana, "/circles", '{"name": "Choir"}')
    said = check(send(ana, "/circles", '{"name": "Choir"}'), 409, "refused")
    assert said["detail"] == "You have a circle of this name."
    assert said["errors"] == [{"field": "name", "detail": said["detail"]}]


def test_a_token_of_a_closed_account(town: Town, ana: Client) -> None:
    assert ana.get("/api/v1/me").status_code == 200
    Account.objects.filter(profile=town.ana).update(is_active=False)
    answer = ana.get("/api/v1/me")
    check(answer, 401, "token")
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_what_breaks_says_nothing_of_itself(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "basket_of", lambda *_given: 1 / 0)
    said = check(ana.get("/api/v1/basket"), 500, "broken")
    assert "ZeroDivision" not in str(said)


def test_each_kind_is_told_on_the_page(town: Town) -> None:
    page = Client().get("/api").content.decode()
    assert not [kind for kind in KINDS if f'id="{kind}"' not in page]
