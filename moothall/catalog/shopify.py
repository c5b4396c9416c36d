"""Products in the form of Shopify's product CSV: rows are read into entries here, and shopify_lines writes them again.

What was written reads as the same entry, so an export imported and exported once more is the same to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from moothall.core import money, text
from moothall.core.money import Money
from moothall.core.refusals import BadInput

from .sheet import Row

GOOGLE = (
    *("Google Product Category", "Gender", "Age Group", "MPN", "AdWords Grouping", "AdWords Labels", "Condition"),
    *("Custom Product", *(f"Custom Label {n}" for n in range(5))),
)
COLUMNS = (
    *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"),
    *(f"Option{n} {part}" for n in (1, 2, 3) for part in ("Name", "Value")),
    *("Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy"),
    *("Variant Fulfillment Service", "Variant Price", "Variant Compare At Price", "Variant Requires Shipping"),
    *("Variant Taxable", "Variant Barcode", "Image Src", "Image Position", "Image Alt Text", "Gift Card"),
    *("SEO Title", "SEO Description", *(f"Google Shopping / {name}" for name in GOOGLE)),
    *("Variant Image", "Variant Weight Unit", "Variant Tax Code"),
)
STATUS = "Status"
KNOWN = (*COLUMNS, "Cost per item", STATUS)
NEEDED = ("Handle", "Title", "Variant Price")
MOST_VARIANTS = 100
MOST_ROWS = 1000  # of one product
MOST_STOCK = 1_000_000
LONGEST_TITLE, LONGEST_WORDS, LONGEST_TAGS, LONGEST_BODY, LONGEST_ALT = 140, 100, 500, 40_000, 500
LONGEST_HANDLE, LONGEST_ADDRESS, LONGEST_NAME, LONGEST_VALUE = 255, 1000, 60, 100
WORDS = (
    ("Title", "title", LONGEST_TITLE),
    ("Vendor", "vendor", LONGEST_WORDS),
    ("Type", "type", LONGEST_WORDS),
    ("Tags", "tags", LONGEST_TAGS),
)
DRAFT, PUBLISHED, ARCHIVED = "draft", "published", "archived"
# What Shopify has in these columns of a thing that was made here.
USUAL_CELLS = {"Gift Card": "false"}
USUAL_MORE = {
    "Variant Inventory Policy": "deny",
    "Variant Fulfillment Service": "manual",
    "Variant Requires Shipping": "true",
    "Variant Taxable": "true",
    "Variant Weight Unit": "kg",
}
SHOPIFY = "shopify"  # who counts the stock, if nothing else is said
TRACKER, QUANTITY, IMAGE = "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Image"
TAXABLE = "Variant Taxable"
_READ = {*COLUMNS[:13], "Variant SKU", "Variant Grams", QUANTITY, "Variant Price", "Variant Compare At Price"} | {
    *("Variant Barcode", "Image Src", "Image Position", "Image Alt Text")
}
_MAKE_A_KIND = (*(f"Option{n} Value" for n in (1, 2, 3)), "Variant Price", "Variant SKU", "Variant Barcode")
_OF_VARIANT = re.compile(r"Variant |Price /|Compare At Price /|Cost per item")
_TRUE, _FALSE = {"", "true", "yes", "1"}, {"false", "no", "0"}
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(\.0+)?")


@dataclass(slots=True)
class Kind:
    """A variant. `quantity` is None where it is not counted or said; `more` has the cells that mean nothing here."""

    values: tuple[str, ...]
    price: Money
    compare_at: Money | None = None
    sku: str = ""
    barcode: str = ""
    grams: int = 0
    tracked: bool = False
    quantity: int | None = None
    more: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Picture:
    """A picture by its address. `values` are those of the variant it shows."""

    source: str
    position: int
    alt: str = ""
    values: tuple[str, ...] | None = None


@dataclass(slots=True)
class Entry:
    """A product as the file has it. `cells` are those of its first row that mean nothing here, or more than we keep;
    `rows` those of its rows without a variant; `columns` are those that the sample has not, `present` all."""

    handle: str
    title: str
    state: str
    body: str = ""
    vendor: str = ""
    type: str = ""
    tags: str = ""
    options: tuple[str, ...] = ()
    kinds: list[Kind] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    present: frozenset[str] = frozenset()
    taxable: bool | None = None  # None where the file does not say
    remarks: list[str] = field(default_factory=list)


def read(rows: Sequence[Row], columns: Sequence[str], currency: str) -> Entry:
    """The product that these rows of one handle tell of. Refuses it with a sentence if it cannot be kept as it is."""
    wrong = next((row.wrong for row in rows if row.wrong), "")
    if wrong:
        raise BadInput(wrong)
    first = rows[0].cells
    named = {name: _first(rows, name) for name in ("Title", "Body (HTML)", "Vendor", "Type", "Tags")}
    entry = Entry(handle_of(rows[0]), title="", state="")
    entry.remarks = [row.remark for row in rows if row.remark][:1]
    entry.present = frozenset(columns)
    entry.columns = [name for name in columns if name not in COLUMNS]
    kept = _kept(first, entry.present & USUAL_CELLS.keys())
    entry.cells = {name: value for name, value in kept.items() if not _OF_VARIANT.match(name)}
    _read_words(entry, named)
    _readstate_of(entry, first)
    _read_kinds(entry, rows, currency)
    _read_pictures(entry, rows)
    if TAXABLE in entry.present:
        entry.taxable = not says_untaxed(kind.more for kind in entry.kinds)
    if not entry.kinds:
        raise BadInput(_("Row %(row)s has no price.") % {"row": rows[0].number})
    return entry


def says_untaxed(variants: Iterable[Mapping[str, str]]) -> bool:
    """Whether the cells of every variant say that it is not taxed."""
    return all(cells.get(TAXABLE, "").strip().lower() in _FALSE for cells in variants)


def handle_of(row: Row) -> str:
    return row.cells.get("Handle", "").strip()


def _first(rows: Sequence[Row], name: str) -> str:
    return next((row.cells[name] for row in rows if name in row.cells), "")


def _kept(cells: dict[str, str], usual: Iterable[str] = ()) -> dict[str, str]:
    """The cells that mean nothing here; those that would be filled with the usual are kept empty too."""
    return {name: value for name, value in cells.items() if name not in _READ} | {
        name: "" for name in usual if name not in cells
    }


def _read_words(entry: Entry, named: dict[str, str]) -> None:
    if not text.tidy(named["Title"]):
        raise BadInput(_("It has no title."))
    if len(entry.handle) > LONGEST_HANDLE:
        raise BadInput(_("Its handle is longer than %(most)s letters.") % {"most": LONGEST_HANDLE})
    if len(named["Body (HTML)"]) > LONGEST_BODY:
        raise BadInput(_("Its text is longer than %(most)s letters.") % {"most": LONGEST_BODY})
    for name, attribute, longest in WORDS:
        short = shortened(named[name], longest)
        setattr(entry, attribute, short)
        if short != named[name]:
            # It is shown shorter or tidier here, and exported as it came.
            entry.cells[name] = named[name]
        if len(text.tidy(named[name])) > longest:
            entry.remarks.append(_("%(name)s is shown cut to %(most)s letters.") % {"name": name, "most": longest})
    entry.body = named["Body (HTML)"]


def shortened(said: str, longest: int) -> str:
    return text.words(text.tidy(said), longest)


def _readstate_of(entry: Entry, cells: dict[str, str]) -> None:
    published, status = cells.get("Published", ""), cells.get(STATUS, "")
    entry.state = state_of(published, status)
    entry.cells["Published"] = published
    if published.strip().lower() not in _TRUE | _FALSE:
        entry.remarks.append(_("Published is neither true nor false; it is a draft."))


def state_of(published: str, status: str) -> str:
    """Shopify publishes what says nothing of it; its status, where there is one, counts for more."""
    if status.strip().lower() in (DRAFT, ARCHIVED):
        return status.strip().lower()
    return PUBLISHED if published.strip().lower() in _TRUE else DRAFT


def _read_kinds(entry: Entry, rows: Sequence[Row], currency: str) -> None:
    places = _options(entry, rows)
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if not _is_kind(row):
            if row is not rows[0]:
                entry.rows.append(_kept(row.cells))
            continue
        values = tuple(_fit(row, f"Option{n} Value", LONGEST_VALUE) for n in places)
        if not all(values):
            name = entry.options[values.index("")]
            raise BadInput(_("Row %(row)s has no %(name)s.") % {"row": row.number, "name": name})
        if values in seen:
            same = _("Row %(row)s is left out: there is already a variant like it.") % {"row": row.number}
            entry.remarks.append(same)
            continue
        seen.add(values)
        entry.kinds.append(_kind(row, values, currency, entry, first=row is rows[0]))
    while entry.rows and not entry.rows[-1]:
        entry.rows.pop()
    if len(entry.kinds) > MOST_VARIANTS:
        raise BadInput(_("It has more than %(most)s variants.") % {"most": MOST_VARIANTS})


def _is_kind(row: Row) -> bool:
    return any(row.cells.get(name, "").strip() for name in _MAKE_A_KIND)


def _options(entry: Entry, rows: Sequence[Row]) -> list[int]:
    """Which of the three options the variants differ in; their names go into the entry."""
    if _first(rows, "Option4 Name") or _first(rows, "Option4 Value"):
        raise BadInput(_("It has more than three options."))
    used = [n for n in (1, 2, 3) if any(row.cells.get(f"Option{n} Value", "").strip() for row in rows)]
    names = {n: text.tidy(_first(rows, f"Option{n} Name")) for n in used}
    kinds = [row for row in rows if _is_kind(row)]
    alone = used == [1] and {text.tidy(row.cells.get("Option1 Value", "")) for row in kinds} == {"Default Title"}
    if alone and names[1] in ("", "Title"):
        return []
    for n in used:
        if not names[n]:
            raise BadInput(_("Its option %(n)s has no name.") % {"n": n})
        if len(names[n]) > LONGEST_NAME:
            raise BadInput(
                _("The name of its option %(n)s is longer than %(most)s letters.") % {"n": n, "most": LONGEST_NAME}
            )
    entry.options = tuple(names.values())
    return used


def _kind(row: Row, values: tuple[str, ...], currency: str, entry: Entry, *, first: bool) -> Kind:
    cells, compare_at = row.cells, row.cells.get("Variant Compare At Price", "").strip()
    kind = Kind(values, _price(row, "Variant Price", currency))
    kind.compare_at = _price(row, "Variant Compare At Price", currency) if compare_at else None
    kind.sku, kind.barcode = _fit(row, "Variant SKU", LONGEST_VALUE), _fit(row, "Variant Barcode", LONGEST_VALUE)
    kind.grams = max(_whole(row, "Variant Grams", 2_000_000_000) or 0, 0)
    kept = _kept(cells, entry.present & USUAL_MORE.keys())
    kind.more = {name: value for name, value in kept.items() if _OF_VARIANT.match(name) or not first}
    kind.tracked = bool(cells.get(TRACKER, "").strip())
    if kind.tracked:
        kind.quantity = _whole(row, QUANTITY, MOST_STOCK)
        if kind.quantity is None:
            entry.remarks.append(_("Row %(row)s does not say how many there are.") % {"row": row.number})
        elif kind.quantity < 0:
            kind.quantity = 0
            entry.remarks.append(_("Row %(row)s has less than none; that counts as none.") % {"row": row.number})
    elif cells.get(QUANTITY):
        kind.more[QUANTITY] = cells[QUANTITY]
    return kind


def _price(row: Row, name: str, currency: str) -> Money:
    said = row.cells.get(name, "").strip()
    if not said:
        raise BadInput(_("Row %(row)s has no price.") % {"row": row.number})
    try:
        return money.parse(said, currency)
    except BadInput as error:
        raise _cell(row, name, error.sentence) from error


def _whole(row: Row, name: str, most: int) -> int | None:
    said = row.cells.get(name, "").strip()
    if not said:
        return None
    if not _WHOLE.fullmatch(said) or abs(number := int(said.partition(".")[0])) > most:
        raise _cell(row, name, _("It is not a whole number up to %(most)s.") % {"most": most})
    return number


def _fit(row: Row, name: str, longest: int) -> str:
    said = text.tidy(row.cells.get(name, ""))
    if len(said) > longest:
        raise _cell(row, name, _("It is longer than %(most)s letters.") % {"most": longest})
    return said


def _cell(row: Row, name: str, sentence: str) -> BadInput:
    shown = text.words(text.tidy(row.cells[name]), 30)
    return BadInput(
        _("Row %(row)s, %(name)s “%(shown)s”: %(sentence)s")
        % {"row": row.number, "name": name, "shown": shown, "sentence": sentence}
    )


def _read_pictures(entry: Entry, rows: Sequence[Row]) -> None:
    """Each address once, in the order of positions; a variant's own picture joins them if it is not there."""
    found: dict[str, Picture] = {}
    for row in rows:
        source = _address(row, "Image Src")
        if source and source not in found:
            said = row.cells.get("Image Position", "").strip()
            position = int(said) if re.fullmatch("[0-9]{1,4}", said) else len(found) + 1
            found[source] = Picture(
                source, position, text.tidy(row.cells.get("Image Alt Text", ""))[:LONGEST_ALT].strip()
            )
    last = max((picture.position for picture in found.values()), default=0)
    for kind in entry.kinds:
        source = kind.more.get(IMAGE, "").strip()
        if len(source) > LONGEST_ADDRESS:
            raise BadInput(_("The address of a picture is longer than %(most)s letters.") % {"most": LONGEST_ADDRESS})
        if source and source not in found:
            last += 1
            found[source] = Picture(source, last)
        if source and found[source].values is None:
            found[source].values = kind.values
    entry.pictures = sorted(found.values(), key=lambda picture: picture.position)


def _address(row: Row, name: str) -> str:
    return _fit(row, name, LONGEST_ADDRESS)
