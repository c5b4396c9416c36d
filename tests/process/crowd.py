"""Many people who do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Who = TypeVar("Who")
What = TypeVar("What")


def at_once(do: Callable[[Who], What], crowd: Sequence[Who]) -> list[What]:
    """All wait for each other and then begin together."""
    gate = threading.Barrier(len(crowd))

    def begin(one: Who) -> What:
        gate.wait(60)
        return do(one)

    with ThreadPoolExecutor(len(crowd)) as pool:
        return list(pool.map(begin, crowd))


def by_turns(do: Callable[[Who], What], crowd: Sequence[Who], hands: int = 8) -> list[What]:
    """Some at a time: to get ready."""
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(do, crowd))
