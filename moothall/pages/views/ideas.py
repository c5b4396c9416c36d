"""Upstairs: ideas, one idea with what stands behind it, and writing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core import ids, pictures, text
from moothall.core.hall import hall
from moothall.core.refusals import Refusal
from moothall.ideas import actions, judged, opened, queries, stages, weights
from moothall.ideas.differences import between
from moothall.ideas.forms import LEVELS, PARTS, BackingForm, IdeaForm, RevisionForm
from moothall.ideas.models import Idea
from moothall.moderation.queries import removal_of
from moothall.people.models import Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.talk.panels import talk

from .cursors import page_of


@require_GET
def ideas(request: HttpRequest) -> HttpResponse:
    """All that people propose, the weightiest first; and one's own drafts."""
    viewer = member(request)
    number = page_of(request.GET.get("page"))
    at = request.GET.get("at", "")
    rows = opened.page_of_list(viewer, at, number)
    shown = rows[: queries.SIZE]
    context = {
        "nav": "ideas",
        "ideas": shown,
        "support": queries.support_for(shown),
        "ways": {one.pk: stages.way_of(one) for one in shown},
        "drafts": opened.drafts_of(viewer) if viewer and number == 1 else [],
        "number": number,
        "at": at,
        "stages": {name: stages.WORDS[name] for name in stages.WAY[1:]},
        "newer": with_query(request.path, at=at, page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": with_query(request.path, at=at, page=number + 1) if len(rows) > queries.SIZE else None,
    }
    return render(request, "pages/ideas.html", context)


@require_http_methods(["GET", "POST"])
def new_idea(request: HttpRequest) -> HttpResponse:
    return _written(request, somebody(request), None)


@require_http_methods(["GET", "POST"])
def edit_idea(request: HttpRequest, public: str) -> HttpResponse:
    """A draft goes on being written; an idea that stands gets a new version."""
    me = somebody(request)
    idea = get_object_or_404(queries.written_by(me), public=public)
    return _written(request, me, idea) if idea.is_draft else _revised(request, me, idea)


def _written(request: HttpRequest, me: Profile, idea: Idea | None) -> HttpResponse:
    """The form of a draft. What was typed is kept before it is proposed, so that nothing can be lost. A form that is
    sent twice is one draft: it carries a key."""
    key = text.tidy(request.POST.get("key", ""))[:40] if idea is None else ""
    initial = IdeaForm.initial_of(idea) if idea else None
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    whole = request.method == "GET" or request.POST.get("do") == "propose"
    form = IdeaForm(*given, currency=hall().currency, brands=_brands(me), whole=whole, initial=initial)
    similar: list[Idea] = []
    if form.is_bound and form.is_valid():
        made = queries.made_with(me, key)
        if made is not None and not made.is_draft:
            return redirect(queries.address(made))
        try:
            idea = actions.keep_draft(by=me, words=form.words(), brand=form.brand_chosen(), idea=idea, key=key)
            if form.cleaned_data["picture"] is not None:
                actions.draw(by=me, idea=idea, picture=pictures.keep_sent(form.cleaned_data["picture"]))
            if request.POST.get("do") != "propose":
                messages.success(request, _("Kept. Only you see it."))
                return redirect("edit_idea", public=idea.public)
            similar = [] if request.POST.get("seen") else queries.similar(me, idea)
            if not similar:
                actions.propose(by=me, idea=idea)
                return redirect(queries.address(idea))
        except Refusal as refusal:
            _refuse(form, refusal)
    context = {"nav": "ideas", "form": form, "idea": idea, "similar": similar, "is_draft": True}
    context |= {"support": queries.support_for(similar), "key": key or ids.secret(), "meanwhile": []}
    return render(request, "pages/idea_form.html", context, status=422 if form.is_bound else 200)


def _revised(request: HttpRequest, me: Profile, idea: Idea) -> HttpResponse:
    """The form of a new version. Where there is a newer one than it was made from, what was typed stays, what was left
    alone is as it stands now, and what changed meanwhile is shown beside it."""
    initial = IdeaForm.initial_of(idea) | {"base": idea.number}
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RevisionForm(*given, currency=idea.currency, brands={}, initial=initial)
    meanwhile: list[tuple[Any, Any]] = []
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            picture = pictures.keep_sent(said["picture"]) if said["picture"] else None
            base = said["base"] or 0
            actions.revise(by=me, idea=idea, words=form.words(), base=base, note=said["note"], picture=picture)
            return redirect(queries.address(idea))
        except Refusal as refusal:
            idea = queries.written_by(me).get(pk=idea.pk)
            if not said["base"]:
                said_so = _("It was proposed meanwhile, in another tab. Send what you wrote again as a new version.")
                form.add_error(None, said_so)
            else:
                _refuse(form, refusal)
    if form.is_bound:
        meanwhile = _looked_again(form, idea)
    context = {"nav": "ideas", "form": form, "idea": idea, "similar": [], "support": {}, "is_draft": False}
    context |= {"meanwhile": meanwhile, "parts": PARTS}
    return render(request, "pages/idea_form.html", context, status=422 if form.is_bound else 200)


def _looked_again(form: RevisionForm, idea: Idea) -> list[tuple[Any, Any]]:
    """What changed since the version that the form was made from; it goes on from the newest."""
    number = form.cleaned_data.get("base")
    before = queries.versions_of(idea).filter(number=number or idea.number).first()
    if before is None or before.number == idea.number:
        form.rebase(idea, idea, idea.number)
        return []
    form.rebase(before, idea, idea.number)
    pairs = ((words, getattr(before, part), getattr(idea, part)) for part, words in PARTS.items())
    return [(words, between(was, now)) for words, was, now in pairs if was != now]


def _refuse(form: Any, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _brands(me: Profile) -> dict[str, Profile]:
    return {str(brand.handle): brand for brand in queries.brands_for(me)[:200]}


@require_GET
def idea(request: HttpRequest, public: str) -> HttpResponse:
    """What it says, who stands behind it, who shaped it."""
    viewer = member(request)
    found = opened.opened(viewer, public)
    if found is None:
        return _removed(request, get_object_or_404(queries.removed(viewer), public=public))
    if found.idea.is_draft:
        return redirect("edit_idea", public=public)
    return _whole(request, viewer, found)


@require_POST
def back_idea(request: HttpRequest, public: str) -> HttpResponse:
    """A price that is none comes back on the idea's page, as it was typed."""
    me = somebody(request)
    found = opened.opened(me, public)
    if found is None or found.idea.is_draft:
        raise Http404
    idea = found.idea
    form = BackingForm(request.POST, currency=idea.currency)
    if form.is_valid():
        try:
            actions.back(by=me, idea=idea, **form.cleaned_data)
            messages.success(request, _("Your voice counts. You can change it, or take it back."))
            return redirect(queries.address(idea.into or idea))
        except Refusal as refusal:
            if refusal.field is None:
                raise
            _refuse(form, refusal)
    return _whole(request, me, found, form)


def _whole(
    request: HttpRequest, viewer: Profile | None, found: opened.Opened, form: BackingForm | None = None
) -> HttpResponse:
    idea, backing = found.idea, found.voice
    versions = opened.newest_versions(idea)
    contributions = opened.newest_contributions(idea, viewer)
    panel = judged.panel(idea)
    asked = [one.by_id for one in versions] + [idea.lead_id, idea.brand_id] + [gate.brand_id for gate in panel.gates]
    around = opened.around(viewer, idea, asked)
    leads = viewer is not None and viewer.pk == idea.lead_id
    price = {"price": backing.money.plain} if backing and backing.money else None
    kin = opened.kin_of(idea, viewer)
    near = {one.pk: one for one in kin}
    context = {
        "nav": "ideas",
        "idea": idea,
        "leads": leads,
        "writes": leads or viewer in around.authors,
        "may_write": viewer is not None and not found.of_team,
        "versions": versions[: opened.LONG],
        "more_versions": len(versions) > opened.LONG,
        "known": around.known,
        "authors": around.authors,
        "invited": around.invited,
        "shapers": around.shapers,
        "before": around.before,
        "contributions": contributions[: opened.LONG],
        "more_contributions": len(contributions) > opened.LONG,
        "support": opened.support_of(idea),
        "panel": panel,
        "way": stages.way_of(idea),
        "backing": backing,
        "until": viewer.since + weights.WAIT if viewer else None,
        "backing_form": form or BackingForm(currency=idea.currency, initial=price),
        "levels": LEVELS,
        "parts": PARTS,
        "merged": [one for one in kin if one.into_id == idea.pk],
        "forks": [one for one in kin if one.forked_from_id == idea.pk and one.into_id != idea.pk],
        "into": near.get(idea.into_id or 0),
        "origin": near.get(idea.forked_from_id or 0),
        "case": removal_of(Idea.kind, idea.pk) if idea.hidden else None,
        "talk": talk(viewer, Idea.kind, idea.pk, idea.public) if idea.stands else None,
    }
    return render(request, "pages/idea.html", context, status=422 if form else 200)


def _removed(request: HttpRequest, idea: Idea) -> HttpResponse:
    context = {"nav": "ideas", "case": removal_of(Idea.kind, idea.pk)}
    return render(request, "pages/idea_removed.html", context, status=410)
