"""The tokens by which programs act for one: made, shown once, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.refusals import Refusal
from moothall.people import tokens as people_tokens
from moothall.people.token_forms import TokenForm
from moothall.people.viewers import account


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens. A new one is shown in the answer to its making, and never again.

    Whoever holds a token can act for its owner: a fresh sign-in before making one belongs here."""
    mine = account(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = people_tokens.make_token(account=mine, **form.cleaned_data)
            form = TokenForm()
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    standing = list(people_tokens.standing_tokens(mine))
    context = {
        "nav": "you",
        "mine": "tokens",
        "form": form,
        "made": made,
        "secret": secret,
        "standing": standing,
        "over": [one for one in people_tokens.tokens_of(mine)[:40] if one not in standing][:10],
        "scopes": people_tokens.SCOPES,
    }
    return render(request, "pages/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_token(request: HttpRequest, public: str) -> HttpResponse:
    mine = account(request)
    found = get_object_or_404(people_tokens.tokens_of(mine), public=public)
    people_tokens.end_token(account=mine, token=found)
    messages.success(request, _("%(name)s is ended. Whatever used it is refused from now on.") % {"name": found.name})
    return redirect("tokens")
