"""A migration step that makes the database itself keep a table append-only."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def append_only(table: str) -> migrations.RunPython:
    """Rows of the table can be added, never changed or deleted, by whatever asks."""
    sqlite = [
        f"CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
        for word in ("UPDATE", "DELETE")
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'rows of {table} are never changed or deleted'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]

    def guard(apps: Any, editor: Any) -> None:
        for sql in {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]:
            editor.execute(sql)

    return migrations.RunPython(guard, migrations.RunPython.noop)
