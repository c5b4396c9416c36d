"""What one is told, what one wants to be told, and the page behind a mail's word that stops its sort."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core import clock
from moothall.core.refusals import BadInput, Refusal
from moothall.notices import actions, queries, stopping
from moothall.notices.forms import ChoicesForm
from moothall.notices.hours import zone_of
from moothall.notices.models import NEVER
from moothall.notices.sorts import SORTS
from moothall.people.viewers import somebody, with_query

from .cursors import number


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first, by the days of the person's own clock. Looking marks nothing: a GET never writes."""
    me = somebody(request)
    page = queries.page(me, before=number(request.GET.get("before")))
    zone = zone_of(queries.hours_of(me))
    today = clock.now().astimezone(zone).date()
    days = groupby(page.items, key=lambda item: item.notice.at.astimezone(zone).date())
    context = {
        "nav": "notices",
        "mine": "notices",
        "days": [(_day(day, today), list(items)) for day, items in days],
        "newest": page.newest,
        "older": with_query(request.path, before=page.older),
        "has_older": page.older is not None,
    }
    return render(request, "pages/notices.html", context)


def _day(day: date, today: date) -> str:
    if day >= today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return format_date(day, "EEEE, d MMMM" if day.year == today.year else "d MMMM y", locale="en")


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    me = somebody(request)
    form = ChoicesForm(request.POST or None, wishes=queries.wishes(me), hours=queries.hours_of(me))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.choose(
                by=me,
                wishes=form.wishes(),
                zone=given["zone"],
                quiet_from=given["quiet_from"],
                quiet_until=given["quiet_until"],
                digest_hour=given["digest_hour"],
                digest_day=given["digest_day"],
            )
            messages.success(request, _("From now on it is as you chose."))
            return redirect("notice_choices")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    status = 422 if request.method == "POST" else 200
    context = {"nav": "notices", "mine": "notices", "form": form}
    return render(request, "pages/notice_choices.html", context, status=status)


@csrf_exempt  # a mail program presses the button in nobody's name: the word in the address is signed for this alone
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """One click in a mail (RFC 8058) stops its sorts, whoever is signed in here. Opening it changes nothing."""
    read = stopping.read(word)
    if read is None:
        raise Http404
    who, sorts = read
    if request.method == "POST":
        if request.POST.get("List-Unsubscribe") != "One-Click":
            raise BadInput(_("This address takes one thing only: to stop these mails."))
        actions.stop(by=who, sorts=sorts)
        if "page" not in request.POST:
            return HttpResponse(_("Stopped."), content_type="text/plain; charset=utf-8")
        return redirect("stop_notices", word=word)
    wishes = queries.wishes(who)
    context = {
        "sorts": [SORTS[sort] for sort in sorts],
        "is_stopped": all(wishes[sort].mail == NEVER for sort in sorts),
        "word": word,
    }
    return render(request, "pages/notices_stop.html", context)
