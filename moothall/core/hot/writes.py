"""Changes and new rows whose SQL the ORM writes once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery, UpdateQuery

from .given import Given, Marks, Places, taken

Change = tuple[models.QuerySet[Any, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Order:
    """SQL that changes rows, and what it is given; without SQL there is nothing to change."""

    sql: str
    places: Places


def change(build: Callable[..., Change]) -> Callable[..., int]:
    """What `queryset.update(**values)` is, for the rows and the values that `build` gives; says how many rows.

    Given are the same as to a hot read."""
    take = taken(lambda marks: _written(build, marks))

    @wraps(build)
    def run(*given: Given) -> int:
        order, values = take(given)
        if not order.sql:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(order.sql, order.places.filled(values))
            return int(cursor.rowcount)

    return run


def _written(build: Callable[..., Change], marks: Marks) -> Order:
    rows, values = build(*marks.stand_ins)
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    query.annotations = {}
    query.clear_ordering(force=True)
    try:
        sql, params = query.get_compiler(using=connection.alias).as_sql()
    except EmptyResultSet as error:
        marks.expect_nothing(error)
        return Order("", Places(()))
    return Order(sql, marks.find(params, build.__name__))


@dataclass(frozen=True, slots=True)
class Insert:
    """The SQL of a new row of a model, and its columns in this order."""

    sql: str
    columns: tuple[models.Field[Any, Any], ...]


_inserts: dict[tuple[str, type[models.Model]], Insert] = {}


def add(*rows: models.Model) -> None:
    """What `save(force_insert=True)` is for each of them: a row is written, and gets its key. For models whose key the
    database gives, that nobody listens to, with values that are no expressions."""
    for row in rows:
        insert = _inserts.get((connection.vendor, type(row))) or _inserts.setdefault(
            (connection.vendor, type(row)), _insert(type(row))
        )
        values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in insert.columns]
        with connection.cursor() as cursor:
            cursor.execute(insert.sql, values)
            (row.pk,) = cursor.fetchone()
        row._state.adding = False
        row._state.db = connection.alias


def _insert(model: type[models.Model]) -> Insert:
    own = model.save is not models.Model.save or model.save_base is not models.Model.save_base
    if own or pre_save.has_listeners(model) or post_save.has_listeners(model):
        raise ValueError(f"something of its own happens when a {model.__name__} is saved")
    key = model._meta.pk
    columns = [field for field in model._meta.local_concrete_fields if field is not key]
    query = InsertQuery(model)
    query.insert_values(columns, [model()])
    compiler = query.get_compiler(using=connection.alias)
    compiler.returning_fields = [key]
    ((sql, _params),) = compiler.as_sql()
    return Insert(sql, tuple(columns))
