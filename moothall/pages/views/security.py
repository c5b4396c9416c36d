"""How one gets in: sessions, the app of the second step, recovery codes, passkeys."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.hall import hall
from moothall.core.qr import qr
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people import actions, queries
from moothall.people.forms import AppForm, PasskeyForm
from moothall.people.models import Account
from moothall.people.viewers import account, fresh_account

SALT, AN_HOUR = "moothall.app-secret", 60 * 60


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    me = account(request)
    context = {
        "nav": "you",
        "mine": "security",
        "account": me,
        "sign_ins": list(queries.sign_ins_of(me)[:50]),
        "here": request.session.session_key,
        "app": queries.asks_second_step(me),
        "codes_left": queries.codes_left(me),
        "passkeys": list(queries.passkeys_of(me)),
    }
    return render(request, "pages/security.html", context)


@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes. Its secret goes out signed and comes back with the first code: looking at the
    page keeps nothing."""
    me = fresh_account(request)
    if queries.asks_second_step(me):
        return redirect("mfa_deactivate_totp")
    secret = _sent_secret(request, me) or generate_totp_secret()
    form = AppForm(request.POST if request.method == "POST" else None, secret=secret)
    if form.is_bound and form.is_valid():
        try:
            return _codes(request, actions.turn_on_app(account=me, secret=secret))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    url = get_adapter().build_totp_url(me, secret)
    context = {
        "form": form,
        "qr": qr(url, _("The code to scan with your app")),
        "otp_url": url,
        "secret": secret,
        "sealed": signing.dumps([me.pk, secret], salt=SALT),
    }
    return render(request, "pages/app.html", context, status=422 if form.is_bound else 200)


def _sent_secret(request: HttpRequest, me: Account) -> str:
    """The secret this account's page showed within the hour, or nothing."""
    try:
        whose, secret = signing.loads(request.POST.get("sealed", "")[:400], salt=SALT, max_age=AN_HOUR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(secret) if whose == me.pk else ""


@require_http_methods(["GET", "POST"])
def end_app(request: HttpRequest) -> HttpResponse:
    me = fresh_account(request)
    if request.method == "POST":
        actions.turn_off_app(account=me)
        messages.success(request, _("The second step is off."))
        return redirect("security")
    if not queries.asks_second_step(me):
        return redirect("mfa_activate_totp")
    return render(request, "pages/app_end.html", {})


@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes; they stand in the answer to the POST and nowhere else."""
    me = fresh_account(request)
    if request.method == "POST":
        return _codes(request, actions.make_codes(account=me))
    return render(request, "pages/codes.html", {"codes": None, "left": queries.codes_left(me)})


def _codes(request: HttpRequest, made: list[str]) -> HttpResponse:
    words = _("Recovery codes for %(hall)s. Each is good for one sign-in.") % {"hall": hall().name}
    file = base64.b64encode("\n".join([words, "", *made, ""]).encode()).decode()
    return render(request, "pages/codes.html", {"codes": made, "file": f"data:text/plain;charset=utf-8;base64,{file}"})


# ---- passkeys


@require_http_methods(["GET", "POST"])
def new_passkey(request: HttpRequest) -> HttpResponse:
    me = fresh_account(request)
    form = AddWebAuthnForm(request.POST if request.method == "POST" else None, user=me, initial={"name": ""})
    if form.is_bound and _is_proved(form):
        try:
            actions.add_passkey(account=me, name=form.data.get("name", ""), credential=form.cleaned_data["credential"])
            messages.success(request, _("The passkey is kept. It opens your account from now on."))
            return redirect("security")
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    return render(request, "pages/passkey.html", {"form": form}, status=422 if form.is_bound else 200)


def _is_proved(form: Any) -> bool:
    """Whatever a browser may send: what the library cannot read is no proof."""
    try:
        return bool(form.is_valid())
    except (ValueError, TypeError, KeyError, AttributeError):
        form.add_error(None, _("This was no answer of a passkey."))
        return False


@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, and the button that removes it."""
    me = fresh_account(request)
    found = get_object_or_404(queries.passkeys_of(me), pk=min(pk, 2**60))
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"name": str(found)})
    if form.is_bound and form.is_valid():
        try:
            actions.name_passkey(account=me, passkey=found, name=form.cleaned_data["name"])
            return redirect("security")
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
    return render(
        request, "pages/passkey_one.html", {"form": form, "passkey": found}, status=422 if form.is_bound else 200
    )


@require_POST
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    me = fresh_account(request)
    found = get_object_or_404(queries.passkeys_of(me), pk=min(pk, 2**60))
    actions.remove_passkey(account=me, passkey=found)
    messages.success(request, _("The passkey is removed here. Delete it in your device too."))
    return redirect("security")


@require_POST
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """What the browser has to answer with a passkey: to add one, to say again who one is, as a second step, or to
    sign in. By POST, because the challenge is kept in the session."""
    what = request.POST.get("for", "")
    if what == "add":
        options = passkeys.begin_registration(fresh_account(request), passwordless=True)
    elif what == "again":
        options = passkeys.begin_authentication(account(request))
    elif what == "second":
        stage = get_pending_stage(request)
        if stage is None or stage.key != AuthenticateStage.key or stage.login.user is None:
            raise NotAllowed(_("This sign-in took too long. Begin again."))
        options = passkeys.begin_authentication(stage.login.user)
    else:
        options = passkeys.begin_authentication(None)
    return JsonResponse(options)


class _Proving:
    """allauth's views, fed by the script with the answer of a passkey; odd answers are refused in words."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return answer
        except (ValueError, TypeError, KeyError, AttributeError):
            messages.error(request, _("This passkey was not known. Choose another way."))
            return redirect("account_login")


class SignInByPasskey(_Proving, LoginWebAuthnView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("account_login")


class SecondStep(_Proving, AuthenticateView):
    template_name = "account/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without allauth's challenge, which would be kept in the session by looking at the page."""
        context: dict[str, Any] = super(AuthenticateView, self).get_context_data(**kwargs)
        whose = self.stage.login.user
        return context | {"form": self.auth_form, "has_passkeys": queries.passkeys_of(whose).exists()}


class CodeAgain(ReauthenticateView):
    template_name = "account/reauthenticate.html"


class PasskeyAgain(_Proving, ReauthenticateWebAuthnView):
    template_name = "account/reauthenticate.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey was not known. Choose another way."))
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return context
