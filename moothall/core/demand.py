"""How many would pay a price, reckoned from what each of some people said; and between which numbers that would be
among others like them. Numbers only; prices in minor units of one currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Z2 = Fraction(38416, 10_000)  # 1.96²: 95 percent, both sides
Heard = Sequence[tuple[int, int]]  # what people would pay and how many said so, the lowest price first


@dataclass(frozen=True, slots=True)
class Point:
    """How many would pay this price or more, and between which numbers that would be among as many others like them."""

    price: int
    voices: int
    low: int
    high: int


def asked(heard: Heard) -> int:
    """How many said what they would pay."""
    return sum(number for _price, number in heard)


def at(heard: Heard, price: int) -> Point:
    voices = sum(number for named, number in heard if named >= price)
    return Point(price, voices, *bounds(voices, asked(heard)))


def curve(heard: Heard) -> list[Point]:
    """A point at each price that somebody named, the lowest first: down to it and above the one before, as many would
    pay. Neither the number nor its bounds ever rise with the price."""
    whole = left = asked(heard)
    points = []
    for price, number in heard:
        points.append(Point(price, left, *bounds(left, whole)))
        left -= number
    return points


def bounds(voices: int, whole: int) -> tuple[int, int]:
    """Wilson's score interval at 95 percent (E. B. Wilson, 1927) for `voices` of `whole`, as numbers of `whole` others:
    the lower one rounded down, the upper one up.

    A share x is outside of it, or on its edge, where (voices/whole - x)² >= z²·x·(1 - x)/whole. With x = j/whole that
    is asked in whole numbers, so that no root is drawn and no digit is lost."""

    def outside(j: int) -> bool:
        return (voices - j) ** 2 * whole * Z2.denominator >= Z2.numerator * j * (whole - j)

    # The share itself lies between both; where it is nothing or all, it is an edge too, and not to be found as one.
    low, inside = 0, max(voices, 1)
    while inside - low > 1:
        middle = (low + inside) // 2
        low, inside = (middle, inside) if outside(middle) else (low, middle)
    inside, high = min(voices, whole - 1), whole
    while high - inside > 1:
        middle = (high + inside) // 2
        inside, high = (inside, middle) if outside(middle) else (middle, high)
    return low, high
