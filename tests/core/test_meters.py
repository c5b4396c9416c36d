"""Counting requests never breaks one, however many threads count the first of their kind at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from moothall.core import meters


def test_two_threads_count_the_first_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second begins while the first has only half of what it needs."""
    half, seconds = threading.Event(), meters._seconds

    class Slow:
        def labels(self, *names: str) -> Any:
            first = not half.is_set()
            half.set()
            if first:
                done.wait(2)
            return seconds.labels(*names)

    done = threading.Event()
    monkeypatch.setattr(meters, "_seconds", Slow())
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(meters.count, "a page of this test", "GET", 200, 0.01)
        assert half.wait(5)
        other = pool.submit(meters.count, "a page of this test", "GET", 200, 0.01)
        other.result(5)
        done.set()
        one.result(5)
