"""The market, the brands, and a product's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
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
    seen = catalog.on_page(viewer, draft_too=bool(getattr(request.user, "desk_handle", None)))
    found = get_object_or_404(prices.with_tax(seen), brand__handle=handle, slug=slug)
    shown = catalog.whole(found)
    context = {
        "nav": "market",
        "shown": shown,
        "tax": prices.tax_told(found),
        "friends": orders.friends_who_have(viewer, [found.pk]).get(found.pk, []),
        "more": catalog.listed(catalog.newest(viewer, brand=found.brand).exclude(pk=found.pk)[:4]),
    }
    return render(request, "pages/product.html", context)
