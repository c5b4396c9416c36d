"""Draws an invoice or a credit note as a PDF from what was kept of it: the same rows give the same bytes, always."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TableCellFillMode, VAlign, XPos, YPos
from fpdf.fonts import FontFace

from moothall.core.money import Money

from .records import Invoice

FONTS = Path(__file__).parent / "fonts"
FACES = ("instrument-sans", "dejavu-sans")  # the second where the first has no such letter
INK, SOFT, RULE = (24, 28, 20), (104, 110, 98), (205, 207, 198)
EDGE, WIDE = 20, 170  # millimetres: the margin of an A4 page, and what stands between the margins
Align = Literal["LEFT", "RIGHT"]


class _Sheet(FPDF):
    """A page with the paper's name and its number at the foot."""

    def __init__(self, name: str) -> None:
        super().__init__(format="A4")
        self.name = name
        for face in FACES:
            for style, weight in (("", "regular"), ("B", "bold")):
                self.add_font(face, style, FONTS / f"{face}-{weight}.ttf")
        self.set_fallback_fonts([FACES[1]], exact_match=True)
        self.set_margins(EDGE, EDGE, EDGE)
        self.set_auto_page_break(True, 25)
        self.alias_nb_pages()

    def footer(self) -> None:
        self.set_y(-16)
        self.say(self.name, 8, colour=SOFT, end=False)
        self.set_x(EDGE)
        self.say(f"{self.page_no()} / {{nb}}", 8, colour=SOFT, align="R", end=False)

    def say(
        self,
        words: str,
        size: float = 10,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        align: str = "L",
        wide: float = 0,
        end: bool = True,
    ) -> None:
        """A paragraph where the pen is; with `end` the pen goes to the next line at the left edge."""
        self.set_font(FACES[0], "B" if bold else "", size)
        self.set_text_color(*colour)
        x, y = (XPos.LMARGIN, YPos.NEXT) if end else (XPos.RIGHT, YPos.TOP)
        self.multi_cell(wide, size * 0.5, _drawable(words), align=align, new_x=x, new_y=y)


def draw(paper: Invoice) -> bytes:
    """The paper as an A4 PDF, in the language of the moment."""
    kept: dict[str, Any] = paper.data
    word = _("Credit note") if paper.sort == Invoice.CREDIT else _("Invoice")
    sheet = _Sheet(f"{word} {paper.label}")
    sheet.set_creation_date(datetime.combine(date.fromisoformat(kept["at"]), time(12), UTC))
    sheet.set_title(f"{word} {paper.label}")
    sheet.set_author(_drawable(kept["from"]["legal"]))
    sheet.set_lang(get_language() or "en")
    sheet.add_page()
    sheet.say(kept["brand"], 20, bold=True)
    sheet.ln(6)
    _people(sheet, kept)
    _facts(sheet, paper, word)
    _lines(sheet, kept)
    _sums(sheet, kept, paper.sort)
    if kept["small_print"]:
        sheet.ln(10)
        sheet.say(kept["small_print"], 9, colour=SOFT)
    return bytes(sheet.output())


def _people(sheet: _Sheet, kept: Mapping[str, Any]) -> None:
    """From and to, side by side."""
    seller, buyer = kept["from"], kept["to"]
    tax = _("Tax number %(number)s") % {"number": seller["tax_number"]} if seller["tax_number"] else ""
    columns = (
        (_("From"), [seller["legal"], *_address(seller), tax]),
        (_("To"), [buyer["name"], *_address(buyer)]),
    )
    top, bottom = sheet.get_y(), sheet.get_y()
    for number, (head, rows) in enumerate(columns):
        sheet.set_xy(EDGE + number * WIDE / 2, top)
        left = sheet.get_x()
        for n, row in enumerate([head, *(row for row in rows if row)]):
            sheet.set_x(left)
            sheet.say(row, 8 if n == 0 else 10, bold=n == 1, colour=SOFT if n == 0 else INK, wide=WIDE / 2 - 6)
        bottom = max(bottom, sheet.get_y())
    sheet.set_xy(EDGE, bottom + 9)


def _address(who: Mapping[str, str]) -> list[str]:
    names = _locale().territories
    return [who["street"], f"{who['postcode']} {who['town']}", names.get(who["country"], who["country"])]


def _facts(sheet: _Sheet, paper: Invoice, word: str) -> None:
    """What this is, its number, its days; of a credit note the invoice that it takes back from."""
    kept = paper.data
    sheet.say(f"{word} {paper.label}", 15, bold=True)
    sheet.ln(1)
    said = [_("Date: %(day)s") % {"day": _day(kept["at"])}, _("Order %(number)s") % {"number": kept["order"]}]
    if kept["paid"] and paper.sort == Invoice.INVOICE:
        said.append(_("Paid on %(day)s") % {"day": _day(kept["paid"])})
    sheet.say(" · ".join(said), colour=SOFT)
    if paper.sort == Invoice.CREDIT:
        words = _("This takes back from invoice %(label)s of %(day)s what stands below.")
        sheet.ln(2)
        sheet.say(words % {"label": kept["about"], "day": _day(kept["about_at"])})
        if kept["reason"]:
            sheet.say(_("Why: %(reason)s") % {"reason": kept["reason"]})
    sheet.ln(6)


def _lines(sheet: _Sheet, kept: Mapping[str, Any]) -> None:
    """What was bought: a column for discount or tax stands only where there is any."""
    rows: Sequence[Mapping[str, Any]] = kept["lines"]
    currency = kept["currency"]
    taxed, reduced = any(row["tax"] for row in rows), any(row["discount"] for row in rows)
    heads = [_("What"), _("Pieces"), _("Each")]
    heads += [_("Discount")] * reduced + [_("Tax")] * taxed + [_("Amount")]
    widths = [WIDE - 23 * (len(heads) - 2) - 17, 17, *[23] * (len(heads) - 2)]
    aligns: list[Align] = ["LEFT", *["RIGHT"] * (len(heads) - 1)]  # type: ignore[list-item]
    sheet.set_font(FACES[0], "", 10)
    sheet.set_text_color(*INK)
    sheet.set_draw_color(*RULE)
    with sheet.table(
        col_widths=tuple(widths),
        text_align=tuple(aligns),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        cell_fill_mode=TableCellFillMode.NONE,
        headings_style=FontFace(emphasis="", color=SOFT, size_pt=8),
        line_height=5,
        v_align=VAlign.T,
        padding=(1.6, 1, 1.6, 0),
    ) as table:
        table.row(heads)
        for row in rows:
            title = f"{row['title']}, {row['label']}" if row["label"] else row["title"]
            cells = [_drawable(title), str(row["quantity"]), _money(row["each"], currency)]
            cells += [_money(-row["discount"], currency) if row["discount"] else ""] * reduced
            cells += [_rate(row["rate"])] * taxed
            table.row([*cells, _money(row["amount"], currency)])
    sheet.ln(4)


def _sums(sheet: _Sheet, kept: Mapping[str, Any], sort: str) -> None:
    currency, rates = kept["currency"], kept["rates"]
    total = sum(one["amount"] for one in rates)
    rows = []
    for one in rates:
        if any(other["tax"] for other in rates):
            said = {"rate": _rate(one["rate"])}
            rows.append((_("Net at %(rate)s") % said, one["amount"] - one["tax"]))
            rows.append((_("Tax at %(rate)s") % said, one["tax"]))
    if sheet.will_page_break(8 * len(rows) + 12):
        sheet.add_page()
    for words, amount in rows:
        _sum(sheet, words, _money(amount, currency), 10, bold=False)
    _sum(sheet, _("Given back") if sort == Invoice.CREDIT else _("Total"), _money(total, currency), 13, bold=True)


def _sum(sheet: _Sheet, words: str, amount: str, size: float, *, bold: bool) -> None:
    sheet.set_x(EDGE + WIDE / 2)
    sheet.say(words, size, bold=bold, colour=INK if bold else SOFT, wide=WIDE / 4 + 2, end=False)
    sheet.say(amount, size, bold=bold, align="R")
    sheet.ln(1.5)


def _money(minor: int, currency: str) -> str:
    """With its pence always: figures of one column stand under each other."""
    return format_currency(Money(minor, currency).decimal, currency, locale=_locale())


def _rate(hundredths: int) -> str:
    return f"{format_decimal(hundredths / 100, locale=_locale())} %"


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), "long", locale=_locale())


def _locale() -> Locale:
    language = get_language() or "en"
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


@cache
def _letters() -> frozenset[int]:
    """All that one of the faces can draw."""
    return frozenset(code for face in FACES for code in TTFont(FONTS / f"{face}-regular.ttf").getBestCmap())


def _drawable(words: str) -> str:
    """The words with a box for each letter that no face has, so that it is seen that something stood there."""
    return "".join(char if char == "\n" or ord(char) in _letters() else "□" for char in words)
