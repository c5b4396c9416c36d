"""Signing in by mail address; one query brings the account, its public face, and what every page shows of them."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import BaseExpression

from moothall.core import hot

from .models import Account, Block, Member, SignIn

_brought: dict[str, BaseExpression] = {}


def bring(name: str, expression: BaseExpression) -> None:
    """Said at start by apps above: every page shows this of who looks, so it comes with the one query. `expression` is
    one of Account; what it gives stands on the account under `name`."""
    _brought[name] = expression


@hot.read
def _viewer(account: int) -> QuerySet[Account]:
    return _as_viewers().filter(pk=account)


@hot.read
def signed_in(session: str) -> QuerySet[Any]:
    """Who is signed in by this session, in a list of one; its data and its end come along."""
    row = SignIn.objects.filter(session_key=session)
    return (
        _as_viewers()
        .annotate(session_data=Subquery(row.values("session_data")), session_ends=Subquery(row.values("expire_date")))
        .filter(pk__in=row.values("account"))
    )


def _as_viewers() -> QuerySet[Account]:
    desk = Member.objects.filter(person=OuterRef("profile")).order_by("since", "pk")[:1]
    by, whom = (Block.objects.filter(**{side: OuterRef("profile")}) for side in ("by", "whom"))
    return (
        Account.objects.select_related("profile", "profile__portrait")
        .annotate(desk_name=Subquery(desk.values("brand__name")), desk_handle=Subquery(desk.values("brand__handle")))
        .annotate(is_parted=Exists(by) | Exists(whom), **_brought)
        .filter(is_active=True, profile__gone=None)
    )


class OneQueryBackend(AuthenticationBackend):
    """`desk_name` and `desk_handle` are those of the first team the person is in: every page leads there. `is_parted`
    says whether a block stands between them and anybody: who is parted from nobody sees what all see."""

    def get_user(self, user_id: Any) -> Account | None:
        return next(iter(_viewer(int(user_id))), None)
