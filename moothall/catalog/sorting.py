"""The rows of a product file laid together by product, on disk, so that a file of any order takes little memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from django.core.files import File
from django.utils.translation import gettext as _

from moothall.core.refusals import BadInput

from . import sheet, shopify
from .sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file whose first line has the columns, and each further line, from the byte `start` on, one product's rows."""

    file: File[bytes]
    start: int
    rows: int
    remark: str


@dataclass(slots=True)
class _Place:
    """Where the rows of one product lie."""

    count: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)  # offset, lines


@contextmanager
def sorted_rows(source: IO[bytes]) -> Iterator[Sorted]:
    """Refuses a file that is no product CSV or has no product."""
    with tempfile.TemporaryFile() as rows, tempfile.TemporaryFile() as products:
        found = sheet.read(source, shopify.KNOWN, shopify.NEEDED)
        places = _spread(found, rows)
        if not places:
            raise BadInput(_("There are no products in this file."))
        products.write(_line(found.columns))
        start = products.tell()
        for place in places.values():
            products.write(_line({"count": place.count, "rows": _gathered(rows, place)}))
        yield Sorted(File(products), start, sum(place.count for place in places.values()), found.remark)


def _spread(found: Sheet, file: IO[bytes]) -> dict[str | int, _Place]:
    """Write the rows as they come; say by handle, in the order of the first row, where they lie."""
    places: dict[str | int, _Place] = {}
    before: str | int | None = None
    for row in found.rows:
        key = shopify.handle_of(row) or row.number
        place = places.setdefault(key, _Place())
        place.count += 1
        # More rows than a product may have are only counted.
        if place.count <= shopify.MOST_ROWS:
            if key != before or not place.runs:
                place.runs.append((file.tell(), 0))
            offset, lines = place.runs[-1]
            place.runs[-1] = (offset, lines + 1)
            file.write(_line([row.number, row.cells, row.wrong, row.remark]))
        before = key
    return places


def _gathered(file: IO[bytes], place: _Place) -> list[Row]:
    if place.count > shopify.MOST_ROWS:
        file.seek(place.runs[0][0])
        return [json.loads(file.readline())]
    rows: list[Row] = []
    for offset, lines in place.runs:
        file.seek(offset)
        rows.extend(json.loads(file.readline()) for _n in range(lines))
    return rows


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
