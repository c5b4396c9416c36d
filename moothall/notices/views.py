"""Takes what people send about their notices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.people.viewers import came_from, somebody

from . import actions, queries


@require_POST
def see(request: HttpRequest, number: int) -> HttpResponse:
    """Follow a notice: it is seen, and leads to what it is about."""
    me = somebody(request)
    notice = get_object_or_404(queries.notices_of(me), pk=min(number, 2**60))
    actions.see(by=me, notice=notice)
    items = queries.visible(me, [notice])
    if not items:
        messages.info(request, _("What it was about is not to be seen any more."))
        return redirect(came_from(request))
    return redirect(items[0].card.address)


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    until = request.POST.get("until", "")
    number = int(until) if until.isascii() and until.isdigit() and len(until) < 19 else 0
    actions.see_all(by=somebody(request), until=number)
    return redirect(came_from(request))
