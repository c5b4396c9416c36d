"""Who may enter where the hall is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from moothall.people.viewers import account


def stewards_only(request: HttpRequest) -> None:
    """Led to the sign-in as a stranger; to anybody else there is nothing here."""
    if not account(request).is_steward:
        raise Http404
