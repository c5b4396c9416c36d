"""Takes what people send about their account: sessions, being found, invitations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions, queries
from ..viewers import account, came_from, fresh_account, somebody


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(account=account(request))
    logout(request)
    messages.success(request, _("You are signed out, here and everywhere else."))
    return redirect("account_login")


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_elsewhere(account=fresh_account(request), here=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect(came_from(request))


@require_POST
def end_sign_in(request: HttpRequest, public: str) -> HttpResponse:
    actions.end_sign_in(account=fresh_account(request), public=public)
    messages.success(request, _("That browser is signed out."))
    return redirect(came_from(request))


@require_POST
def be_findable(request: HttpRequest) -> HttpResponse:
    actions.let_be_found(account=account(request), findable=True)
    return redirect(came_from(request))


@require_POST
def be_hidden(request: HttpRequest) -> HttpResponse:
    actions.let_be_found(account=account(request), findable=False)
    return redirect(came_from(request))


@require_POST
def end_invitation(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = get_object_or_404(queries.invitations_of(me), public=public)
    actions.end_invitation(by=me, invitation=found)
    messages.success(request, _("The invitation is taken back; its link leads nowhere now."))
    return redirect(came_from(request))


@require_POST
def meet(request: HttpRequest, public: str) -> HttpResponse:
    """Follow who invited; they follow back if they wished that."""
    me = somebody(request)
    found = get_object_or_404(queries.invitations_to(me), public=public)
    actions.meet(by=me, invitation=found)
    messages.success(request, _("You follow %(name)s.") % {"name": found.by.name})
    return redirect(f"/@{found.by.handle}")
