"""What a statement is given, and its stand-ins: values that are found again among the parameters of the SQL that the
ORM writes for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

Given = int | str | None | datetime | Sequence[int] | models.Model
Statement = TypeVar("Statement")
# Numbers that stand in: one alone fits into the smallest column there is, as PostgreSQL asks; those of a list are
# keys.
_ALONE = 31_000
_LISTED, _EACH = 2_000_000_000, 10_000_000
_DAY = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Places:
    """For each parameter of a statement where it comes from: which argument (or -1) and which item of it, or else the
    constant."""

    of: tuple[tuple[int, int, Any], ...]

    def filled(self, values: Sequence[tuple[Any, ...]]) -> list[Any]:
        return [constant if which < 0 else values[which][item] for which, item, constant in self.of]


class Marks:
    """The stand-ins of one statement."""

    def __init__(self, shape: Sequence[Any]) -> None:
        self.shape = shape
        self.places: dict[Any, tuple[int, int]] = {}
        self.stand_ins = [self._stand_in(which, one) for which, one in enumerate(shape)]

    def _stand_in(self, which: int, shape: Any) -> Any:
        """Something that no statement would hold by itself."""
        if shape is None:
            return None
        if isinstance(shape, int):
            return [self._number(_LISTED + which * _EACH + item, which, item) for item in range(shape)]
        if shape is str:
            word = f"\x02{which}\x03"
            self.places[word] = (which, 0)
            return word
        if shape is datetime:
            moment = _DAY + timedelta(days=which)
            self.places[_moment(moment)] = (which, 0)
            return moment
        number = self._number(_ALONE + which, which, 0)
        return number if shape is int else shape(pk=number)

    def _number(self, number: int, which: int, item: int) -> int:
        self.places[number] = (which, item)
        return number

    def find(self, params: Sequence[Any], name: str, *, all_of_it: bool = True) -> Places:
        """Where the arguments went. Refuses where one did not arrive as it was given."""
        arrived = {one for one in params if isinstance(one, int | str | datetime)}
        if all_of_it and self.places.keys() - arrived:
            raise ValueError(f"{name} does not hand its arguments to the database as they are")
        return Places(tuple((*self.places[one], None) if self._is_mark(one) else (-1, 0, one) for one in params))

    def _is_mark(self, one: Any) -> bool:
        return isinstance(one, int | str | datetime) and one in self.places

    def expect_nothing(self, error: EmptyResultSet) -> None:
        """Where nobody or an empty list was given, the ORM asks nothing either. Anything else is a mistake."""
        if not any(one is None or one == 0 for one in self.shape):
            raise ValueError("the ORM says that this can never find anything") from error


def taken(
    write: Callable[[Marks], Statement],
) -> Callable[[Sequence[Given]], tuple[Statement, list[tuple[Any, ...]]]]:
    """What is written once for each database and each shape of what is given, and the values given now."""
    written: dict[tuple[Any, ...], Statement] = {}

    def take(given: Sequence[Given]) -> tuple[Statement, list[tuple[Any, ...]]]:
        flat = [_flat(one) for one in given]
        shape = tuple(kind for _values, kind in flat)
        key = (connection.vendor, *shape)
        found = written.get(key)
        if found is None:
            found = written.setdefault(key, write(Marks(shape)))
        return found, [values for values, _kind in flat]

    return take


def _flat(one: Given) -> tuple[tuple[Any, ...], Any]:
    """The values in an argument, and its shape. Lists come in few lengths, filled up with their last item."""
    if one is None:
        return (), None
    if isinstance(one, models.Model):
        return (one.pk,), type(one)
    if isinstance(one, int | str):
        return (one,), str if isinstance(one, str) else int
    if isinstance(one, datetime):
        return (_moment(one),), datetime
    items = list(one)
    length = max(1, 1 << (len(items) - 1).bit_length()) if items else 0
    return (*items, *items[-1:] * (length - len(items))), length


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
