"""A brand's desk: what waits, orders, products, imports, team, shop."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.catalog import actions as catalog_actions
from moothall.catalog import queries as catalog
from moothall.catalog.forms import ProductForm
from moothall.core.hall import hall
from moothall.core.refusals import Refusal
from moothall.orders import afterwards
from moothall.orders import queries as orders_
from moothall.people import queries as people
from moothall.people.forms import TeamForm
from moothall.people.models import SELLER, Profile
from moothall.people.viewers import somebody, with_query
from moothall.prices import queries as prices

from ..faces import face_form, save_face
from .cursors import number

SIZE = 30


def _desk(request: HttpRequest, handle: str) -> tuple[Profile, Profile]:
    me = somebody(request)
    return me, get_object_or_404(
        afterwards.count_waiting(people.desks_of(me).select_related("portrait")), handle=handle
    )


@require_GET
def orders(request: HttpRequest, handle: str) -> HttpResponse:
    """Paid orders, those that wait first to be seen by their tag; all or only what waits."""
    me, brand = _desk(request, handle)
    before = number(request.GET.get("before"))
    rows = orders_.orders_at(me, brand)
    waiting = request.GET.get("show") == "waiting"
    if waiting:
        rows = orders_.waiting(rows)
    page = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: SIZE + 1])
    failed = orders_.failed_refunds(me, brand)
    context = {
        "nav": "desk",
        "tab": "orders",
        "brand": brand,
        "wholes": orders_.wholes(page[:SIZE]),
        "waiting": waiting,
        "number_waiting": orders_.waiting(orders_.orders_at(me, brand)).count(),
        "failed": failed,
        "may_sell": bool(failed) and people.may_sell(me, brand),
        "older": with_query(request.path, before=page[SIZE - 1].pk, show="waiting" if waiting else "")
        if len(page) > SIZE
        else None,
    }
    return render(request, "pages/desk_orders.html", context)


@require_GET
def products(request: HttpRequest, handle: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    before = number(request.GET.get("before"))
    rows = catalog.of_desk(me, brand).select_related("brand").order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    context = {
        "nav": "desk",
        "tab": "products",
        "brand": brand,
        "shown": catalog.listed(page[:SIZE]),
        "variants": catalog.variants_of(page[:SIZE]),
        "older": with_query(request.path, before=page[SIZE - 1].pk) if len(page) > SIZE else None,
    }
    return render(request, "pages/desk_products.html", context)


@require_http_methods(["GET", "POST"])
def new_product(request: HttpRequest, handle: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    form = ProductForm(request.POST if request.method == "POST" else None, currency=hall().currency)
    if request.method == "POST" and form.is_valid():
        try:
            made = catalog_actions.make_product(by=me, brand=brand, words=form.words())
            return redirect("desk_product", handle=handle, slug=made.slug)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"nav": "desk", "tab": "products", "brand": brand, "form": form, "shown": None}
    return render(request, "pages/desk_product.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    found = get_object_or_404(catalog.of_desk(me, brand).select_related("brand", "brand__portrait"), slug=slug)
    shown = catalog.whole(found)
    form = ProductForm(request.POST if request.method == "POST" else None, currency=found.currency, shown=shown)
    if request.method == "POST" and form.is_valid():
        try:
            catalog_actions.change_product(by=me, product=found, words=form.words())
            return redirect("desk_product", handle=handle, slug=found.slug)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"nav": "desk", "tab": "products", "brand": brand, "form": form, "shown": shown}
    return render(request, "pages/desk_product.html", context, status=422 if form.is_bound else 200)


@require_GET
def imports(request: HttpRequest, handle: str) -> HttpResponse:
    _me, brand = _desk(request, handle)
    context = {"nav": "desk", "tab": "imports", "brand": brand, "runs": list(catalog.imports_of(brand)[:30])}
    return render(request, "pages/desk_imports.html", context)


@require_GET
def import_page(request: HttpRequest, handle: str, public: str) -> HttpResponse:
    """How far a run is, and what came of each row."""
    _me, brand = _desk(request, handle)
    run = get_object_or_404(catalog.imports_of(brand), public=public)
    after = number(request.GET.get("after")) or 0
    lines = list(catalog.lines_of(run).filter(row__gt=after)[:101])
    older = with_query(request.path, after=lines[99].row) if len(lines) > 100 else None
    running = run.ended is None and run.dead is None
    still = "still" in request.GET
    context = {
        "nav": "desk",
        "tab": "imports",
        "brand": brand,
        "run": run,
        "running": running,
        "still": still,
        "lines": lines[:100],
        "older": older,
    }
    response = render(request, "pages/desk_import.html", context)
    if running and not still:
        response["Refresh"] = "3"  # without a script; the page has a link that stops it
    return response


@require_GET
def team(request: HttpRequest, handle: str) -> HttpResponse:
    me, brand = _desk(request, handle)
    context = {
        "nav": "desk",
        "tab": "team",
        "brand": brand,
        "team": list(people.team_of(brand)),
        "asked": list(people.asked_into_team(brand)),
        "form": TeamForm(initial={"role": SELLER}),
        "may_own": people.may_own(me, brand),
        "me": me,
    }
    return render(request, "pages/desk_team.html", context)


@require_http_methods(["GET", "POST"])
def shop(request: HttpRequest, handle: str) -> HttpResponse:
    """The brand's face and what sending costs."""
    me, brand = _desk(request, handle)
    form = face_form(request, brand)
    if request.method == "POST" and save_face(request, me, brand, form):
        return redirect("desk_shop", handle=brand.handle)
    context = {
        "nav": "desk",
        "tab": "shop",
        "brand": brand,
        "form": form,
        "zones": prices.zones_of(brand),
        "taxes": prices.taxes_of(brand),
        "tax_is_included": prices.tax_is_included(brand),
        "may_own": people.may_own(me, brand),
        "may_sell": people.may_sell(me, brand),
    }
    return render(request, "pages/desk_shop.html", context, status=422 if form.is_bound else 200)
