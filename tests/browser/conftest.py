"""The browser, the hall everybody looks at, and visitors; each visitor's browser must have nothing to complain of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.process.hall import HallProcess
from tests.process.mould import Mould

from .mould import Stage
from .visitor import Visitor

ARGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
Visit = Callable[..., Visitor]


# Not for the session: while Playwright is there, Django's database may not be used by other tests of the process.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def full_stage(tables: Mould, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.of(tmp_path_factory, tables, "full")


@pytest.fixture(scope="package")
def full_hall(full_stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    """Where all has happened already and nothing goes on by itself: no worker, no till. For looking, not for doing."""
    hall = full_stage.hall(tmp_path_factory.mktemp("full") / "hall")
    hall.open("web")
    yield hall
    hall.close()


@pytest.fixture
def own_hall(full_stage: Stage, tmp_path: Path) -> Iterator[HallProcess]:
    """The same with a till, for one test alone."""
    hall = full_stage.hall(tmp_path / "hall")
    hall.open("web", "till")
    yield hall
    hall.close()


@pytest.fixture
def empty_hall(tables: Mould, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[HallProcess]:
    """A hall on its first day, with worker and till."""
    stage = Stage.of(tmp_path_factory, tables, "empty")
    hall = stage.hall(tmp_path / "hall")
    hall.open()
    yield hall
    hall.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(hall, "ana", color_scheme="dark")`: somebody with a browser of their own."""
    visitors: list[Visitor] = []

    def opened(hall: HallProcess, name: str = "", **like: Any) -> Visitor:
        visitors.append(Visitor(browser, hall, name, **like))
        return visitors[-1]

    yield opened
    for one in visitors:
        one.close()
    wrong = [wrong for one in visitors for wrong in one.wrong]
    assert not wrong, "\n".join([*wrong, visitors[0].hall.log("web")[-2000:]])
