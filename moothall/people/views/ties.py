"""Takes what people send about each other: follows, blocks, mutes, circles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.refusals import BadInput

from .. import actions, queries
from ..forms import HandleForm
from ..models import SHOP, Circle, Profile
from ..viewers import came_from, somebody


def _seen(request: HttpRequest, handle: str) -> Profile:
    return get_object_or_404(queries.visible_to(somebody(request)), handle=handle)


def _blocked_or_seen(request: HttpRequest, handle: str) -> Profile:
    """Also one whom the viewer blocked, but not one who only blocked the viewer."""
    me = somebody(request)
    mine = Q(pk__in=queries.blocks_of(me).values("whom")) | queries.seen(me)
    return get_object_or_404(Profile.objects.filter(mine, gone=None), handle=handle)


def _tie(do: Callable[..., Any], source: Profile, request: HttpRequest) -> HttpResponse:
    do(by=somebody(request), source=source, channel=SHOP if source.is_brand else "")
    return redirect(came_from(request))


@require_POST
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    return _tie(actions.follow, _seen(request, handle), request)


@require_POST
def unfollow(request: HttpRequest, handle: str) -> HttpResponse:
    return _tie(actions.unfollow, _seen(request, handle), request)


@require_POST
def block(request: HttpRequest, handle: str) -> HttpResponse:
    whom = _seen(request, handle)
    actions.block(by=somebody(request), whom=whom)
    messages.success(request, _("You and %(name)s no longer see each other.") % {"name": whom.name})
    return redirect(came_from(request))


@require_POST
def unblock(request: HttpRequest, handle: str) -> HttpResponse:
    actions.unblock(by=somebody(request), whom=_blocked_or_seen(request, handle))
    return redirect(came_from(request))


@require_POST
def mute(request: HttpRequest, handle: str) -> HttpResponse:
    whom = _seen(request, handle)
    actions.mute(by=somebody(request), whom=whom)
    messages.success(request, _("You hear no more of %(name)s. They do not learn of it.") % {"name": whom.name})
    return redirect(came_from(request))


@require_POST
def unmute(request: HttpRequest, handle: str) -> HttpResponse:
    actions.unmute(by=somebody(request), whom=_seen(request, handle))
    return redirect(came_from(request))


@require_POST
def put_into_circles(request: HttpRequest, handle: str) -> HttpResponse:
    """From somebody's page: in exactly the circles that are ticked."""
    me, person = somebody(request), _seen(request, handle)
    ticked = set(request.POST.getlist("circle"))
    for circle in queries.circles_of(me):
        do = actions.join_circle if circle.public in ticked else actions.leave_circle
        do(by=me, circle=circle, person=person)
    messages.success(request, _("Your circles are as you ticked them. Nobody is told."))
    return redirect(came_from(request))


def _own_circle(request: HttpRequest, public: str) -> Circle:
    return get_object_or_404(queries.circles_of(somebody(request)), public=public)


@require_POST
def join_circle(request: HttpRequest, public: str) -> HttpResponse:
    circle = _own_circle(request, public)
    form = HandleForm(request.POST)
    handle = form.cleaned_data["handle"] if form.is_valid() else ""
    person = queries.people(somebody(request)).filter(handle=handle).first()
    if person is None:
        raise BadInput(_("There is nobody here with the handle “%(handle)s”.") % {"handle": handle})
    actions.join_circle(by=somebody(request), circle=circle, person=person)
    return redirect(came_from(request))


@require_POST
def leave_circle(request: HttpRequest, public: str, handle: str) -> HttpResponse:
    actions.leave_circle(by=somebody(request), circle=_own_circle(request, public), person=_seen(request, handle))
    return redirect(came_from(request))


@require_POST
def end_circle(request: HttpRequest, public: str) -> HttpResponse:
    actions.end_circle(by=somebody(request), circle=_own_circle(request, public))
    messages.success(request, _("The circle is gone. What you shared with it, nobody else sees any more."))
    return redirect(came_from(request))
