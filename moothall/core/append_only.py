"""A migration step that makes the database itself keep a table append-only."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def append_only(table: str) -> migrations.RunPython:
    """Rows of the table can be added, never changed or deleted, by whatever asks."""
    said = f"rows of {table} are never changed or deleted"
    abort = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    sqlite = [f"CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table} {abort}" for word in ("UPDATE", "DELETE")]
    refuse = f"{table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    each = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    postgresql = [f"CREATE FUNCTION {refuse}", f"CREATE TRIGGER {table}_append_only {each}"]

    def guard(apps: Any, editor: Any) -> None:
        for sql in {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]:
            editor.execute(sql)

    return migrations.RunPython(guard, migrations.RunPython.noop)
