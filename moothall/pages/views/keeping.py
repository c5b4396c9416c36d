"""For who runs the hall: how it is, its mail, and one person's account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core import checkup, clock, daily, ids
from moothall.core.forms import Lines
from moothall.core.models import Daily
from moothall.core.refusals import Refusal
from moothall.core.sizes import database_size
from moothall.outbox import queries as outbox
from moothall.outbox.actions import write
from moothall.people import keys
from moothall.people.models import Account
from moothall.people.viewers import account, somebody, with_query

from .cursors import number
from .doors import stewards_only

SIZE = 30
URGENT = (checkup.WRONG, checkup.HEED, checkup.WELL)


class SuspensionForm(forms.Form):
    reason = Lines(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The person is told this by mail."),
        max_length=keys.LONGEST_REASON,
        rows=3,
    )


# ---- how the hall is


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """What is found now by looking here only; what asks others as it was last found."""
    stewards_only(request)
    rows = {row.name: row for row in Daily.objects.all()}
    last = rows.get("doctor")
    slow = {check.name for check in checkup.known().values() if not check.quick}
    context = {
        "tab": "health",
        "found": sorted(checkup.findings(quick=True), key=lambda one: URGENT.index(one.state)),
        "asked": [one for one in checkup.again(last.kept if last else []) if one.check in slow],
        "asked_at": last.ended if last else None,
        "days": [_day(task, rows.get(name)) for name, task in daily.known().items()],
        "database_size": database_size(),
    }
    return render(request, "pages/steward_health.html", context)


def _day(task: daily.Task, row: Daily | None) -> dict[str, Any]:
    is_asked = row is not None and row.due <= clock.now()
    return {"name": task.name, "what": task.what, "may": task.may(), "row": row, "is_asked": is_asked}


@require_POST
def run(request: HttpRequest, name: str) -> HttpResponse:
    stewards_only(request)
    if name not in daily.known():
        raise Http404
    daily.ask(name)
    messages.success(request, _("The next worker does it. Load this page again in a moment."))
    return redirect("steward_health")


# ---- mail


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    stewards_only(request)
    page = list(outbox.latest(number(request.GET.get("before")))[: SIZE + 1])
    older = with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None
    context = {
        "tab": "mail",
        "counts": outbox.counts(),
        "dead": list(outbox.given_up()[:SIZE]),
        "mails": page[:SIZE],
        "older": older,
        "me": account(request),
    }
    return render(request, "pages/steward_mail.html", context)


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """A mail to oneself, by the way that all mails go."""
    stewards_only(request)
    address = account(request).email
    write(
        key=f"trial {ids.short()}",
        to=address,
        subject=_("A mail to see whether mails arrive"),
        template="outbox/mail/trial",
        link="",
    )
    messages.success(request, _("A mail to %(address)s is on its way.") % {"address": address})
    return redirect("steward_mail")


# ---- one person


@require_GET
def person(request: HttpRequest, handle: str) -> HttpResponse:
    stewards_only(request)
    return _person(request, _account(handle), SuspensionForm())


@require_POST
def suspend(request: HttpRequest, handle: str) -> HttpResponse:
    stewards_only(request)
    found, form = _account(handle), SuspensionForm(request.POST)
    if not form.is_valid():
        return _person(request, found, form)
    try:
        keys.suspend(by=somebody(request), account=found, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return _person(request, found, form)
    messages.success(request, _("%(name)s is signed out everywhere and told why.") % {"name": found.profile.name})
    return redirect("steward_person", handle=handle)


@require_POST
def restore(request: HttpRequest, handle: str) -> HttpResponse:
    stewards_only(request)
    found = _account(handle)
    keys.restore(by=somebody(request), account=found)
    messages.success(request, _("%(name)s can sign in again.") % {"name": found.profile.name})
    return redirect("steward_person", handle=handle)


def _account(handle: str) -> Account:
    return get_object_or_404(Account.objects.select_related("profile", "profile__portrait"), profile__handle=handle)


def _person(request: HttpRequest, found: Account, form: SuspensionForm) -> HttpResponse:
    history = list(keys.suspensions_of(found)[:20])
    context = {
        "tab": "people",
        "found": found,
        "history": history,
        "is_suspended": bool(history) and history[0].ended is None,
        "may_suspend": found.is_active and not found.is_steward,
        "form": form,
    }
    return render(request, "pages/steward_person.html", context)
