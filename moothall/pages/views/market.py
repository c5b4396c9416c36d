"""The market, the brands, and a product's own page."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from markupsafe import Markup

from moothall.catalog import facets
from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import search, text
from moothall.core.keeping import kept
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.viewers import member, with_query
from moothall.pools import queries as pools
from moothall.prices import queries as prices

from .cursors import page_of

NARROWED = ("type", "brand", "price")
EAGER = 4  # so many pictures of the first page are asked for at once


@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """All that is sold here, newest first; or what holds the words asked for, best first. Narrowed by type, brand and
    price, each with how many things there are."""
    viewer = member(request)
    asked = {name: text.tidy(request.GET.get(name, ""))[:100] for name in ("q", *NARROWED)}
    every = request.GET.get("every", "")
    number = page_of(request.GET.get("page"))
    start = (number - 1) * catalog.SIZE
    found = search.find(viewer, asked["q"], [Product.kind], limit=search.MOST) if asked["q"] else None
    if found is not None:
        narrowed = facets.narrow(viewer, facets.facts_of(viewer, found.ids[Product.kind]), asked, every)
        things = catalog.in_order(viewer, narrowed.ids[start : start + catalog.SIZE])
        window = catalog.Window.of(catalog.listed(things))
    else:
        narrowed = facets.of_all(viewer, asked, every)
        window = catalog.newest_of(viewer, start=start, **{name: asked[name] for name in NARROWED})

    def at(**others: object) -> str:
        return with_query(request.path, **(asked | others))

    context = {
        "nav": "market",
        "asked": asked,
        "at": at,
        "narrowed": narrowed,
        "instead": found.instead if found else {},
        "cut": found is not None and found.more[Product.kind],
        "cards": _cards(window, first=number == 1),
        "friends": orders.friends_who_have(viewer, [key.id for key in window.keys]),
        "who_have": catalog.who_have,
        "prices": catalog.PRICES,
        "newer": at(page=number - 1 if number > 2 else "") if number > 1 else None,
        "older": at(page=number + 1) if narrowed.number > number * catalog.SIZE else None,
        "number": number,
    }
    return render(request, "pages/market.html", context)


def _cards(window: catalog.Window, *, first: bool) -> tuple[tuple[int, str], ...]:
    """What everybody sees of each thing in the list, by its id. Each is kept, and so are they together: to look twenty
    and more of them up for each page would cost as much as all the rest of the list."""
    language, keys = get_language(), tuple(window.keys)

    def card(key: catalog.Key, is_eager: bool) -> str:
        shown = {"card": window.things[key.id].card(), "eager": is_eager}
        # The template escapes.
        return Markup(render_to_string("pages/_card.html", shown))  # noqa: S704  # nosec B704

    def all_of_them() -> tuple[tuple[int, str], ...]:
        eager = [first and n < EAGER for n in range(len(keys))]
        return tuple(
            (key.id, kept(("card", language, key, is_eager), partial(card, key, is_eager)))
            for key, is_eager in zip(keys, eager, strict=True)
        )

    return kept(("cards", language, keys, first), all_of_them)


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
    if found is None and (idea := catalog.concept_at(handle, slug)):
        return redirect("idea", public=idea)  # it is yet to be made
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
        "pools": pools.open_on(found),
    }
    return render(request, "pages/product.html", context)
