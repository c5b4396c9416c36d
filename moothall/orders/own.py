"""Whose purchase a request is about: the signed-in person's, or that of the guest whom this browser bought as."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from moothall.people import viewers
from moothall.people.models import Profile

from . import queries
from .models import Purchase


def own_purchases(request: HttpRequest) -> QuerySet[Purchase]:
    """Those of the signed-in person, or of the guest this browser is."""
    own = queries.purchases_of(viewers.member(request)) | queries.purchases_of(viewers.guest(request))
    return own.select_related("buyer")


def acting(request: HttpRequest, purchase: Purchase) -> Profile:
    """Who does something about a purchase of their own: the member, or the guest they bought as."""
    member = viewers.member(request)
    return member if member and queries.is_own(member, purchase) else purchase.buyer
