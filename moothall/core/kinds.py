"""Kinds: how a lower floor speaks of things that live above it. Each app enrols its kinds at start; all calls are
in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Viewer = Any  # a people.Profile or None: core knows nobody


@dataclass(frozen=True, slots=True)
class Card:
    """What a page can show of anything: a title, where it is, and a part of a page that draws it."""

    title: str
    address: str
    template: str = ""
    thing: Any = None


@dataclass(frozen=True, slots=True)
class Doc:
    """What a thing can be found by: its title, and texts by how much they say of it (see core.search)."""

    title: str
    texts: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Kind:
    """A kind that can be found gives `documents` of those of some ids that anybody but their makers may see, and `ids`
    of all there are, in order."""

    name: str
    visible: Callable[[Viewer, Iterable[int]], set[int]]
    cards: Callable[[Viewer, Iterable[int]], Mapping[int, Card]]
    documents: Callable[[Iterable[int]], Mapping[int, Doc]] | None = None
    ids: Callable[[], Iterable[int]] | None = None


_kinds: dict[str, Kind] = {}
_served: dict[str, Callable[[Iterable[int]], Mapping[int, str]]] = {}


def enrol(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"kind {kind.name} is enrolled twice")
    _kinds[kind.name] = kind


def private(name: str) -> Kind:
    """A kind that is shown on its own page only, to those it concerns: never in a feed or a card."""
    return Kind(name, lambda viewer, ids: set(), lambda viewer, ids: {})


def serve_at(name: str, address: Callable[[Iterable[int]], Mapping[int, str]]) -> None:
    """Said by the app whose page shows the kind, so that those below never name a URL above them."""
    _served[name] = address


def known() -> Mapping[str, Kind]:
    return _kinds


def visible(name: str, viewer: Viewer, ids: Iterable[int]) -> set[int]:
    """Which of these the viewer may see now; of an unknown kind, none."""
    return _kinds[name].visible(viewer, ids) if name in _kinds else set()


def cards(name: str, viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Card]:
    """Cards of those that the viewer may see; the others are left out."""
    return _kinds[name].cards(viewer, ids) if name in _kinds else {}


def addresses(name: str, ids: Iterable[int]) -> Mapping[int, str]:
    return _served[name](ids) if name in _served else {}


def address(name: str, id: int) -> str:
    return addresses(name, [id]).get(id, "/")
