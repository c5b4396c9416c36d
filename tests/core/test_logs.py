"""What the log says of a request and of what broke, and that nobody's words, names, tokens or addresses get into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client

from moothall.catalog import queries as catalog
from moothall.core import logs
from moothall.outbox.models import Mail
from tests.town import PASSWORD, Town, signed_in

CANARIES = ("canary", "ana@example.org", "Ana Lima", PASSWORD, "203.0.113.7")


class Kept(logging.Handler):
    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(params=["json_lines", "plain_lines"])
def log(request: Any, settings: Any) -> Iterator[Kept]:
    """All that is logged, in both forms, each request too."""
    settings.LOG_REQUESTS = True
    kept, root, ours = Kept(getattr(logs, request.param)()), logging.getLogger(), logging.getLogger("moothall.requests")
    before = (root.level, ours.level)
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.INFO)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def test_each_request_is_one_line(town: Town, log: Kept, request: Any) -> None:
    answer = signed_in(town.ana).get("/@ben?from=canary")
    [line] = log.lines
    number = answer["X-Request-Id"]
    if request.node.callspec.params["log"] == "plain_lines":
        assert f"request={number} method=GET page=profile status=200" in line
        return
    said = json.loads(line)
    assert said.pop("at")
    assert said.pop("ms") > 0
    assert said.pop("queries") > 3
    assert said == {
        "level": "info",
        "from": "moothall.requests",
        "event": "answered",
        "request": number,
        "method": "GET",
        "page": "profile",
        "status": 200,
    }


def test_nobody_is_in_the_log(town: Town, log: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canaries through addresses, queries, forms, headers and cookies, and through a page that breaks with them in
    hand."""
    headers = {"user-agent": "canary", "referer": "http://127.0.0.1/canary", "x-forwarded-for": "203.0.113.7"}
    client = Client(headers=headers, raise_request_exception=False, REMOTE_ADDR="203.0.113.7")
    client.cookies["canary"] = "canary"
    client.get("/market?q=canary")
    client.get("/@canary/canary?canary=1")
    client.get("/orders/canary/door?key=canary")
    client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD})
    client.post("/account/signup/", {"email": "canary@example.org", "name": "canary", "password1": "canary"})
    client.post("/basket/lines", {"variant": "canary"})
    client.get("/", headers={"host": "canary.example"})
    Client(enforce_csrf_checks=True).post("/account/login/", {"login": "canary"})

    def fall(*_asked: Any) -> Any:
        canary = {"mail": "ana@example.org", "name": "Ana Lima"}
        try:
            raise KeyError("canary")
        except KeyError as error:
            raise ValueError(f"canary {canary}") from error

    monkeypatch.setattr(catalog, "listed", fall)
    answer = client.get("/hall?q=canary")
    assert answer.status_code == 500
    number = answer["X-Request-Id"]
    assert number in answer.content.decode(), "the page says which number to tell the steward"
    told = "\n".join(log.lines)
    assert [word for word in CANARIES if word in told] == []
    broke = next(line for line in log.lines if "ValueError" in line)
    assert "KeyError" in broke, "what it came from is told too"
    assert number in broke
    assert "moothall/pages/views/front.py" in broke
    assert len([line for line in log.lines if number in line]) == 2


def test_what_the_database_says_of_a_row_is_not_told(town: Town, log: Kept) -> None:
    Mail.objects.create(key="canary", to="ana@example.org", subject="s", text="t")
    with pytest.raises(IntegrityError) as seen, transaction.atomic():
        Mail.objects.create(key="canary", to="ana@example.org", subject="s", text="t")
    logging.getLogger("moothall.test").error("it broke", exc_info=seen.value)
    assert "IntegrityError" in log.lines[-1]
    assert "canary" not in log.lines[-1]


def test_what_the_database_says_of_itself_is_told(log: Kept) -> None:
    logging.getLogger("moothall.test").error(
        "it broke", exc_info=OperationalError("database is locked\nDETAIL: canary")
    )
    assert "database is locked" in log.lines[-1]
    assert "canary" not in log.lines[-1]


def test_what_the_database_quotes_is_not_told(log: Kept) -> None:
    error = OperationalError('fts5: syntax error near "canary" and so on')
    logging.getLogger("moothall.test").error("it broke", exc_info=error)
    assert "fts5: syntax error near" in log.lines[-1]
    assert "canary" not in log.lines[-1]


def test_of_a_foreign_line_only_what_stands_in_the_program_is_told(log: Kept) -> None:
    logging.getLogger("elsewhere").warning("could not reach %s", "canary")
    assert "could not reach" in log.lines[-1]
    assert "canary" not in log.lines[-1]


def test_each_answer_has_a_number_of_its_own(town: Town) -> None:
    numbers = {Client().get(address)["X-Request-Id"] for address in ("/", "/nowhere", "/health", "/market")}
    assert len(numbers) == 4
    assert logs.request_id.get() == ""
