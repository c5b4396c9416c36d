"""For who runs the hall: its people, its readers and jobs."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.activity import standing
from moothall.core import hearts, text, work
from moothall.people import queries
from moothall.people.models import Account
from moothall.people.viewers import came_from, with_query

from .cursors import number
from .doors import stewards_only

SIZE = 50


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    stewards_only(request)
    words = text.tidy(request.GET.get("q", ""))[:80]
    before = number(request.GET.get("before"))
    rows = queries.accounts(words)
    rows = rows.filter(pk__lt=before) if before else rows
    page = list(rows[: SIZE + 1])
    older = with_query(request.path, q=words, before=page[SIZE - 1].pk) if len(page) > SIZE else None
    context = {"tab": "people", "accounts": page[:SIZE], "q": words, "older": older, "number": Account.objects.count()}
    return render(request, "pages/steward_people.html", context)


@require_GET
def works(request: HttpRequest) -> HttpResponse:
    """What waits, how long it has been waiting, and what is dead."""
    stewards_only(request)
    context = {
        "tab": "work",
        "works": standing.works(),
        "readers": standing.waiting_readers(),
        "pulse": hearts.pulse(),
    }
    return render(request, "pages/steward_work.html", context)


@require_POST
def retry(request: HttpRequest, name: str, row: int) -> HttpResponse:
    stewards_only(request)
    if name not in work.known():
        raise Http404
    work.revive(work.known()[name], row)
    messages.success(request, _("It will be tried again at once."))
    back = came_from(request)
    return redirect(back if urlsplit(back).path == reverse("steward_mail") else "steward_work")
