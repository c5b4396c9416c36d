"""Basket, checkout, paying, and the order afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.catalog import queries as catalog
from moothall.catalog.models import Hold
from moothall.core import clock, ids, text
from moothall.core.money import Money
from moothall.core.refusals import Refusal
from moothall.orders import actions, queries
from moothall.orders.doors import opens
from moothall.orders.forms import ContactForm, ShareForm, countries
from moothall.orders.models import Basket, Order, Purchase
from moothall.payments import provider
from moothall.payments.models import Capture, Payment
from moothall.people import viewers
from moothall.people.actions import make_guest
from moothall.people.models import GUEST, PERSON, Account, Profile
from moothall.people.queries import circles_of

LAST = ("name", "street", "postcode", "town", "country")
FRESH = timedelta(hours=1)  # so long after paying the page says thank you


def _basket(request: HttpRequest) -> tuple[Basket | None, queries.Filled]:
    viewer = viewers.member(request)
    found = queries.basket_of(viewer, viewers.token(request))
    return found, queries.filled(viewer, found)


@require_GET
def basket(request: HttpRequest) -> HttpResponse:
    _row, filled = _basket(request)
    waiting = _waiting(request).first()
    return render(request, "pages/basket.html", {**_seen(request, filled), "waiting": waiting})


def _waiting(request: HttpRequest) -> QuerySet[Purchase]:
    return queries.purchases_of(viewers.buyer(request)).filter(payment__state=Payment.OPEN)


def _seen(request: HttpRequest, filled: queries.Filled) -> dict[str, Any]:
    """What basket and checkout show of each line: the thing, a price that changed, too few that are left."""
    return {
        "nav": "basket",
        "filled": filled,
        "shown": {one.product.pk: one for one in catalog.listed({line.variant.product for line in filled.lines})},
        "changed": {
            line.pk: Money(line.price, line.variant.currency)
            for line in filled.lines
            if line.price != line.variant.price
        },
        "short": _short(request, filled),
    }


def _short(request: HttpRequest, filled: queries.Filled) -> dict[int, int]:
    """How many are left, by line, where fewer are left than wanted."""
    wanted = [line for line in filled.lines if line.variant.tracked and line.variant.available < line.quantity]
    if not wanted:
        return {}
    # What one holds oneself while paying is let go of before one pays anew.
    own = Hold.objects.filter(owner_kind=Purchase.kind, owner_id__in=_waiting(request).values("pk"), state=Hold.HELD)
    held = dict(own.order_by().values_list("variant").annotate(Sum("quantity")))
    left = {line.pk: line.variant.available + held.get(line.variant_id, 0) for line in wanted}
    return {line.pk: left[line.pk] for line in wanted if left[line.pk] < line.quantity}


@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """One page: contact, address, who may know, pay. A refused form keeps what was typed."""
    row, filled = _basket(request)
    if not filled.lines and (row is None or request.method == "GET"):
        return redirect("basket")
    viewer = viewers.member(request)
    circles = list(circles_of(viewer)) if viewer else []
    given = request.POST if request.method == "POST" else None
    contact = ContactForm(given, initial=_known(request, viewer))
    telling = ShareForm(given, circles=circles, may_be_nobody=True)
    sentence = ""
    if given is not None and row is not None and contact.is_valid() & telling.is_valid():
        try:
            return _place(request, row, contact, telling)
        except Refusal as refusal:
            sentence = refusal.sentence
            filled = queries.filled(viewer, row)
    context = {
        **_seen(request, filled),
        "contact": contact,
        "telling": telling,
        "sentence": sentence,
        "key": given.get("key", "")[:40] if given is not None and not sentence else ids.secret(),
    }
    return render(request, "pages/checkout.html", context, status=422 if given is not None else 200)


def _known(request: HttpRequest, viewer: Profile | None) -> dict[str, str]:
    """What the buyer gave the last time."""
    known = {"country": "GB"}
    if isinstance(request.user, Account):
        known |= {"email": request.user.email, "name": request.user.profile.name}
    last = queries.purchases_of(viewer).first()
    return known | ({name: getattr(last, name) for name in LAST} if last else {})


def _place(request: HttpRequest, row: Basket, contact: ContactForm, telling: ShareForm) -> HttpResponse:
    key, seen = text.tidy(request.POST.get("key", ""))[:40] or ids.secret(), request.POST.get("seen", "")[:32]
    buyer = viewers.buyer(request)
    if buyer is not None:
        actions.let_go_of_others(by=buyer, key=key)
    with transaction.atomic():
        if buyer is None:
            buyer = _guest(row, key) or make_guest(name=contact.cleaned_data["name"])
        purchase = actions.place_order(
            by=buyer, basket=row, contact=contact.contact(), telling=telling.telling(), key=key, seen=seen
        )
    if buyer.sort != PERSON:
        request.session["guest"] = buyer.public
    return _to_provider(purchase)


def _guest(row: Basket, key: str) -> Profile | None:
    """Who pressed the same button a moment ago, before this browser was told whom it bought as."""
    Basket.objects.select_for_update().get(pk=row.pk)  # the other press may not be through yet
    found = Purchase.objects.filter(basket=row, key=key, buyer__sort=GUEST).select_related("buyer").first()
    return found.buyer if found else None


def _to_provider(purchase: Purchase) -> HttpResponse:
    try:
        return redirect(actions.open_page(purchase=purchase))
    except (provider.ProviderSilent, Refusal):
        return redirect("purchase", public=purchase.public)


def _own(request: HttpRequest, public: str) -> Purchase:
    """A purchase of the signed-in person, or of the guest this browser is."""
    own = queries.purchases_of(viewers.member(request)) | queries.purchases_of(viewers.guest(request))
    return get_object_or_404(own, public=public)


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, public: str) -> HttpResponse:
    """From a guest's mail: a page with a button, as scanners open links; pressed, this browser is that guest."""
    key = text.tidy(request.GET.get("key", ""))[:100]
    found = Purchase.objects.select_related("buyer").filter(public=public).first()
    if found is None or not opens(found, key):
        raise Http404
    if request.method == "POST":
        request.session["guest"] = found.buyer.public
        return redirect("purchase", public=public)
    return render(request, "pages/door.html", {"nav": "you", "purchase": found})


@require_GET
def purchase(request: HttpRequest, public: str) -> HttpResponse:
    """What was bought, and how far it is."""
    found = _own(request, public)
    wholes = queries.wholes(list(queries.orders_in(found)))
    products = {line.variant.product for one in wholes for line in one.things if line.variant}
    context = {
        "nav": "you",
        "purchase": found,
        "payment": found.payment,
        "wholes": wholes,
        "shown": {one.product.pk: one for one in catalog.listed(products)},
        "tellings": _tellings(request, wholes),
        "fresh": _is_fresh(found.payment, wholes),
        "country": dict(countries()).get(found.country, found.country),
        "minutes": max(0, int((found.payment.expires - clock.now()).total_seconds() // 60)),
        "came_late": Capture.objects.filter(payment=found.payment, use=Capture.RETURNED).exists(),
    }
    return render(request, "pages/purchase.html", context)


def _is_fresh(payment: Payment, wholes: list[queries.Whole]) -> bool:
    """Just paid, and nothing else happened yet."""
    just = payment.settled is not None and clock.now() - payment.settled < FRESH
    return just and all(one.stage in ("paid", "packed") for one in wholes)


def _tellings(request: HttpRequest, wholes: list[queries.Whole]) -> dict[int, ShareForm]:
    """A form for each line that can be shared, by the line: each with ids of its own."""
    viewer = viewers.member(request)
    if viewer is None:
        return {}
    circles = list(circles_of(viewer))
    lines = [line for one in wholes if one.order.state == Order.PAID for line in one.things]
    return {line.pk: ShareForm(circles=circles, auto_id=f"share-{line.public}-%s") for line in lines}


@require_POST
def pay(request: HttpRequest, public: str) -> HttpResponse:
    """Go on to the provider's page for a purchase that waits to be paid."""
    try:
        return redirect(actions.open_page(purchase=_own(request, public)))
    except provider.ProviderSilent as error:
        raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error


@require_GET
def come_back(request: HttpRequest, public: str) -> HttpResponse:
    """From the provider's page. The one GET that may write: it settles, any number of times."""
    found = _own(request, public)
    try:
        payment = actions.look_after(payment=found.payment)
    except provider.ProviderSilent:
        payment = found.payment
    if payment.state == Payment.OPEN:
        messages.info(request, _("We have not heard from the bank yet. This page will know as soon as it answers."))
    return redirect("purchase", public=public)
