"""The price rule: what a pool comes to. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Rung:
    """From so many pieces on, this price for each (minor units)."""

    pieces: int
    price: int


@dataclass(frozen=True, slots=True)
class Wish:
    """So many pieces of a variant at no more than `limit` each."""

    id: int
    variant: int
    quantity: int
    limit: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The price for all, and the ids of those who buy at it."""

    price: int
    ids: tuple[int, ...]
    pieces: int


def decide(rungs: Iterable[Rung], wishes: Sequence[Wish], left: Mapping[int, int]) -> Outcome | None:
    """The lowest price whose rung is reached by those who would pay it, or None where none is.

    A wish counts at a price that is within its limit. `left` says how many pieces there are of variants whose stock is
    counted: wishes come in their order, and one for more than is left by then is passed over. A lower price never loses
    anybody to their limit, so the lowest price that holds is the one that all who could have it agree on."""
    for rung in sorted(rungs, key=lambda one: one.price):
        found = _within(left, [wish for wish in wishes if wish.limit >= rung.price])
        pieces = sum(wish.quantity for wish in found)
        if pieces >= rung.pieces:
            return Outcome(rung.price, tuple(wish.id for wish in found), pieces)
    return None


def _within(left: Mapping[int, int], wishes: Iterable[Wish]) -> list[Wish]:
    rest, found = dict(left), []
    for wish in wishes:
        if rest.get(wish.variant, wish.quantity) >= wish.quantity:
            found.append(wish)
            if wish.variant in rest:
                rest[wish.variant] -= wish.quantity
    return found


def wrong_with(rungs: Sequence[Rung]) -> bool:
    """Whether the price does not fall strictly as the pieces rise."""
    return any(a.pieces >= b.pieces or a.price <= b.price for a, b in pairwise(rungs))
