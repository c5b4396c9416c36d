"""What every page knows: who looks, what is in the basket, which desks are theirs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

from moothall.core.hall import hall
from moothall.core.models import Hall
from moothall.orders import queries as orders
from moothall.people import viewers
from moothall.people.models import Account, Profile
from moothall.people.queries import desks_of


class Frame:
    """Asked only for what a page shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def hall(self) -> Hall:
        return hall()

    @cached_property
    def viewer(self) -> Profile | None:
        return viewers.member(self.request)

    @cached_property
    def basket_count(self) -> int:
        return orders.count(self.viewer, viewers.token(self.request))

    @cached_property
    def desks(self) -> list[Profile]:
        account = self.request.user
        return list(desks_of(account.profile)) if isinstance(account, Account) and getattr(account, "has_desk", True) else []


def page(request: HttpRequest) -> dict[str, Any]:
    frame = Frame(request)
    account = request.user
    return {
        "viewer": frame.viewer,
        "basket_count": frame.basket_count,
        "desks": frame.desks,
        "is_steward": isinstance(account, Account) and account.is_steward,
        "hall": frame.hall,
        "messages": get_messages(request),
        "language": "en",
        "nav": "",
    }
