"""Every row of the house, to see that nothing changed; and deeds that are as if they never were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from moothall.people.models import Limit, SignIn, Tally

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


def state() -> dict[str, list[Any]]:
    """All rows, by table."""
    return rows(tables())


def rows(named: Iterable[str]) -> dict[str, list[Any]]:
    """Every row of these tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in named:
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@cache
def tables() -> set[str]:
    """Of the house, without what tries and looks leave behind."""
    models = [model for model in apps.get_models() if model.__module__.startswith(("moothall.", "allauth."))]
    return {model._meta.db_table for model in models if model not in (Limit, SignIn, Tally)}


@contextmanager
def undone() -> Iterator[set[str]]:
    """Whatever is done inside is as if it never was; gives the tables that were written to."""
    wrote: set[str] = set()
    watched = tables()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            wrote.update(watched & {found[1]})
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            yield wrote
        transaction.set_rollback(True)
