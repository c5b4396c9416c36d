"""What a file does not speak of stays as it is: an entry is completed by what is known of its product."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.core.refusals import BadInput

from .shopify import IMAGE, STATUS, TRACKER, WORDS, Entry, Kind


def complete(entry: Entry, old: Entry) -> None:
    """Fill in the columns that the file has not. An empty cell of one that it has does count: it empties."""
    here = entry.present
    if old.options and "Option1 Value" not in here:
        raise BadInput(_("It has options here, and the file has no column for them."))
    for name, attribute, _longest in WORDS:
        if name not in here:
            setattr(entry, attribute, getattr(old, attribute))
    if "Body (HTML)" not in here:
        entry.body = old.body
    if not here & {"Published", STATUS}:
        entry.state = old.state
        entry.cells.pop("Published", None)
    entry.cells = _unspoken(old.cells, entry) | entry.cells
    if "Image Src" not in here:
        entry.pictures, entry.rows = old.pictures, old.rows
    known = {kind.values: kind for kind in old.kinds}
    for kind in entry.kinds:
        if kind.values in known:
            _complete_kind(kind, known[kind.values], entry)


def _complete_kind(kind: Kind, old: Kind, entry: Entry) -> None:
    for name, attribute in _OF_KIND:
        if name not in entry.present:
            setattr(kind, attribute, getattr(old, attribute))
    kind.more = _unspoken(old.more, entry) | kind.more
    if "Image Src" not in entry.present and IMAGE not in entry.present:
        return
    shown = {picture.source: picture for picture in entry.pictures}
    source = kind.more.get(IMAGE, "").strip()
    if source in shown and shown[source].values is None:
        shown[source].values = kind.values


_OF_KIND = (
    ("Variant SKU", "sku"),
    ("Variant Grams", "grams"),
    ("Variant Compare At Price", "compare_at"),
    ("Variant Barcode", "barcode"),
    (TRACKER, "tracked"),
)


def _unspoken(cells: dict[str, str], entry: Entry) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if name not in entry.present}
