"""Takes what a brand's desk sends about its products."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core import kinds, pictures
from moothall.core.refusals import BadInput
from moothall.people.models import Profile
from moothall.people.queries import desks_of
from moothall.people.viewers import came_from, somebody

from . import actions, queries
from .actions.importing import LARGEST_FILE
from .exporting import export_shopify
from .models import Product, ProductPicture


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(desks_of(me), handle=handle)


def _product(request: HttpRequest, handle: str, slug: str) -> tuple[Profile, Product]:
    me, brand = _desk(request, handle)
    return me, get_object_or_404(queries.of_desk(me, brand).select_related("brand"), slug=slug)


@require_POST
def publish(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    me, product = _product(request, handle, slug)
    actions.publish(by=me, product=product)
    messages.success(request, _("%(title)s is on the market.") % {"title": product.title})
    return redirect(came_from(request))


@require_POST
def withdraw(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    me, product = _product(request, handle, slug)
    actions.withdraw(by=me, product=product)
    messages.success(
        request, _("%(title)s is off the market. Publish it again whenever you like.") % {"title": product.title}
    )
    return redirect(came_from(request))


@require_POST
def add_picture(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    me, product = _product(request, handle, slug)
    given = request.FILES.get("picture")
    if given is None:
        raise BadInput(_("Choose a picture first."))
    actions.may_write(me, product.brand)  # before anything is drawn and kept for somebody who may not
    picture = pictures.keep_sent(given)
    actions.add_picture(by=me, product=product, picture=picture, alt=request.POST.get("alt", ""))
    return redirect(came_from(request))


@require_POST
def remove_picture(request: HttpRequest, handle: str, slug: str, position: int) -> HttpResponse:
    me, product = _product(request, handle, slug)
    # A file may give two pictures the same place: the first of them goes.
    place = ProductPicture.objects.filter(product=product, position=position).order_by("pk").first()
    if place is None:
        raise Http404
    actions.remove_picture(by=me, place=place)
    return redirect(came_from(request))


@require_POST
def begin_import(request: HttpRequest, handle: str) -> HttpResponse:
    """Take the file; the worker reads it."""
    me, brand = _desk(request, handle)
    actions.may_write(me, brand)  # before fifty megabytes are read for somebody who may not
    given = request.FILES.get("file")
    if given is None:
        raise BadInput(_("Choose a file first."))
    if (given.size or 0) > LARGEST_FILE:
        raise BadInput(_("This file is larger than 50 MB. Split it into smaller ones."))
    run = actions.begin_import(by=me, brand=brand, name=given.name or "products.csv", body=given.read())
    return redirect(kinds.address(run.kind, run.pk))


@require_GET
def export(request: HttpRequest, handle: str) -> HttpResponseBase:
    """All products of the brand in the form they can be imported from."""
    me, brand = _desk(request, handle)
    rows = export_shopify(queries.of_desk(me, brand))
    headers = {"Content-Disposition": f'attachment; filename="{handle}-products.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)
