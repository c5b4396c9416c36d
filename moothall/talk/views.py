"""Takes what is sent about posts and comments; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.people.models import Profile
from moothall.people.viewers import came_from, somebody

from . import actions, posted, queries
from .models import Comment, Post, Said


@require_POST
def withdraw(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = get_object_or_404(queries.own(me), public=public)
    actions.withdraw(by=me, comment=found)
    messages.success(request, _("Taken back. You can bring it back for a day."))
    return _at(request, found)


@require_POST
def bring_back(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = get_object_or_404(queries.own(me), public=public)
    actions.bring_back(by=me, comment=found)
    return _at(request, found)


@require_POST
def react(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen(me, public)
    actions.react(by=me, comment=found, sort=request.POST.get("sort", ""))
    return _at(request, found)


@require_POST
def unreact(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen(me, public)
    actions.unreact(by=me, comment=found)
    return _at(request, found)


@require_POST
def withdraw_post(request: HttpRequest, public: str) -> HttpResponse:
    """To its own page, where it can be brought back: lists do not show it any more."""
    me = somebody(request)
    found = get_object_or_404(posted.own(me), public=public)
    actions.withdraw_post(by=me, post=found)
    messages.success(request, _("Taken back. You can bring it back for a day."))
    return redirect(posted.address(found))


@require_POST
def bring_back_post(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = get_object_or_404(posted.own(me), public=public)
    actions.bring_back_post(by=me, post=found)
    return redirect(posted.address(found))


@require_POST
def react_to_post(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen_post(me, public)
    actions.react_to_post(by=me, post=found, sort=request.POST.get("sort", ""))
    return _at(request, found)


@require_POST
def unreact_to_post(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    found = _seen_post(me, public)
    actions.unreact_to_post(by=me, post=found)
    return _at(request, found)


def _seen(me: Profile, public: str) -> Comment:
    found = queries.visible_to(me, public)
    if found is None:
        raise Http404
    return found


def _seen_post(me: Profile, public: str) -> Post:
    found = posted.visible_to(me, public)
    if found is None:
        raise Http404
    return found


def _at(request: HttpRequest, said: Said) -> HttpResponse:
    """Back where one was, at what was said."""
    return redirect(f"{came_from(request).partition('#')[0]}#{said.kind[0]}-{said.public}")
