"""Entries as the lines of Shopify's product CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from .shopify import (
    COLUMNS,
    IMAGE,
    PUBLISHED,
    QUANTITY,
    SHOPIFY,
    STATUS,
    TRACKER,
    USUAL_CELLS,
    USUAL_MORE,
    WORDS,
    Entry,
    Kind,
    Picture,
    shortened,
    state_of,
)


def columns_of(found: Iterable[Sequence[str]]) -> list[str]:
    """The columns of an export: Shopify's own, then those that the files brought, in the order they came in."""
    return [*COLUMNS, *dict.fromkeys(name for names in found for name in names)]


def write(entry: Entry, columns: Sequence[str]) -> Iterator[str]:
    """The lines of a product. Variant and picture share a row while there are both, as Shopify has it."""
    kinds: list[dict[str, str]] = [_kind_cells(entry, kind) for kind in entry.kinds]
    pictures = [_picture_cells(picture) for picture in entry.pictures]
    none: dict[str, str] = {}
    extra = [none] * len(kinds) + entry.rows
    head = _head(entry, columns)
    for number, parts in enumerate(zip_longest(kinds, pictures, extra, fillvalue=none)):
        cells = {"Handle": entry.handle} | (head if number == 0 else {})
        for part in parts:
            cells |= part
        yield line(cells.get(name, "") for name in columns)


def _head(entry: Entry, columns: Sequence[str]) -> dict[str, str]:
    """What stands in the first row only. What came in longer goes out as it came, if nobody changed it since."""
    cells = USUAL_CELLS | entry.cells | {"Body (HTML)": entry.body}
    for name, attribute, longest in WORDS:
        ours = getattr(entry, attribute)
        came = entry.cells.get(name)
        cells[name] = came if came is not None and shortened(came, longest) == ours else ours
    published, status = entry.cells.get("Published"), entry.cells.get(STATUS, "")
    if published is None or state_of(published, status) != entry.state:
        cells["Published"] = "true" if entry.state == PUBLISHED else "false"
        cells[STATUS] = {PUBLISHED: "active"}.get(entry.state, entry.state)
    for n, name in enumerate(entry.options or ("Title",), 1):
        cells[f"Option{n} Name"] = name
    return cells


def _kind_cells(entry: Entry, kind: Kind) -> dict[str, str]:
    shown = {picture.source for picture in entry.pictures}
    cells = USUAL_MORE | kind.more
    if cells.get(IMAGE, "").strip() not in shown:
        cells[IMAGE] = ""
    tracker = cells.get(TRACKER, "").strip() or SHOPIFY
    cells[TRACKER] = tracker if kind.tracked else ""
    if kind.tracked:
        cells[QUANTITY] = "" if kind.quantity is None else str(kind.quantity)
    for n, value in enumerate(kind.values or ("Default Title",), 1):
        cells[f"Option{n} Value"] = value
    return cells | {
        "Variant SKU": kind.sku,
        "Variant Grams": str(kind.grams),
        "Variant Price": kind.price.plain,
        "Variant Compare At Price": kind.compare_at.plain if kind.compare_at is not None else "",
        "Variant Barcode": kind.barcode,
    }


def _picture_cells(picture: Picture) -> dict[str, str]:
    return {"Image Src": picture.source, "Image Position": str(picture.position), "Image Alt Text": picture.alt}


def line(values: Iterable[str]) -> str:
    """One line of CSV. Values go out exactly as they are, also where a spreadsheet would take one for a formula:
    a guard before it would stay in the text at the next import."""
    return ",".join(_quoted(value) for value in values) + "\r\n"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(char in value for char in ',"\r\n') else value
