"""Who looks: a member by the sign-in, a guest by what this browser was given at checkout, and the browser's basket."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from moothall.core import ids
from moothall.core.refusals import Refusal

from .models import GUEST, Account, Profile


class SignInFirst(Refusal):
    """Not signed in: the middleware leads to the sign-in and back."""

    status = 401


def member(request: HttpRequest) -> Profile | None:
    """The signed-in person, or None."""
    account = getattr(request, "user", None)
    return account.profile if isinstance(account, Account) else None


def account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise SignInFirst("")
    return request.user


def fresh_account(request: HttpRequest) -> Account:
    """The account of who signed in, or said so again, within ten minutes; anybody else is asked first."""
    found = account(request)
    if get_adapter(request).is_reauthentication_required(app="moothall"):
        raise ReauthenticationRequired
    return found


def somebody(request: HttpRequest) -> Profile:
    """The signed-in person; anybody else is led to the sign-in."""
    return account(request).profile


def buyer(request: HttpRequest) -> Profile | None:
    """The signed-in person, or the guest this browser bought as."""
    return member(request) or guest(request)


def guest(request: HttpRequest) -> Profile | None:
    """The guest this browser bought as, or was let in as by a mail."""
    public = request.session.get("guest")
    return Profile.objects.filter(public=public, sort=GUEST).first() if public else None


def token(request: HttpRequest) -> str:
    """The name of this browser's basket, or nothing when it has none."""
    return str(request.session.get("basket", "")) if hasattr(request, "session") else ""


def own_token(request: HttpRequest) -> str:
    """The name of this browser's basket; given when first needed."""
    if not token(request):
        request.session["basket"] = ids.secret()
    return token(request)


def came_from(request: HttpRequest) -> str:
    """The page of this hall the request came from, or the front page."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        # Anything else would be taken for the name of a page, and break where there is none.
        is_address = address.startswith(("/", "http://", "https://"))
        if is_address and url_has_allowed_host_and_scheme(
            address, {request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"


def with_query(path: str, **words: object) -> str:
    kept = {name: value for name, value in words.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
