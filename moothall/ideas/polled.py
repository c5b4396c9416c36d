"""What polls on ideas go by (core.kinds.Polled)."""

from __future__ import annotations

from moothall.people.models import Profile

from . import queries
from .models import Idea
from .queries import Viewer


def may_ask(person: Viewer, id: int) -> bool:
    """Who leads it, alone or with others, while it stands; never somebody of a team that judges it."""
    if person is None:
        return False
    found = queries.visible_to(person).filter(queries.own(person), pk=id).first()
    return found is not None and not queries.is_of_its_brand(person, found)


def is_party(person: Viewer, id: int) -> bool:
    """Who leads it, as a lead is no voice for it; and the team of a brand that it is addressed to, or that judges
    it."""
    if person is None:
        return False
    found = Idea.objects.filter(pk=id).first()
    return found is not None and (queries.writes(person, found) or queries.is_of_its_brand(person, found))


def brand(id: int) -> Profile | None:
    """Its lead asks in their own name."""
    return None
