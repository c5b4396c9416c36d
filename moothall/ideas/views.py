"""Takes what is sent about ideas; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.people.viewers import somebody
from moothall.pools import queries as pools

from . import actions, queries
from .models import Author, Contribution, Idea, Merger


@require_POST
def unback(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    idea = get_object_or_404(queries.openable(me).exclude(stage=Idea.DRAFT), public=public)
    actions.unback(by=me, idea=idea)
    return redirect(queries.address(idea))


@require_POST
def discard(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    actions.discard(by=me, idea=_own(request, public))
    messages.success(request, _("The draft is gone."))
    return redirect("/ideas")


@require_POST
def withdraw(request: HttpRequest, public: str) -> HttpResponse:
    idea = _own(request, public)
    actions.withdraw(by=somebody(request), idea=idea)
    return redirect(queries.address(idea))


@require_POST
def bring_back(request: HttpRequest, public: str) -> HttpResponse:
    idea = _own(request, public)
    actions.bring_back(by=somebody(request), idea=idea)
    return redirect(queries.address(idea))


@require_POST
def begin_gathering(request: HttpRequest, public: str) -> HttpResponse:
    idea = _own(request, public)
    pool = actions.begin_gathering(by=somebody(request), idea=idea)
    messages.success(request, _("It gathers pledges now. Show people this page."))
    return redirect(pools.address(pool))


@require_POST
def end_gathering(request: HttpRequest, public: str) -> HttpResponse:
    idea = _own(request, public)
    actions.end_gathering(by=somebody(request), idea=idea)
    messages.success(request, _("Ended. Nobody is charged, and everybody who pledged is told."))
    return redirect(queries.address(idea))


@require_POST
def take_back(request: HttpRequest, public: str) -> HttpResponse:
    found = _contribution(request, public)
    actions.take_back(by=somebody(request), contribution=found)
    return redirect(queries.address(found.idea))


@require_POST
def end_merger(request: HttpRequest, public: str) -> HttpResponse:
    """Separate it from what it is merged into, or take the question back."""
    me = somebody(request)
    waits_or_stands = queries.mergers(me).filter(state__in=(Merger.ASKED, Merger.STANDS))
    found = get_object_or_404(waits_or_stands, idea__public=public)
    if found.state == Merger.ASKED:
        actions.take_back_merger(by=me, merger=found)
        return redirect(f"{queries.address(found.idea)}/merger")
    actions.unmerge(by=me, merger=found)
    messages.success(request, _("They are two again, each with what it had."))
    return redirect(queries.address(found.idea))


@require_POST
def join_authors(request: HttpRequest, public: str) -> HttpResponse:
    found = _authorship(request, public)
    actions.join_authors(by=somebody(request), author=found)
    return redirect(queries.address(found.idea))


@require_POST
def leave_authors(request: HttpRequest, public: str) -> HttpResponse:
    me, found = somebody(request), _authorship(request, public)
    actions.leave_authors(by=me, author=found)
    if found.idea.lead_id == me.pk:
        return redirect(queries.authors_address(found.idea))
    return redirect(queries.address(found.idea))


@require_POST
def offer_lead(request: HttpRequest, public: str) -> HttpResponse:
    found = _authorship(request, public)
    actions.offer_lead(by=somebody(request), author=found)
    return redirect(queries.authors_address(found.idea))


@require_POST
def keep_lead(request: HttpRequest, public: str) -> HttpResponse:
    found = _authorship(request, public)
    actions.keep_lead(by=somebody(request), author=found)
    return redirect(queries.authors_address(found.idea))


@require_POST
def take_lead(request: HttpRequest, public: str) -> HttpResponse:
    idea = actions.take_lead(by=somebody(request), author=_authorship(request, public))
    messages.success(request, _("You lead it now, and they with you."))
    return redirect(queries.address(idea))


def _authorship(request: HttpRequest, public: str) -> Author:
    """One's own, or of an idea that one leads."""
    return get_object_or_404(queries.authorships(somebody(request)), public=public)


def _own(request: HttpRequest, public: str) -> Idea:
    return get_object_or_404(Idea, public=public, lead=somebody(request))


def _contribution(request: HttpRequest, public: str) -> Contribution:
    """Of an idea that one may open."""
    me = somebody(request)
    ideas = queries.openable(me).exclude(stage=Idea.DRAFT).values("pk")
    return get_object_or_404(queries.readable(me).select_related("idea"), public=public, idea__in=ideas)
