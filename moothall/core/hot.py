"""Hot reads: the ORM writes the SQL once, a cursor runs it again and again. For the reads that a profile shows to be
dear, on pages that everybody opens, and for no others: everywhere else the plain ORM is right.

A hot read gives the very objects that the ORM would give, in a twentieth of its time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from inspect import getattr_static
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Given = int | str | None | Sequence[int] | models.Model
Make = Callable[[Sequence[Any]], Any]
Row = TypeVar("Row")
Rows = models.QuerySet[Any, Row]


@dataclass(frozen=True, slots=True)
class Written:
    """SQL as the ORM wrote it: for each parameter where it comes from, and what is made of a row."""

    sql: str
    params: tuple[tuple[int, int, Any], ...]  # (which argument or -1, which item of it, or else the constant)
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    make: Make


def read(build: Callable[..., Rows[Row] | tuple[Rows[Row], ...]]) -> Callable[..., list[Row]]:
    """What `list(build(*given))` is, with the SQL written only once for each shape of what is given. `build` may give
    several questions for the same columns: then it is the rows of all, by one UNION ALL.

    Given are numbers, words, rows (known by their key), lists of numbers, or None. `build` sees stand-ins for them, so
    it must hand each to the database as it is: no now(), no `icontains`, no query of its own."""
    writing = _writing(build)

    @wraps(build)
    def run(*given: Given) -> list[Row]:
        written, params = writing(given)
        return _asked(written, written.sql, params) if written.sql else []

    return run


def each(build: Callable[..., models.QuerySet[Any, Row]]) -> Callable[[Iterable[Sequence[Given]]], list[Row]]:
    """Asks the same for many sets of arguments at once, by one UNION ALL: what a LIMIT for each of them needs.

    Gives all their rows together. The sets must be of one shape."""
    writing = _writing(build)

    @wraps(build)
    def run(sets: Iterable[Sequence[Given]]) -> list[Row]:
        asked = [writing(given) for given in sets]
        if not asked:
            return []
        sql = _together([one.sql for one, _params in asked])
        return _asked(asked[0][0], sql, [one for _written, params in asked for one in params])

    return run


def _writing(build: Callable[..., Any]) -> Callable[[Sequence[Given]], tuple[Written, list[Any]]]:
    written: dict[tuple[Any, ...], Written] = {}

    def write(given: Sequence[Given]) -> tuple[Written, list[Any]]:
        values, shape = zip(*(_flat(one) for one in given), strict=True) if given else ((), ())
        key = (connection.vendor, *shape)
        found = written.get(key) or written.setdefault(key, _write(build, given, shape))
        return found, [constant if which < 0 else values[which][item] for which, item, constant in found.params]

    return write


def _asked(written: Written, sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    if written.converters:
        rows = [_converted(row, written.converters) for row in rows]
    return [written.make(row) for row in rows]


def _flat(one: Given) -> tuple[tuple[Any, ...], Any]:
    """The values in an argument, and its shape. Lists come in few lengths, filled up with their last item."""
    if one is None:
        return (), None
    if isinstance(one, models.Model):
        return (one.pk,), type(one)
    if isinstance(one, int | str):
        return (one,), type(one)
    items = list(one)
    length = max(1, 1 << (len(items) - 1).bit_length()) if items else 0
    return (*items, *items[-1:] * (length - len(items))), length


def _write(build: Callable[..., Any], given: Sequence[Given], shape: Sequence[Any]) -> Written:
    marks: dict[Any, tuple[int, int]] = {}
    stand_ins = [_stand_in(which, one, marks) for which, one in enumerate(shape)]
    built = build(*stand_ins)
    parts = [one for one in (built if isinstance(built, tuple) else (built,)) if not _is_empty(one)]
    if not parts:  # an empty list was given: the ORM asks nothing either
        return Written("", (), (), tuple)
    compilers = [one.query.get_compiler(using=connection.alias) for one in parts]
    asked = [compiler.as_sql() for compiler in compilers]
    params = [param for _sql, given in asked for param in given]
    missing = set(marks) - set(params)
    if missing:
        raise ValueError(f"{build.__name__} does not hand its arguments {given} to the database as they are")
    places = tuple((*marks[one], None) if _is_mark(one, marks) else (-1, 0, one) for one in params)
    converters = compilers[0].get_converters([column for column, _sql, _alias in compilers[0].select])
    kept = tuple((at, tuple(functions), column) for at, (functions, column) in converters.items())
    return Written(_together([sql for sql, _params in asked]), places, kept, _maker(parts[0], compilers[0]))


def _is_empty(queryset: models.QuerySet[Any, Any]) -> bool:
    try:
        queryset.query.get_compiler(using=connection.alias).as_sql()
    except EmptyResultSet:
        return True
    return False


def _together(asked: Sequence[str]) -> str:
    return asked[0] if len(asked) == 1 else " UNION ALL ".join(f"SELECT * FROM ({sql}) t" for sql in asked)  # noqa: S608  # nosec B608


def _stand_in(which: int, shape: Any, marks: dict[Any, tuple[int, int]]) -> Any:
    """Something that no query would hold by itself, to be found again among the parameters."""
    if shape is None:
        return None
    if isinstance(shape, int):
        return [_mark(which, item, marks) for item in range(shape)]
    if shape is str:
        word = f"\x02{which}\x03"
        marks[word] = (which, 0)
        return word
    number = _mark(which, 0, marks)
    return number if shape is int else shape(pk=number)


def _mark(which: int, item: int, marks: dict[Any, tuple[int, int]]) -> int:
    number = 9_007_199_254_000_000_000 + which * 1_000_000 + item
    marks[number] = (which, item)
    return number


def _is_mark(one: Any, marks: dict[Any, tuple[int, int]]) -> bool:
    return isinstance(one, int | str) and one in marks


def _converted(row: Sequence[Any], converters: Sequence[tuple[int, tuple[Any, ...], Any]]) -> list[Any]:
    values = list(row)
    for at, functions, column in converters:
        for convert in functions:
            values[at] = convert(values[at], column, connection)
    return values


def _maker(queryset: models.QuerySet[Any, Any], compiler: Any) -> Make:
    """What makes of a row what the ORM makes of it: a tuple, one value, or an object with those it points to."""
    if queryset._fields is not None:  # type: ignore[attr-defined]
        flat = "Flat" in queryset._iterable_class.__name__
        return (lambda row: row[0]) if flat else tuple
    built = _builder(compiler.klass_info, compiler.select, queryset.db)
    extra = tuple((compiler.annotation_col_map or {}).items())
    if not extra:
        return built

    def make(row: Sequence[Any]) -> Any:
        one = built(row)
        for name, at in extra:
            setattr(one, name, row[at])
        return one

    return make


def _builder(info: dict[str, Any], select: Sequence[Any], database: str) -> Make:
    """What makes an object of its part of a row, and of their parts the objects it points to."""
    if info.get("from_parent"):
        raise ValueError("a hot read knows no table that is part of another")
    first, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:end]]
    model = info["model"]
    make = partial(_laid, model) if _is_plain(model) else model.from_db
    others = [
        (_key_of(one, select), _builder(one, select, database), one["local_setter"], one["remote_setter"])
        for one in info.get("related_klass_infos", ())
    ]

    def build(row: Sequence[Any]) -> Any:
        one = make(database, names, row[first:end])
        for key, other, here, there in others:
            if row[key] is None:
                here(one, None)
            else:
                there_is = other(row)
                here(one, there_is)
                there(there_is, one)
        return one

    return build


def _key_of(info: dict[str, Any], select: Sequence[Any]) -> int:
    key = info["model"]._meta.pk.attname
    return next(int(at) for at in info["select_fields"] if select[at][0].target.attname == key)


def _laid(model: type[models.Model], database: str, names: Sequence[str], values: Sequence[Any]) -> models.Model:
    """What `from_db` makes of a plain model, in an eighth of its time: columns are laid into the object as they are.
    What was not asked for is missing, which is how Django knows it as deferred."""
    one = model.__new__(model)
    state = ModelState()
    state.adding = False
    state.db = database
    held = one.__dict__
    held["_state"] = state
    held.update(zip(names, values, strict=True))
    return one


def _is_plain(model: type[models.Model]) -> bool:
    """Whether nothing happens while its objects are made: no code of its own, no listener, no field that wraps what
    it holds."""
    own = model.__init__ is not models.Model.__init__ or model.from_db.__func__ is not models.Model.from_db.__func__  # type: ignore[attr-defined]
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    plain = (DeferredAttribute, ForeignKeyDeferredAttribute)
    return not own and not heard and all(type(_held(model, one)) in plain for one in model._meta.concrete_fields)


def _held(model: type[models.Model], field: models.Field[Any, Any]) -> Any:
    return getattr_static(model, field.attname)
