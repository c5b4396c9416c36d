"""A brand's desk: its things, their stock and pictures, import and export."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from moothall.catalog import actions, queries
from moothall.catalog.actions.importing import LARGEST_FILE
from moothall.catalog.exporting import export_shopify
from moothall.catalog.models import Product, ProductPicture, Variant
from moothall.core import pictures
from moothall.core.models import Picture
from moothall.core.refusals import BadInput
from moothall.people.tokens import DESK

from .. import cursors
from ..door import Alt, Asked, Room, Upload
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.things import DeskProductOut, DeskRowOut, ImportLineOut, ImportOut, ProductIn, StockIn
from .desk_orders import desk

room = Room("Desk: things", "What a brand sells: drafts too, for its team.")


def _product(request: Asked, brand: str, slug: str) -> Product:
    found = queries.of_desk(request.me, desk(request.me, brand))
    return get_object_or_404(found.select_related("brand", "brand__portrait"), slug=slug)


def _now(product: Product) -> DeskProductOut:
    product.refresh_from_db()
    return DeskProductOut.of(queries.whole(product))


@room.get("/desks/{brand}/products", ListOf[DeskRowOut], DESK)
def desk_products(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[DeskRowOut]:
    """All things of the brand with their stock, newest first."""
    rows, more = cursors.by_number(queries.of_desk(request.me, desk(request.me, brand)), cursor, limit)
    variants = queries.variants_of(rows)
    return ListOf[DeskRowOut](items=[DeskRowOut.of(one, variants[one.pk]) for one in rows], next=more)


@room.post("/desks/{brand}/products", DeskProductOut, DESK, status=201)
def make_product(request: Asked, brand: str, body: ProductIn) -> DeskProductOut:
    """Write a new thing down; it is a draft until you publish it."""
    _no_old_ones(body, {})
    return _now(actions.make_product(by=request.me, brand=desk(request.me, brand), words=body.words({})))


@room.get("/desks/{brand}/products/{slug}", DeskProductOut, DESK)
def desk_product(request: Asked, brand: str, slug: str) -> DeskProductOut:
    """One thing, as its team sees it."""
    return _now(_product(request, brand, slug))


@room.put("/desks/{brand}/products/{slug}", DeskProductOut, DESK)
def change_product(request: Asked, brand: str, slug: str, body: ProductIn) -> DeskProductOut:
    """Write a thing anew. Variants that are left out are taken off sale; the stock of those that stay, stays."""
    found = _product(request, brand, slug)
    known = {one.public: one for one in queries.variants_of([found])[found.pk]}
    _no_old_ones(body, known)
    return _now(actions.change_product(by=request.me, product=found, words=body.words(known)))


def _no_old_ones(body: ProductIn, known: dict[str, Variant]) -> None:
    for one in body.variants:
        if one.id and one.id not in known:
            raise BadInput(_("There is no such variant of this thing."), field="variants")
        if one.id and one.left is not None:
            raise BadInput(_("The stock of a variant that is there is counted at its own address."), field="variants")


@room.put("/desks/{brand}/products/{slug}/publication", DeskProductOut, DESK)
def publish(request: Asked, brand: str, slug: str) -> DeskProductOut:
    """Bring it to the market."""
    found = _product(request, brand, slug)
    actions.publish(by=request.me, product=found)
    return _now(found)


@room.delete("/desks/{brand}/products/{slug}/publication", DeskProductOut, DESK)
def withdraw(request: Asked, brand: str, slug: str) -> DeskProductOut:
    """Take it off the market: it is a draft again."""
    found = _product(request, brand, slug)
    actions.withdraw(by=request.me, product=found)
    return _now(found)


@room.put("/desks/{brand}/products/{slug}/variants/{variant}/stock", DeskProductOut, DESK)
def count_stock(request: Asked, brand: str, slug: str, variant: str, body: StockIn) -> DeskProductOut:
    """Say how many of a variant are on the shelf now."""
    found = _product(request, brand, slug)
    row = next((one for one in queries.variants_of([found])[found.pk] if one.public == variant), None)
    if row is None:
        raise Http404
    row.product = found
    actions.count_stock(by=request.me, variant=row, left=body.left)
    return _now(found)


def _drawn(request: Asked, brand: str, slug: str, picture: Upload, **_others: str) -> Picture:
    """Before anything is drawn: may they?"""
    actions.may_write(request.me, _product(request, brand, slug).brand)
    return pictures.keep_sent(picture)


@room.post("/desks/{brand}/products/{slug}/pictures", DeskProductOut, DESK, status=201, before=_drawn)
def add_picture(
    request: Asked,
    brand: str,
    slug: str,
    picture: Upload,
    alt: Alt = "",
) -> DeskProductOut:
    """Put a picture last; the first one gives the thing its colours."""
    found = _product(request, brand, slug)
    actions.add_picture(by=request.me, product=found, picture=request.ready, alt=alt)
    return _now(found)


@room.delete("/desks/{brand}/products/{slug}/pictures/{position}", DeskProductOut, DESK)
def remove_picture(request: Asked, brand: str, slug: str, position: int) -> DeskProductOut:
    """Take a picture away."""
    found = _product(request, brand, slug)
    rows = ProductPicture.objects.select_related("product__brand").filter(product=found)
    place = rows.filter(position=position).order_by("pk").first() if 0 < position < 32_000 else None
    if place is None:
        raise Http404
    actions.remove_picture(by=request.me, place=place)
    return _now(found)


@room.get("/desks/{brand}/products.csv", "text/csv", DESK)
def export(request: Asked, brand: str) -> HttpResponseBase:
    """All things of the brand as Shopify's product CSV, which can be imported again."""
    rows = export_shopify(queries.of_desk(request.me, desk(request.me, brand)))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")


@room.get("/desks/{brand}/imports", ListOf[ImportOut], DESK)
def imports(request: Asked, brand: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ImportOut]:
    """Runs of importing, newest first."""
    rows, more = cursors.by_number(queries.imports_of(desk(request.me, brand)), cursor, limit)
    return ListOf[ImportOut](items=[ImportOut.of(one) for one in rows], next=more)


def _may_import(request: Asked, brand: str, file: Upload) -> None:
    actions.may_write(request.me, desk(request.me, brand))
    if (file.size or 0) > LARGEST_FILE:
        raise BadInput(_("This file is larger than 50 MB. Split it into smaller ones."), field="file")


@room.post("/desks/{brand}/imports", ImportOut, DESK, status=202, before=_may_import)
def begin_import(request: Asked, brand: str, file: Upload) -> ImportOut:
    """Take a CSV of Shopify products, up to 50 MB; it is read in the background."""
    name = file.name or "products.csv"
    return ImportOut.of(actions.begin_import(by=request.me, brand=desk(request.me, brand), name=name, body=file.read()))


@room.get("/desks/{brand}/imports/{run}", ImportOut, DESK)
def import_run(request: Asked, brand: str, run: str) -> ImportOut:
    """How far a run is."""
    return ImportOut.of(get_object_or_404(queries.imports_of(desk(request.me, brand)), public=run))


@room.get("/desks/{brand}/imports/{run}/lines", ListOf[ImportLineOut], DESK)
def import_lines(request: Asked, brand: str, run: str, cursor: Cursor = "", limit: Limit = 24) -> ListOf[ImportLineOut]:
    """What came of each product of the file, in its order."""
    found = get_object_or_404(queries.imports_of(desk(request.me, brand)), public=run)
    after = cursors.read(cursor) if cursor else 0
    rows = list(queries.lines_of(found).filter(row__gt=after)[: limit + 1])
    more = cursors.write(rows[limit - 1].row) if len(rows) > limit else None
    return ListOf[ImportLineOut](items=[ImportLineOut.of(one) for one in rows[:limit]], next=more)
