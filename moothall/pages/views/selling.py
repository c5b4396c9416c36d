"""What a brand asks for, at its desk: what sending costs, how its things are taxed, and its vouchers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.hall import hall
from moothall.core.refusals import Refusal
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import somebody, with_query
from moothall.prices import actions, queries
from moothall.prices.forms import TaxesForm, VoucherForm, ZoneForm

from .cursors import number

SIZE = 30


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(people.desks_of(me).select_related("portrait"), handle=handle)


@require_http_methods(["GET", "POST"])
def new_zone(request: HttpRequest, handle: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    form = ZoneForm(request.POST if request.method == "POST" else None, currency=hall().currency)
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_zone(by=me, brand=brand, plan=form.plan())
            messages.success(request, _("You send to %(zone)s from now on.") % {"zone": made.name})
            return redirect("desk_shop", handle=handle)
        except Refusal as refusal:
            form.refuse(refusal)
    return _zone_page(request, me, brand, form, None)


@require_http_methods(["GET", "POST"])
def zone(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """A zone with all its countries and rates in one form."""
    me, brand = _desk(request, handle)
    found = next((one for one in queries.zones_of(brand) if one.zone.public == public), None)
    if found is None:
        raise Http404
    form = ZoneForm(request.POST if request.method == "POST" else None, currency=hall().currency, sends=found)
    if form.is_bound and form.is_valid():
        try:
            actions.change_zone(by=me, zone=found.zone, plan=form.plan())
            messages.success(request, _("Kept. Baskets that are being filled show it at once."))
            return redirect("desk_shop", handle=handle)
        except Refusal as refusal:
            form.refuse(refusal)
    return _zone_page(request, me, brand, form, found)


def _zone_page(
    request: HttpRequest, me: Profile, brand: Profile, form: ZoneForm, sends: queries.Sends | None
) -> HttpResponse:
    context = {
        "nav": "desk",
        "tab": "shop",
        "brand": brand,
        "form": form,
        "sends": sends,
        "may_sell": people.may_sell(me, brand),
    }
    return render(request, "pages/desk_zone.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def tax(request: HttpRequest, handle: str) -> HttpResponse:
    """All rates of all countries in one form."""
    me, brand = _desk(request, handle)
    given = request.POST if request.method == "POST" else None
    form = TaxesForm(given, included=queries.tax_is_included(brand), taxed=queries.taxes_of(brand))
    if form.is_bound and form.is_valid():
        included = form.cleaned_data["included"] == "with"
        try:
            actions.set_taxes(by=me, brand=brand, included=included, rates=form.taxed())
            messages.success(request, _("Kept. Baskets that are being filled show it at once."))
            return redirect("desk_shop", handle=handle)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        "nav": "desk",
        "tab": "shop",
        "brand": brand,
        "form": form,
        "may_sell": people.may_sell(me, brand),
    }
    return render(request, "pages/desk_tax.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def vouchers(request: HttpRequest, handle: str) -> HttpResponse:
    """Those there are, and a form for another."""
    me, brand = _desk(request, handle)
    form = VoucherForm(request.POST if request.method == "POST" else None, currency=hall().currency)
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_voucher(by=me, brand=brand, offer=form.offer())
            messages.success(
                request, _("The voucher %(code)s is made. Tell its code to whom you like.") % {"code": made}
            )
            return redirect("desk_vouchers", handle=handle)
        except Refusal as refusal:
            form.refuse(refusal)
    before = number(request.GET.get("before"))
    rows = queries.vouchers_of(brand)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "desk",
        "tab": "vouchers",
        "brand": brand,
        "form": form,
        "vouchers": page[:SIZE],
        "closed": {one.pk: queries.is_over(one) for one in page},
        "may_sell": people.may_sell(me, brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_vouchers.html", context, status=422 if form.is_bound else 200)


@require_GET
def voucher(request: HttpRequest, handle: str, code: str) -> HttpResponse:
    """One voucher and its uses, with their orders for who may see orders here."""
    me, brand = _desk(request, handle)
    found = get_object_or_404(queries.vouchers_of(brand), code=code)
    before = number(request.GET.get("before"))
    rows = queries.uses_of(found).select_related("voucher")
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    bought = orders.orders_at(me, brand).filter(purchase__in=[use.owner_id for use in page])
    context = {
        "nav": "desk",
        "tab": "vouchers",
        "brand": brand,
        "voucher": found,
        "closed": queries.is_over(found),
        "uses": page[:SIZE],
        "orders": {order.purchase_id: order for order in bought},
        "may_sell": people.may_sell(me, brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_voucher.html", context)
