"""Whatever is sent to an operation, as its description says or against it: nothing breaks, and no answer is untold.

SCHEMA_CASES says how many examples each operation gets, from a guest and from Mira."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from moothall.api import door
from moothall.api.described import document
from moothall.payments import provider
from tests import town as the_town
from tests.api.callers import OPERATIONS, Callers, gather
from tests.api.test_permissions import ROWS
from tests.kept import Kept, kept
from tests.pages.test_permissions import ROLES

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("SCHEMA_CASES", "10"))
CHECKS = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A server closes what a request leaves open; here all requests are in the transaction of the test."""
    both = (request_started, request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


made = kept(lambda: gather(the_town.make()))


@pytest.fixture
def callers(made: Kept[Callers], monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callers:
    state = provider.State("cs_1", "", False, False, "", 3800, "GBP", "https://pay.example/1")
    for name in ("open_session", "look", "end_session"):
        monkeypatch.setattr(provider, name, lambda _asked: state)
    settings.API_LIMITS = {}
    return made.fresh(settings)


def test_the_description_is_openapi() -> None:
    assert schemathesis.openapi.from_dict(document()).validate() is None


@cache
def described() -> Any:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = get_wsgi_application()
    return {one.definition.raw["operationId"]: one for one in (found.ok() for found in schema.get_all_operations())}


@pytest.mark.parametrize("role", ["guest", "owner"])
@pytest.mark.parametrize("room", [room.name for room in door.rooms])
def test_whatever_is_sent_is_answered_as_told(callers: Callers, room: str, role: str) -> None:
    who = "steward" if (room, role) == ("Steward", "owner") else role  # to others nothing is there
    for one in (one for one in OPERATIONS.values() if one.room == room and (one.scope == "" or role != "guest")):
        attack(callers, one.name, who)


def test_a_guest_is_let_in_nowhere_else(callers: Callers) -> None:
    """Without a token the answer is the same whatever is sent: a few examples are enough."""
    for one in (one for one in OPERATIONS.values() if one.scope):
        attack(callers, one.name, "guest", cases=max(2, CASES // 5))


def attack(callers: Callers, name: str, role: str, cases: int = CASES) -> None:
    """Half of the examples name things that are there."""
    one, good, headers = described()[name], good_parts(callers, name, role), callers.headers(role)
    modes = [one.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @pace(max_examples=cases, database=None, suppress_health_check=list(HealthCheck), derandomize=CASES <= 10)
    @given(case=st.one_of(*modes), real=st.booleans())
    def each(case: schemathesis.Case, real: bool) -> None:
        if real:
            case.path_parameters = dict(good)
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    each()


def good_parts(callers: Callers, name: str, role: str) -> dict[str, str]:
    """What stands in the braces of this operation's address where this person, or anybody, is let in."""
    column = ROLES.index(role)
    rows = [(path, letters) for row, path, letters in ROWS if row == name]
    path = next((path for path, letters in rows if letters[column] == "o"), rows[0][0])
    parts = zip(OPERATIONS[name].path.split("/"), path.format(**callers.place.ids).split("/"), strict=True)
    return {brace.strip("{}"): part for brace, part in parts if brace.startswith("{")}
