"""Instant run-off: of several things that people ranked, the one that more than half of them put before what is left.
Numbers only, no database.

In each round a ballot counts for the first choice on it that is still there. Whatever has more than half of the ballots
that count wins. Else the one with the fewest goes out; of several alike, the one with the fewest in the round before;
of those still alike, the one that stands last in the list. (W. R. Ware, 1871, after T. Hare.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Ballots = Mapping[tuple[int, ...], int]  # choices by their number, the best first; and how many said so


@dataclass(frozen=True, slots=True)
class Round:
    """`firsts` is how many ballots count for each choice that is still there. `out` goes out, `tied` if others had as
    few; None in the last round."""

    firsts: Mapping[int, int]
    out: int | None
    tied: bool

    @property
    def counted(self) -> int:
        """Ballots that still name a choice that is there."""
        return sum(self.firsts.values())


@dataclass(frozen=True, slots=True)
class Runoff:
    """`winner` is None where nobody ranked anything."""

    rounds: tuple[Round, ...]
    winner: int | None


def run_off(choices: int, ballots: Ballots) -> Runoff:
    """Of choices numbered from 0. A ballot names each choice once at most, and need not name all."""
    there = list(range(choices))
    rounds: list[Round] = []
    if not any(number and ballot for ballot, number in ballots.items()):
        return Runoff((), None)
    while True:
        firsts = dict.fromkeys(there, 0)
        for ballot, number in ballots.items():
            first = next((one for one in ballot if one in firsts), None)
            if first is not None:
                firsts[first] += number
        best = max(there, key=lambda one: firsts[one])
        if 2 * firsts[best] > sum(firsts.values()):
            return Runoff((*rounds, Round(firsts, None, False)), best)
        before = rounds[-1].firsts if rounds else firsts
        fewest = min(firsts.values())
        last = [one for one in there if firsts[one] == fewest]
        out = min(last, key=lambda one: (before[one], -one))
        rounds.append(Round(firsts, out, len(last) > 1))
        there.remove(out)
