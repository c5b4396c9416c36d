"""One order at its brand's desk: send it, give money back. A refused form comes back as it was typed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.catalog import queries as catalog
from moothall.core.countries import name_of
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import actions, afterwards
from moothall.orders import queries as orders_
from moothall.orders.carriers import CARRIERS
from moothall.orders.forms import pieces_typed
from moothall.orders.models import Order, OrderLine
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.people.viewers import came_from, somebody


def _found(request: HttpRequest, handle: str, public: str) -> tuple[Profile, Profile, Order]:
    me = somebody(request)
    brand = get_object_or_404(afterwards.count_waiting(people.desks_of(me).select_related("portrait")), handle=handle)
    return me, brand, get_object_or_404(orders_.orders_at(me, brand), public=public)


@require_GET
def order(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    return _page(request, *_found(request, handle, public))


def _page(
    request: HttpRequest, me: Profile, brand: Profile, found: Order, form: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    """The order; with a refusal the form of this name as it was typed, and the sentence beside its field."""
    whole = orders_.whole(found)
    products = {line.variant.product for line in whole.things if line.variant}
    context = {
        "nav": "desk",
        "tab": "orders",
        "brand": brand,
        "whole": whole,
        "order": found,
        "country": name_of(found.purchase.country),
        "shown": {one.product.pk: one for one in catalog.listed(products)},
        "may_sell": people.may_sell(me, brand),
        "known_carriers": list(CARRIERS),
        "papers": afterwards.papers_of([found]).get(found.pk, []),
        "returns": afterwards.returns_of([found]).get(found.pk, []),
        "typed": {form: request.POST},
        "wrong": {form: {(refusal.field or ""): refusal.sentence}} if refusal else {},
    }
    return render(request, "pages/desk_order.html", context, status=refusal.status if refusal else 200)


@require_POST
def ship(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, brand, found = _found(request, handle, public)
    sent = {name: request.POST.get(name, "") for name in ("carrier", "tracking")}
    try:
        pieces = pieces_typed(request.POST, OrderLine.objects.filter(order=found))
        actions.ship(by=me, order=found, pieces=pieces, **sent)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, me, brand, found, "ship", refusal)
    messages.success(request, _("Sent. The buyer gets a mail."))
    return redirect(came_from(request))


@require_POST
def refund(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, brand, found = _found(request, handle, public)
    typed = request.POST
    try:
        made = actions.refund(
            by=me,
            order=found,
            pieces=pieces_typed(typed, OrderLine.objects.filter(order=found)),
            reason=typed.get("reason", ""),
            restock=bool(typed.get("restock")),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, me, brand, found, "refund", refusal)
    messages.success(request, _("%(amount)s goes back to the buyer.") % {"amount": made.money})
    return redirect(came_from(request))
