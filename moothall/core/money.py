"""Money: integers in minor units with their currency; all rounding happens here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .refusals import BadInput

LARGEST = 10**12  # minor units; keeps every sum far inside 64 bits
_NUMBER = re.compile(r"\d{1,10}([.,]\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (pence, cents) of one currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-precision(self.currency))

    @property
    def plain(self) -> str:
        """As a form field or a CSV file has it: 38 or 38.50, with a point."""
        return f"{self.decimal:f}"

    @property
    def text(self) -> str:
        """As a page says it: £38 when there are no pence, else £38.50."""
        return _said(self, get_language() or "en")

    def __str__(self) -> str:
        return self.text

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Parts in proportion to the weights that sum to the whole, by largest remainder (Hamilton's method)."""
        return [Money(part, self.currency) for part in split(self.minor, weights)]


@lru_cache(maxsize=10_000)
def _said(money: Money, language: str) -> str:
    whole = money.minor % 10 ** precision(money.currency) == 0
    locale = "en_GB" if language == "en" else language.replace("-", "_")
    pattern = "¤#,##0;-¤#,##0" if whole else None
    return format_currency(money.decimal, money.currency, pattern, locale=locale, currency_digits=not whole)


@cache
def precision(currency: str) -> int:
    """Digits after the point: 2 for GBP, 0 for JPY."""
    return int(get_currency_precision(currency))


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of an amount in proportion to the weights that sum to it, by largest remainder (Hamilton's method); of
    alike remainders the first comes first."""
    total = sum(weights)
    if total <= 0:
        raise ValueError("weights must sum to more than nothing")
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def portion(amount: int, part: int, whole: int) -> int:
    """amount × part ÷ whole, rounded half away from zero, in minor units."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * part + whole) // (2 * whole))


def percent(hundredths: int | None) -> str:
    """Hundredths of a percent as people write them: 20, 5.5; nothing where there are none."""
    return "" if hundredths is None else f"{Decimal(hundredths).scaleb(-2):.2f}".rstrip("0").rstrip(".")


def parse(text: str, currency: str) -> Money:
    """Read "38", "38.5", "38,50" or "1200.00". Refuses signs, words, and more digits than the currency has."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise BadInput(_("A price is a number, like 38 or 38.50."))
    text = text.replace(",", ".")
    # Noughts count too: who means twelve hundred by "1,200" must not sell for 1.20.
    if len(text.partition(".")[2]) > precision(currency):
        raise BadInput(_("%(currency)s has no coins that small.") % {"currency": currency})
    exact = Decimal(text).scaleb(precision(currency))
    if exact >= LARGEST:
        raise BadInput(_("That is more money than this hall can count."))
    return Money(int(exact), currency)
