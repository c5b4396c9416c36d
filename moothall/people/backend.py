"""Signing in by mail address; one query brings the account and its public face."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import OuterRef, QuerySet, Subquery

from .models import Account, Member


class OneQueryBackend(AuthenticationBackend):
    """`desk_name` and `desk_handle` are those of the first team the person is in: every page leads there."""

    def get_user(self, user_id: Any) -> Account | None:
        return self.asked().filter(pk=user_id, is_active=True, profile__gone=None).first()

    def asked(self) -> QuerySet[Account]:
        """What every page knows of who looks. Floors above add to it what they know, in the same query."""
        desk = Member.objects.filter(person=OuterRef("profile")).order_by("since", "pk")[:1]
        return Account.objects.select_related("profile", "profile__portrait").annotate(
            desk_name=Subquery(desk.values("brand__name")), desk_handle=Subquery(desk.values("brand__handle"))
        )
