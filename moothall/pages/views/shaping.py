"""Upstairs: shaping an idea together, by contributions and versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.refusals import Refusal
from moothall.ideas import actions, queries
from moothall.ideas.differences import between
from moothall.ideas.forms import PARTS, AnswerForm, ContributionForm, TakeInForm
from moothall.ideas.models import Contribution, Idea, Version
from moothall.moderation.queries import removal_of
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query

from .cursors import number as number_of

SIZE = 24


@require_GET
def versions(request: HttpRequest, public: str) -> HttpResponse:
    """All that it said, the newest first."""
    viewer = member(request)
    found = _opened(viewer, public)
    before = number_of(request.GET.get("before"))
    rows = list(queries.versions_of(found).filter(number__lt=before or found.number + 1)[: SIZE + 1])
    shown = rows[:SIZE]
    context = {
        "nav": "ideas",
        "idea": found,
        "versions": shown,
        "known": queries.known(viewer, [one.by_id for one in shown]),
        "newer": request.path if before else None,
        "older": with_query(request.path, before=shown[-1].number) if len(rows) > SIZE else None,
    }
    return render(request, "pages/idea_versions.html", context)


@require_GET
def contributions(request: HttpRequest, public: str) -> HttpResponse:
    """All that was said of it in other words, the newest first."""
    viewer = member(request)
    found = _opened(viewer, public)
    before, rows = number_of(request.GET.get("before")), queries.contributions_to(found, viewer)
    shown = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "ideas",
        "idea": found,
        "contributions": shown[:SIZE],
        "parts": PARTS,
        "newer": request.path if before else None,
        "older": with_query(request.path, before=shown[SIZE - 1].pk) if len(shown) > SIZE else None,
    }
    return render(request, "pages/idea_contributions.html", context)


@require_GET
def version(request: HttpRequest, public: str, number: int) -> HttpResponse:
    """What one version changed, word by word."""
    viewer = member(request)
    found = _opened(viewer, public)
    pair = {one.number: one for one in queries.versions_of(found).filter(number__in=(number, number - 1))}
    if number not in pair:
        raise Http404
    now, before = pair[number], pair.get(number - 1)
    context = {
        "nav": "ideas",
        "idea": found,
        "version": now,
        "before": before,
        "changes": _changes(before, now),
        "known": queries.known(viewer, [now.by_id]),
        "newer": number + 1 if number < found.number else None,
    }
    return render(request, "pages/idea_version.html", context)


def _changes(before: Version | None, now: Version) -> list[tuple[Any, Any]]:
    """Each part with its pieces; of a later version only what changed."""
    return [
        (words, between(getattr(before, part) if before else "", getattr(now, part)))
        for part, words in PARTS.items()
        if before is None or getattr(before, part) != getattr(now, part)
    ]


@require_http_methods(["GET", "POST"])
def contribute(request: HttpRequest, public: str) -> HttpResponse:
    """Say a part of somebody's idea in other words."""
    me = somebody(request)
    found = get_object_or_404(queries.visible_to(me).select_related("lead", "brand"), public=public)
    part = request.GET.get("part", "")
    part = part if part in PARTS else "problem"
    initial = {"part": part, "words": getattr(found, part), "base": found.number}
    form = ContributionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.contribute(by=me, idea=found, **said | {"base": said["base"] or found.number})
            messages.success(request, _("It waits for the lead. You hear what becomes of it."))
            return redirect(queries.address(found))
        except Refusal as refusal:
            _refuse(form, refusal)
    context = {"nav": "ideas", "idea": found, "form": form, "parts": PARTS}
    return render(request, "pages/contribute.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def contribution(request: HttpRequest, public: str) -> HttpResponse:
    """What stands, what they saw and what they would say, side by side; who leads it takes it in or declines it."""
    viewer = somebody(request) if request.method == "POST" else member(request)
    found = get_object_or_404(queries.readable(viewer), public=public)
    about = get_object_or_404(queries.openable(viewer).exclude(stage=Idea.DRAFT), pk=found.idea_id)
    taking = TakeInForm(_sent(request, "take"), initial={"words": found.words, "base": about.number})
    answer = AnswerForm(_sent(request, "decline"))
    if viewer and (answered := _answered(request, viewer, found, taking, answer)):
        return answered
    about.refresh_from_db(fields=["number", *PARTS])
    if taking.is_bound:
        taking.rebase(about.number)
    saw = getattr(get_object_or_404(Version, idea=about, number=found.base), found.part)
    stands = getattr(about, found.part)
    context = {
        "nav": "ideas",
        "idea": about,
        "contribution": found,
        "case": removal_of(found.kind, found.pk) if found.hidden else None,
        "part": PARTS[found.part],
        "answers": queries.writes(viewer, about),
        "taking": taking,
        "answer": answer,
        "changed": between(saw, found.words),
        "meanwhile": between(saw, stands) if saw != stands and found.state == Contribution.OPEN else [],
    }
    return render(request, "pages/contribution.html", context, status=422 if request.method == "POST" else 200)


def _answered(
    request: HttpRequest, viewer: Profile, found: Contribution, taking: TakeInForm, answer: AnswerForm
) -> HttpResponse | None:
    """To the idea, when it was answered; None where something is to be looked at again."""
    form = taking if taking.is_bound else answer
    if not form.is_bound or not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        if form is taking:
            idea = actions.take_in(by=viewer, contribution=found, words=said["words"], base=said["base"] or 0)
            messages.success(request, _("It stands in the newest version, in their name."))
            return redirect(queries.address(idea))
        actions.decline(by=viewer, contribution=found, answer=said["answer"])
        return redirect("idea", public=Idea.objects.values_list("public", flat=True).get(pk=found.idea_id))
    except Refusal as refusal:
        _refuse(form, refusal)
        return None


@require_POST
def fork_idea(request: HttpRequest, public: str) -> HttpResponse:
    """Begin one's own from it, from the version that was looked at."""
    me = somebody(request)
    found = _opened(me, public)
    begun = actions.fork(by=me, idea=found, number=number_of(request.POST.get("number")))
    messages.success(request, _("A draft of your own, as it stood. Say what is different in yours, then propose it."))
    return redirect("edit_idea", public=begun.public)


def _opened(viewer: Profile | None, public: str) -> Idea:
    return get_object_or_404(queries.openable(viewer).exclude(stage=Idea.DRAFT), public=public)


def _refuse(form: Any, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _sent(request: HttpRequest, do: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None
