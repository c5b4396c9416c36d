"""Runs the file of invariants: what must hold of the rows, always, on both databases."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from moothall.activity.actions import readers
from moothall.activity.models import Pending
from moothall.core import work
from moothall.payments.models import Payback

FILE = Path(__file__).with_suffix(".sql")


@cache
def queries() -> dict[str, str]:
    """Each invariant's query by its sentence, in the order of the file."""
    parts = re.split(r"^-- name: (.+)\n", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: sql.split(";")[0] for name, sql in zip(parts[::2], parts[1::2], strict=True)}


def offenders() -> dict[str, list[tuple[Any, ...]]]:
    """The rows that break an invariant, by its sentence; empty when all is well."""
    found = {name: _rows(sql) for name, sql in queries().items()}
    return {name: rows for name, rows in found.items() if rows}


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def warnings() -> list[str]:
    """What waits for a steward and breaks no invariant: dead work, money the bank did not take back, readers gone."""
    said = [
        f"{one.name} #{row.pk} is dead: {row.error}"
        for one in work.known().values()
        for row in one.model.objects.exclude(dead=None).order_by("pk")
    ]
    failed = Payback.objects.filter(state=Payback.FAILED).order_by("pk")
    said += [f"payback {row.public} failed: {row.said}" for row in failed]
    gone = Pending.objects.exclude(reader__in=readers()).values_list("reader", flat=True).distinct().order_by("reader")
    return said + [f"acts wait for the reader {name!r}, which is not here" for name in gone]
