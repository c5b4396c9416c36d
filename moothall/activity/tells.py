"""Whom an act tells: each app says it beside its verbs, in its tells.py; whoever brings notices asks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moothall.core import kinds

from .models import Act
from .verbs import Verb

if TYPE_CHECKING:
    from moothall.people.models import Profile

# What a person chooses for: sorts of notices.
ORDERS, DESK, PEOPLE, SHARES, IDEAS, TALK, HALL = "orders", "desk", "people", "shares", "ideas", "talk", "hall"
SORTS = (ORDERS, DESK, PEOPLE, SHARES, IDEAS, TALK, HALL)

Shown = Callable[["Profile", Sequence[Act]], Mapping[int, kinds.Card]]
Whom = Callable[[Act], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail of one act alone, where its app has better words for it than a sentence."""

    subject: str
    template: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tell:
    """One reason why acts of a verb are told to somebody, and how it is said to them.

    `whom`: ids of profiles for an act. `shown`: by the ids of those acts that the person may see now, what `{subject}`
    is called and where a notice of it leads. `ties`: not told by somebody whom the person mutes or is parted from.
    `doers`: told to who did it too, as the worker ended it in their name. `has_mail`: a mail of its own goes to them in
    any case, so that the notice never sends another."""

    name: str
    verb: Verb
    sort: str
    sentence: Any  # a lazy translation, with {actor} and {subject}
    why: Any  # a lazy translation
    whom: Whom
    shown: Shown
    ties: bool
    doers: bool
    has_mail: bool
    letter: Callable[[Act], Letter] | None


_tells: dict[str, Tell] = {}


def about_subject(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, kinds.Card]:
    """The card of each act's subject, where its kind shows it to the viewer."""
    return _by_act(viewer, [(act, act.subject_kind, act.subject_id) for act in acts])


def about_actor(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, kinds.Card]:
    """The card of who did it: of a new follower one wants to see the follower."""
    return _by_act(viewer, [(act, "profile", act.actor_id) for act in acts])


def _by_act(viewer: Profile, asked: Sequence[tuple[Act, str, int]]) -> dict[int, kinds.Card]:
    by_kind: dict[str, set[int]] = {}
    for _act, kind, id in asked:
        by_kind.setdefault(kind, set()).add(id)
    cards = {kind: kinds.cards(kind, viewer, ids) for kind, ids in by_kind.items()}
    return {act.pk: cards[kind][id] for act, kind, id in asked if id in cards[kind]}


def tells(
    verb: Verb,
    to: str,
    *,
    sort: str,
    sentence: Any,
    why: Any,
    shown: Shown = about_subject,
    ties: bool = True,
    doers: bool = False,
    has_mail: bool = False,
    letter: Callable[[Act], Letter] | None = None,
) -> Callable[[Whom], Whom]:
    """Say whom acts of a verb tell. Any app that knows the verb may add to it, under a name of its own (`to`)."""
    name = f"{verb}: {to}"
    if name in _tells:
        raise ValueError(f"{name} is told twice")
    if sort not in SORTS:
        raise ValueError(f"{name} has no such sort: {sort}")

    def keep(whom: Whom) -> Whom:
        _tells[name] = Tell(name, verb, sort, sentence, why, whom, shown, ties, doers, has_mail, letter)
        return whom

    return keep


def known() -> Mapping[str, Tell]:
    return _tells


def of(verb: str) -> list[Tell]:
    """All who are told of acts of this verb; where somebody is told for two reasons, the first stands."""
    return [tell for tell in _tells.values() if tell.verb.name == verb]


def verbs() -> set[Verb]:
    return {tell.verb for tell in _tells.values()}
