"""Takes what is sent about pools and pledges; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core import kinds
from moothall.core.refusals import Refusal
from moothall.orders.actions import open_page
from moothall.orders.models import Purchase
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.people.queries import desks_of
from moothall.people.viewers import came_from, somebody

from . import actions, queries
from .models import Pledge


def _own(request: HttpRequest, public: str) -> Pledge:
    return get_object_or_404(queries.pledges_of(somebody(request)), public=public)


@require_POST
def withdraw(request: HttpRequest, public: str) -> HttpResponse:
    pledge = _own(request, public)
    actions.withdraw(by=somebody(request), pledge=pledge)
    messages.success(request, _("Taken back. Nothing is charged, and your card is forgotten."))
    is_there = queries.openable(pledge.person).filter(pk=pledge.pool_id).exists()
    return redirect(queries.address(pledge.pool) if is_there else "pledges")


@require_POST
def give_card(request: HttpRequest, public: str) -> HttpResponse:
    """On to the provider's page for a pledge that has no card yet."""
    try:
        return redirect(actions.open_card_page(pledge=_own(request, public)))
    except provider.ProviderSilent as error:
        raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error


@require_POST
def pay(request: HttpRequest, public: str) -> HttpResponse:
    """After a refused card: pay by the provider's page. What was paid by it already is shown."""
    purchase = actions.pay_by_page(by=somebody(request), pledge=_own(request, public))
    if purchase.payment.state == Payment.PAID:
        return redirect(kinds.address(Purchase.kind, purchase.pk))
    try:
        return redirect(open_page(purchase=purchase))
    except provider.ProviderSilent as error:
        raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error


@require_POST
def take_back_money(request: HttpRequest, public: str) -> HttpResponse:
    """Of what is late."""
    pledge = _own(request, public)
    actions.take_back_money(by=somebody(request), pledge=pledge)
    messages.success(request, _("Your money goes back the way it came."))
    return redirect(queries.address(pledge.pool))


@require_POST
def cancel(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me = somebody(request)
    brand = get_object_or_404(desks_of(me), handle=handle)
    pool = get_object_or_404(queries.pools_at(me, brand), public=public)
    actions.cancel_pool(by=me, pool=pool)
    messages.success(request, _("Called off. Nobody is charged, and everybody who pledged is told."))
    return redirect(came_from(request))
