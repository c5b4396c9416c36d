"""What every page knows: who looks, what is in the basket, which desk is theirs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import get_language

from moothall.core.hall import hall
from moothall.orders import queries as orders
from moothall.people import viewers
from moothall.people.models import Account

FIELD = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'


def page(request: HttpRequest) -> dict[str, Any]:
    """Two queries: the session's and the viewer's; for a guest, the count of the basket."""
    viewer = viewers.member(request)
    user = getattr(request, "user", None)  # absent where a request was refused before anybody was asked who it is
    account = user if isinstance(user, Account) else None
    return {
        "viewer": viewer,
        "basket_count": getattr(account, "basket_count", 0) if account else orders.count(viewers.token(request)),
        "desks": _desks(account),
        "unseen": getattr(account, "unseen", 0),
        "is_steward": account is not None and account.is_steward,
        "hall": hall(),
        "messages": get_messages(request),
        "language": get_language(),
        **_token(request),
    }


def _desks(account: Account | None) -> list[dict[str, str]]:
    """The first desk of the person; all of them stand on the pages "home" and "you"."""
    handle = getattr(account, "desk_handle", None)
    return [{"name": getattr(account, "desk_name", ""), "handle": handle}] if handle else []


def _token(request: HttpRequest) -> dict[str, Any]:
    """The token that a page's forms carry: masked once, however many forms there are, and only where there are any."""
    once = cache(lambda: get_token(request))
    return {
        "csrf_token": SimpleLazyObject(once),
        "csrf_input": SimpleLazyObject(lambda: format_html(FIELD, once())),
    }
