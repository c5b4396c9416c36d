"""Who calls: the person of a token, or nobody; and whether they may ask this, and so often."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from moothall.people import tokens

from . import limits
from .problems import Problem

HOW = {"WWW-Authenticate": 'Bearer realm="moothall"'}


def welcome(request: Any, *, scope: str, safe: bool) -> None:
    """Set `viewer`, and with a scope `me` and `account`. Counts the request, for its address and for its person.

    A browser's cookies say nothing here: so no other site can send anything in somebody's name."""
    request.limits = limits.count(request, limits.address_of(request), "address", safe=safe)
    request.viewer, request.scopes = None, []
    said = request.headers.get("Authorization", "")
    if not said:
        if scope:
            raise Problem("token", _("This needs a token: Authorization: Bearer moot_…"), headers=HOW)
        return
    kind, _space, secret = said.partition(" ")
    token = tokens.find_token(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        wrong = {"WWW-Authenticate": HOW["WWW-Authenticate"] + ', error="invalid_token"'}
        raise Problem("token", _("This token is wrong, over or ended."), headers=wrong)
    request.account, request.me, request.scopes = token.account, token.account.profile, token.words
    request.limits = limits.count(request, str(token.account.profile_id), "person", safe=safe) or request.limits
    if scope and scope not in request.scopes:
        lacks = {"WWW-Authenticate": f'{HOW["WWW-Authenticate"]}, error="insufficient_scope", scope="{scope}"'}
        raise Problem("scope", _("This token was not made for that."), headers=lacks, scope=scope)
    # What everybody may see is seen with the person's own eyes only by a token that may read.
    request.viewer = request.me if scope or tokens.READ in request.scopes else None
    tokens.note_use(token)
