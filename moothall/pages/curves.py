"""The curve of what people would pay, as lines on a drawing: numbers in, coordinates out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moothall.core.money import Money
from moothall.ideas import viability
from moothall.ideas.judged import Reckoned
from moothall.ideas.viability import Point
from moothall.polls.pricing import Answered

WIDE, HIGH = 340, 190  # of the drawing, in its own units
LEFT, RIGHT, TOP, FOOT = 30, 8, 10, 26
Scale = Callable[[float], float]
THIN = 3  # what a range of a single price is wide
STEPS = 60  # prices drawn and told; of more, as many evenly among them


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`band` is between the bounds, `line` how many would pay, `need` how many break even; `good` are the ranges of
    prices at which the lower bound breaks even, as left edge and width."""

    points: Sequence[Point]
    band: str
    line: str
    need: str
    price: float | None
    good: list[tuple[float, float]]
    prices: list[Tick]
    voices: list[Tick]
    currency: str

    def said(self, minor: int) -> str:
        return Money(minor, self.currency).text


def drawn(heard: Sequence[tuple[int, int]], sheet: Reckoned | None, currency: str) -> Drawing | None:
    """None where nobody said a price."""
    points = _few(viability.curve(heard))
    return _drawing(points, viability.asked(heard), sheet, currency) if points else None


def asked_at(answered: Answered, currency: str) -> Drawing:
    """The same of a price question: `good` are the prices that bring in nearly the most."""
    points = [Point(one.price, one.voices, one.low, one.high) for one in answered.points]
    return _drawing(points, answered.people, None, currency, [(low.price, high.price) for low, high in answered.ranges])


def _drawing(
    points: list[Point],
    asked: int,
    sheet: Reckoned | None,
    currency: str,
    near: Sequence[tuple[int, int]] = (),
) -> Drawing:
    named = max(points[-1].price, sheet.sheet.price if sheet else 0)
    end = named + max(named // 12, 1)

    def x(price: float) -> float:
        return round(LEFT + price / end * (WIDE - LEFT - RIGHT), 1)

    def y(voices: float) -> float:
        return round(HIGH - FOOT - min(voices, asked) / asked * (HIGH - FOOT - TOP), 1)

    def stairs(level: str) -> list[tuple[float, float]]:
        """Level down to each price that somebody named, then down."""
        found, before = [], 0
        for point in points:
            height = y(getattr(point, level))
            found += [(x(before), height), (x(point.price), height)]
            before = point.price
        return found

    good = [(low.minor - 1, high.minor) for low, high in sheet.ranges] if sheet else near
    return Drawing(
        points,
        _line([*stairs("high"), *reversed(stairs("low"))]) + "Z",
        _line([*stairs("voices"), (x(points[-1].price), y(0))]),
        _line(_need(sheet, end, asked, x, y)) if sheet else "",
        x(sheet.sheet.price) if sheet else None,
        [(x(low), round(max(x(high) - x(low), THIN), 1)) for low, high in good],
        [Tick(x(named * part / 4), Money(_round(named * part // 4), currency).text) for part in (0, 2, 4)],
        [Tick(y(number), str(number)) for number in sorted({0, asked // 2, asked})],
        currency,
    )


def _need(sheet: Reckoned, end: int, asked: int, x: Scale, y: Scale) -> list[tuple[float, float]]:
    found = []
    for step in range(1, STEPS + 1):
        price = max(end * step // STEPS, 1)
        needed = viability.break_even(sheet.costs, price)
        if needed is not None and needed <= asked:
            found.append((x(price), y(needed)))
    return found


def _few(points: list[Point]) -> list[Point]:
    if len(points) <= STEPS:
        return points
    last = len(points) - 1
    return [points[round(step * last / (STEPS - 1))] for step in range(STEPS)]


def _round(minor: int) -> int:
    """A tick says whole pounds where there are some."""
    return minor - minor % 100 if minor >= 1000 else minor


def _line(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{across} {down}" for across, down in corners) if corners else ""
