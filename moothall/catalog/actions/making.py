"""New products of a file, made many at a time; the acts are recorded one for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.palettes import palette_for
from moothall.core.refusals import BadInput
from moothall.people.models import Profile

from .. import verbs
from ..models import (
    ARCHIVED,
    DRAFT,
    PUBLISHED,
    STANDARD,
    ZERO,
    Option,
    PictureFetch,
    Product,
    ProductPicture,
    Revision,
    Variant,
)
from ..shopify import USUAL_MORE, Entry, Kind, Picture
from .products import RESERVED, publish

LONGEST_BODY = 20_000
Values = tuple[str, str, str]


def make_all(*, by: Profile, brand: Profile, entries: Sequence[Entry]) -> None:
    """Make and, where the file says so, publish a product for each entry. None of them is known here yet."""
    if not entries:
        return
    slugs, now = _slugs(brand, entries), clock.now()
    last = Product.objects.filter(brand=brand).aggregate(last=Max("place"))["last"] or 0
    products = [
        Product(brand=brand, slug=slug, made=now, touched=now, place=last + n, **columns_of(entry), **_born(entry))
        for n, (slug, entry) in enumerate(zip(slugs, entries, strict=True), 1)
    ]
    Product.objects.bulk_create(products)
    Revision.objects.bulk_create(Revision(product=product, number=1, since=now) for product in products)
    pairs = list(zip(products, entries, strict=True))
    add_options(pairs)
    variants = add_variants([(product, n, kind) for product, entry in pairs for n, kind in enumerate(entry.kinds, 1)])
    found = {(row.product_id, values_of(row)): row.pk for row in variants}
    add_pictures(
        [
            (product, picture, found.get((product.pk, triple(picture.values))) if picture.values is not None else None)
            for product, entry in pairs
            for picture in entry.pictures
        ]
    )
    for product, entry in pairs:
        record(verbs.MADE, by=by, on=product, brand=brand)
        if entry.state == PUBLISHED:
            publish(by=by, product=product)


def columns_of(entry: Entry) -> dict[str, Any]:
    """What a product has of its entry, whether it is new or known."""
    return {
        "handle": entry.handle,
        "title": entry.title,
        "vendor": entry.vendor,
        "type": entry.type,
        "tags": entry.tags,
        "more": {"columns": entry.columns, "cells": entry.cells, "rows": entry.rows},
    }


def clean(body: str) -> str:
    cleaned = text.safe_html(body)
    if len(cleaned) > LONGEST_BODY:
        raise BadInput(_("Its text is longer than %(most)s letters.") % {"most": LONGEST_BODY})
    return cleaned


def _born(entry: Entry) -> dict[str, Any]:
    return {
        "body": clean(entry.body),
        "source_body": entry.body,
        "state": ARCHIVED if entry.state == ARCHIVED else DRAFT,
        "palette": palette_for(entry.title),
        "currency": entry.kinds[0].price.currency,
        "tax": ZERO if entry.taxable is False else STANDARD,
        "lowest": min(kind.price.minor for kind in entry.kinds),
    }


def _slugs(brand: Profile, entries: Sequence[Entry]) -> list[str]:
    """A free slug for each, in one query unless two handles read alike."""
    stems = [text.slug(entry.handle) for entry in entries]
    taken = RESERVED | set(Product.objects.filter(brand=brand, slug__in=stems).values_list("slug", flat=True))
    slugs: list[str] = []
    for stem in stems:
        slug, n = stem, 1
        while slug in taken or (n > 1 and Product.objects.filter(brand=brand, slug=slug).exists()):
            n += 1
            slug = f"{stem}-{n}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def add_options(pairs: Iterable[tuple[Product, Entry]]) -> None:
    Option.objects.bulk_create(
        Option(product=product, position=n, name=name)
        for product, entry in pairs
        for n, name in enumerate(entry.options, 1)
    )


def add_variants(wanted: Sequence[tuple[Product, int, Kind]]) -> list[Variant]:
    """New variants with the stock they begin with: nobody can buy of them before this is committed."""
    return Variant.objects.bulk_create(
        Variant(
            product=product,
            **variant_columns(kind, position),
            tracked=kind.tracked,
            imported=kind.quantity,
            received=kind.quantity or 0,
            available=kind.quantity or 0,
        )
        for product, position, kind in wanted
    )


def variant_columns(kind: Kind, position: int) -> dict[str, Any]:
    """All that an import writes of a variant, save its stock."""
    option1, option2, option3 = triple(kind.values)
    return {
        "position": position,
        "option1": option1,
        "option2": option2,
        "option3": option3,
        "sku": kind.sku,
        "barcode": kind.barcode,
        "grams": kind.grams,
        "price": kind.price.minor,
        "compare_at": None if kind.compare_at is None else kind.compare_at.minor,
        "currency": kind.price.currency,
        # Never empty: that tells it from a variant that was added here.
        "more": USUAL_MORE | kind.more,
    }


def add_pictures(wanted: Sequence[tuple[Product, Picture, int | None]]) -> None:
    """Places for pictures; what they show is fetched later, and until then a page shows a plain placeholder."""
    places = ProductPicture.objects.bulk_create(
        ProductPicture(
            product=product, variant_id=variant, position=picture.position, alt=picture.alt, source=picture.source
        )
        for product, picture, variant in wanted
    )
    now = clock.now()
    PictureFetch.objects.bulk_create(PictureFetch(place=place, due=now) for place in places)


def values_of(variant: Variant) -> Values:
    return variant.option1, variant.option2, variant.option3


def triple(values: Sequence[str]) -> Values:
    first, second, third = (*values, "", "", "")[:3]
    return first, second, third
