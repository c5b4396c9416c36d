"""Whoever signs in keeps what they put into this browser's basket before."""

from __future__ import annotations

from django.http import HttpRequest

from moothall.orders.actions import adopt_basket
from moothall.people.models import Profile


def carry_over(request: HttpRequest, owner: Profile) -> None:
    token = request.session.pop("basket", "")
    if token:
        adopt_basket(owner=owner, token=token)
