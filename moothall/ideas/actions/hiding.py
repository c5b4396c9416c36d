"""Removing an idea, for who looks after the hall; who decides and records it is in moderation."""

from __future__ import annotations

from django.db import transaction

from moothall.core import clock, search
from moothall.people.actions import the_hall

from ..models import Idea
from .gathering import release
from .gating import give_days, reach


@transaction.atomic
def hide(id: int, reason: str) -> bool:
    """Nobody but its lead sees it then, and what was pledged for it is let go. Says whether it stood; the reason is
    kept by who decides."""
    standing = Idea.objects.filter(pk=id, stage__in=(Idea.SHAPE, Idea.MERGED), hidden=None)
    changed = standing.update(hidden=clock.now())
    if changed:
        release(the_hall(), Idea.objects.get(pk=id))
    return _touched(id, changed)


@transaction.atomic
def unhide(id: int) -> bool:
    """What was due meanwhile is due anew, and it comes to its gate if it has the voices for it."""
    changed = Idea.objects.filter(pk=id, hidden__isnull=False).update(hidden=None)
    if changed:
        idea = Idea.objects.select_related("brand").get(pk=id)
        give_days(idea)
        reach(idea)
    return _touched(id, changed)


def _touched(id: int, changed: int) -> bool:
    if changed:
        search.touch(Idea.kind, [id])
    return bool(changed)
