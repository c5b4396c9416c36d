"""The shapes that the description tells: each name is one shape."""

from __future__ import annotations

from collections import Counter

from moothall.api import described
from moothall.api.shapes.plain import In, Out

assert described


def test_no_two_shapes_have_one_name() -> None:
    """Of two the description would keep the last."""
    found = Counter(
        one.__name__
        for kind in (In, Out)
        for one in {below for first in kind.__subclasses__() for below in (first, *first.__subclasses__())}
        if "[" not in one.__name__
    )
    assert not [name for name, number in found.items() if number > 1]
