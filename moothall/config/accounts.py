"""How allauth meets the house: accounts are opened by people's action, mails leave through the outbox."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from moothall.activity.verbs import Verb
from moothall.core import ids
from moothall.core.hall import hall
from moothall.orders.actions import adopt_guests
from moothall.outbox.actions import put, write
from moothall.pages.baskets import carry_over
from moothall.people import actions, queries, verbs
from moothall.people.browsers import browser_words
from moothall.people.models import Account

KNOWN = "__Host-known" if settings.HTTPS else "known"  # the cookie of a browser in which somebody signed in before
KNOWN_FOR = 60 * 60 * 24 * 365
MOST_KNOWN = 5
# What allauth did, and what we call it. The mail that says so is written by who reads the verb.
NOTED = {
    "account/email/password_changed": verbs.PASSWORD_CHANGED,
    "account/email/password_set": verbs.PASSWORD_CHANGED,
    "account/email/password_reset": verbs.PASSWORD_CHANGED,
}


class Accounts(DefaultAccountAdapter):
    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """Open the account with its public face."""
        assert isinstance(user, Account)
        user.email = form.cleaned_data["email"].lower()
        self.set_password(user, form.cleaned_data["password1"])
        return actions.join(account=user, name=form.cleaned_data["name"], handle=form.cleaned_data["handle"])

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Whoever was signed in with the old one is signed out, save in this browser."""
        user.set_password(password)
        if isinstance(user, Account) and user.pk:
            user.save(update_fields=["password"])
            actions.sign_out_elsewhere(account=user, here=self.request.session.session_key)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Hashes a password as a new account would: how long the answer takes must not tell who is here."""
        Account().set_password(ids.secret())
        super().send_account_already_exists_mail(email)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        assert isinstance(user, Account)
        carry_over(request, user.profile)
        actions.forget_expired()
        if more.get("signup"):
            self._bring(user, more.get("redirect_url") or "")
        answer: HttpResponse = super().post_login(request, user, **more)
        _know(request, answer, user, tell=not more.get("signup"))
        return answer

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there after the sign-in: "evil" would be a page beside it that nobody has."""
        return (url or "").startswith(("/", "http://", "https://")) and bool(super().is_safe_url(url))

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """An address is proved: what was bought with it as a guest is the person's from now on."""
        proved: bool = super().confirm_email(request, email_address)
        if proved:
            adopt_guests(by=email_address.user.profile, email=email_address.email)
        return proved

    def _bring(self, account: Account, way: str) -> None:
        """Who came by an invitation is noted once their address is proved."""
        path = re.match(r"^/join/([a-z0-9]{10})$", way)
        invitation = queries.invitations_to(account.profile).filter(public=path[1]).first() if path else None
        if invitation:
            actions.bring(account=account, invitation=invitation)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """A sign-in is as good as having said again who one is, for as long."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        if not isinstance(user, Account):
            return []
        ways = [(user.has_usable_password(), "account_reauthenticate", _("With your password"))]
        ways.append((queries.asks_second_step(user), "mfa_reauthenticate", _("With a code of your app")))
        ways.append((queries.passkeys_of(user).exists(), "mfa_reauthenticate_webauthn", _("With a passkey")))
        return [{"id": name, "url": reverse(name), "description": words} for there, name, words in ways if there]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        assert isinstance(user, Account)
        if template_prefix in NOTED:
            actions.note(account=user, verb=NOTED[template_prefix])
        elif template_prefix == "account/email/email_changed" and email:
            sentence = _("The mail address of your account was changed. Mails no longer go here.")
            _tell(user, verbs.ADDRESS_CHANGED, email, _("Your mail address was changed"), sentence)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's own words, sent by the worker like every mail of the house."""
        letter = self.render_mail(template_prefix, email, context)
        put(key=f"account {ids.secret()}", to=email, subject=str(letter.subject), text=str(letter.body))


def _know(request: HttpRequest, answer: HttpResponse, account: Account, *, tell: bool) -> None:
    """Remember in the browser itself that the account was signed in there; tell its owner where it was not."""
    name = salted_hmac("moothall.known", str(account.pk), algorithm="sha256").hexdigest()[:20]
    known = [word for word in request.COOKIES.get(KNOWN, "")[:200].split(".") if word]
    if tell and name not in known:
        browser = browser_words(request.headers.get("User-Agent", ""))
        sentence = _("Somebody signed in to your account from a browser we have not seen before: %(browser)s.")
        subject = _("New sign-in: %(browser)s") % {"browser": browser}
        _tell(account, verbs.SIGNED_IN, account.email, subject, sentence % {"browser": browser})
    kept = [name, *(word for word in known if word != name)][:MOST_KNOWN]
    answer.set_cookie(
        KNOWN, ".".join(kept), max_age=KNOWN_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )  # fmt: skip


@transaction.atomic
def _tell(account: Account, verb: Verb, to: str, subject: str, sentence: str) -> None:
    actions.note(account=account, verb=verb)
    write(
        key=f"{verb} {ids.secret()}",
        to=to,
        subject=subject,
        template="pages/mail/account",
        sentence=sentence,
        link=reverse("security"),
    )


class Factors(DefaultMFAAdapter):
    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """A second step is asked for where an app was set up. A passkey is another way in, and may stand in for the
        code; it alone asks nothing of who comes by the password."""
        if types and Authenticator.Type.TOTP in types:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types))

    def _get_site_name(self) -> str:
        return hall().name

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        assert isinstance(user, Account)
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.profile.name}


class _Once:
    """A code of the app is good for one use, however long its clock would allow."""

    user: Account

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code {self.user.pk} {code}", "used", timeout=120):
            raise Factors().validation_error("incorrect_code")
        return code


class SecondStep(_Once, AuthenticateForm):
    pass


class SecondStepAgain(_Once, ReauthenticateForm):
    pass
