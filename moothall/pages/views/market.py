"""The market, the brands, and a product's own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.catalog import queries as catalog
from moothall.core import text
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.viewers import member, with_query
from moothall.prices import queries as prices

from .cursors import page_of

SIZE = 24


@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """All that is sold here, newest first; found by words, narrowed by type, brand and price."""
    viewer = member(request)
    asked = {name: text.tidy(request.GET.get(name, ""))[:80] for name in ("q", "type", "brand", "price")}
    found = catalog.narrowed(catalog.find(viewer, asked["q"]), **{k: v for k, v in asked.items() if k != "q"})
    number = page_of(request.GET.get("page"))
    rows = list(found[(number - 1) * SIZE : number * SIZE + 1])
    shown = catalog.listed(rows[:SIZE])
    friends = orders.friends_who_have(viewer, [one.product.pk for one in shown])

    def at(page: int) -> str:
        return with_query(request.path, **asked, page=page if page > 1 else "")

    context = {
        "nav": "market",
        "asked": asked,
        "cards": [one.card(friends.get(one.product.pk, [])) for one in shown],
        "types": catalog.types(viewer),
        "brands": list(people.brands(viewer).order_by("name")[:30]),
        "prices": catalog.PRICES,
        "newer": at(number - 1) if number > 1 else None,
        "older": at(number + 1) if len(rows) > SIZE else None,
        "number": number,
    }
    return render(request, "pages/market.html", context)


@require_GET
def brands(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    found = list(people.brands(viewer).order_by("name")[:60])
    context = {"nav": "brands", "brands": found, "pictures": catalog.window_of(viewer, found)}
    return render(request, "pages/brands.html", context)


@require_GET
def product(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """One product. A draft is shown to the brand's team only."""
    viewer = member(request)
    seen = prices.opened_at_desk if getattr(request.user, "desk_handle", None) else prices.opened
    found = next(iter(seen(viewer, handle, slug)), None)
    if found is None:
        raise Http404
    shown = catalog.whole(found)
    beside = tuple(catalog.beside(found.pk, found.brand_id))
    context = {
        "nav": "market",
        "shown": shown,
        "few": catalog.FEW,
        "tax": prices.tax_told(found),
        "friends": orders.friends_who_have(viewer, [found.pk]).get(found.pk, []),
        "beside": beside,
        "these": catalog.these,
    }
    return render(request, "pages/product.html", context)
