"""Removing an idea, for who looks after the hall; who decides and records it is in moderation."""

from __future__ import annotations

from moothall.core import clock, search

from ..models import Idea


def hide(id: int, reason: str) -> bool:
    """Nobody but its lead sees it then. Says whether it stood; the reason is kept by who decides."""
    standing = Idea.objects.filter(pk=id, stage__in=(Idea.SHAPE, Idea.MERGED), hidden=None)
    return _touched(id, standing.update(hidden=clock.now()))


def unhide(id: int) -> bool:
    return _touched(id, Idea.objects.filter(pk=id, hidden__isnull=False).update(hidden=None))


def _touched(id: int, changed: int) -> bool:
    if changed:
        search.touch(Idea.kind, [id])
    return bool(changed)
