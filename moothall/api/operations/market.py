"""What is sold here."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.catalog import facets as market
from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import search, text
from moothall.orders import queries as orders
from moothall.people import queries as people
from moothall.people.models import Profile
from moothall.prices import queries as prices

from .. import cursors
from ..door import Asked, Room
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.things import ChoiceOut, FacetsOut, PriceOut, ProductOut, ProductWholeOut

room = Room("Market", "What is sold here, and by whom. Needs no token; with one, what you may see is what counts.")
Word = Annotated[str, Field(max_length=80)]


@room.get("/products", ListOf[ProductOut])
def products(
    request: Asked,
    q: Word = "",
    type: Word = "",
    brand: Word = "",
    price: Word = "",
    cursor: Cursor = "",
    limit: Limit = 24,
) -> ListOf[ProductOut]:
    """All that is sold, newest first, or what holds the words, best first; narrowed by type, brand (its handle) and
    price."""
    asked = {"type": text.tidy(type), "brand": text.tidy(brand), "price": price}
    words = text.tidy(q)
    if words:
        found = search.find(request.viewer, words, [Product.kind], limit=search.MOST)
        ids, more = cursors.by_place(_narrowed(request.viewer, found, asked).ids, cursor, limit)
        rows = catalog.in_order(request.viewer, ids)
    else:
        rows, more = cursors.by_place(catalog.narrowed(catalog.newest(request.viewer), **asked), cursor, limit)
    shown = catalog.listed(rows)
    friends = orders.friends_who_have(request.viewer, [one.product.pk for one in shown])
    return ListOf[ProductOut](items=[ProductOut.of(one, friends.get(one.product.pk, [])) for one in shown], next=more)


def _narrowed(
    viewer: Profile | None, found: search.Found | None, asked: dict[str, str], every: str = ""
) -> market.Narrowed:
    if found is None:
        return market.of_all(viewer, asked, every)
    return market.narrow(viewer, market.facts_of(viewer, found.ids[Product.kind]), asked, every)


@room.get("/products/facets", FacetsOut)
def facets(
    request: Asked, q: Word = "", type: Word = "", brand: Word = "", price: Word = "", every: Word = ""
) -> FacetsOut:
    """The types, brands and prices by which the market can be narrowed, each with how many things it would leave. Of
    types and brands the eight with the most; all of one with `every`, which is type or brand."""
    asked, words = {"type": text.tidy(type), "brand": text.tidy(brand), "price": price}, text.tidy(q)
    found = search.find(request.viewer, words, [Product.kind], limit=search.MOST) if words else None
    narrowed = _narrowed(request.viewer, found, asked, every)
    choices = {
        facet.name: [ChoiceOut(value=one.value, text=one.text, number=one.number) for one in facet.choices]
        for facet in narrowed.facets
    }
    rest = {facet.name: facet.rest for facet in narrowed.facets}
    return FacetsOut(
        number=narrowed.number,
        types=choices["type"],
        brands=choices["brand"],
        prices=choices["price"],
        spans=_spans(),
        more_types=rest["type"],
        more_brands=rest["brand"],
        instead=found.instead if found is not None else {},
        cut=found is not None and found.more[Product.kind],
    )


def _spans() -> list[PriceOut]:
    return [PriceOut(name=name, least=low, below=high) for name, (low, high) in catalog.PRICES.items()]


@room.get("/products/{brand}/{slug}", ProductWholeOut)
def product(request: Asked, brand: str, slug: str) -> ProductWholeOut:
    """One thing, with its variants. A variant's id goes into the basket."""
    rows = prices.with_tax(catalog.on_page(request.viewer, draft_too=True))
    found = get_object_or_404(rows, brand__handle=brand, slug=slug)
    friends = orders.friends_who_have(request.viewer, [found.pk]).get(found.pk, [])
    beside = catalog.these(list(catalog.beside(found.pk, found.brand_id)))
    return ProductWholeOut.of(catalog.whole(found), friends, prices.tax_told(found), beside)


@room.get("/brands", ListOf[ProfileOut])
def brands(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """The brands of this hall, by name."""
    rows, more = cursors.by_place(people.brands(request.viewer).order_by("name", "pk"), cursor, limit)
    return ListOf[ProfileOut](items=[ProfileOut.of(one) for one in rows], next=more)
