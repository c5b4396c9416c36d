"""Finding things, brands and people by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import search, text
from moothall.ideas import queries as ideas
from moothall.ideas.models import Idea
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import cursors
from ..door import Asked, Room
from ..shapes.found import CompletedOut, FoundOut, VoiceOut
from ..shapes.ideas import IdeaOut
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.things import ProductOut

room = Room("Search", "All that the hall has, as far as you may see it. A slip of one letter is forgiven, and told.")
Words = Annotated[str, Field(min_length=1, max_length=80)]
ALL = (Product.kind, Idea.kind, Profile.kind)
FIRST, FACES, COMPLETED = 8, 24, 5


@room.get("/search", FoundOut)
def find(request: Asked, q: Words) -> FoundOut:
    """What holds all the words, best first: things, ideas, and people and brands."""
    found = search.find(request.viewer, text.tidy(q), ALL, limit=FACES)
    ids = found.ids[Product.kind]
    return FoundOut(
        things=_things(request.viewer, ids[:FIRST]),
        ideas=_ideas(request.viewer, found.ids[Idea.kind][:FIRST]),
        profiles=_profiles(request.viewer, found.ids[Profile.kind]),
        more_things=len(ids) > FIRST,
        more_profiles=found.more[Profile.kind],
        instead=found.instead,
    )


@room.get("/search/completion", CompletedOut)
def complete(request: Asked, q: Words) -> CompletedOut:
    """Words and things for what is typed so far."""
    done = search.complete(request.viewer, text.tidy(q), ALL, limit=COMPLETED)
    return CompletedOut(
        words=done.words,
        things=_things(request.viewer, done.found.ids[Product.kind]),
        ideas=_ideas(request.viewer, done.found.ids[Idea.kind]),
        profiles=_profiles(request.viewer, done.found.ids[Profile.kind]),
    )


@room.get("/profiles", ListOf[ProfileOut])
def profiles(request: Asked, q: Words, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """People and brands that hold all the words, best first."""
    start = min(cursors.read(cursor), search.MOST) if cursor else 0
    found = search.find(request.viewer, text.tidy(q), [Profile.kind], limit=limit, offset=start)
    more = cursors.write(start + limit) if found.more[Profile.kind] else None
    return ListOf[ProfileOut](items=_profiles(request.viewer, found.ids[Profile.kind]), next=more)


@room.get("/voices", ListOf[VoiceOut])
def voices(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[VoiceOut]:
    """What people told everybody of things they have, in their words, newest first."""
    told = orders.shares_visible_to(request.viewer).filter(reach="public").exclude(words="")
    rows, more = cursors.by_number(told.select_related("by__portrait", "product__brand"), cursor, limit)
    return ListOf[VoiceOut](items=[VoiceOut.of(one) for one in rows], next=more)


def _things(viewer: Profile | None, ids: Sequence[int]) -> list[ProductOut]:
    return [ProductOut.of(one) for one in catalog.listed(catalog.in_order(viewer, ids))] if ids else []


def _ideas(viewer: Profile | None, ids: Sequence[int]) -> list[IdeaOut]:
    rows = ideas.in_order(viewer, ids)
    support, brands = ideas.support_for(rows), ideas.brands_known(viewer, rows)
    return [IdeaOut.of(one, support[one.pk], brands) for one in rows]


def _profiles(viewer: Profile | None, ids: Sequence[int]) -> list[ProfileOut]:
    if not ids:
        return []
    rows = people.visible_to(viewer).filter(pk__in=ids).select_related("portrait")
    found = {one.pk: one for one in rows}
    return [ProfileOut.of(found[id]) for id in ids if id in found]
