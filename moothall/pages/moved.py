"""An address under a handle that was given up leads to the new one: looked for only where nothing was found."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from moothall.people import queries
from moothall.people.viewers import member

UNDER_HANDLE = re.compile(r"^/(@|desk/)([a-z0-9-]{3,30})(/.*)?$")


def moved(request: HttpRequest) -> HttpResponse | None:
    """To the same place under the new handle, for who may see whose it is; nothing where nobody moved."""
    found = UNDER_HANDLE.match(request.path) if request.method in ("GET", "HEAD") else None
    if found is None:
        return None
    before, old, rest = found.groups()
    handle = queries.moved(member(request), old)
    if handle is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{before}{handle}{rest or ''}" + (f"?{query}" if query else ""))
