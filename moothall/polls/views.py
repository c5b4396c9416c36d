"""Takes what is sent about polls; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.people.models import Profile
from moothall.people.viewers import somebody

from . import actions, queries
from .queries import Shown


@require_POST
def take_back(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen(me, public)
    actions.take_back(by=me, poll=found.poll)
    messages.success(request, _("Taken back. You may answer again while it is open."))
    return redirect(queries.address(found.poll))


@require_POST
def close(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen(me, public)
    actions.close(by=me, poll=found.poll)
    return redirect(queries.address(found.poll))


@require_POST
def withdraw(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen(me, public)
    actions.withdraw(by=me, poll=found.poll)
    messages.success(request, _("Taken back. Nobody had answered it."))
    return redirect(f"{found.about.address}/polls")


def _seen(me: Profile, public: str) -> Shown:
    found = queries.opened(me, public)
    if found is None:
        raise Http404
    return found
