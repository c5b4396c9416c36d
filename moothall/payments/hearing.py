"""Who wants to hear that something happened to a page which keeps a card: apps above say so when they start."""

from __future__ import annotations

from collections.abc import Callable

Hear = Callable[[str], None]

_who: list[Hear] = []


def hears_of_cards(do: Hear) -> Hear:
    """Ask to be told the session of each such page, any number of times, also of pages that are nobody's."""
    _who.append(do)
    return do


def tell(session: str) -> None:
    for do in _who:
        do(session)
