"""Takes what a desk sends about its prices; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.people.models import Profile
from moothall.people.queries import desks_of
from moothall.people.viewers import came_from, somebody

from . import actions
from .models import Voucher, Zone


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(desks_of(me), handle=handle)


@require_POST
def remove_zone(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    zone = get_object_or_404(Zone.objects.select_related("brand"), brand=brand, public=public)
    actions.remove_zone(by=me, zone=zone)
    messages.success(request, _("%(zone)s is no zone of yours any more.") % {"zone": zone.name})
    return redirect(came_from(request))


@require_POST
def end_voucher(request: HttpRequest, handle: str, code: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    voucher = get_object_or_404(Voucher.objects.select_related("brand"), brand=brand, code=code)
    actions.end_voucher(by=me, voucher=voucher)
    messages.success(request, _("The voucher %(code)s is over.") % {"code": voucher.code})
    return redirect(came_from(request))
