"""Lists of the interface, newest first, one page at a time."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from fakepay.objects import Thing
from fakepay.params import Fields
from fakepay.wire import Refusal

PLACES = {
    "session_rows": "SELECT seq FROM sessions WHERE id = ?",
    "intent_rows": "SELECT seq FROM intents WHERE id = ?",
    "refunds": "SELECT seq FROM refunds WHERE id = ?",
    "events": "SELECT seq FROM events WHERE id = ?",
}
BOUNDS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True)
class Page:
    """Some rows, and whether there are more."""

    rows: list[sqlite3.Row]
    more: bool

    def shown(self, url: str, draw: Callable[[sqlite3.Row], Thing]) -> Thing:
        return {"object": "list", "url": url, "has_more": self.more, "data": [draw(row) for row in self.rows]}


def page(db: sqlite3.Connection, table: str, fields: Fields, filters: tuple[str, ...]) -> Page:
    """Rows of a table or view of ours, narrowed by `filters`, `created` and the usual cursors."""
    fields.only("limit", "starting_after", "ending_before", "created", *filters)
    limit = fields.whole("limit", least=1, most=100) or 10
    before = fields.text("ending_before")
    conditions, values = ["1"], list[str | int]()
    for name in filters:
        if (value := fields.text(name)) is not None:
            conditions.append(f"{name} = ?")
            values.append(value)
    for name, operator in (("starting_after", "<"), ("ending_before", ">")):
        if (cursor := fields.text(name)) is not None:
            conditions.append(f"seq {operator} ?")
            values.append(_place(db, table, cursor, name))
    for sign, moment in _bounds(fields):
        conditions.append(f"created {sign} ?")
        values.append(moment)
    order = "ASC" if before else "DESC"
    # Only names from our own code stand in the text of the statement; what was asked goes in as values.
    sql = " ".join(("SELECT * FROM", table, "WHERE", " AND ".join(conditions), "ORDER BY seq", order, "LIMIT ?"))
    rows = db.execute(sql, (*values, limit + 1)).fetchall()
    found = rows[:limit]
    return Page(found[::-1] if before else found, len(rows) > limit)


def _place(db: sqlite3.Connection, table: str, cursor: str, name: str) -> int:
    row = db.execute(PLACES[table], (cursor,)).fetchone()
    if row is None:
        raise Refusal(f"No such object: '{cursor}'", code="resource_missing", param=name)
    return int(row["seq"])


def _bounds(fields: Fields) -> list[tuple[str, int]]:
    if isinstance(fields.values.get("created"), str):
        moment = fields.whole("created", least=0, most=10**12)
        return [] if moment is None else [("=", moment)]
    span = fields.part("created")
    span.only(*BOUNDS)
    bounds = [(sign, span.whole(name, least=0, most=10**12)) for name, sign in BOUNDS.items()]
    return [(sign, moment) for sign, moment in bounds if moment is not None]
