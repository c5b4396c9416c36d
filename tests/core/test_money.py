"""Money: nothing is lost or made by splitting, rounding or reading."""

from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.money import LARGEST, Money, parse, portion, precision
from moothall.core.refusals import BadInput

amounts = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any)


@given(amounts, weights)
def test_parts_sum_to_the_whole_and_are_within_one_of_exact(amount: int, weights: list[int]) -> None:
    parts = Money(amount, "GBP").split(weights)
    assert sum(part.minor for part in parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Decimal(part.minor) - Decimal(amount) * weight / sum(weights)) < 1
        assert weight or not part


@given(st.integers(0, 10**9), weights)
def test_a_larger_weight_never_gets_less(amount: int, weights: list[int]) -> None:
    parts = Money(amount, "GBP").split(weights)
    by_weight = sorted(zip(weights, (part.minor for part in parts), strict=True))
    for (lighter, less), (heavier, more) in pairwise(by_weight):
        assert lighter == heavier or less <= more


def test_a_split_needs_a_weight() -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(5, "GBP").split([0, 0])
    assert [part.minor for part in Money(100, "GBP").split([1, 1, 1])] == [34, 33, 33]


@given(amounts, st.integers(1, 10**9), st.data())
def test_a_portion_is_the_nearest_and_odd(amount: int, whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    found = portion(amount, part, whole)
    assert abs(Decimal(found) * whole - Decimal(amount) * part) * 2 <= whole
    assert portion(-amount, part, whole) == -found
    assert (portion(amount, 0, whole), portion(amount, whole, whole)) == (0, amount)


def test_halves_go_away_from_zero() -> None:
    assert [portion(amount, 1, 2) for amount in (1, 3, -1, -3)] == [1, 2, -1, -2]


@given(st.integers(0, LARGEST - 1), st.sampled_from(["GBP", "EUR", "JPY", "KWD"]))
def test_what_is_written_plainly_is_read_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    if len(money.plain.partition(".")[0]) <= 10:
        assert parse(money.plain, currency) == money
        assert parse(f" {money.plain.replace('.', ',')} ", currency) == money


@pytest.mark.parametrize(
    ("text", "minor"), [("38", 3800), ("38.5", 3850), ("38,50", 3850), ("0", 0), (" 1200.00 ", 120_000)]
)
def test_as_people_write(text: str, minor: int) -> None:
    assert parse(text, "GBP") == Money(minor, "GBP")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "+1",
        "1e3",
        "£3",
        "1.",
        ".5",
        "1.2.3",
        "1 200",
        "1_000",
        "nan",
        "12345678901",
        "1.234",
        "1,200",
        "38.500",
    ],
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text, "GBP")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert 0 <= parse(text, "GBP").minor < LARGEST


def test_more_digits_than_the_currency_has_are_refused() -> None:
    assert (precision("JPY"), precision("GBP"), precision("KWD")) == (0, 2, 3)
    assert parse("500", "JPY") == Money(500, "JPY")
    assert parse("1.234", "KWD") == Money(1234, "KWD")
    with pytest.raises(BadInput, match="coins"):
        parse("5.5", "JPY")
    with pytest.raises(BadInput, match="more money"):
        parse("9999999999.999", "KWD")


def test_currencies_do_not_mix() -> None:
    pound, euro = Money(1, "GBP"), Money(1, "EUR")
    for mixing in (lambda: pound + euro, lambda: pound - euro, lambda: pound < euro):
        with pytest.raises(ValueError, match="mix"):
            mixing()
    assert pound != euro


@given(amounts, amounts)
def test_it_counts(one: int, other: int) -> None:
    a, b = Money(one, "GBP"), Money(other, "GBP")
    assert (a + b) - b == a
    assert -a + a == Money(0, "GBP")
    assert a * 3 == a + a + a
    assert (a < b) == (one < other)
    assert bool(a) == (one != 0)


def test_as_a_page_says_it() -> None:
    assert [str(Money(minor, "GBP")) for minor in (3800, 3850, 120_000, -5, 0)] == [
        "£38",
        "£38.50",
        "£1,200",
        "-£0.05",
        "£0",
    ]
    assert Money(500, "JPY").text in ("¥500", "JP¥500")
    with translation.override("de"):
        assert Money(3850, "EUR").text.replace("\xa0", " ") == "38,50 €"
