"""The database as one file and back: SQLite by VACUUM INTO and its backup interface, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO

from django.db import connection

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


class CannotKeep(Exception):
    """A backup or a restore that cannot be, with a sentence for the steward."""


def take(place: Path) -> None:
    """Write the database, as it stands at one moment, into a new file. The hall may be open."""
    if connection.vendor == "sqlite":
        # A copy of the file alone would lack what stands in the journal beside it, or be torn.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(place)])
        return
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={place}", _name()]
    _run(command)


def put_back(place: Path) -> None:
    """Make the database what it was. All or nothing: whoever reads meanwhile sees the old one or the new one."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(name, timeout=30)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=WAL")
        return
    sql = place.with_suffix(".sql")
    _run([_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={sql}", str(place)])
    connection.close()
    told = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={_name()}"]
    # The schema is made anew here: tables of a newer version would stand in the way of those of an older one.
    with sql.open() as file:
        _run([_program("psql"), *told, f"--command={EMPTY}", "--file=-"], file)


def _program(name: str) -> str:
    """Where a program of PostgreSQL is. Refuses one that is older than the server: it would not know what to read."""
    found = shutil.which(name)
    if found is None:
        raise CannotKeep(f"{name} is not on this machine. Install PostgreSQL's client programs, {_server()} or newer.")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"\b(\d+)", said)
    if version is None or int(version[1]) < _server():
        raise CannotKeep(f"{said.strip()} is older than the server, which is {_server()}. Install a newer client.")
    return found


def _server() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str], given: IO[str] | None = None) -> None:
    known = connection.settings_dict
    named = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"]}
    options = {f"PG{name.upper()}": value for name, value in known.get("OPTIONS", {}).items() if isinstance(value, str)}
    surroundings = os.environ | {name: str(value) for name, value in (named | options).items() if value}
    done = subprocess.run(command, env=surroundings, stdin=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotKeep(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")
