"""Reporting what is wrong, what became of it, what was removed here and why; and the stewards' queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core import kinds, text
from moothall.core.refusals import Refusal
from moothall.moderation import actions, queries
from moothall.moderation.forms import SORTS, AnswerForm, AppealForm, HideForm, KeepForm, ReportForm
from moothall.people.viewers import member, somebody, with_query

from .cursors import number, page_of
from .doors import stewards_only


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Tell the stewards what is wrong with something one sees."""
    me, name = somebody(request), text.tidy(name)[:200]
    id = kinds.named(kind, name) if queries.may_report(kind) else None
    if id is None or not kinds.openable(kind, me, [id]):
        raise Http404
    thing = kinds.inside(kind, [id])[id]
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.report(by=me, kind=kind, id=id, **form.cleaned_data)
            messages.success(request, _("A steward looks at it. You hear what becomes of it."))
            return redirect(thing.address)
        except Refusal as refusal:
            _refused(form, refusal)
    context = {"thing": thing, "form": form, "kind": kind, "name": name, "may_hide": queries.may_hide(kind)}
    return render(request, "pages/report.html", context, status=422 if form.is_bound else 200)


@require_GET
def my_reports(request: HttpRequest) -> HttpResponse:
    me = somebody(request)
    before = number(request.GET.get("before"))
    rows = queries.reports_of(me)
    page = list((rows.filter(pk__lt=before) if before else rows)[: queries.PAGE + 1])
    older = with_query(request.path, before=page[queries.PAGE - 1].pk) if len(page) > queries.PAGE else None
    context = {"reports": page[: queries.PAGE], "sorts": SORTS, "named": queries.named, "older": older}
    return render(request, "pages/my_reports.html", context)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """What was removed here, by whom, why, and what became of it; never what it said."""
    page = page_of(request.GET.get("page"))
    start = (page - 1) * queries.PAGE
    rows = list(queries.log()[start : start + queries.PAGE + 1])
    context = {
        "cases": rows[: queries.PAGE],
        "named": queries.named,
        "newer": with_query(request.path, page=page - 1 if page > 2 else "") if page > 1 else None,
        "older": with_query(request.path, page=page + 1) if len(rows) > queries.PAGE else None,
    }
    return render(request, "pages/moderation.html", context)


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, public: str) -> HttpResponse:
    """What everybody may read of a decision; whose thing it is reads it there, and may appeal."""
    me = somebody(request) if request.method == "POST" else member(request)
    found = get_object_or_404(queries.log(), public=public)
    is_owner = me is not None and found.owner_id == me.pk
    form = AppealForm(request.POST if request.method == "POST" else None)
    if me and form.is_bound and form.is_valid():
        try:
            actions.appeal(by=me, case=found, words=form.cleaned_data["words"])
            messages.success(request, _("Another steward looks at it, where there is one. You hear what they say."))
            return redirect(queries.address(found))
        except Refusal as refusal:
            _refused(form, refusal)
    context = {
        "case": found,
        "named": queries.named,
        "is_owner": is_owner,
        "thing": queries.inside_of([found]).get(found.pk) if is_owner else None,
        "form": form,
    }
    return render(request, "pages/case.html", context, status=422 if form.is_bound else 200)


# ---- for stewards


@require_GET
def steward_reports(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    stewards_only(request)
    page = page_of(request.GET.get("page"))
    start = (page - 1) * queries.PAGE
    found = list(queries.waiting()[start : start + queries.PAGE + 1])
    rows = found[: queries.PAGE]
    context = {
        "tab": "reports",
        "cases": rows,
        "things": queries.inside_of(rows),
        "named": queries.named,
        "number": queries.waiting().count(),
        "newer": with_query(request.path, page=page - 1 if page > 2 else "") if page > 1 else None,
        "older": with_query(request.path, page=page + 1) if len(found) > queries.PAGE else None,
    }
    return render(request, "pages/steward_reports.html", context)


@require_http_methods(["GET", "POST"])
def steward_report(request: HttpRequest, public: str) -> HttpResponse:
    """What was reported, by whom and why; keep it or remove it, and answer the appeal."""
    stewards_only(request)
    me = somebody(request)
    found = get_object_or_404(queries.cases(), public=public)
    did = request.POST.get("do", "") if request.method == "POST" else ""
    deeds: dict[str, tuple[forms.Form, Any]] = {
        "keep": (KeepForm(_sent(request, "keep")), actions.keep),
        "hide": (HideForm(_sent(request, "hide")), actions.hide),
        "restore": (AnswerForm(_sent(request, "restore"), auto_id="restore_%s"), actions.restore),
        "uphold": (AnswerForm(_sent(request, "uphold"), auto_id="uphold_%s"), actions.uphold),
    }
    if did in deeds and deeds[did][0].is_valid():
        form, do = deeds[did]
        try:
            do(by=me, case=found, **form.cleaned_data)
            messages.success(request, _("Decided. Those whom it concerns are told."))
            return redirect("steward_reports")
        except Refusal as refusal:
            _refused(form, refusal)
            found.refresh_from_db()
    thing = queries.inside_of([found]).get(found.pk)
    is_own = me.pk in queries.whose(found, thing)
    context = {
        "tab": "reports",
        "case": found,
        "thing": thing,
        "named": queries.named,
        "reports": [] if is_own else list(queries.reports_in(found)[:50]),
        "sorts": SORTS,
        "forms": {name: form for name, (form, _do) in deeds.items()},
        "may_hide": queries.may_hide(found.subject_kind),
        "is_own": is_own,
        "brand": queries.brand_of(me, thing),
        "is_alone": not queries.others_than(me, found, thing),
    }
    return render(request, "pages/steward_report.html", context, status=422 if did else 200)


def _sent(request: HttpRequest, do: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None


def _refused(form: forms.Form, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
