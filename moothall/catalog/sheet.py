"""Rows of a CSV file that anybody may have written, in whatever encoding; a broken row never takes others with it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from moothall.core.refusals import BadInput

MOST_BROKEN = 1000
MOST_COLUMNS = 1000
LONGEST_LINE = 1_000_000
DELIMITERS = ",;\t"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number in a spreadsheet (the header is 1), with those of its cells that hold something.

    `wrong` says why it cannot be used; then of the cells only the first column is known, or nothing."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file, its rows, and what there is to say of the file as a whole."""

    columns: list[str]
    rows: Iterator[Row]
    remark: str


def read(file: IO[bytes], known: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Open a CSV file. Known columns may be written in other case. Refuses what is none, or lacks a needed column."""
    encoding, remark = _encoding(file)
    file.seek(0)
    binary = _is_binary(file.read(4096), encoding)
    file.seek(0)
    lines = _Lines(io.TextIOWrapper(file, encoding=encoding, newline=""))
    head = next((line for line in lines if line.strip()), "")
    if not head:
        raise BadInput(_("This file is empty."))
    delimiter = max(DELIMITERS, key=head.count)
    lines.again([head])
    records = _records(lines, delimiter)
    first = next(records, None)
    if first is None or first.cells is None:
        raise BadInput(_("The quotes of the first row, which names the columns, are broken."))
    columns = _columns(first.cells, known)
    missing = [name for name in needed if name not in columns]
    if missing and binary:
        raise BadInput(_("This is not a CSV file. Save it as CSV and try again."))
    if missing:
        raise BadInput(_("This file has no column %(names)s.") % {"names": ", ".join(missing)})
    return Sheet(columns, _rows(records, columns), remark)


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of one record, or None where its first line, which is given, could not be read."""

    cells: list[str] | None
    line: str
    last: str


class _Lines:
    """The lines of a file with their ends, without NULs; lines that were read can be given back."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self.file = file
        self.back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.back:
            return self.back.popleft()
        line = self.file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if "\0" in line:
            # PostgreSQL keeps no NUL in a text, and no text means anything by it.
            line = line.replace("\0", "")
        return line

    def again(self, lines: Sequence[str]) -> None:
        self.back.extendleft(reversed(lines))


def _encoding(file: IO[bytes]) -> tuple[str, str]:
    """The encoding that all bytes of the file have, and what to say of it."""
    file.seek(0)
    head = file.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _sure(file, encoding)
    pairs = max(len(head) // 2, 1)
    if head[1::2].count(0) > pairs * 0.4:
        return _sure(file, "utf-16-le")
    if head[0::2].count(0) > pairs * 0.4:
        return _sure(file, "utf-16-be")
    if _decodes(file, "utf-8"):
        return "utf-8", ""
    for encoding, name in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1")):
        if _decodes(file, encoding):
            said = _("This file is not in UTF-8; its letters were read as %(encoding)s.") % {"encoding": name}
            return encoding, said
    raise AssertionError("every byte is a letter of Latin-1")


def _sure(file: IO[bytes], encoding: str) -> tuple[str, str]:
    if not _decodes(file, encoding):
        raise BadInput(_("The letters of this file cannot be read. Save it as CSV in UTF-8 and try again."))
    return encoding, ""


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while chunk := file.read(1 << 16):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(head: bytes, encoding: str) -> bool:
    return not encoding.startswith(("utf-16", "utf-32")) and any(byte < 32 and byte not in b"\t\r\n" for byte in head)


def _columns(cells: list[str], known: Sequence[str]) -> list[str]:
    usual = {name.lower(): name for name in known}
    names = [cell.strip().strip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    columns = [usual.get(name.lower(), name) or f"Column {number}" for number, name in enumerate(names, 1)]
    twice = sorted({name for name in columns if columns.count(name) > 1}) if len(columns) <= MOST_COLUMNS else []
    if twice:
        raise BadInput(_("The column %(name)s is there twice.") % {"name": twice[0][:100]})
    if len(columns) > MOST_COLUMNS:
        raise BadInput(_("A thousand columns at most."))
    return columns


def _records(lines: _Lines, delimiter: str) -> Iterator[_Record]:
    """Records one by one. Where quotes are broken, one line is given up and reading goes on with the next."""
    while True:
        taken: list[str] = []
        try:
            cells = next(csv.reader(_noted(lines, taken), delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error:
            lines.again(taken[1:])
            yield _Record(None, taken[0].partition(delimiter)[0].strip().strip('"'), taken[0])
        else:
            yield _Record(cells, taken[0], taken[-1])


def _noted(lines: _Lines, taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _rows(records: Iterator[_Record], columns: list[str]) -> Iterator[Row]:
    broken = 0
    for number, record in enumerate(records, 2):
        if record.cells is None:
            broken += 1
            if broken > MOST_BROKEN:
                raise BadInput(_("The quotes of this file are broken in more than a thousand rows."))
            said = _("Row %(row)s cannot be read: its quotes are broken, or a cell is too long.") % {"row": number}
            yield Row(number, {columns[0]: record.line} if record.line else {}, wrong=said)
            continue
        row = _row(number, record.cells, columns, ended=record.last.endswith(("\n", "\r")))
        if row.cells or row.wrong:
            yield row


def _row(number: int, values: list[str], columns: list[str], *, ended: bool) -> Row:
    cells = {name: value for name, value in zip(columns, values, strict=False) if value}
    if any(values[len(columns) :]):
        said = _("Row %(row)s has more cells than there are columns.") % {"row": number}
        return Row(number, cells, wrong=said)
    short = bool(cells) and len(values) < len(columns)
    if short and not ended:
        return Row(number, cells, wrong=_("The file ends in the middle of row %(row)s.") % {"row": number})
    return Row(number, cells, remark=_("Row %(row)s is shorter than the header.") % {"row": number} if short else "")
