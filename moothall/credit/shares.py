"""Shares that come to the whole, always: pure reckoning, no tables.

Parts are rounded by largest remainder (Hamilton's method), ties to the first, so that nothing is lost or made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from moothall.core.money import split

WHOLE = 10_000
MOST = 20  # people of one split


def portions(amount: int, points: Sequence[int]) -> list[int]:
    """An amount in minor units in parts by points, in the order of the points; together exactly the amount."""
    return split(amount, points)


def proposed(leads: Collection[int], words: Mapping[int, int]) -> dict[int, int]:
    """Points by person, 10,000 together, from ids of those who lead an idea and the number of versions in each
    person's words: half to who leads, alike; half by the words. Where one of the two is nobody, all goes by the other;
    where both are, nobody gets anything. Of more than twenty the twenty largest; who would get no point is left out."""
    said = {person: number for person, number in words.items() if number > 0}
    heads, all_words = sorted(set(leads)), sum(said.values())
    weights: dict[int, int] = {}
    for person in sorted({*heads, *said}):
        # Halves in whole numbers: each lead has 1 ÷ (2 × leads), each version 1 ÷ (2 × versions), times both.
        weights[person] = (all_words or 1) * (person in heads) + (len(heads) or 1) * said.get(person, 0)
    chosen = sorted(weights, key=lambda person: (-weights[person], person))[:MOST]
    order = sorted(chosen)
    if not order:
        return {}
    points = split(WHOLE, [weights[person] for person in order])
    return {person: part for person, part in zip(order, points, strict=True) if part}
