"""Whether an idea would carry itself: what those who would pay say, against what it costs. Numbers only, no database.

Amounts are minor units of one currency, percentages hundredths of a percent. All is reckoned in whole numbers and
fractions; `rounded` is the one place where anything is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from moothall.core.demand import Heard, Point, asked, at, bounds, curve
from moothall.core.money import portion

__all__ = ["Heard", "Point", "asked", "at", "bounds", "curve"]  # beside what is declared here
WHOLE = 10_000  # hundredths of a percent


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


def ranges(costs: Costs, curve: Sequence[Point]) -> list[tuple[int, int]]:
    """The prices, from and to, at which the lower number is enough to break even; the lowest first, none if the number
    never is. Refuses costs that leave nothing of a price, however high (ValueError)."""
    share = kept(costs)
    if share <= 0:
        raise ValueError("nothing is left of any price")
    found: list[tuple[int, int]] = []
    before = 0
    for point in curve:
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
