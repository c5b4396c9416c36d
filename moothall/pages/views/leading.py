"""Upstairs: who leads an idea, and merging like ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.core.refusals import Refusal
from moothall.ideas import actions, opened, queries
from moothall.ideas.forms import PARTS, AuthorForm, MergerForm
from moothall.ideas.models import Author, Idea, Merger
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import somebody


@require_http_methods(["GET", "POST"])
def authors(request: HttpRequest, public: str) -> HttpResponse:
    """Who leads it, for those who do and those who are invited to; the lead invites."""
    me = somebody(request)
    found = get_object_or_404(queries.led_by(me), public=public)
    form = AuthorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            person = people.visible_to(me).filter(handle=form.cleaned_data["handle"]).first()
            if person is None:
                form.add_error("handle", _("There is nobody of that name."))
            else:
                actions.invite_author(by=me, idea=found, person=person)
                messages.success(request, _("Asked. You hear what they say."))
                return redirect("idea_authors", public=public)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    rows = list(queries.authors_of(found))
    context = {
        "nav": "ideas",
        "idea": found,
        "form": form,
        "leads": found.lead_id == me.pk,
        "authors": rows,
        "mine": next((row for row in rows if row.person_id == me.pk), None),
        "known": queries.known(me, [found.lead_id, *(row.person_id for row in rows)]),
        "Author": Author,
    }
    return render(request, "pages/idea_authors.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def merge_idea(request: HttpRequest, public: str) -> HttpResponse:
    """The lead looks for the idea that theirs is like, and asks; what was asked waits here, or is taken back."""
    me = somebody(request)
    found = get_object_or_404(queries.openable(me).exclude(stage=Idea.DRAFT), public=public, lead=me)
    form = MergerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            into = queries.openable(me).filter(public=form.cleaned_data["into"]).exclude(stage=Idea.DRAFT).first()
            if into is None:
                form.add_error("into", _("There is no such idea."))
            else:
                asked = actions.ask_merger(by=me, idea=found, into=into)
                done = asked.state == Merger.STANDS
                messages.success(request, _("They are one now.") if done else _("Asked. You hear what they say."))
                return redirect("idea" if done else "merge_idea", public=public)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    like = queries.like(me, found) if found.stands else []
    context = {"nav": "ideas", "idea": found, "form": form, "like": like, "asked": queries.merger_of(found)}
    context |= {"support": queries.support_for(like), "waiting": list(queries.asked_into(me, found))}
    return render(request, "pages/idea_merger.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def merger(request: HttpRequest, public: str) -> HttpResponse:
    """Both side by side, as far as one may open them; the lead of the one that the other is to be merged into
    answers."""
    me = somebody(request)
    found = get_object_or_404(queries.mergers(me), public=public)
    if request.method == "POST":
        return _answered(request, me, found)
    pair = (found.idea, found.into)
    context = {
        "nav": "ideas",
        "merger": found,
        "idea": found.idea,
        "into": found.into,
        "shown": set(queries.openable(me).filter(pk__in=[one.pk for one in pair]).values_list("pk", flat=True)),
        "parts": PARTS,
        "support": {one.pk: opened.support_of(one) for one in pair},
        "known": queries.known(me, [one.lead_id for one in pair]),
        "answers": me.pk == found.into.lead_id,
    }
    return render(request, "pages/merger.html", context)


def _answered(request: HttpRequest, me: Profile, found: Merger) -> HttpResponse:
    if request.POST.get("do") == "accept":
        actions.accept_merger(by=me, merger=found)
        messages.success(request, _("They are one now. Either of you can separate them again, without loss."))
        return redirect(queries.address(found.into))
    actions.decline_merger(by=me, merger=found)
    return redirect("merger", public=found.public)
