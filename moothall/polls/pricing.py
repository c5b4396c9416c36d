"""What people would buy at, of some prices they were asked one by one: Gabor and Granger's way ("On the price
consciousness of consumers", 1961). Numbers only, no database; prices in minor units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moothall.core import demand
from moothall.core.money import portion

FEWEST = 5  # answers, before anything of them is shown
NEAR = 90  # of a hundred: how near the best revenue a price is acceptable
Said = Mapping[tuple[bool, ...], int]  # yes or no at each price, the lowest first; and how many said so


@dataclass(frozen=True, slots=True)
class Asked:
    """A price: how many would buy at it, between which numbers that would be among as many others like them, and what
    it would bring in, the best price being 100."""

    price: int
    voices: int
    low: int
    high: int
    index: int
    good: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """`odd` said no at a price and yes at a higher one: they count up to the price below their first no. `ranges` are
    the acceptable prices, from and to, among those that were asked."""

    people: int
    odd: int
    points: tuple[Asked, ...]
    ranges: tuple[tuple[Asked, Asked], ...]


def reckon(prices: Sequence[int], said: Said) -> Answered:
    """Of rising prices."""
    found: Counter[int] = Counter()
    odd = 0
    for answer, number in said.items():
        level = steps(answer)
        found[prices[level - 1] if level else 0] += number
        odd += number if any(answer[level:]) else 0
    heard = sorted(found.items())
    people = demand.asked(heard)
    plain = [demand.at(heard, price) for price in prices]
    best = max((one.price * one.voices for one in plain), default=0)
    points = tuple(
        Asked(
            one.price,
            one.voices,
            one.low,
            one.high,
            portion(one.price * one.voices, 100, best) if best else 0,
            bool(best) and one.price * one.voices * 100 >= NEAR * best,
        )
        for one in plain
    )
    return Answered(people, odd, points, _ranges(points))


def steps(answer: Sequence[bool]) -> int:
    """How many prices, from the lowest on, were answered with yes before the first no."""
    return next((number for number, yes in enumerate(answer) if not yes), len(answer))


def _ranges(points: Sequence[Asked]) -> tuple[tuple[Asked, Asked], ...]:
    """Neighbouring good prices together."""
    found: list[tuple[Asked, Asked]] = []
    is_next = False
    for point in points:
        if point.good:
            found.append((found.pop()[0] if is_next else point, point))
        is_next = point.good
    return tuple(found)
