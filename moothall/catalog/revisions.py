"""Revisions of products, as lists and cards show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from moothall.core.kinds import Card

from . import queries
from .models import Product, Revision


def visible_revisions(viewer: queries.Viewer, ids: Iterable[int]) -> set[int]:
    return set(Revision.objects.filter(queries.seen(viewer, "product"), pk__in=list(ids)).values_list("pk", flat=True))


def revision_cards(viewer: queries.Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their product, with what is new in them."""
    rows = Revision.objects.filter(queries.seen(viewer, "product"), pk__in=list(ids))
    rows = rows.select_related("product__brand", "product__front__picture")
    shown = {one.product.pk: one for one in queries.listed({row.product for row in rows})}
    return {
        row.pk: Card(
            row.product.title,
            queries.address(row.product),
            "catalog/_revised.html",
            {"revision": row, "shown": shown[row.product_id]},
        )
        for row in rows
    }


def revisions_of(product: Product) -> QuerySet[Revision]:
    """The newest first."""
    return Revision.objects.filter(product=product).order_by("-number")
