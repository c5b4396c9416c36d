"""Group buys: those that are open, one of them with one's own pledge, all of one's pledges, and the brand's side."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.catalog import queries as catalog
from moothall.core import text
from moothall.core.countries import HOME, name_of
from moothall.core.hall import hall
from moothall.core.money import Money
from moothall.core.refusals import NotAllowed, Refusal
from moothall.ideas.judged import idea_of
from moothall.orders import afterwards
from moothall.orders import queries as orders
from moothall.orders.actions import cost_of
from moothall.payments import provider
from moothall.people import queries as people
from moothall.people.models import Account, Profile
from moothall.people.viewers import member, somebody, with_query
from moothall.pools import actions, queries
from moothall.pools.forms import OfferForm, PledgeForm
from moothall.pools.models import Pledge, Pool

from .cursors import number, page_of

SIZE = 24
LAST = ("name", "street", "postcode", "town", "country")


@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """Those that are open, the one that ends next first."""
    at = page_of(request.GET.get("page"))
    start = (at - 1) * SIZE
    rows = list(queries.listed(member(request))[start : start + SIZE + 1])
    context = {
        "nav": "market",
        "stands": queries.stands(rows[:SIZE]),
        "shown": _shown(rows[:SIZE]),
        "newer": with_query(request.path, page=at - 1 if at > 2 else "") if at > 1 else None,
        "older": with_query(request.path, page=at + 1) if len(rows) > SIZE else None,
    }
    return render(request, "pages/pools.html", context)


def _shown(rows: list[Pool]) -> dict[int, Any]:
    return {one.product.pk: one for one in catalog.listed({row.product for row in rows})}


@require_http_methods(["GET", "POST"])
def pool(request: HttpRequest, public: str) -> HttpResponse:
    """How it stands, and one's own pledge. Sent to itself: to pledge, or to change it; a refused form keeps what was
    typed."""
    viewer = member(request) if request.method == "GET" else somebody(request)
    found = get_object_or_404(queries.openable(viewer), public=public)
    stand = queries.stand_of(found)
    own = queries.own_pledge(viewer, found)
    standing = own if own and own.state in queries.OWN else None
    is_team = viewer is not None and queries.is_of_team(viewer, found)
    form, said = None, ""
    if viewer and found.takes_pledges and not is_team:
        variants = queries.variants_of(found)
        given = request.POST if request.method == "POST" else None
        initial = _said(standing, stand) if standing else _known(request, viewer, stand)
        form = PledgeForm(given, pool=found, variants=variants, initial=initial)
        if form.is_bound and form.is_valid():
            said = _unseen(request, found, form)
            answer = None if said else _pledged(request, viewer, found, form)
            if answer is not None:
                return answer
    elif request.method == "POST" and is_team:
        raise NotAllowed(_("It is your own brand's group buy: others have to carry it."))
    elif request.method == "POST":
        raise Refusal(_("This group buy is over: what was pledged stands as it is."))
    context = {
        "nav": "market",
        "stand": stand,
        "pool": found,
        "shown": catalog.listed([found.product])[0],
        "form": form,
        "said": said,
        "cost": _cost(found, form) if form else None,
        "own": own,
        "own_cost": _most(own) if standing and own else None,
        "came": queries.came_with(own) if standing and own else 0,
        "is_team": is_team,
        "steps": queries.milestones_of(found) if found.concept and found.decided else [],
        "idea": idea_of(viewer, found.product) if found.concept else None,
        "origin": settings.ADDRESS,
        "with": text.tidy(request.GET.get("with", request.POST.get("with", "")))[:10],
    }
    return render(request, "pages/pool.html", context, status=422 if form and form.is_bound else 200)


def _known(request: HttpRequest, viewer: Profile, stand: queries.Stand) -> dict[str, Any]:
    """What they gave the last time they bought."""
    known: dict[str, Any] = {"limit": stand.first.plain if stand.steps else "", "quantity": 1, "country": HOME}
    if isinstance(request.user, Account):
        known |= {"email": request.user.email, "name": viewer.name}
    last = orders.last_purchase(viewer)
    return known | ({name: getattr(last, name) for name in LAST} if last else {})


def _said(pledge: Pledge, stand: queries.Stand) -> dict[str, Any]:
    """What they said; who is asked whether they take it at its price finds that in the form."""
    said = PledgeForm.said_in(pledge)
    return said | {"limit": stand.first.plain} if pledge.state == Pledge.ASKED else said


def _cost(pool: Pool, form: PledgeForm) -> dict[str, Any] | None:
    """The most that would be charged for what stands in the form, and what of it is for sending; nothing where that
    cannot be reckoned."""
    if pool.is_gathering:  # at no price yet, and nobody knows who sends it
        return None
    said = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else form.initial
    variants = list(form.variants.values())
    variant = form.variants.get(str(said.get("variant", "")), variants[0] if variants else None)
    limit, quantity, country = said.get("limit"), said.get("quantity"), said.get("country")
    if (pool.concept and limit) or (not isinstance(limit, Money) and not form.is_bound):
        limit = queries.stand_of(pool).first
    if variant is None or not isinstance(limit, Money) or not quantity or not country:
        return None
    variant.product = pool.product
    cost = queries.costs(variant, int(quantity), limit.minor, str(country))
    return {
        "total": cost.total,
        "sending": cost.shipping,
        "country": name_of(str(country)),
        "refusal": cost.refusal,
        "quantity": int(quantity),
        "seen": f"{cost.total.minor}",
    }


def _unseen(request: HttpRequest, pool: Pool, form: PledgeForm) -> str:
    """What has to be looked at before it is pledged: the most that it costs is told before a card is kept for it."""
    cost = _cost(pool, form)
    if cost is None or cost["refusal"] or request.POST.get("seen", "") == cost["seen"]:
        return ""
    words = {"n": cost["quantity"], "country": cost["country"], "sending": cost["sending"] or _("nothing")}
    return _("Sending %(n)s to %(country)s costs %(sending)s. Look at the most it may cost, and press again.") % words


def _pledged(request: HttpRequest, viewer: Profile, pool: Pool, form: PledgeForm) -> HttpResponse | None:
    """Pledged, and on to the provider where there is no card yet; None where it was refused."""
    try:
        wanted = form.wanted(request.POST.get("with", ""))
        pledge = actions.pledge(by=viewer, pool=pool, wanted=wanted, contact=form.contact())
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    if pledge.state != Pledge.STARTED:
        messages.success(request, _("Kept as you say. Your card stays as it is kept."))
        return redirect("pool", public=pool.public)
    try:
        return redirect(actions.open_card_page(pledge=pledge))
    except (provider.ProviderSilent, Refusal):
        messages.info(request, _("The bank does not answer. Your pledge is kept: give your card in a minute."))
        return redirect("pool", public=pool.public)


def _most(pledge: Pledge) -> Any:
    """The most that is charged for a pledge, or what is, once it is decided."""
    price = pledge.limit if pledge.pool.price is None else pledge.pool.price
    if pledge.pool.concept and pledge.pool.is_open:
        price = queries.stand_of(pledge.pool).first.minor
    agreed = actions.agreed_in(pledge, price)
    return cost_of(agreed, pledge.country).total


@require_GET
def come_back(request: HttpRequest, public: str) -> HttpResponse:
    """From the provider's page. A GET that may write: it looks whether the card is there, any number of times."""
    me = somebody(request)
    found = get_object_or_404(queries.openable(me), public=public)
    own = queries.own_pledge(me, found)
    try:
        own = actions.look_after_card(pledge=own) if own else None
    except provider.ProviderSilent:
        messages.info(request, _("We have not heard from the bank yet. This page will know as soon as it answers."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        own = None
    if own and own.state == Pledge.STANDING:
        messages.success(request, _("You are in. Nothing was charged."))
    elif own and own.state == Pledge.ASKED:
        messages.info(request, _("A price was named meanwhile, above what you said. Say whether you take it."))
    elif own and own.state == Pledge.WITHDRAWN:
        messages.info(request, _("Your card came too late, or all pieces were pledged by then. Nothing is charged."))
    return redirect("pool", public=public)


@require_GET
def pledges(request: HttpRequest) -> HttpResponse:
    """What one pledged, the newest first."""
    me = somebody(request)
    before = number(request.GET.get("before"))
    rows = queries.pledges_of(me)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "you",
        "mine": "pledges",
        "pledges": page[:SIZE],
        "shown": {one.product.pk: one for one in catalog.listed({row.pool.product for row in page[:SIZE]})},
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/pledges.html", context)


# ---- the desk


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(
        afterwards.count_waiting(people.desks_of(me).select_related("portrait")), handle=handle
    )


@require_http_methods(["GET", "POST"])
def desk_pools(request: HttpRequest, handle: str) -> HttpResponse:
    """Those there are, and a form for another."""
    me, brand = _desk(request, handle)
    products = {one.slug: one for one in catalog.of_desk(me, brand).filter(state="published").select_related("brand")}
    choices = [(slug, f"{one.title}, {one.price}") for slug, one in sorted(products.items(), key=_title)]
    given = request.POST if request.method == "POST" else None
    initial = {"product": request.GET.get("product", "")}
    form = OfferForm(given, products=choices, currency=hall().currency, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            chosen = products[form.cleaned_data["product"]]
            made = actions.open_pool(by=me, product=chosen, offer=form.offer())
            messages.success(request, _("It is open. Your followers hear of it."))
            return redirect("desk_pool", handle=handle, public=made.public)
        except Refusal as refusal:
            form.refuse(refusal)
    before = number(request.GET.get("before"))
    rows = queries.pools_at(me, brand)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "desk",
        "tab": "pools",
        "brand": brand,
        "form": form,
        "stands": queries.stands(page[:SIZE]),
        "may_sell": people.may_sell(me, brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_pools.html", context, status=422 if form.is_bound else 200)


def _title(one: tuple[str, Any]) -> str:
    return str(one[1].title).lower()


@require_GET
def desk_pool(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """How it stands, in numbers: who pledged is not told; who paid has an order."""
    me, brand = _desk(request, handle)
    found = get_object_or_404(queries.pools_at(me, brand), public=public)
    context = {
        "nav": "desk",
        "tab": "pools",
        "brand": brand,
        "pool": found,
        "stand": queries.stand_of(found),
        "tally": queries.tallies([found])[found.pk],
        "grace_ends": queries.grace_ends(found) if found.stage == Pool.WON else None,
        "may_sell": people.may_sell(me, brand),
    }
    return render(request, "pages/desk_pool.html", context)
