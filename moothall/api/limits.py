"""How often one may ask: reads are counted in this process's memory, unsafe requests in the database."""

from __future__ import annotations

import threading
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from moothall.core import clock

from . import actions
from .problems import Problem

_lock = threading.Lock()
_minute = 0
_read: dict[str, int] = {}


def count(request: HttpRequest, who: str, which: str, *, safe: bool) -> dict[str, str]:
    """Count this request for a person or an address (`which`); gives the headers that say what is left of the minute.

    Raises the problem *too-many* where nothing is left."""
    most = settings.API_LIMITS.get("read" if safe else "write", {}).get(which)
    if not most:
        return {}
    name = sha256(f"{settings.SECRET_KEY} {which} {who}".encode()).hexdigest()  # no addresses are kept
    left = _one_more(name, most) if safe else actions.spend(name, most)
    wait = 60 - int(clock.now().timestamp()) % 60
    headers = {"RateLimit-Limit": str(most), "RateLimit-Remaining": str(max(left, 0)), "RateLimit-Reset": str(wait)}
    if left < 0:
        raise Problem("too-many", headers=headers | {"Retry-After": str(wait)})
    return headers


def address_of(request: HttpRequest) -> str:
    """Where the request came from, as the proxies that the hall trusts say it."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return "unknown"


def _one_more(name: str, most: int) -> int:
    global _minute
    with _lock:
        if _minute != actions.minute():
            _minute = actions.minute()
            _read.clear()
        _read[name] = _read.get(name, 0) + 1
        return most - _read[name]
