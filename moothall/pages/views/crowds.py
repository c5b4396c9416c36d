"""How the order of ideas comes about, and for stewards the voices that came to one at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.ideas import actions, standing, weights
from moothall.ideas.models import Idea
from moothall.people.viewers import member, somebody, with_query

from .cursors import page_of
from .doors import stewards_only

SIZE = 24


@require_GET
def order(request: HttpRequest) -> HttpResponse:
    """What each voice weighs, in the numbers that the hall reckons with; and what stewards said of crowds."""
    context = {"nav": "ideas", "weights": weights, "looked": standing.looked_at(member(request))[:SIZE]}
    return render(request, "pages/order_of_ideas.html", context)


@require_GET
def steward_crowds(request: HttpRequest) -> HttpResponse:
    stewards_only(request)
    page = page_of(request.GET.get("page"))
    rows = list(standing.crowded()[(page - 1) * SIZE : page * SIZE + 1])
    newer = with_query(request.path, page=page - 1 if page > 2 else "") if page > 1 else None
    older = with_query(request.path, page=page + 1) if len(rows) > SIZE else None
    context = {"tab": "crowds", "ideas": rows[:SIZE], "newer": newer, "older": older}
    return render(request, "pages/steward_crowds.html", context)


@require_POST
def steward_crowd(request: HttpRequest, public: str) -> HttpResponse:
    stewards_only(request)
    idea = get_object_or_404(Idea, public=public, stage=Idea.SHAPE, hidden=None)
    if request.POST.get("do") == "let":
        actions.let_crowd(by=somebody(request), idea=idea)
        messages.success(request, _("They count like any other voices."))
    else:
        actions.keep_crowd(by=somebody(request), idea=idea)
        messages.success(request, _("They wait, each until its person is known here."))
    return redirect("steward_crowds")
