"""What broke is told plainly, without a query: a bug by 500, a database that is away by 503, to be tried again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client

from tests.town import Town

AWAY, BROKEN = "The hall cannot open its books at this moment", "Something broke, and it was not you"


def asked(path: str, error: Exception) -> Any:
    """The answer when every question to the database ends so."""

    def fail(*_asked: Any) -> None:
        raise error

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(fail):
        return client.get(path)


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_a_database_that_is_away_is_said_to_be(town: Town, error: Exception) -> None:
    answer = asked("/market", error)
    assert answer.status_code == 503
    assert AWAY in answer.content.decode()
    assert BROKEN not in answer.content.decode()
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("10", "private, no-store")
    assert "server closed" not in answer.content.decode()


def test_what_comes_of_it_is_the_same(town: Town) -> None:
    """Code that stumbles over an answer that did not come."""
    error = KeyError("nothing")
    error.__context__ = OperationalError("gone")
    assert asked("/market", error).status_code == 503


def test_a_bug_is_no_pause(town: Town) -> None:
    answer = asked("/market", DataError("value too long: Ana Lima"))
    assert answer.status_code == 500
    assert BROKEN in answer.content.decode()
    assert "Ana" not in answer.content.decode()
    assert "Retry-After" not in answer


def test_programs_are_told_by_a_problem_of_its_own(town: Town) -> None:
    answer = asked("/api/v1/products", OperationalError("gone"))
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#away")
    assert answer["Retry-After"] == "10"
