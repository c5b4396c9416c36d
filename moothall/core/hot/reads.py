"""Reads that the ORM writes once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from .given import Given, Marks, Places, taken
from .rows import Make, maker

Row = TypeVar("Row")
Rows = models.QuerySet[Any, Row]


@dataclass(frozen=True, slots=True)
class Question:
    """SQL as the ORM wrote it (none: nothing to ask), what it is asked with, and what is made of a row."""

    sql: str
    places: Places
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    make: Make

    def ask(self, sql: str, params: Sequence[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = [_converted(row, self.converters) for row in rows]
        return [self.make(row) for row in rows]


def read(build: Callable[..., Rows[Row] | tuple[Rows[Row], ...]]) -> Callable[..., list[Row]]:
    """What `list(build(*given))` is, with the SQL written only once for each shape of what is given. `build` may give
    several questions for the same columns: then it is the rows of all, by one UNION ALL.

    Given are numbers, words, moments, rows (known by their key), lists of numbers, or None. `build` sees stand-ins for
    them, so it must hand each to the database as it is: no now(), no `icontains`, no query of its own."""
    take = taken(lambda marks: _written(build, marks))

    @wraps(build)
    def run(*given: Given) -> list[Row]:
        question, values = take(given)
        return question.ask(question.sql, question.places.filled(values)) if question.sql else []

    return run


def each(build: Callable[..., models.QuerySet[Any, Row]]) -> Callable[[Iterable[Sequence[Given]]], list[Row]]:
    """Asks the same for many sets of arguments at once, by one UNION ALL: what a LIMIT for each of them needs.

    Gives all their rows together. The sets must be of one shape."""
    take = taken(lambda marks: _written(build, marks))

    @wraps(build)
    def run(sets: Iterable[Sequence[Given]]) -> list[Row]:
        asked = [take(given) for given in sets]
        if not asked:
            return []
        params = [param for question, values in asked for param in question.places.filled(values)]
        return asked[0][0].ask(_together([question.sql for question, _values in asked]), params)

    return run


def _written(build: Callable[..., Any], marks: Marks) -> Question:
    built = build(*marks.stand_ins)
    parts = built if isinstance(built, tuple) else (built,)
    compilers = [one.query.get_compiler(using=connection.alias) for one in parts]
    asked = [_sql(compiler, marks) for compiler in compilers]
    kept = [n for n, (sql, _params) in enumerate(asked) if sql]
    if not kept:
        return Question("", Places(()), (), tuple)
    compiler, queryset = compilers[kept[0]], parts[kept[0]]
    params = [param for n in kept for param in asked[n][1]]
    places = marks.find(params, build.__name__, all_of_it=len(kept) == len(asked))
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    by_place = tuple((at, tuple(functions), column) for at, (functions, column) in converters.items())
    return Question(_together([asked[n][0] for n in kept]), places, by_place, maker(queryset, compiler))


def _sql(compiler: Any, marks: Marks) -> tuple[str, Sequence[Any]]:
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet as error:
        marks.expect_nothing(error)
        return "", ()
    return sql, params


def _together(asked: Sequence[str]) -> str:
    return asked[0] if len(asked) == 1 else " UNION ALL ".join(f"SELECT * FROM ({sql}) t" for sql in asked)  # noqa: S608  # nosec B608


def _converted(row: Sequence[Any], converters: Sequence[tuple[int, tuple[Any, ...], Any]]) -> list[Any]:
    values = list(row)
    for at, functions, column in converters:
        for convert in functions:
            values[at] = convert(values[at], column, connection)
    return values
