"""Takes what is sent about improvements; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.catalog import queries as catalog
from moothall.people.queries import desks_of
from moothall.people.viewers import came_from, somebody

from . import actions, queries
from .models import Improvement


@require_POST
def join(request: HttpRequest, public: str) -> HttpResponse:
    actions.join(by=somebody(request), improvement=_improvement(request, public))
    return redirect(came_from(request))


@require_POST
def leave(request: HttpRequest, public: str) -> HttpResponse:
    actions.leave(by=somebody(request), improvement=_improvement(request, public))
    return redirect(came_from(request))


@require_POST
def take_back(request: HttpRequest, public: str) -> HttpResponse:
    found = _improvement(request, public)
    actions.take_back(by=somebody(request), improvement=found)
    messages.success(request, _("Taken back. Only you see it now."))
    return redirect(queries.address(found))


@require_POST
def ask_again(request: HttpRequest, public: str) -> HttpResponse:
    found = _improvement(request, public)
    actions.ask_again(by=somebody(request), improvement=found)
    return redirect(queries.address(found))


@require_POST
def reopen(request: HttpRequest, public: str) -> HttpResponse:
    found = _improvement(request, public)
    actions.reopen(by=somebody(request), improvement=found)
    return redirect(queries.address(found))


@require_POST
def take_back_revision(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    me = somebody(request)
    brand = get_object_or_404(desks_of(me), handle=handle)
    product = get_object_or_404(catalog.of_desk(me, brand).select_related("brand"), slug=slug)
    actions.take_back_revision(by=me, product=product, number=number)
    messages.success(request, _("Revision %(number)s is taken back.") % {"number": number})
    return redirect(came_from(request))


def _improvement(request: HttpRequest, public: str) -> Improvement:
    return get_object_or_404(queries.openable(somebody(request)), public=public)
