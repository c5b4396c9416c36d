"""What every page knows: who looks, what is in the basket, which desk is theirs."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

from moothall.core.hall import hall
from moothall.orders import queries as orders
from moothall.people import viewers
from moothall.people.models import Account


def page(request: HttpRequest) -> dict[str, Any]:
    """Two queries: the viewer's, and the count of the basket."""
    viewer = viewers.member(request)
    user = getattr(request, "user", None)  # absent where a request was refused before anybody was asked who it is
    account = user if isinstance(user, Account) else None
    return {
        "viewer": viewer,
        "basket_count": orders.count(viewer, viewers.token(request)),
        "desks": _desks(account),
        "unseen": getattr(account, "unseen", 0),
        "is_steward": account is not None and account.is_steward,
        "hall": hall(),
        "messages": get_messages(request),
        "language": "en",
    }


def _desks(account: Account | None) -> list[dict[str, str]]:
    """The first desk of the person; all of them stand on the pages "home" and "you"."""
    handle = getattr(account, "desk_handle", None)
    return [{"name": getattr(account, "desk_name", ""), "handle": handle}] if handle else []
