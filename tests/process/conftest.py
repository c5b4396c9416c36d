"""Halls for these tests: opened when asked for, closed with all their processes when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .hall import HallProcess
from .mould import Mould

Opened = Callable[..., HallProcess]


@pytest.fixture(scope="session")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mould]:
    made = Mould(tmp_path_factory.mktemp("mould"))
    yield made
    made.close()


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
