"""A concept: what an idea would become. It has a variant to pledge for and a price once a brand named one; on the shelf
it stands when the brand brings it out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, search
from moothall.core.models import Picture
from moothall.core.money import LARGEST, Money
from moothall.core.refusals import Refusal
from moothall.people.models import SHOP, Profile

from .. import verbs
from ..models import CONCEPT, PUBLISHED, Product, ProductPicture, Revision, Variant
from .products import HEAVIEST, free_slug, may_write


@dataclass(frozen=True, slots=True)
class Born:
    """The idea that a thing is born of: its public id, which version of it, and how many shaped that."""

    public: str
    version: int
    shapers: int


@dataclass(frozen=True, slots=True)
class Face:
    """How a concept looks: as its idea does. `words` are plain text."""

    title: str
    words: str
    palette: str
    picture: Picture | None


@transaction.atomic
def begin(*, brand: Profile, face: Face, currency: str, born: Born) -> Product:
    """A concept with one variant, at no price yet. Whoever begins it says by whose leave and records it."""
    now = clock.now()
    product = Product(
        brand=brand, slug=free_slug(brand, face.title), state=CONCEPT, currency=currency, made=now, touched=now
    )
    _write(product, face, born)
    product.save()
    Revision.objects.create(product=product, number=1, since=now)
    Variant.objects.create(product=product, price=0, currency=currency)
    _draw(product, face)
    return product


@transaction.atomic
def take_over(*, product: Product, brand: Profile, price: Money, grams: int, face: Face, born: Born) -> Product:
    """It is this brand's from now on, at this price and weight (grams) of each. Refuses one that is out already."""
    if not 0 < price.minor < LARGEST or price.currency != product.currency or not 0 <= grams <= HEAVIEST:
        raise ValueError("a price above nothing in its currency, and a weight")
    if not Product.objects.filter(pk=product.pk, state=CONCEPT).exists():
        raise Refusal(_("This is on the shelf already."))
    if brand.pk != product.brand_id or product.title != face.title:
        product.slug = free_slug(brand, face.title)
    product.brand, product.lowest, product.touched = brand, price.minor, clock.now()
    _write(product, face, born)
    product.save()
    Variant.objects.filter(product=product, gone=None).update(price=price.minor, grams=grams)
    _draw(product, face)
    return product


@transaction.atomic
def look_like(*, product_id: int, face: Face) -> None:
    """It looks as its idea does by now, as long as nobody named a price for it."""
    product = Product.objects.filter(pk=product_id, state=CONCEPT, lowest=0).first()
    if product is not None:
        _write(product, face, None)
        product.touched = clock.now()
        product.save(update_fields=["title", "body", "palette", "touched"])
        _draw(product, face)


@transaction.atomic
def bring_out(*, by: Profile, product: Product) -> None:
    """Put it on the shelf: from now on it is sold as any product. Twice is once. Whether it may be, whoever calls
    knows."""
    may_write(by, product.brand)
    now = clock.now()
    waiting = Product.objects.filter(pk=product.pk, state=CONCEPT, lowest__gt=0)
    if waiting.update(state=PUBLISHED, published=now, touched=now):
        product.refresh_from_db()
        search.touch(Product.kind, [product.pk])
        record(verbs.PUBLISHED, by=by, on=product, brand=product.brand, channel=SHOP, reach=EVERYBODY)


def _write(product: Product, face: Face, born: Born | None) -> None:
    product.title, product.palette = face.title, face.palette
    product.body = "".join(f"<p>{escape(part)}</p>" for part in face.words.split("\n\n") if part)
    if born is not None:
        product.born, product.born_version, product.born_shapers = born.public, born.version, born.shapers


def _draw(product: Product, face: Face) -> None:
    """Its one picture is the idea's, and said to show what the idea is called."""
    if product.front is not None and product.front.picture == face.picture:
        ProductPicture.objects.filter(pk=product.front.pk).update(alt=face.title)
        return
    if product.front is None and face.picture is None:
        return
    ProductPicture.objects.filter(product=product).delete()
    place = None
    if face.picture is not None:
        place = ProductPicture.objects.create(product=product, picture=face.picture, position=1, alt=face.title)
    product.front = place
    Product.objects.filter(pk=product.pk).update(front=place)
