"""Halls for these tests: opened when asked for, closed with all their processes when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.once import once

from .hall import HallProcess
from .mould import Mould

Opened = Callable[..., HallProcess]


@pytest.fixture(scope="session")
def mould(tables: Mould, tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """The town and its shelves."""
    words = ["tests.process.scene"]
    return Mould(once(tmp_path_factory, "mould", lambda place: Mould.make(place, "mould", words, tables)))


@pytest.fixture
def a_hall(mould: Mould, tmp_path: Path) -> Iterator[Opened]:
    """`a_hall("web", "till", processes=2)`: a hall in which these run; all of them where none is named."""
    halls: list[HallProcess] = []

    def opened(*names: str, **like: Any) -> HallProcess:
        halls.append(HallProcess(mould, tmp_path / f"hall-{len(halls)}", **like))
        return halls[-1].open(*names)

    yield opened
    for hall in halls:
        hall.close()
