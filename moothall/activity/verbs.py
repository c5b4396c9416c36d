"""Verbs: what can happen here. Each app declares its own once, in its own verbs.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PUBLIC, SUBJECT, PARTIES = "public", "subject", "parties"
_known: dict[str, Verb] = {}


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of act: its name, how a page says it ({actor} and {subject} stand in it), and who may hear of it.

    *public*: everybody; *subject*: whoever may see the subject now; *parties*: only those it concerns. `again` is the
    verb of which an act in a brand's name tells the same once more: whoever hears both is told once."""

    name: str
    sentence: Any  # a lazy translation
    audience: str = PARTIES
    again: str = ""

    def __post_init__(self) -> None:
        if self.name in _known:
            raise ValueError(f"verb {self.name} is declared twice")
        if self.audience not in (PUBLIC, SUBJECT, PARTIES):
            raise ValueError(f"verb {self.name} has no such audience: {self.audience}")
        _known[self.name] = self

    def __str__(self) -> str:
        return self.name


def known() -> Mapping[str, Verb]:
    return _known


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a feed may bring an act to: everybody who follows the source, only followers, one circle, or nobody."""

    name: str = ""
    id: int = 0


NOBODY = Reach()
EVERYBODY = Reach("public")
FOLLOWERS = Reach("followers")


def circle(id: int) -> Reach:
    return Reach("circle", id)
