"""What each voice weighs in the order of ideas, in whole points. Knows no database: the same facts, the same points.

A rule that treats all accounts alike is outweighed by whoever makes enough of them (Cheng and Friedman, "Sybilproof
reputation mechanisms", 2005). So standing begins with what costs money, and comes to others only from those who have
it, in a measure that is shared out (as in Levien's Advogato, and in Tran and others, "Sybil-resilient online content
voting", 2009). Who has no standing weighs little, later, and never in crowds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

KNOWN, LET, STRANGER, NEW, CROWD = "known", "let", "stranger", "new", "crowd"
WAIT = timedelta(days=7)  # until the voice of a stranger weighs anything
FULL, PART = 100, 25  # points of a like: of somebody known, of a stranger
MONTH, MONTHS, A_MONTH = timedelta(days=30), 12, 4  # so much more for each month here, up to a year
WINDOW = timedelta(days=7)
SOME, EACH = 20, 4  # strangers of a window that are no crowd: so many, and so many more for each known voice in it
FEW, HEARD = 10, 2  # strangers that a gate hears: so many, and so many more for each who is known
TENTH, LEAST = 10, FULL - 1  # all strangers together add at most a tenth of what others weigh, or less than one like
ENOUGH, SHARED = 2, 10  # people with standing who vouch for somebody; how many each vouches for in full


@dataclass(frozen=True, slots=True)
class Said:
    """A voice that counts for an idea. A steward may have looked at it and `let` it count, or `kept` it back."""

    pk: int
    worth: int  # of its level, in likes
    at: datetime
    since: datetime  # when its person came here
    known: bool
    let: bool = False
    kept: bool = False


def vouched(parts: Iterable[int]) -> bool:
    """Whether those who vouch for somebody are enough; of each, how many they vouch for altogether."""
    return sum(min(1.0, SHARED / number) for number in parts if number) >= ENOUGH


def weigh(said: Iterable[Said], now: datetime) -> dict[int, tuple[str, int]]:
    """By its number what each voice is taken for, and its points."""
    rows = sorted(said, key=lambda one: (one.at, one.pk))
    crowded = crowds(rows)
    return {one.pk: _weighed(one, one.pk in crowded, now) for one in rows}


def together(taken: Iterable[tuple[str, int]]) -> int:
    """What voices come to in the order, by what each is taken for and its points."""
    trusted = strange = 0
    for trust, points in taken:
        if trust in (KNOWN, LET):
            trusted += points
        else:
            strange += points
    return trusted + min(strange, max(trusted // TENTH, LEAST))


def heard(trusts: Iterable[str]) -> int:
    """How many of those who would pay a gate counts, by what each is taken for."""
    trusts = list(trusts)
    known, let = trusts.count(KNOWN), trusts.count(LET)
    strange = trusts.count(STRANGER) + trusts.count(NEW)
    return known + let + min(strange, FEW + HEARD * known)


def crowds(rows: Sequence[Said]) -> set[int]:
    """Voices of strangers of which too many came in one window. `rows`: the oldest first."""
    known = [0, *accumulate(one.known for one in rows)]  # of the first so many
    strange = [0, *accumulate(_is_strange(one) for one in rows)]
    found: set[int] = set()
    end = told = 0
    for start, first in enumerate(rows):
        while end < len(rows) and rows[end].at < first.at + WINDOW:
            end += 1
        if strange[end] - strange[start] > SOME + EACH * (known[end] - known[start]):
            found |= {one.pk for one in rows[max(start, told) : end] if _is_strange(one)}
            told = end
    return found


def _is_strange(one: Said) -> bool:
    return not one.known and not one.let


def _weighed(one: Said, crowded: bool, now: datetime) -> tuple[str, int]:
    if one.known:
        return KNOWN, one.worth * (FULL + A_MONTH * min((now - one.since) // MONTH, MONTHS))
    if crowded or one.kept:
        return CROWD, 0
    points = 0 if now - one.since < WAIT else one.worth * PART
    if one.let:
        return LET, points
    return (STRANGER, points) if points else (NEW, 0)
