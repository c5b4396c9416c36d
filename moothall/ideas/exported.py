"""A gate as numbers that anybody can reckon again: what was heard, each published sheet, and what it came to."""

from __future__ import annotations

from typing import Any

from moothall.people.models import Profile

from . import judged, viability
from .gates import Gate
from .judged import Reckoned


def figures_of(viewer: Profile | None, gate: Gate) -> dict[str, Any]:
    """Amounts in minor units, percentages in hundredths of a percent, pieces and voices as they are."""
    heard, own, argued = judged.whole(viewer, gate)
    return {
        "gate": gate.public,
        "idea": gate.idea.public,
        "brand": gate.brand.handle,
        "state": gate.state,
        "due": gate.due.isoformat(),
        "currency": gate.currency,
        "heard": [{"price": price, "voices": voices} for price, voices in heard],
        "curve": [
            {"price": one.price, "voices": one.voices, "low": one.low, "high": one.high}
            for one in viability.curve(heard)
        ],
        "sheets": [_sheet(one) for one in ([own] if own else []) + argued],
    }


def _sheet(one: Reckoned) -> dict[str, Any]:
    names = ("price", "fixed", "shipping", "fee", "fee_each", "tax", "royalty")
    found = one.outlook
    return {
        "sheet": one.sheet.public,
        "own": one.sheet.own,
        **{name: getattr(one.sheet, name) for name in names},
        "runs": [{"pieces": run.pieces, "unit": run.unit} for run in one.runs],
        "comes_to": {
            "voices": found.point.voices,
            "low": found.point.low,
            "high": found.point.high,
            "break_even": found.break_even,
            "margin": found.margin,
            "profit": found.profit,
            "worst": found.worst,
            "ranges": [{"from": low.minor, "to": high.minor} for low, high in one.ranges],
        },
    }
