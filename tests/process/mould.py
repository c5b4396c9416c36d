"""The databases that every hall of these tests is a copy of: made once a run, the tables first."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
KEY, SECRET = "sk_test_of_the_hall", "whsec_of_the_hall"
GIVEN = os.environ.get("MOOTHALL_DATABASE", "")
POSTGRES = GIVEN.startswith("postgres")
NUMBERS = count(1)
OURS = "mould_of_the_tests_"  # so begin the names of all databases that are made here


class Mould:
    """Makes databases by copying the one in `place`. On PostgreSQL they stand beside the database that is given, or
    that the environment names."""

    def __init__(self, place: Path, given: str = GIVEN) -> None:
        self.place, self.given = place, given
        told = json.loads((place / "mould.json").read_text())
        self.name: str = told["name"]
        self.scene: dict[str, Any] = told["scene"]

    @classmethod
    def make(cls, place: Path, name: str, words: list[str], tables: Mould | None = None, given: str = GIVEN) -> None:
        """Let a process with these words fill a copy of `tables`, or a new database; the last line that it prints,
        JSON, is what a test needs to know of it."""
        name = f"{OURS}{name}"
        if POSTGRES:
            of = f" TEMPLATE {tables.name}" if tables else ""
            _tell(given, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}{of}")
        elif tables:
            shutil.copy(tables.place / f"{tables.name}.sqlite3", place / f"{name}.sqlite3")
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=surroundings(place, address(place, name, given)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        scene = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
        (place / "mould.json").write_text(json.dumps({"name": name, "scene": scene}))
        if not POSTGRES:
            with sqlite3.connect(place / f"{name}.sqlite3") as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def cast(self) -> str:
        """The address of a new database with the scene in it."""
        name = self._next()
        if POSTGRES:
            _tell(self.given, f"CREATE DATABASE {name} TEMPLATE {self.name}")
        else:
            shutil.copy(self.place / f"{self.name}.sqlite3", self.place / f"{name}.sqlite3")
        return address(self.place, name, self.given)

    def blank(self) -> str:
        """The address of a database without any table."""
        name = self._next()
        if POSTGRES:
            _tell(self.given, f"CREATE DATABASE {name}")
        return address(self.place, name, self.given)

    def drop(self, cast: str) -> None:
        if POSTGRES:
            _tell(self.given, f"DROP DATABASE IF EXISTS {urlsplit(cast).path[1:]} WITH (FORCE)")

    def _next(self) -> str:
        return f"{self.name}_{os.getpid()}_{next(NUMBERS)}"


def address(place: Path, name: str, given: str = GIVEN) -> str:
    if POSTGRES:
        return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    return f"sqlite:///{place}/{name}.sqlite3"


def drop_all(given: str = GIVEN) -> None:
    """What the moulds of a run left on PostgreSQL."""
    with connected(given) as db:
        left = db.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [OURS]).fetchall()
    _tell(given, *(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for (name,) in left))


def _tell(given: str, *statements: str) -> None:
    with connected(given) as db:
        for sql in statements:
            db.execute(sql)


def connected(address: str) -> psycopg.Connection[Any]:
    parts = urlsplit(address)
    host = dict(parse_qsl(parts.query)).get("host", parts.hostname)
    return psycopg.connect(dbname=parts.path[1:], user=parts.username, host=host, port=parts.port, autocommit=True)


def surroundings(place: Path, database: str, **more: str) -> dict[str, str]:
    """The environment of a hall's processes: nothing of it is collected, limited or sent."""
    ours = {
        "DATABASE": database,
        "VAR": str(place),
        "COMPILED": str(ROOT / "var" / "compiled"),
        "SECRET": "the same for every process of these tests",
        "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "USE_FINDERS": "1",
        "NO_LIMITS": "1",
        "PAYMENT_CHECK_SECONDS": "1",
        "STRIPE_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "EMAIL_BACKEND": "tests.process.letters.EmailBackend",
    } | more
    # They keep what they compiled, whatever is wished elsewhere: there are hundreds of them.
    ended = ("MOOTHALL_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ended)}
    named = {f"MOOTHALL_{name}": value for name, value in ours.items()}
    return inherited | named | {"DJANGO_SETTINGS_MODULE": "moothall.config.settings", "PYTHONPATH": str(ROOT)}
