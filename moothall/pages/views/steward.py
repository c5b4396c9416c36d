"""For who runs the hall: its people, its readers and jobs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.activity.actions import readers
from moothall.activity.models import Pending
from moothall.core import clock, hearts, text, work
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
    rows = Account.objects.select_related("profile", "profile__portrait").order_by("-pk")
    rows = rows.filter(pk__lt=before) if before else rows
    if words:
        rows = rows.filter(
            Q(email__icontains=words) | Q(profile__name__icontains=words) | Q(profile__handle__icontains=words)
        )
    page = list(rows[: SIZE + 1])
    older = with_query(request.path, q=words, before=page[SIZE - 1].pk) if len(page) > SIZE else None
    context = {"tab": "people", "accounts": page[:SIZE], "q": words, "older": older, "number": Account.objects.count()}
    return render(request, "pages/steward_people.html", context)


@require_GET
def works(request: HttpRequest) -> HttpResponse:
    """What waits, how long it has been waiting, and what is dead."""
    stewards_only(request)
    now = clock.now()
    found = []
    for one in work.known().values():
        due = Q(due__lte=now, dead=None)
        sums = one.model.objects.aggregate(
            waiting=Count("pk", filter=due), oldest=Min("due", filter=due), dead=Count("pk", filter=~Q(dead=None))
        )
        dead = list(one.model.objects.exclude(dead=None).order_by("-dead")[:20])
        late = bool(sums["oldest"] and (now - sums["oldest"]).total_seconds() > 60)
        found.append({"name": one.name, "rows": dead, "late": late} | sums)
    context = {"tab": "work", "works": found, "readers": _readers(), "pulse": hearts.pulse()}
    return render(request, "pages/steward_work.html", context)


def _readers() -> list[dict[str, Any]]:
    """Each reader, how many acts it has yet to read, and how old the oldest of them is."""
    rows = Pending.objects.values("reader").annotate(waiting=Count("pk"), oldest=Min("act__at")).order_by()
    waiting = {row["reader"]: row for row in rows}
    return [{"name": name, "waiting": 0, "oldest": None} | waiting.get(name, {}) for name in sorted(readers())]


@require_POST
def retry(request: HttpRequest, name: str, row: int) -> HttpResponse:
    stewards_only(request)
    if name not in work.known():
        raise Http404
    work.revive(work.known()[name], row)
    messages.success(request, _("It will be tried again at once."))
    back = came_from(request)
    return redirect(back if urlsplit(back).path == reverse("steward_mail") else "steward_work")
