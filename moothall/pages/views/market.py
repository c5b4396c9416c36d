"""The market, the brands, and a product's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from moothall.catalog import facets
from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import search, text
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.viewers import member, with_query

from .cursors import page_of

SIZE = 24
NARROWED = ("type", "brand", "price")


@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """All that is sold here, newest first; or what holds the words asked for, best first. Narrowed by type, brand and
    price, each with how many things there are."""
    viewer = member(request)
    asked = {name: text.tidy(request.GET.get(name, ""))[:100] for name in ("q", *NARROWED)}
    found = search.find(viewer, asked["q"], [Product.kind], limit=search.MOST) if asked["q"] else None
    rows = facets.facts_of(viewer, found.ids[Product.kind]) if found is not None else facets.facts(viewer)
    every = request.GET.get("every", "")
    narrowed = facets.narrow(viewer, rows, asked, every)
    number = page_of(request.GET.get("page"))
    here = slice((number - 1) * SIZE, number * SIZE)
    if found is not None:
        things = catalog.in_order(viewer, narrowed.ids[here])
    else:
        things = list(catalog.narrowed(catalog.newest(viewer), **{name: asked[name] for name in NARROWED})[here])
    friends = orders.friends_who_have(viewer, [one.pk for one in things])

    def at(**others: object) -> str:
        return with_query(request.path, **(asked | others))

    context = {
        "nav": "market",
        "asked": asked,
        "at": at,
        "narrowed": narrowed,
        "instead": found.instead if found else {},
        "cut": found is not None and found.more[Product.kind],
        "cards": [one.card(friends.get(one.product.pk, [])) for one in catalog.listed(things)],
        "prices": catalog.PRICES,
        "newer": at(page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": at(page=number + 1) if narrowed.number > number * SIZE else None,
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
    found = get_object_or_404(seen, brand__handle=handle, slug=slug)
    shown = catalog.whole(found)
    context = {
        "nav": "market",
        "shown": shown,
        "friends": orders.friends_who_have(viewer, [found.pk]).get(found.pk, []),
        "more": catalog.listed(catalog.newest(viewer, brand=found.brand).exclude(pk=found.pk)[:4]),
    }
    return render(request, "pages/product.html", context)
