"""What a steward asks of the hall's health: each app enrols what it can look at, and answers in a sentence with what to
do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

WELL, HEED, WRONG = "well", "heed", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and where that is not well what to do."""

    what: str
    state: str
    said: str
    do: str = ""
    check: str = ""  # the name of the check that found it

    def kept(self) -> dict[str, str]:
        return asdict(self)


Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    look: Look
    quick: bool


_known: dict[str, Check] = {}


def enrol(name: str, *, quick: bool = True) -> Callable[[Look], Look]:
    """Look at something when a steward asks. What is not quick goes over the network or writes; a page shows it as
    last known."""

    def keep(look: Look) -> Look:
        _known[name] = Check(name, look, quick)
        return look

    return keep


def known() -> dict[str, Check]:
    return _known


def findings(*, quick: bool | None = None) -> list[Finding]:
    """What is found now, by all checks or by those only that are (not) quick. A check that breaks is a finding."""
    found: list[Finding] = []
    for check in _known.values():
        if quick is None or check.quick == quick:
            found += _look(check)
    return found


def _look(check: Check) -> list[Finding]:
    try:
        return [replace(one, said=_line(one.said), do=_line(one.do), check=check.name) for one in check.look()]
    except Exception as error:  # the sick are who is examined
        return [Finding(check.name, WRONG, _line(f"{type(error).__name__}: {error}"), check=check.name)]


def _line(words: str) -> str:
    """What others say of themselves may have many."""
    return " ".join(words.split())[:500]


def again(kept: Iterable[dict[str, Any]]) -> list[Finding]:
    """Findings as they were kept."""
    return [Finding(**one) for one in kept]
