"""Reckons a gate's figures anew from its file, as anybody could at home: plain Python that knows nothing of the hall.

Usage: python reckon_gate.py gate.json. Prints what it found as JSON, in the shape of the file."""

import json
import sys
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

getcontext().prec = 60


def wilson(yes: int, asked: int) -> tuple[int, int]:
    """The 95 percent score interval of Wilson (1927), by its formula, as numbers of `asked`."""
    z2 = Decimal("3.8416")
    root = (z2 * (Decimal(yes) * (asked - yes) / asked + z2 / 4)).sqrt()
    low, high = ((yes + z2 / 2 - root) * asked / (asked + z2), (yes + z2 / 2 + root) * asked / (asked + z2))
    hair = Decimal("1e-40")
    return int((low + hair).to_integral_value(ROUND_FLOOR)), int((high - hair).to_integral_value(ROUND_CEILING))


def point(heard: Any, price: int) -> Any:
    asked = sum(one["voices"] for one in heard)
    yes = sum(one["voices"] for one in heard if one["price"] >= price)
    low, high = wilson(yes, asked) if asked else (0, 0)
    return {"price": price, "voices": yes, "low": low, "high": high}


def profit(sheet: Any, price: int, sold: int) -> Fraction:
    runs = sheet["runs"]
    made = max(sold, runs[0]["pieces"])
    piece = [run["unit"] for run in runs if run["pieces"] <= made][-1]
    without_tax = Fraction(price) / (1 + Fraction(sheet["tax"], 10_000))
    royalty = without_tax * Fraction(sheet["royalty"], 10_000)
    fee = price * Fraction(sheet["fee"], 10_000) + sheet["fee_each"]
    left: Fraction = sold * (without_tax - royalty - fee - sheet["shipping"]) - made * piece - sheet["fixed"]
    return left


def break_even(sheet: Any, price: int, most: int = 3_000) -> int | None:
    return next((sold for sold in range(1, most) if profit(sheet, price, sold) >= 0), None)


def pence(amount: Fraction) -> int:
    return int((Decimal(amount.numerator) / amount.denominator).quantize(Decimal(1), ROUND_HALF_UP))


def ranges(sheet: Any, heard: Any) -> Any:
    """Each price up to the highest that was named, one after the other."""
    found: list[dict[str, int]] = []
    for price in range(1, max((one["price"] for one in heard), default=0) + 1):
        low = point(heard, price)["low"]
        if low and profit(sheet, price, low) >= 0:
            if found and found[-1]["to"] == price - 1:
                found[-1]["to"] = price
            else:
                found.append({"from": price, "to": price})
    return found


def comes_to(sheet: Any, heard: Any) -> Any:
    price = sheet["price"]
    at = point(heard, price)
    runs, sold = sheet["runs"], at["voices"]
    piece = [run["unit"] for run in runs if run["pieces"] <= max(sold, runs[0]["pieces"])][-1]
    without_tax = Fraction(price) / (1 + Fraction(sheet["tax"], 10_000))
    fee = price * Fraction(sheet["fee"], 10_000) + sheet["fee_each"]
    margin = without_tax * (1 - Fraction(sheet["royalty"], 10_000)) - fee - sheet["shipping"] - piece
    return {
        "voices": at["voices"],
        "low": at["low"],
        "high": at["high"],
        "break_even": break_even(sheet, price),
        "margin": pence(margin),
        "profit": pence(profit(sheet, price, sold)),
        "worst": pence(profit(sheet, price, at["low"])),
        "ranges": ranges(sheet, heard),
    }


def main(path: str) -> None:
    gate = json.loads(Path(path).read_text(encoding="utf-8"))
    heard = gate["heard"]
    print(
        json.dumps(
            {
                "curve": [point(heard, one["price"]) for one in heard],
                "sheets": {sheet["sheet"]: comes_to(sheet, heard) for sheet in gate["sheets"]},
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
