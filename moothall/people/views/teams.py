"""Takes what owners and those they ask send about the team of a brand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.refusals import BadInput

from .. import actions, queries
from ..forms import RoleForm, TeamForm
from ..models import Profile
from ..viewers import came_from, somebody


def _own_brand(request: HttpRequest, handle: str) -> Profile:
    return get_object_or_404(queries.desks_of(somebody(request)), handle=handle)


@require_POST
def invite_to_team(request: HttpRequest, handle: str) -> HttpResponse:
    brand = _own_brand(request, handle)
    form = TeamForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Say the handle of a person, and a role."))
    person = queries.people(somebody(request)).filter(handle=form.cleaned_data["handle"]).first()
    if person is None:
        raise BadInput(_("There is nobody here with the handle “%(handle)s”.") % form.cleaned_data)
    actions.invite_to_team(by=somebody(request), brand=brand, person=person, role=form.cleaned_data["role"])
    messages.success(request, _("%(name)s is asked, and is in the team with a yes.") % {"name": person.name})
    return redirect(came_from(request))


@require_POST
def take_back(request: HttpRequest, handle: str, person: str) -> HttpResponse:
    brand = _own_brand(request, handle)
    whom = get_object_or_404(queries.asked_into_team(brand), person__handle=person).person
    actions.take_back_team_invitation(by=somebody(request), brand=brand, person=whom)
    return redirect(came_from(request))


@require_POST
def join_team(request: HttpRequest, handle: str) -> HttpResponse:
    me = somebody(request)
    brand = get_object_or_404(queries.teams_asking(me), brand__handle=handle).brand
    actions.join_team(by=me, brand=brand)
    messages.success(request, _("You are in the team of %(brand)s.") % {"brand": brand.name})
    return redirect(came_from(request))


@require_POST
def decline_team(request: HttpRequest, handle: str) -> HttpResponse:
    me = somebody(request)
    brand = get_object_or_404(queries.teams_asking(me), brand__handle=handle).brand
    actions.decline_team(by=me, brand=brand)
    messages.success(request, _("You said no to %(brand)s.") % {"brand": brand.name})
    return redirect(came_from(request))


@require_POST
def change_role(request: HttpRequest, handle: str, person: str) -> HttpResponse:
    brand = _own_brand(request, handle)
    whom = get_object_or_404(queries.team_of(brand), person__handle=person).person
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("There is no such role."))
    actions.change_role(by=somebody(request), brand=brand, person=whom, role=form.cleaned_data["role"])
    messages.success(request, _("%(name)s has another role now.") % {"name": whom.name})
    return redirect(came_from(request))


@require_POST
def leave_team(request: HttpRequest, handle: str, person: str) -> HttpResponse:
    brand = _own_brand(request, handle)
    whom = get_object_or_404(queries.team_of(brand), person__handle=person).person
    actions.leave_team(by=somebody(request), brand=brand, person=whom)
    return redirect(came_from(request))
