"""The database that every hall of these tests is a copy of: made once a session, with the town and its shelves."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
KEY, SECRET = "sk_test_of_the_hall", "whsec_of_the_hall"
GIVEN = os.environ.get("MOOTHALL_DATABASE", "")
POSTGRES = GIVEN.startswith("postgres")


class Mould:
    """Makes databases by copying one. On PostgreSQL they stand beside the database that is given, or that the
    environment names."""

    given = GIVEN

    def __init__(self, place: Path, given: str = GIVEN) -> None:
        self.place, self.casts, self.given = place, 0, given
        self.name = f"mould_{os.getpid()}"
        if POSTGRES:
            self._tell(f"CREATE DATABASE {self.name}")
        done = subprocess.run(
            [sys.executable, "-m", "tests.process.scene"],
            cwd=ROOT,
            env=surroundings(place, self.address(self.name)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.scene: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        if not POSTGRES:
            with sqlite3.connect(place / f"{self.name}.sqlite3") as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def cast(self) -> str:
        """The address of a new database with the scene in it."""
        self.casts += 1
        name = f"{self.name}_{self.casts}"
        if POSTGRES:
            self._tell(f"CREATE DATABASE {name} TEMPLATE {self.name}")
        else:
            shutil.copy(self.place / f"{self.name}.sqlite3", self.place / f"{name}.sqlite3")
        return self.address(name)

    def blank(self) -> str:
        """The address of a database without any table."""
        self.casts += 1
        name = f"{self.name}_{self.casts}"
        if POSTGRES:
            self._tell(f"CREATE DATABASE {name}")
        return self.address(name)

    def drop(self, address: str) -> None:
        if POSTGRES:
            self._tell(f"DROP DATABASE IF EXISTS {urlsplit(address).path[1:]} WITH (FORCE)")

    def close(self) -> None:
        self.drop(self.address(self.name))

    def address(self, name: str) -> str:
        if POSTGRES:
            return urlunsplit(urlsplit(self.given)._replace(path=f"/{name}"))
        return f"sqlite:///{self.place}/{name}.sqlite3"

    def _tell(self, sql: str) -> None:
        with connected(self.given) as db:
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
        "SECRET": "the same for every process of these tests",
        "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "USE_FINDERS": "1",
        "NO_LIMITS": "1",
        "PAYMENT_CHECK_SECONDS": "1",
        "STRIPE_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "EMAIL_BACKEND": "tests.process.letters.EmailBackend",
    } | more
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MOOTHALL_")}
    named = {f"MOOTHALL_{name}": value for name, value in ours.items()}
    return inherited | named | {"DJANGO_SETTINGS_MODULE": "moothall.config.settings", "PYTHONPATH": str(ROOT)}
