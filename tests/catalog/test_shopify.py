"""The form of Shopify's CSV, without a hall: all bytes are rows or a refusal; what is written reads the same."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.catalog import sheet, shopify, shopify_lines
from moothall.catalog.shopify import Entry, Kind, Picture
from moothall.core import text
from moothall.core.money import Money
from moothall.core.refusals import BadInput, Refusal

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("MOOTHALL_DATA") or ROOT / "../shared/data")  # MOOTHALL_DATA says where
ODD = Path(__file__).with_name("shopify-odd.csv")
FILES = [DATA / "shopify-apparel.csv", DATA / "shopify-home-and-garden.csv", ODD]
HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant Price"


def body_of(path: Path) -> bytes:
    if not path.exists():
        pytest.skip(f"{path.name} is not here; MOOTHALL_DATA says where such files lie")
    return path.read_bytes()


def entries_of(body: bytes) -> tuple[dict[str, Entry], dict[str, str]]:
    """What can be read, and what is said of the rest, by handle."""
    found = sheet.read(io.BytesIO(body), shopify.KNOWN, shopify.NEEDED)
    groups: dict[str, list[sheet.Row]] = {}
    for row in found.rows:
        if handle := shopify.handle_of(row):
            groups.setdefault(handle, []).append(row)
    read: dict[str, Entry] = {}
    wrong: dict[str, str] = {}
    for handle, rows in groups.items():
        try:
            read[handle] = shopify.read(rows, found.columns, "GBP")
        except BadInput as refusal:
            wrong[handle] = refusal.sentence
    return read, wrong


def written(entries: Sequence[Entry]) -> bytes:
    columns = shopify_lines.columns_of(entry.columns for entry in entries)
    lines = [line for entry in entries for line in shopify_lines.write(entry, columns)]
    return "".join([shopify_lines.line(columns), *lines]).encode()


def rows_of(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines, ""]).encode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_written_reads_and_writes_the_same(path: Path) -> None:
    once = written(list(entries_of(body_of(path))[0].values()))
    again, wrong = entries_of(once)
    assert written(list(again.values())) == once
    assert not wrong


@pytest.mark.parametrize("path", FILES[:2], ids=lambda path: path.stem)
def test_only_the_way_of_writing_prices_and_positions_differs_from_shopifys_file(path: Path) -> None:
    body = body_of(path)
    before = list(sheet.read(io.BytesIO(body), shopify.KNOWN, shopify.NEEDED).rows)
    ours = written(list(entries_of(body)[0].values()))
    after = list(sheet.read(io.BytesIO(ours), shopify.KNOWN, shopify.NEEDED).rows)
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        differing = {name for name in one.cells | other.cells if one.cells.get(name) != other.cells.get(name)}
        assert differing <= {"Variant Price", "Variant Compare At Price", "Image Position"}
        assert float(one.cells["Variant Price"]) == float(other.cells["Variant Price"])


def test_odd_rows_are_read_or_told_each_for_itself() -> None:
    read, wrong = entries_of(ODD.read_bytes())
    bench = read["oak-bench"]
    assert bench.options == ("Length", "Oil")
    assert [kind.values for kind in bench.kinds] == [("90 cm", "light"), ("120 cm", "light"), ("120 cm", "dark")]
    assert [kind.price.minor for kind in bench.kinds] == [24050, 29000, 29500]
    assert [kind.quantity for kind in bench.kinds] == [4, 0, 2]
    assert [picture.position for picture in bench.pictures] == [1, 2, 3, 4]
    assert bench.pictures[2].values == ("120 cm", "light")
    assert bench.remarks == [
        "Row 3 has less than none; that counts as none.",
        "Row 5 is left out: there is already a variant like it.",
    ]
    cup = read["Zürich_Tasse 1"]
    assert (cup.title, cup.options, cup.kinds[0].tracked, cup.state) == ("Zürich cup", (), False, "published")
    assert [kind.values for kind in read["gift-card"].kinds] == [("10",), ("50",)]
    assert read["scarf"].options == ("Colour", "Size")
    assert (read["scarf"].state, read["old-lamp"].state, read["maybe"].state) == ("draft", "archived", "draft")
    assert "last" in read
    assert wrong == {
        "no-title": "It has no title.",
        "cheap": "Row 18, Variant Price “-5”: A price is a number, like 38 or 38.50.",
        "dear": "Row 19, Variant Price “99999999999999999999”: A price is a number, like 38 or 38.50.",
        "word-price": "Row 20, Variant Price “ten pounds”: A price is a number, like 38 or 38.50.",
        "thousands": "Row 21, Variant Price “1,234.50”: A price is a number, like 38 or 38.50.",
        "free-of-price": "Row 22 has no price.",
        "half-named": "Row 24 has no Size.",
        "too-wide": "Row 25 has more cells than there are columns.",
        "broken": "Row 27 cannot be read: its quotes are broken, or a cell is too long.",
        "long-sku": "Row 28, Variant SKU “SSSSSSSSSSSSSSSSSSSSSSSSSSSSS…”: It is longer than 100 letters.",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_letters_are_read_in_any_usual_encoding(encoding: str) -> None:
    body = rows_of("kaese,Käse – „alt“,,,5").decode().encode(encoding)
    found = sheet.read(io.BytesIO(body), shopify.KNOWN, shopify.NEEDED)
    assert [row.cells["Title"] for row in found.rows] == ["Käse – „alt“"]
    assert found.remark == (
        "This file is not in UTF-8; its letters were read as Windows-1252." if encoding == "cp1252" else ""
    )


def test_bytes_outside_windows_1252_are_latin_1() -> None:
    found = sheet.read(io.BytesIO(rows_of("a,b\x81é,,,5").decode().encode("latin-1")), shopify.KNOWN, shopify.NEEDED)
    assert "Latin-1" in found.remark


def test_nuls_are_left_out() -> None:
    read, wrong = entries_of(rows_of("a,One\0 thing,,,5\0", "b,Two,,,6", "c,Three,,,7"))
    assert [entry.title for entry in read.values()] == ["One thing", "Two", "Three"]
    assert not wrong


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_line_ends_and_delimiters_of_other_programs(end: str, delimiter: str) -> None:
    body = rows_of("a,One,Size,S,5", "a,,,M,6").decode().replace(",", delimiter).replace("\n", end).encode()
    assert [kind.values for kind in entries_of(body)[0]["a"].kinds] == [("S",), ("M",)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "This file is empty."),
        (b"\n\n  \n", "This file is empty."),
        (
            b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 4,
            "This is not a CSV file. Save it as CSV and try again.",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not a CSV file. Save it as CSV and try again."),
        (b"id,name,price\n1,Pot,3\n", "This file has no column Handle, Title, Variant Price."),
        (b"Handle,Title\na,b\n", "This file has no column Variant Price."),
        (b"Handle,Title,Variant Price,Title\na,b,1,c\n", "The column Title is there twice."),
        (b'Handle,"Title,Variant Price\na,b,1\n', "The quotes of the first row, which names the columns, are broken."),
    ],
)
def test_what_is_no_product_file_is_refused_with_a_sentence(body: bytes, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        entries_of(body)
    assert refused.value.sentence == said


def test_half_a_letter_of_utf_16_is_refused() -> None:
    with pytest.raises(BadInput):
        entries_of(rows_of("a,One,,,5").decode().encode("utf-16") + b"\x00")


def test_an_open_quote_costs_its_own_row_only() -> None:
    read, wrong = entries_of(rows_of("a,One,,,5", 'b,"Two,,,6', "c,Three,,,7", 'd,"Fo""ur",,,8', "e,Five,,,9"))
    assert list(read) == ["a", "c", "d", "e"]
    assert list(wrong) == ["b"]


def test_a_file_that_ends_within_a_row_loses_that_row_only() -> None:
    read, wrong = entries_of(rows_of("a,One,,,50", "b,Two,,")[:-1])
    assert list(read) == ["a"]
    assert wrong == {"b": "The file ends in the middle of row 3."}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([f"a,One,Size,{n},5" for n in range(101)], "It has more than 100 variants."),
        ([f"{'h' * 256},One,,,5"], "Its handle is longer than 255 letters."),
        (["a,One,,Small,5"], "Its option 1 has no name."),
        ([f"a,One,{'n' * 61},Small,5"], "The name of its option 1 is longer than 60 letters."),
        (["a,One,,,12345678901.00"], "Row 2, Variant Price “12345678901.00”: A price is a number, like 38 or 38.50."),
        (["a,One,,,1.999"], "Row 2, Variant Price “1.999”: GBP has no coins that small."),
        (["a,One,,,$5"], "Row 2, Variant Price “$5”: A price is a number, like 38 or 38.50."),
    ],
)
def test_a_product_that_cannot_be_kept_is_refused_with_a_sentence(lines: list[str], said: str) -> None:
    assert list(entries_of(rows_of(*lines))[1].values()) == [said]


def test_a_fourth_option_is_refused() -> None:
    body = rows_of("a,One,Size,S,5,Moon", head=HEAD + ",Option4 Value")
    assert entries_of(body)[1] == {"a": "It has more than three options."}


def test_garbage_quantities_are_refused_and_those_not_counted_are_kept() -> None:
    head = HEAD + ",Variant Inventory Tracker,Variant Inventory Qty"
    read, wrong = entries_of(
        rows_of("a,One,,,5,shopify,many", "b,Two,,,5,,many", "c,Three,,,5,shopify,2000000", head=head)
    )
    assert read["b"].kinds[0].more["Variant Inventory Qty"] == "many"
    assert not read["b"].kinds[0].tracked
    assert set(wrong) == {"a", "c"}


# ---- whatever there is

BITS = st.sampled_from(
    [
        HEAD,
        HEAD + "\n",
        "Handle",
        ",",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        "\0",
        "a",
        "shirt,Shirt,Size,S,5",
        "é",
        "\ufeff",
        "5",
        "-1",
    ]
)


@given(st.one_of(st.binary(max_size=300), st.lists(BITS, max_size=40).map(lambda bits: "".join(bits).encode())))
def test_any_bytes_are_rows_or_a_refusal(body: bytes) -> None:
    _are_rows_or_a_refusal(body)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252", "utf-32"]))
def test_any_bytes_behind_a_good_header_are_rows_or_a_refusal(rest: bytes, encoding: str) -> None:
    _are_rows_or_a_refusal((HEAD + "\n").encode(encoding) + rest)


def _are_rows_or_a_refusal(body: bytes) -> None:
    try:
        read, _wrong = entries_of(body)
    except Refusal:
        return
    once = written(list(read.values()))
    again, lost = entries_of(once)
    assert not lost
    assert written(list(again.values())) == once


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
CELL = st.text(LETTERS, max_size=12)
WORD = st.text(st.sampled_from('ab ,;"\n\r\téß=+'), min_size=1, max_size=8).map(text.tidy).filter(bool)
MONEY = st.integers(0, 10**9).map(lambda minor: Money(minor, "GBP"))
COLUMNS = st.lists(WORD, max_size=3, unique_by=str.lower)


@st.composite
def kinds_of(draw: st.DrawFn, values: tuple[str, ...]) -> Kind:
    left = draw(st.none() | st.integers(0, 99))
    kind = Kind(values, draw(MONEY), draw(st.none() | MONEY), draw(st.just("") | WORD), grams=draw(st.integers(0, 9)))
    return replace(kind, tracked=left is not None, quantity=left)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    options = draw(st.lists(WORD, max_size=3))
    values = draw(
        st.lists(st.tuples(*[WORD for _one in options]), min_size=1, max_size=4 if options else 1, unique=True)
    )
    columns = [f"My {name}" for name in draw(COLUMNS)]
    kinds = [draw(kinds_of(one)) for one in values]
    pictures = [
        Picture(f"https://x.example/{n}", n, draw(st.just("") | WORD)) for n in range(1, draw(st.integers(1, 6)))
    ]
    cells = {name: draw(CELL) for name in columns}
    entry = Entry("thing", draw(WORD), draw(st.sampled_from(["draft", "published"])), body=draw(CELL))
    return replace(entry, options=tuple(options), kinds=kinds, pictures=pictures, cells=cells, columns=columns)


@given(entries())
def test_any_entry_reads_as_it_was_written(entry: Entry) -> None:
    once = written([entry])
    read, wrong = entries_of(once)
    assert not wrong
    same = read["thing"]
    assert (same.title, same.state, same.body, same.pictures) == (entry.title, entry.state, entry.body, entry.pictures)
    assert [(one.price, one.compare_at, one.sku, one.grams, one.tracked, one.quantity) for one in same.kinds] == [
        (one.price, one.compare_at, one.sku, one.grams, one.tracked, one.quantity) for one in entry.kinds
    ]
    assert written([same]) == once
