"""Products as entries of Shopify's product CSV, and as its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet

from moothall.core.money import Money

from . import shopify_lines
from .models import ARCHIVED, ZERO, Option, Product, ProductPicture, Variant
from .shopify import IMAGE, STATUS, TAXABLE, Entry, Kind, Picture, says_untaxed

SLICE = 200


@dataclass(slots=True)
class Kept:
    """A product with all of it that goes in and out by files."""

    product: Product
    options: list[Option] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    pictures: list[ProductPicture] = field(default_factory=list)


def export_shopify(products: QuerySet[Product]) -> Iterator[str]:
    """The products as Shopify's product CSV, line by line, in the order they came in."""
    ordered = products.order_by("place", "id")
    columns = shopify_lines.columns_of(_columns(ordered))
    yield shopify_lines.line(columns)
    rows = ordered.iterator(chunk_size=SLICE)
    while some := list(islice(rows, SLICE)):
        for kept in kept_of(some):
            yield from shopify_lines.write(entry_of(kept), columns)


def _columns(products: QuerySet[Product]) -> Iterator[list[str]]:
    for more, state in products.values_list("more", "state").iterator(chunk_size=1000):
        yield more.get("columns", [])
        if state == ARCHIVED:
            # No other column of Shopify's can say it.
            yield [STATUS]


def kept_of(products: Sequence[Product]) -> list[Kept]:
    """In three queries, however many there are."""
    found = {product.pk: Kept(product) for product in products}
    for option in Option.objects.filter(product__in=found).order_by("position"):
        found[option.product_id].options.append(option)
    for variant in Variant.objects.filter(product__in=found, gone=None).order_by("position", "id"):
        found[variant.product_id].variants.append(variant)
    pictures = ProductPicture.objects.filter(product__in=found).select_related("picture")
    for picture in pictures.order_by("position", "id"):
        found[picture.product_id].pictures.append(picture)
    return list(found.values())


def entry_of(kept: Kept) -> Entry:
    product, more = kept.product, kept.product.more
    untaxed = product.tax == ZERO
    # What the cells say goes out as it came, unless the product is taxed otherwise since.
    differs = untaxed != says_untaxed(variant.more for variant in kept.variants)
    taxable = {TAXABLE: "false" if untaxed else "true"} if differs else {}
    return Entry(
        handle=product.handle or product.slug,
        title=product.title,
        state=product.state,
        # What came in goes out as it came, with all that was cleaned from it, unless the text was changed since.
        body=product.source_body or product.body,
        vendor=product.vendor,
        type=product.type,
        tags=product.tags,
        options=tuple(option.name for option in kept.options),
        kinds=[_kind(kept, variant, taxable) for variant in kept.variants],
        pictures=list(_pictures(kept)),
        cells=dict(more.get("cells", {})),
        rows=list(more.get("rows", [])),
        columns=list(more.get("columns", [])),
    )


def values_of(variant: Variant) -> tuple[str, str, str]:
    return variant.option1, variant.option2, variant.option3


def address_of(picture: ProductPicture) -> str:
    """Where the picture came from, or where it lies here."""
    if picture.source or picture.picture is None:
        return picture.source
    return urljoin(settings.ADDRESS, picture.picture.address(max(picture.picture.widths)))


def _kind(kept: Kept, variant: Variant, taxable: dict[str, str]) -> Kind:
    more = variant.more | taxable
    if not more.get(IMAGE):
        own = (address_of(one) for one in kept.pictures if one.variant_id == variant.pk)
        more[IMAGE] = next(own, "")
    return Kind(
        values=values_of(variant)[: len(kept.options)],
        price=variant.cost,
        compare_at=None if variant.compare_at is None else Money(variant.compare_at, variant.currency),
        sku=variant.sku,
        barcode=variant.barcode,
        grams=variant.grams,
        tracked=variant.tracked,
        quantity=variant.available if variant.tracked else None,
        more=more,
    )


def _pictures(kept: Kept) -> Iterator[Picture]:
    values = {variant.pk: values_of(variant)[: len(kept.options)] for variant in kept.variants}
    for row in kept.pictures:
        if address := address_of(row):
            yield Picture(address, row.position, row.alt, values.get(row.variant_id or 0))
