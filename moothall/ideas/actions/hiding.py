"""Removing an idea, a contribution or an argument, for who looks after the hall; who decides and records it, and keeps
the reason, is in moderation."""

from __future__ import annotations

from django.db import transaction

from moothall.core import clock, search
from moothall.people.actions import the_hall

from ..models import Contribution, Idea, Sheet
from .gathering import release
from .gating import give_days, reach


@transaction.atomic
def hide(id: int, reason: str) -> bool:
    """Nobody but its lead sees it then, and what was pledged for it is let go. Says whether it stood."""
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


def hide_contribution(id: int, reason: str) -> bool:
    """Nobody sees it then or can take it in; what was taken in stays in the version. Says whether it stood."""
    standing = Contribution.objects.filter(pk=id, hidden=None).exclude(state=Contribution.BACK)
    return bool(standing.update(hidden=clock.now()))


def unhide_contribution(id: int) -> bool:
    return bool(Contribution.objects.filter(pk=id, hidden__isnull=False).update(hidden=None))


def hide_argument(id: int, reason: str) -> bool:
    """Nobody sees it then. Says whether it stood; a brand's own sheet is no argument."""
    return bool(Sheet.objects.filter(pk=id, own=False, ended=None, hidden=None).update(hidden=clock.now()))


def unhide_argument(id: int) -> bool:
    return bool(Sheet.objects.filter(pk=id, hidden__isnull=False).update(hidden=None))


def _touched(id: int, changed: int) -> bool:
    if changed:
        search.touch(Idea.kind, [id])
    return bool(changed)
