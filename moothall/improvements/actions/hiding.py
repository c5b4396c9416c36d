"""Removing an improvement, for who looks after the hall; who decides and records it is in moderation."""

from __future__ import annotations

from moothall.core import clock

from ..models import Improvement


def hide(id: int, reason: str) -> bool:
    """Nobody sees it then. Says whether it stood; the reason is kept by who decides."""
    standing = Improvement.objects.filter(pk=id, hidden=None).exclude(state=Improvement.BACK)
    return bool(standing.update(hidden=clock.now()))


def unhide(id: int) -> bool:
    return bool(Improvement.objects.filter(pk=id, hidden__isnull=False).update(hidden=None))
