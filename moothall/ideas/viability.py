"""Whether an idea would carry itself: what those who would pay say, against what it costs. Numbers only, no database.

Amounts are minor units of one currency, percentages hundredths of a percent. All is reckoned in whole numbers and
fractions; `rounded` is the one place where anything is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from moothall.core.money import portion

WHOLE = 10_000  # hundredths of a percent
Z2 = Fraction(38416, 10_000)  # 1.96²: 95 percent, both sides
Heard = Sequence[tuple[int, int]]  # what people would pay and how many said so, the lowest price first


@dataclass(frozen=True, slots=True)
class Costs:
    """What a thing costs whoever makes it. `runs` are (pieces, cost of each piece), the smallest run first, a piece of
    a larger run costing as much or less; `fee` is of the price, `tax` is in the price, `royalty` is of the price
    without its tax."""

    runs: tuple[tuple[int, int], ...]
    fixed: int = 0
    shipping: int = 0
    fee: int = 0
    fee_each: int = 0
    tax: int = 0
    royalty: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """How many would pay this price or more, and between which numbers that would be among as many others like them."""

    price: int
    voices: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a price would come to. `break_even` is None where no number of pieces carries the costs; `margin` is of
    each piece at the expected number; `worst` is the profit at the lower number."""

    point: Point
    break_even: int | None
    margin: int
    profit: int
    worst: int


# ---- costs


def kept(costs: Costs) -> Fraction:
    """The part of a price that is left after tax, royalty and the fee in percent."""
    return Fraction(WHOLE - costs.royalty, WHOLE + costs.tax) - Fraction(costs.fee, WHOLE)


def each(costs: Costs, price: int) -> Fraction:
    """What is left of a sale before the piece itself is paid for."""
    return price * kept(costs) - costs.fee_each - costs.shipping


def unit(costs: Costs, pieces: int) -> int:
    """What a piece costs when so many are made: as in the largest run not above that number; never fewer are made than
    the smallest run has."""
    return next((cost for size, cost in reversed(costs.runs) if size <= pieces), costs.runs[0][1])


def outlay(costs: Costs, pieces: int) -> int:
    """What it costs to have so many to sell. Who sells fewer than the smallest run has made that run all the same."""
    made = max(pieces, costs.runs[0][0])
    return costs.fixed + made * unit(costs, made)


def margin(costs: Costs, price: int, pieces: int) -> Fraction:
    return each(costs, price) - unit(costs, pieces)


def profit(costs: Costs, price: int, pieces: int) -> Fraction:
    return pieces * each(costs, price) - outlay(costs, pieces)


def break_even(costs: Costs, price: int) -> int | None:
    """The fewest pieces, one at least, that lose nothing at this price; None if there are none. Whoever sells more
    loses nothing either, as a piece of a larger run never costs more."""
    left, smallest = each(costs, price), costs.runs[0][0]
    if smallest > 1 and (found := _fewest(left, outlay(costs, 1), 1, smallest - 1)):
        return found
    ends = [size - 1 for size, _cost in costs.runs[1:]]
    for (size, cost), end in zip(costs.runs, [*ends, None], strict=True):
        if found := _fewest(left - cost, costs.fixed, size, end):
            return found
    return None


def _fewest(each: Fraction, burden: int, first: int, last: int | None) -> int | None:
    """The fewest pieces from `first` to `last` that bring the burden in, at so much each."""
    if each * first >= burden:
        return first
    if each <= 0:
        return None
    needed = -(-burden // each)
    return needed if last is None or needed <= last else None


# ---- demand


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


# ---- both


def outlook(costs: Costs, price: int, heard: Heard) -> Outlook:
    point = at(heard, price)
    return Outlook(
        point,
        break_even(costs, price),
        rounded(margin(costs, price, point.voices)),
        rounded(profit(costs, price, point.voices)),
        rounded(profit(costs, price, point.low)),
    )


def ranges(costs: Costs, heard: Heard) -> list[tuple[int, int]]:
    """The prices, from and to, at which the lower number is enough to break even; the lowest first, none if the number
    never is. Refuses costs that leave nothing of a price, however high (ValueError)."""
    share = kept(costs)
    if share <= 0:
        raise ValueError("nothing is left of any price")
    found: list[tuple[int, int]] = []
    before = 0
    for point in curve(heard):
        if point.low:
            # The lower number stays the same down to the price before: the profit at it only rises with the price.
            needed = (Fraction(outlay(costs, point.low), point.low) + costs.fee_each + costs.shipping) / share
            first = max(before + 1, -(-needed.numerator // needed.denominator))
            if first <= point.price:
                if found and found[-1][1] == first - 1:
                    first = found.pop()[0]
                found.append((first, point.price))
        before = point.price
    return found


def rounded(amount: Fraction) -> int:
    """In minor units, half away from zero."""
    return portion(amount.numerator, 1, amount.denominator)
