"""The shapes that the description tells: each name is one shape."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from moothall.activity.tells import SORTS
from moothall.api import described
from moothall.api.shapes.notices import NoticeOut, SortName
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


def test_a_program_chooses_whatever_sort_of_notices_there_is() -> None:
    assert get_args(SortName) == SORTS, "a new sort stands in api/shapes/notices.py, too: SortName and NoticeOut.sort"
    told = NoticeOut.model_fields["sort"].description or ""
    assert not [name for name in SORTS if name not in told]
