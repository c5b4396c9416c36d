"""Basket, checkout, paying, and the order afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.catalog import queries as catalog
from moothall.catalog.models import Hold
from moothall.core import clock, ids, text
from moothall.core.countries import HOME, name_of
from moothall.core.money import Money
from moothall.core.refusals import Refusal
from moothall.improvements.before_paying import told
from moothall.orders import actions, afterwards, queries
from moothall.orders.actions.pieces import AGREED
from moothall.orders.carriers import CARRIERS
from moothall.orders.doors import opens
from moothall.orders.forms import CodeForm, ContactForm, CountryForm, MethodForm, ShareForm
from moothall.orders.models import Basket, Order, Purchase
from moothall.orders.parcels import Filled
from moothall.payments import provider
from moothall.payments.models import Capture, Payment
from moothall.people import viewers
from moothall.people.actions import make_guest
from moothall.people.models import GUEST, PERSON, Account, Profile
from moothall.people.queries import circles_of
from moothall.pools import queries as pools
from moothall.pools.models import Pledge

from .transfers import how_to_pay

LAST = ("name", "street", "postcode", "town")
FRESH = timedelta(hours=1)  # so long after paying the page says thank you


def _basket(request: HttpRequest) -> tuple[Basket | None, Filled]:
    viewer = viewers.member(request)
    found = queries.basket_of(viewer, viewers.token(request))
    return found, queries.filled(viewers.buyer(request), found, _country(viewer, found))


def _country(viewer: Profile | None, row: Basket | None) -> str:
    """Where the basket goes: as somebody said, else where the last purchase went."""
    if row is not None and row.country:
        return row.country
    last = queries.last_purchase(viewer)
    return last.country if last else HOME


@require_http_methods(["GET", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """What lies in it and what it costs. Sent to itself: where to, or a voucher."""
    row, filled = _basket(request)
    if row is None and request.method == "POST":
        return redirect("basket")
    given = request.POST if request.method == "POST" else None
    about_code = given is not None and "code" in given
    country = CountryForm(None if about_code else given, initial={"country": filled.country})
    code = CodeForm(given if about_code else None, initial={"code": row.code if row else ""})
    if row is not None and country.is_bound and country.is_valid():
        actions.set_country(basket=row, country=country.cleaned_data["country"])
        return redirect("basket")
    if row is not None and code.is_bound and code.is_valid():
        try:
            actions.set_code(basket=row, by=viewers.buyer(request), code=code.cleaned_data["code"])
            return redirect("basket")
        except Refusal as refusal:
            code.add_error("code", refusal.sentence)
    context = {
        **_seen(request, filled),
        "waiting": _waiting(request).first(),
        "country": country,
        "code": code,
    }
    status = 422 if country.errors or code.errors else 200
    return render(request, "pages/basket.html", context, status=status)


def _waiting(request: HttpRequest) -> QuerySet[Purchase]:
    """What the buyer can pay or let go of; what is charged to a kept card is neither."""
    return queries.unpaid(viewers.buyer(request)).exclude(payment__method=Payment.KEPT)


def _seen(request: HttpRequest, filled: Filled) -> dict[str, Any]:
    """What basket and checkout show of each line: the thing, a price that changed, too few that are left; and what is
    new in it for who has an earlier revision."""
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
        "told": told(viewers.member(request), filled.lines),
    }


def _short(request: HttpRequest, filled: Filled) -> dict[int, int]:
    """How many are left, by line, where fewer are left than wanted."""
    wanted = [line for line in filled.lines if line.variant.tracked and line.variant.available < line.quantity]
    if not wanted:
        return {}
    # What one holds oneself while paying is let go of before one pays anew; what one pledged for stays kept for that.
    let_go = _waiting(request).filter(payment__method=Payment.CARD).exclude(key__startswith=AGREED).values("pk")
    own = Hold.objects.filter(owner_kind=Purchase.kind, owner_id__in=let_go, state=Hold.HELD)
    held = dict(own.order_by().values_list("variant").annotate(Sum("quantity")))
    left = {line.pk: line.variant.available + held.get(line.variant_id, 0) for line in wanted}
    return {line.pk: left[line.pk] for line in wanted if left[line.pk] < line.quantity}


@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """One page: contact, address, who may know, pay. A refused form keeps what was typed."""
    row, filled = _basket(request)
    if not filled.lines and (row is None or request.method == "GET"):
        return redirect("basket")
    viewer, buyer = viewers.member(request), viewers.buyer(request)
    circles = list(circles_of(viewer)) if viewer else []
    given = request.POST if request.method == "POST" else None
    contact = ContactForm(given, initial=_known(request, viewer) | {"country": filled.country})
    telling, method = ShareForm(given, circles=circles, may_be_nobody=True), MethodForm(given)
    sentence = ""
    if given is not None and row is not None and contact.is_valid() & telling.is_valid() & method.is_valid():
        try:
            if _typed(contact) != filled.country:
                _look_again(row, filled, queries.filled(buyer, row, _typed(contact)))
            return _place(request, row, contact, telling, method.chosen())
        except Refusal as refusal:
            sentence = refusal.sentence
            filled = queries.filled(buyer, row, _typed(contact))
    context = {
        **_seen(request, filled),
        "contact": contact,
        "telling": telling,
        "method": method,
        "bank": queries.bank_offered() if filled.total else None,
        "sentence": sentence,
        "key": given.get("key", "")[:40] if given is not None and not sentence else ids.secret(),
    }
    return render(request, "pages/checkout.html", context, status=422 if given is not None else 200)


def _typed(contact: ContactForm) -> str:
    return str(contact.cleaned_data["country"])


def _look_again(row: Basket, shown: Filled, typed: Filled) -> None:
    """Sent to another country than the total was shown for: if that changes it, it is shown before anybody pays."""
    actions.set_country(basket=row, country=typed.country)
    if typed.lines and not typed.refusals and typed.fingerprint != shown.fingerprint:
        words = {"country": name_of(typed.country), "amount": typed.shipping or _("nothing")}
        raise Refusal(_("Sending to %(country)s costs %(amount)s: look at the total and press Pay again.") % words)


def _known(request: HttpRequest, viewer: Profile | None) -> dict[str, str]:
    """What the buyer gave the last time."""
    known: dict[str, str] = {}
    if isinstance(request.user, Account):
        known |= {"email": request.user.email, "name": request.user.profile.name}
    last = queries.last_purchase(viewer)
    return known | ({name: getattr(last, name) for name in LAST} if last else {})


def _place(request: HttpRequest, row: Basket, contact: ContactForm, telling: ShareForm, method: str) -> HttpResponse:
    key, seen = text.tidy(request.POST.get("key", ""))[:40] or ids.secret(), request.POST.get("seen", "")[:32]
    buyer = viewers.buyer(request)
    if buyer is not None and buyer.became_id:
        buyer = None  # that guest is a member by now, and whoever sits here has not signed in
    if buyer is not None:
        actions.let_go_of_others(by=buyer, key=key)
    with transaction.atomic():
        if buyer is None:
            buyer = _guest(row, key) or make_guest(name=contact.cleaned_data["name"])
        purchase = actions.place_order(
            by=buyer,
            basket=row,
            contact=contact.contact(),
            telling=telling.telling(),
            key=key,
            seen=seen,
            note=contact.cleaned_data["note"],
            method=method,
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
    found = queries.own_purchase(viewers.member(request), viewers.guest(request), public)
    if not found:
        raise Http404
    return found[0]


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
    wholes = queries.wholes(queries.every_order_in(found))
    products = {line.variant.product for one in wholes for line in one.things if line.variant}
    pledged = any(line.origin_kind == Pledge.kind for one in wholes for line in one.lines)
    context = {
        "nav": "you",
        "purchase": found,
        "payment": found.payment,
        "wholes": wholes,
        "pledged": pledged,
        "making": pools.being_made(found) if pledged else None,
        **_afterwards(wholes),
        "shown": {one.product.pk: one for one in catalog.listed(products)},
        "tellings": _tellings(request, wholes),
        "fresh": _is_fresh(found.payment, wholes),
        "country": name_of(found.country),
        "minutes": max(0, int((found.payment.expires - clock.now()).total_seconds() // 60)),
        "returned": list(Capture.objects.filter(payment=found.payment, use=Capture.RETURNED).select_related("payment")),
        **how_to_pay(found),
    }
    return render(request, "pages/purchase.html", context)


def _afterwards(wholes: list[queries.Whole]) -> dict[str, Any]:
    """Papers and returns by order, and which orders have something that may still go back."""
    orders = [one.order for one in wholes]
    days = afterwards.return_days(order.brand_id for order in orders)
    left = {one.order.pk: afterwards.may_come_back(one, days.get(one.order.brand_id)) for one in wholes}
    return {
        "known_carriers": list(CARRIERS),
        "papers": afterwards.papers_of(orders),
        "returns": afterwards.returns_of(orders),
        "may_come_back": {pk for pk, pieces in left.items() if pieces},
    }


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
