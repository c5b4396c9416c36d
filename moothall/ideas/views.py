"""Takes what is sent about ideas; the pages themselves stand in pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.refusals import BadInput
from moothall.people.viewers import somebody

from . import actions, queries
from .forms import BackingForm
from .models import Contribution, Idea


@require_POST
def back(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    idea = get_object_or_404(queries.visible_to(me), public=public)
    given = _valid(BackingForm(request.POST, currency=idea.currency))
    actions.back(by=me, idea=idea, level=given["level"], price=given["price"])
    messages.success(request, _("Your voice counts. You can change it, or take it back."))
    return redirect(queries.address(idea))


@require_POST
def unback(request: HttpRequest, public: str) -> HttpResponse:
    me = somebody(request)
    idea = get_object_or_404(queries.visible_to(me), public=public)
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
def take_back(request: HttpRequest, public: str) -> HttpResponse:
    found = _contribution(request, public)
    actions.take_back(by=somebody(request), contribution=found)
    return redirect(queries.address(found.idea))


def _own(request: HttpRequest, public: str) -> Idea:
    return get_object_or_404(Idea, public=public, lead=somebody(request))


def _contribution(request: HttpRequest, public: str) -> Contribution:
    """Of an idea that one may open."""
    me = somebody(request)
    ideas = queries.openable(me).exclude(stage=Idea.DRAFT).values("pk")
    return get_object_or_404(queries.readable(me).select_related("idea"), public=public, idea__in=ideas)


def _valid(form: forms.Form) -> dict[str, Any]:
    """What was sent; a form on a larger page says what is wrong in a toast there."""
    if not form.is_valid():
        raise BadInput(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data
