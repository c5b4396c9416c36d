"""Signing in by mail address; one query brings the account and its public face."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef

from .models import Account, Member


class OneQueryBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        return (
            Account.objects.select_related("profile", "profile__portrait")
            .annotate(has_desk=Exists(Member.objects.filter(person=OuterRef("profile"))))
            .filter(pk=user_id, is_active=True, profile__gone=None)
            .first()
        )
