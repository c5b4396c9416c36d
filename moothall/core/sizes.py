"""How large the hall has become."""

from __future__ import annotations

from django.db import connection


def database_size() -> int:
    """In bytes."""
    ask = "SELECT pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        ask = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return int(cursor.fetchone()[0])
