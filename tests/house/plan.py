"""The plan of the house, read from the import contracts: its floors, its files, and which app a file belongs to."""

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "moothall"


def _floors() -> dict[str, int]:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    floors = reversed(contracts["importlinter:contract:floors"]["layers"].split("\n"))
    return {app.strip(" ()"): level for level, floor in enumerate(floors) for app in floor.split("|") if app.strip()}


FLOOR = _floors()


def is_at_or_below(there: str, here: str) -> bool:
    """Whether the app `here` may know the app `there`: itself and those on lower floors, but no sibling."""
    return there == here or FLOOR[there] < FLOOR[here]


def app_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def sources(*packages: str) -> list[Path]:
    """Python files written by hand, in the order of their names."""
    found = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def templates() -> dict[str, Path]:
    """Each template by the name under which it is loaded."""
    folders = sorted(HOUSE.glob("*/templates"))
    return {
        path.relative_to(folder).as_posix(): path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository, save what tools and the running house leave behind."""
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        if not path.is_file() or any(_is_left_behind(folder) for folder in folders):
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def _is_left_behind(folder: str) -> bool:
    return folder in {"build", "var", "__pycache__"} or (folder.startswith(".") and folder != ".ci")
