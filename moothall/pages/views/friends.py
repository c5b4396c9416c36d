"""Bringing friends: inviting, finding them by address, and the page an invitation leads to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.qr import qr
from moothall.core.refusals import Refusal
from moothall.people import actions, queries
from moothall.people.forms import InviteForm, SeekForm
from moothall.people.models import Invitation, Profile
from moothall.people.viewers import account, member

from ..stops import stops


@require_GET
def friends(request: HttpRequest) -> HttpResponse:
    return _friends(request)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    me = account(request).profile
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            actions.invite(by=me, **form.cleaned_data)
            return redirect("friends")
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    return _friends(request, invite=form, status=422)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """One answer for all who are not found, whatever the reason."""
    me = account(request)
    form = SeekForm(request.POST)
    if form.is_valid():
        try:
            found = actions.find_by_address(account=me, email=form.cleaned_data["email"])
            return _friends(request, seek=form, sought=True, found=found)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    return _friends(request, seek=form, status=422)


def _friends(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    me = account(request)
    found: Profile | None = given.get("found")
    context = {
        "nav": "you",
        "mine": "friends",
        "account": me,
        "invite": given.get("invite") or InviteForm(),
        "seeking": given.get("seek") or SeekForm(),
        "sought": given.get("sought", False),
        "found": found,
        "follows": found is not None and queries.follows(me.profile, found),
        "invitations": [_shown(one) for one in queries.invitations_of(me.profile)[:30]],
        "came": queries.came_by(me.profile),
    }
    return render(request, "pages/friends.html", context, status=status)


def _shown(one: Invitation) -> dict[str, Any]:
    link = settings.ADDRESS + reverse("invitation", kwargs={"public": one.public})
    drawn = None if one.email or one.mark else qr(link, _("The link of this invitation, to scan"))
    return {"one": one, "link": link, "qr": drawn}


@require_GET
def invitation(request: HttpRequest, public: str) -> HttpResponse:
    """Who invites, to what; on to joining, signing in, or following each other."""
    viewer = member(request)
    found = get_object_or_404(queries.invitations_to(viewer).filter(ended=None), public=public)
    taken = queries.taken(viewer, found)
    context = {
        "invitation": found,
        "own": viewer is not None and viewer.pk == found.by_id,
        "holds": found.is_open or taken,
        "follows": queries.follows(viewer, found.by),
        "way": "?next=" + request.path,
    }
    return render(request, "pages/invitation.html", context)


@require_http_methods(["GET", "POST"])
def no_mail(request: HttpRequest, signed: str) -> HttpResponse:
    """One click in the mail leads here, one button stops all further invitations to that address."""
    try:
        public = stops.unsign(signed)
    except BadSignature as error:
        raise Http404 from error
    found = get_object_or_404(Invitation.objects.exclude(mark=""), public=public)
    if request.method == "POST":
        actions.stop_invitations(invitation=found)
        return redirect(request.path)
    return render(request, "pages/no_mail.html", {"done": queries.wants_no_mail(found)})
