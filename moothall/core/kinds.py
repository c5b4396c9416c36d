"""Kinds: how a lower floor speaks of things that live above it. Each app enrols its kinds at start; all calls are
in batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Inside:
    """A thing whatever state it is in, for who looks after it: whose it is, the brands it concerns, and what it says.
    `others` made it with its owner."""

    title: str
    address: str
    name: str  # by which `named` finds it
    owner: int  # a profile's id
    others: Collection[int] = ()
    brands: Collection[int] = ()
    words: str = ""
    picture: Any = None
    gone: bool = False  # its owner took it back


@dataclass(frozen=True, slots=True)
class Polled:
    """What the app of a kind says of polls on its things: who may ask one, as they lead the thing; whose yes to a price
    is no evidence, as they lead, judge or sell it; and the brand in whose name one is asked, a profile or None."""

    may_ask: Callable[[Viewer, int], bool]
    is_party: Callable[[Viewer, int], bool]
    brand: Callable[[int], Any]


@dataclass(slots=True)
class Kind:
    """A kind that can be found gives `documents` of those of some ids that anybody but their makers may see, and `ids`
    of all there are, in order.

    A kind that can be spoken of has `named` (the id by the name that addresses have) and `inside`. Of these, what
    people may comment on says `talk`, and what a steward may remove gives `hide` (with the public reason) and `unhide`,
    which say whether anything changed. What everybody may still open though no list shows it any more is told by
    `open`: it can be reported, and what was said of it read. What polls are held on gives `polls`."""

    name: str
    visible: Callable[[Viewer, Iterable[int]], set[int]]
    cards: Callable[[Viewer, Iterable[int]], Mapping[int, Card]]
    documents: Callable[[Iterable[int]], Mapping[int, Doc]] | None = None
    ids: Callable[[], Iterable[int]] | None = None
    named: Callable[[str], int | None] | None = None
    inside: Callable[[Iterable[int]], Mapping[int, Inside]] | None = None
    open: Callable[[Viewer, Iterable[int]], set[int]] | None = None
    talk: bool = False
    hide: Callable[[int, str], bool] | None = None
    unhide: Callable[[int], bool] | None = None
    polls: Polled | None = None


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


def openable(name: str, viewer: Viewer, ids: Iterable[int]) -> set[int]:
    """Which of these the viewer may open by their address: what is visible, unless their kind says more."""
    kind = _kinds.get(name)
    return kind.open(viewer, ids) if kind and kind.open else visible(name, viewer, ids)


def cards(name: str, viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Card]:
    """Cards of those that the viewer may see; the others are left out."""
    return _kinds[name].cards(viewer, ids) if name in _kinds else {}


def named(name: str, public: str) -> int | None:
    """The id of a thing by its kind and by what addresses call it, whoever may see it."""
    kind = _kinds.get(name)
    return kind.named(public) if kind and kind.named else None


def inside(name: str, ids: Iterable[int]) -> Mapping[int, Inside]:
    """Asks nobody whether they may see it: for whoever asks that before, or looks after the hall."""
    kind = _kinds.get(name)
    return kind.inside(ids) if kind and kind.inside else {}


def may_talk(name: str) -> bool:
    """Whether people comment on things of this kind."""
    return name in _kinds and _kinds[name].talk


def polled(name: str) -> Polled | None:
    """What is said of polls on things of this kind; None where there are none."""
    return _kinds[name].polls if name in _kinds else None


def addresses(name: str, ids: Iterable[int]) -> Mapping[int, str]:
    return _served[name](ids) if name in _served else {}


def address(name: str, id: int) -> str:
    return addresses(name, [id]).get(id, "/")
