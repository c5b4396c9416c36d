"""What is sold here."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.catalog import queries as catalog
from moothall.core import text
from moothall.orders import queries as orders
from moothall.people import queries as people

from .. import cursors
from ..door import Asked, Room
from ..shapes.people import ProfileOut
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.things import BrandOut, FacetsOut, PriceOut, ProductOut, ProductWholeOut

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
    """All that is sold, newest first; found by words, narrowed by type, brand (its handle) and price."""
    asked = {"type": text.tidy(type), "brand": text.tidy(brand), "price": price}
    found = catalog.narrowed(catalog.find(request.viewer, text.tidy(q)), **asked)
    rows, more = cursors.by_place(found, cursor, limit)
    shown = catalog.listed(rows)
    friends = orders.friends_who_have(request.viewer, [one.product.pk for one in shown])
    return ListOf[ProductOut](items=[ProductOut.of(one, friends.get(one.product.pk, [])) for one in shown], next=more)


@room.get("/products/facets", FacetsOut)
def facets(request: Asked) -> FacetsOut:
    """The types, brands and prices by which the market can be narrowed."""
    return FacetsOut(
        types=catalog.types(request.viewer),
        brands=[BrandOut.of(one) for one in people.brands(request.viewer).order_by("name")[:30]],
        prices=[PriceOut(name=name, least=low, below=high) for name, (low, high) in catalog.PRICES.items()],
    )


@room.get("/products/{brand}/{slug}", ProductWholeOut)
def product(request: Asked, brand: str, slug: str) -> ProductWholeOut:
    """One thing, with its variants. A variant's id goes into the basket."""
    found = get_object_or_404(catalog.on_page(request.viewer, draft_too=True), brand__handle=brand, slug=slug)
    friends = orders.friends_who_have(request.viewer, [found.pk]).get(found.pk, [])
    return ProductWholeOut.of(catalog.whole(found), friends)


@room.get("/brands", ListOf[ProfileOut])
def brands(request: Asked, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ProfileOut]:
    """The brands of this hall, by name."""
    rows, more = cursors.by_place(people.brands(request.viewer).order_by("name", "pk"), cursor, limit)
    return ListOf[ProfileOut](items=[ProfileOut.of(one) for one in rows], next=more)
