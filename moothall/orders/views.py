"""Takes what is sent about buying; the pages themselves stand in pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from moothall.catalog import queries as catalog
from moothall.catalog.models import Variant
from moothall.core import text
from moothall.core.refusals import BadInput, Refusal
from moothall.payments import hearing, provider
from moothall.payments.models import Payment
from moothall.people import viewers
from moothall.people.models import Profile
from moothall.people.queries import circles_of, desks_of

from . import actions, queries
from .forms import ShareForm
from .models import Order, OrderLine, Share


@csrf_exempt  # its signature proves where it comes from, not a cookie
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Hear that something happened to a session, ask the provider how it stands now, settle; of a card that is kept,
    tell whom it concerns. Forged ones change nothing."""
    try:
        named = provider.named_session(request.body, request.headers.get("Stripe-Signature", ""))
    except provider.BadSignature:
        return HttpResponse(status=400)
    if named is not None and named.keeps_card:
        hearing.tell(named.session)
    if named is None or named.keeps_card or queries.is_paid(named.session):
        return HttpResponse(status=204)
    try:
        state = provider.look(named.session)
    except provider.ProviderSilent:
        return HttpResponse(status=503)  # it will be sent again
    payment = Payment.objects.filter(public=state.reference).first()
    if payment is not None:
        actions.settle(payment=payment, state=state)
    return HttpResponse(status=204)


# ---- the basket


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put a variant into the basket; with `next` go on there (to the basket), else back with a word."""
    viewer = viewers.member(request)
    variant = catalog.sellable(viewer, text.tidy(request.POST.get("variant", ""))[:10])
    if variant is None:
        raise Refusal(_("Choose which one you want."))
    basket = actions.basket_for(owner=viewer, token="" if viewer else viewers.own_token(request))
    actions.put(basket=basket, variant=variant, quantity=_number(request.POST.get("quantity", "1")))
    if not request.POST.get("next"):
        messages.success(request, _("%(title)s is in your basket.") % {"title": variant.product.title})
    return redirect(viewers.came_from(request))


@require_POST
def set_quantity(request: HttpRequest, variant: str) -> HttpResponse:
    viewer = viewers.member(request)
    row = get_object_or_404(Variant, public=variant)
    basket = actions.basket_for(owner=viewer, token="" if viewer else viewers.own_token(request))
    actions.set_quantity(basket=basket, variant=row, quantity=_number(request.POST.get("quantity", "")))
    return redirect(viewers.came_from(request))


def _number(typed: str) -> int:
    """A whole number from 0 to 9999 as typed."""
    if not (typed.strip().isascii() and typed.strip().isdigit() and len(typed.strip()) < 5):
        raise BadInput(_("How many? Give a whole number."))
    return int(typed)


# ---- buyers


@require_POST
def abandon(request: HttpRequest, public: str) -> HttpResponse:
    """Stop paying; the things go back on the shelf and stay in the basket."""
    buyer = viewers.buyer(request)
    purchase = get_object_or_404(queries.purchases_of(buyer), public=public)
    try:
        actions.abandon(by=purchase.buyer, purchase=purchase)
    except provider.ProviderSilent as error:
        raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error
    return redirect(viewers.came_from(request))


@require_POST
def share(request: HttpRequest, public: str) -> HttpResponse:
    me = viewers.somebody(request)
    order = get_object_or_404(queries.orders_of(me), public=public)
    form = ShareForm(request.POST, circles=list(circles_of(me)))
    if not form.is_valid():
        raise BadInput(" ".join(str(error) for errors in form.errors.values() for error in errors))
    line = get_object_or_404(
        OrderLine.objects.select_related("order__purchase", "variant__product"),
        order=order,
        public=text.tidy(request.POST.get("line", ""))[:10],
    )
    telling = form.telling()
    actions.share(by=me, line=line, reach=telling.reach, circle=telling.circle, words=telling.words)
    messages.success(request, _("Shared. You can take it back whenever you like."))
    return redirect(viewers.came_from(request))


@require_POST
def withdraw_share(request: HttpRequest, public: str) -> HttpResponse:
    me = viewers.somebody(request)
    found = get_object_or_404(Share, public=public, by=me)
    actions.withdraw_share(by=me, share=found)
    messages.success(request, _("Taken back. Nobody sees it any more."))
    return redirect(viewers.came_from(request))


# ---- the desk


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = viewers.somebody(request)
    return me, get_object_or_404(desks_of(me), handle=handle)


def _order(request: HttpRequest, handle: str, public: str) -> tuple[Profile, Order]:
    me, brand = _desk(request, handle)
    return me, get_object_or_404(queries.orders_at(me, brand), public=public)


@require_POST
def pack(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, order = _order(request, handle, public)
    actions.pack(by=me, order=order)
    return redirect(viewers.came_from(request))


@require_POST
def cancel(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, order = _order(request, handle, public)
    actions.cancel(by=me, order=order, reason=request.POST.get("reason", ""))
    messages.success(request, _("Cancelled. What was not sent is given back."))
    return redirect(viewers.came_from(request))


@require_POST
def retry_refund(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    refund = get_object_or_404(queries.refunds_at(me, brand), public=public)
    actions.retry_refund(by=me, refund=refund)
    messages.success(request, _("The bank is asked again."))
    return redirect(viewers.came_from(request))
