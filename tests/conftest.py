"""What every test stands on: the town, a real till on a free port, no network beyond this machine, the clock let go."""

from __future__ import annotations

import os
import select
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe
from django.db import connection
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, Phase
from hypothesis import settings as pace

from moothall.activity import actions as activity
from moothall.core import clock
from moothall.payments import provider
from tests import town as the_town
from tests.once import once
from tests.process.mould import POSTGRES, Mould, drop_all
from tests.town import Town

ROOT = Path(__file__).parents[1]
KEY, SECRET = "sk_test_of_the_town", "whsec_of_the_town"
GOOD, DECLINED = "4242424242424242", "4000000000000002"

# The database is one fixture for all examples of a test; each test sees to it that they do not meet. The cases are
# drawn alike each time: whether a change lands is not decided by lot. New ones are drawn by `make soak` ("lot").
pace.register_profile(
    "town",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
pace.register_profile("lot", pace.get_profile("town"), derandomize=False)
# For planted bugs (scripts/bugs): the first case that fails is enough, nobody needs the smallest.
pace.register_profile("first", pace.get_profile("town"), phases=(Phase.explicit, Phase.reuse, Phase.generate))
pace.load_profile("town")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what a database could answer otherwise: what asks none, and how pages look, was tested on
    SQLite already."""
    if not POSTGRES:
        return
    again = [one for one in items if _asks_a_database(one)]
    left_out = [one for one in items if not _asks_a_database(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = again


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    if {"process", "browser"} & set(item.path.parts):
        return True
    marked = any(item.get_closest_marker(name) for name in ("django_db", "crash"))
    return marked or bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if POSTGRES and not hasattr(session.config, "workerinput"):
        drop_all()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A hall's tables, and nothing else in them: made once a run, as migrating takes longer than many a test."""
    words = ["moothall", "manage", "migrate", "--verbosity", "0"]
    return Mould(once(tmp_path_factory, "tables", lambda place: Mould.make(place, "tables", words)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tables: Mould) -> None:
    """The database of the tests in this process begins as a copy of these tables."""
    if POSTGRES:
        connection.settings_dict["TEST"]["TEMPLATE"] = tables.name
        return

    def pour(connection: Any, **more: Any) -> None:
        connection_created.disconnect(dispatch_uid="pour")
        with sqlite3.connect(tables.place / f"{tables.name}.sqlite3") as made:
            made.backup(connection.connection)

    connection_created.connect(pour, weak=False, dispatch_uid="pour")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing leaves this machine: a test that tries fails at once."""
    connect = socket.socket.connect

    def guarded(one: socket.socket, address: Any) -> None:
        if one.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(one, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files in a folder of the test's own, passwords hashed quickly, no static files to collect first."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path
    yield
    clock.let_go()


@pytest.fixture
def town(db: None) -> Town:
    return the_town.make()


@pytest.fixture
def own_readers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """No readers but those that the test enrols; the house's own are back afterwards."""
    mine: dict[str, Any] = {}
    monkeypatch.setattr(activity, "_readers", mine)
    return mine


class Till:
    """The package fakepay as a process, and what a shopper does there."""

    def __init__(self, db: Path) -> None:
        asked = ["--port", "0", "--db", str(db), "--secret", SECRET, "--key", KEY]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "fakepay", *asked]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 20)[0], "fakepay did not start"
        self.base = self.process.stdout.readline().strip().removeprefix("fakepay listening on ")
        http = stripe.RequestsClient(timeout=10)
        self.client = stripe.StripeClient(KEY, base_addresses={"api": self.base}, http_client=http)

    def pay(self, session: str, card: str = GOOD) -> str:
        """What came of it: paid, declined, expired, …"""
        return str(self.door("_card", {"session": session, "card": card})["outcome"])

    def faults(self, **wished: Any) -> None:
        assert "error" not in self.door("_faults", wished)

    def state(self) -> dict[str, Any]:
        return self.door("_state")

    def charged(self, reference: str) -> int:
        """Charges less refunds of all sessions of this reference, in minor units."""
        state = self.state()
        intents = {one["payment_intent"] for one in state["sessions"] if one["client_reference_id"] == reference}
        rows = [one for one in state["charges"] if one["payment_intent"] in intents]
        return sum(one["amount"] - one["amount_refunded"] for one in rows)

    def door(self, name: str, asked: dict[str, Any] | None = None) -> dict[str, Any]:
        url = f"{self.base}/{name}"
        answer = requests.get(url, timeout=10) if asked is None else requests.post(url, json=asked, timeout=10)
        found: dict[str, Any] = answer.json()
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture(scope="session")
def till_process() -> Iterator[Till]:
    with tempfile.TemporaryDirectory() as place:
        till = Till(Path(place) / "till.sqlite3")
        yield till
        till.close()


@pytest.fixture
def fakepay(till_process: Till, settings: Any) -> Iterator[Till]:
    """The one till of this test process, without faults, and the hall set to use it."""
    settings.STRIPE_API = settings.STRIPE_PAGE = till_process.base
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
    provider._client.cache_clear()
    till_process.faults(reset=True)
    yield till_process
    provider._client.cache_clear()
