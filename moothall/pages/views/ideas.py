"""Upstairs: ideas, one idea with its versions, writing one, and shaping somebody else's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core import images, pictures
from moothall.core.hall import hall
from moothall.core.models import Picture
from moothall.core.refusals import BadInput, Refusal
from moothall.ideas import actions, judged, queries
from moothall.ideas.differences import between
from moothall.ideas.forms import (
    LEVELS,
    PARTS,
    AnswerForm,
    BackingForm,
    ContributionForm,
    IdeaForm,
    RevisionForm,
    TakeInForm,
)
from moothall.ideas.models import Contribution, Idea, Version
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query

from .cursors import page_of

LONG = 12  # contributions and versions shown on the idea's page; the others are counted


@require_GET
def ideas(request: HttpRequest) -> HttpResponse:
    """All that people propose, the weightiest first; and one's own drafts."""
    viewer = member(request)
    number = page_of(request.GET.get("page"))
    start = (number - 1) * queries.SIZE
    rows = list(queries.listed(viewer)[start : start + queries.SIZE + 1])
    shown = rows[: queries.SIZE]
    context = {
        "nav": "ideas",
        "ideas": shown,
        "support": queries.support_for(shown),
        "drafts": list(queries.drafts_of(viewer)) if viewer and number == 1 else [],
        "number": number,
        "newer": with_query(request.path, page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": with_query(request.path, page=number + 1) if len(rows) > queries.SIZE else None,
    }
    return render(request, "pages/ideas.html", context)


@require_http_methods(["GET", "POST"])
def new_idea(request: HttpRequest) -> HttpResponse:
    return _written(request, somebody(request), None)


@require_http_methods(["GET", "POST"])
def edit_idea(request: HttpRequest, public: str) -> HttpResponse:
    """A draft goes on being written; an idea that stands gets a new version."""
    me = somebody(request)
    idea = get_object_or_404(Idea.objects.select_related("brand", "picture"), public=public, lead=me)
    return _written(request, me, idea) if idea.is_draft else _revised(request, me, idea)


def _written(request: HttpRequest, me: Profile, idea: Idea | None) -> HttpResponse:
    """The form of a draft. What was typed is kept before it is proposed, so that nothing can be lost."""
    initial = IdeaForm.initial_of(idea) if idea else None
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    whole = request.method == "GET" or request.POST.get("do") == "propose"
    form = IdeaForm(*given, currency=hall().currency, brands=_brands(me), whole=whole, initial=initial)
    similar: list[Idea] = []
    if form.is_bound and form.is_valid():
        try:
            idea = actions.keep_draft(by=me, words=form.words(), brand=form.brand_chosen(), idea=idea)
            _draw(me, form, idea)
            if request.POST.get("do") != "propose":
                messages.success(request, _("Kept. Only you see it."))
                return redirect("edit_idea", public=idea.public)
            similar = [] if request.POST.get("seen") else queries.similar(me, idea)
            if not similar:
                actions.propose(by=me, idea=idea)
                return redirect(queries.address(idea))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"nav": "ideas", "form": form, "idea": idea, "similar": similar, "is_draft": True}
    context["support"] = queries.support_for(similar)
    return render(request, "pages/idea_form.html", context, status=422 if form.is_bound else 200)


def _revised(request: HttpRequest, me: Profile, idea: Idea) -> HttpResponse:
    initial = IdeaForm.initial_of(idea) | {"base": idea.number}
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RevisionForm(*given, currency=idea.currency, brands={}, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        drawn = form.cleaned_data["picture"] is not None
        try:
            _draw(me, form, idea)
            actions.revise(by=me, idea=idea, words=form.words(), base=said["base"], note=said["note"])
            return redirect(queries.address(idea))
        except Refusal as refusal:
            if drawn and isinstance(refusal, BadInput) and refusal.field == "":
                return redirect(queries.address(idea))  # only its picture is new
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"nav": "ideas", "form": form, "idea": idea, "similar": [], "support": {}, "is_draft": False}
    return render(request, "pages/idea_form.html", context, status=422 if form.is_bound else 200)


def _draw(me: Profile, form: IdeaForm, idea: Idea) -> None:
    sent = form.cleaned_data["picture"]
    if sent is None:
        return
    if sent.size > images.MAX_BYTES:
        raise BadInput(_("This picture is larger than 12 MB. Send a smaller one."), field="picture")
    actions.draw(by=me, idea=idea, picture=_picture(sent.read()))


def _picture(body: bytes) -> Picture:
    try:
        return pictures.keep(body)
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field="picture") from refusal


def _brands(me: Profile) -> dict[str, Profile]:
    return {str(brand.handle): brand for brand in queries.brands_for(me)[:200]}


@require_GET
def idea(request: HttpRequest, public: str) -> HttpResponse:
    """What it says, who stands behind it, who shaped it."""
    viewer = member(request)
    found = get_object_or_404(queries.openable(viewer), public=public)
    if found.is_draft:
        return redirect("edit_idea", public=public)
    versions = list(queries.versions_of(found))
    waiting = list(queries.contributions_to(found, viewer)[: LONG + 1])
    backing = queries.backing_of(viewer, found)
    price = {"price": backing.money.plain} if backing and backing.money else None
    context = {
        "nav": "ideas",
        "idea": found,
        "is_lead": viewer == found.lead,
        "may_write": viewer is not None and not queries.is_of_its_brand(viewer, found),
        "versions": versions[:LONG],
        "shapers": queries.shapers(versions),
        "contributions": waiting[:LONG],
        "support": (support := queries.support_of(found)),
        "panel": judged.panel(found, support.pays),
        "backing": backing,
        "backing_form": BackingForm(currency=found.currency, initial=price),
        "levels": LEVELS,
        "parts": PARTS,
    }
    return render(request, "pages/idea.html", context)


@require_GET
def version(request: HttpRequest, public: str, number: int) -> HttpResponse:
    """What one version changed, word by word."""
    found = get_object_or_404(queries.openable(member(request)).exclude(stage=Idea.DRAFT), public=public)
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
        try:
            actions.contribute(by=me, idea=found, **form.cleaned_data)
            messages.success(request, _("It waits for the lead. You hear what becomes of it."))
            return redirect(queries.address(found))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"nav": "ideas", "idea": found, "form": form, "parts": PARTS}
    return render(request, "pages/contribute.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def contribution(request: HttpRequest, public: str) -> HttpResponse:
    """What stands, what they saw and what they would say, side by side; its lead takes it in or declines it."""
    viewer = member(request)
    found = get_object_or_404(queries.readable(viewer), public=public)
    about = get_object_or_404(queries.openable(viewer).exclude(stage=Idea.DRAFT), pk=found.idea_id)
    if request.method == "POST" and viewer is None:
        somebody(request)
    taking = TakeInForm(_sent(request, "take"), initial={"words": found.words, "base": about.number})
    answer = AnswerForm(_sent(request, "decline"))
    try:
        if viewer and taking.is_bound and taking.is_valid():
            actions.take_in(by=viewer, contribution=found, **taking.cleaned_data)
            messages.success(request, _("It stands in the newest version, in their name."))
            return redirect(queries.address(about))
        if viewer and answer.is_bound and answer.is_valid():
            actions.decline(by=viewer, contribution=found, answer=answer.cleaned_data["answer"])
            return redirect(queries.address(about))
    except Refusal as refusal:
        form = taking if taking.is_bound else answer
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    saw = getattr(get_object_or_404(Version, idea=about, number=found.base), found.part)
    stands = getattr(about, found.part)
    context = {
        "nav": "ideas",
        "idea": about,
        "contribution": found,
        "part": PARTS[found.part],
        "is_lead": viewer == about.lead,
        "taking": taking,
        "answer": answer,
        "changed": between(saw, found.words),
        "meanwhile": between(saw, stands) if saw != stands and found.state == Contribution.OPEN else [],
    }
    return render(request, "pages/contribution.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: HttpRequest, do: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None
