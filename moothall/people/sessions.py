"""Sessions are rows, and the row of one that is signed in says whose it is and which browser: so they can be listed and
ended one by one, and a page still asks one query for its session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from moothall.core import clock, hot, ids

from .backend import signed_in
from .browsers import browser_words
from .models import Account, SignIn

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


@hot.read
def _row(key: str) -> QuerySet[SignIn]:
    return SignIn.objects.filter(session_key=key)


class SessionStore(Rows):
    """Django's, in rows of ours. What the row says of a sign-in stands in its data too, and is copied from there."""

    account: Account | None = None  # whose session it was when it was read

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def _get_session_from_db(self) -> SignIn | None:
        known = self.session_key and self.session_key.isalnum()  # as all ours are: a NUL must not reach the database
        for account in signed_in(self.session_key) if known else ():
            if account.session_ends > timezone.now():
                self.account = account
                return SignIn(session_key=str(self.session_key), session_data=account.session_data)
        for row in _row(self.session_key) if known else ():
            if row.expire_date > timezone.now():
                return row
        self._session_key = None
        return None

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        whose = data.get(SESSION_KEY)
        if whose and "sign_in" not in data:
            data["sign_in"] = {"public": ids.short(), "begun": clock.now().isoformat()}
        row = super().create_model_instance(data)
        assert isinstance(row, SignIn)
        if whose:
            said = data["sign_in"]
            row.account_id = int(whose)
            row.public = said["public"]
            row.begun = datetime.fromisoformat(said["begun"])
            row.seen = date.fromisoformat(said["seen"]) if "seen" in said else row.begun.date()
            row.browser = said.get("browser", "")
        return row


def open_session(account: Account, browser: str) -> str:
    """A session of the account without its password, for the demo town; gives its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    day = clock.now().date().isoformat()
    session["sign_in"] = {"public": ids.short(), "begun": clock.now().isoformat(), "seen": day, "browser": browser}
    session.save()
    return str(session.session_key)


class Viewers(AuthenticationMiddleware):
    """Django's, where session and account have not come by one query already."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def _user(request: HttpRequest) -> Account | AnonymousUser:
    whose = request.session.get(SESSION_KEY)
    account = getattr(request.session, "account", None)
    if isinstance(account, Account) and str(account.pk) == whose:
        said = request.session.get(HASH_SESSION_KEY, "")
        if constant_time_compare(said, account.get_session_auth_hash()):
            return account
    return get_user(request)


def sign_ins(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Notes the browser of who signed in, and the day, at the first thing they do in it: reading notes nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method not in SAFE and SESSION_KEY in request.session and isinstance(request.user, Account):
            today = clock.now().date().isoformat()
            said = request.session.get("sign_in", {})
            if said.get("seen") != today or "browser" not in said:
                fresh = {"public": ids.short(), "begun": clock.now().isoformat()}
                browser = browser_words(request.headers.get("User-Agent", ""))
                request.session["sign_in"] = fresh | said | {"seen": today, "browser": browser}
        return response

    return answer
