"""Writing down products: their words, options, variants, prices, stock, pictures; publishing and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, search, text
from moothall.core.hall import hall
from moothall.core.models import Picture
from moothall.core.money import Money
from moothall.core.palettes import palette_for
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import SHOP, Profile

from .. import verbs
from ..models import (
    ARCHIVED,
    CONCEPT,
    DRAFT,
    PUBLISHED,
    REDUCED,
    STANDARD,
    ZERO,
    Option,
    Product,
    ProductPicture,
    Revision,
    Variant,
)
from . import stock

MOST_VARIANTS = 100
MOST_PICTURES = 12
HEAVIEST = 1_000_000  # grams
RESERVED = {"talk"}  # what stands beside a brand's things at /@brand/…


@dataclass(frozen=True, slots=True)
class Kind:
    """A variant as somebody writes it down. `left` None means that its stock is not counted; `counted` says that
    somebody
    counted it now: else what was sold since the page was opened would stand on the shelf again."""

    price: Money
    values: tuple[str, ...] = ()
    compare_at: Money | None = None
    sku: str = ""
    left: int | None = None
    counted: bool = True
    grams: int | None = None  # None leaves it as it is
    public: str = ""  # of an existing variant


@dataclass(frozen=True, slots=True)
class Words:
    """A product as somebody writes it down."""

    title: str
    body: str = ""
    type: str = ""
    tags: str = ""
    options: tuple[str, ...] = ()
    kinds: Sequence[Kind] = field(default_factory=tuple)
    tax: str = ""  # its sort; empty leaves it as it is


@transaction.atomic
def make_product(*, by: Profile, brand: Profile, words: Words) -> Product:
    """A draft of a new product, at revision 1, with its variants."""
    may_write(by, brand)
    product = Product(brand=brand, slug=free_slug(brand, words.title), currency=hall().currency, made=clock.now())
    _write(product, words)
    product.palette = palette_for(product.title)
    product.save()
    Revision.objects.create(product=product, number=1, since=clock.now())
    _write_kinds(product, words)
    record(verbs.MADE, by=by, on=product, brand=brand)
    return product


@transaction.atomic
def change_product(*, by: Profile, product: Product, words: Words) -> Product:
    """Write the product anew. Variants no longer among the kinds are taken off sale; orders keep theirs."""
    may_write(by, product.brand)
    # Locked in the order of ids, as a hold takes them: two ways round is a deadlock.
    list(Variant.objects.select_for_update().filter(product=product).order_by("pk"))
    _write(product, words)
    product.save(update_fields=["title", "body", "source_body", "type", "tags", "tax"])
    Product.objects.filter(pk=product.pk, state=ARCHIVED).update(state=DRAFT)
    _write_kinds(product, words)
    record(verbs.CHANGED, by=by, on=product, brand=product.brand)
    return product


@transaction.atomic
def publish(*, by: Profile, product: Product) -> None:
    """Bring it to the market. Refuses a product without a variant to buy."""
    may_write(by, product.brand)
    if not Variant.objects.filter(product=product, gone=None).exists():
        raise Refusal(_("Give it a price before you publish it."))
    waiting = Product.objects.filter(pk=product.pk).exclude(state__in=(PUBLISHED, CONCEPT))
    if waiting.update(state=PUBLISHED, published=clock.now(), touched=clock.now()):
        search.touch(Product.kind, [product.pk])
        record(verbs.PUBLISHED, by=by, on=product, brand=product.brand, channel=SHOP, reach=EVERYBODY)


@transaction.atomic
def withdraw(*, by: Profile, product: Product) -> None:
    """Take it off the market: it is a draft again, seen by the team only."""
    may_write(by, product.brand)
    if Product.objects.filter(pk=product.pk, state=PUBLISHED).update(state=DRAFT, touched=clock.now()):
        search.touch(Product.kind, [product.pk])
        record(verbs.WITHDRAWN, by=by, on=product, brand=product.brand)


@transaction.atomic
def add_picture(*, by: Profile, product: Product, picture: Picture, alt: str = "") -> ProductPicture:
    """Put a picture last. The first one gives the product its colours."""
    may_write(by, product.brand)
    rows = ProductPicture.objects.filter(product=product)
    if rows.count() >= MOST_PICTURES:
        raise Refusal(_("Twelve pictures are enough."), field="picture")
    last = rows.order_by("-position").values_list("position", flat=True).first() or 0
    made = ProductPicture.objects.create(product=product, picture=picture, position=last + 1, alt=text.tidy(alt)[:500])
    touch(product)
    record(verbs.CHANGED, by=by, on=product, brand=product.brand)
    return made


@transaction.atomic
def remove_picture(*, by: Profile, place: ProductPicture) -> None:
    may_write(by, place.product.brand)
    place.delete()
    touch(place.product)
    record(verbs.CHANGED, by=by, on=place.product, brand=place.product.brand)


def touch(product: Product) -> None:
    """What is cached of the product ends; its lowest price, front picture and colours are taken anew, and so is what it
    is found by."""
    lowest = Variant.objects.filter(product=product, gone=None).aggregate(lowest=Min("price"))["lowest"]
    pictures = ProductPicture.objects.filter(product=product).exclude(picture=None).select_related("picture")
    front = pictures.order_by("position", "id").first()
    palette = front.picture.palette if front and front.picture else palette_for(product.title)
    Product.objects.filter(pk=product.pk).update(lowest=lowest or 0, front=front, palette=palette, touched=clock.now())
    product.refresh_from_db()
    search.touch(Product.kind, [product.pk])


def may_write(by: Profile, brand: Profile) -> None:
    if not people.may_sell(by, brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))


def free_slug(brand: Profile, title: str) -> str:
    stem = text.slug(title)[:80].strip("-")
    taken = RESERVED | set(Product.objects.filter(brand=brand, slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, 100_000) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _write(product: Product, words: Words) -> None:
    title = text.tidy(words.title)
    if not title or len(title) > 140:
        raise BadInput(_("A title has 1 to 140 letters."), field="title")
    body = text.safe_html(words.body)
    if len(body) > 20_000:
        raise BadInput(_("Twenty thousand letters at most."), field="body")
    if body != product.body:  # else what was imported stays as it was, for the export
        product.body, product.source_body = body, ""
    if words.tax not in ("", STANDARD, REDUCED, ZERO):
        raise BadInput(_("Choose from the list."), field="tax")
    product.title, product.tax = title, words.tax or product.tax
    product.type, product.tags = text.tidy(words.type)[:100], text.tidy(words.tags)[:500]


def _write_kinds(product: Product, words: Words) -> None:
    _check_kinds(product, words)
    Option.objects.filter(product=product).delete()
    Option.objects.bulk_create(
        Option(product=product, position=n, name=text.tidy(name)[:60]) for n, name in enumerate(words.options, 1)
    )
    olds = {row.public: row for row in Variant.objects.filter(product=product, gone=None)}
    # All go and those that stay come back one by one, so that two may swap their values.
    Variant.objects.filter(product=product, gone=None).update(gone=clock.now())
    for position, kind in enumerate(words.kinds, 1):
        row = olds.get(kind.public) or Variant(product=product)
        _write_kind(row, kind, position)
    touch(product)


def _check_kinds(product: Product, words: Words) -> None:
    if not 0 < len(words.kinds) <= MOST_VARIANTS:
        raise BadInput(_("A product has 1 to 100 variants."), field="kinds")
    if len(words.options) > 3:
        raise BadInput(_("Three options at most."), field="options")
    for kind in words.kinds:
        if len(kind.values) != len(words.options) or not all(text.tidy(value) for value in kind.values):
            raise BadInput(_("Give each variant a value for each option."), field="kinds")
        if kind.price.currency != product.currency or kind.price.minor < 0:
            raise BadInput(_("A price is a number, like 38 or 38.50."), field="kinds")
        if kind.grams is not None and not 0 <= kind.grams <= HEAVIEST:
            raise BadInput(_("A weight is from nothing to a thousand kilos."), field="kinds")
    if len({tuple(text.tidy(value)[:100] for value in kind.values) for kind in words.kinds}) < len(words.kinds):
        raise BadInput(_("Two variants are the same."), field="kinds")


def _write_kind(row: Variant, kind: Kind, position: int) -> None:
    values = [text.tidy(value)[:100] for value in kind.values] + ["", "", ""]
    row.option1, row.option2, row.option3 = values[:3]
    row.price, row.currency, row.position = kind.price.minor, kind.price.currency, position
    row.compare_at = kind.compare_at.minor if kind.compare_at else None
    row.sku = text.tidy(kind.sku)[:100]
    row.grams = row.grams if kind.grams is None else kind.grams
    if row._state.adding:
        row.save()
    else:
        # The counts are left to the stock actions: somebody may be buying at this moment.
        row.save(
            update_fields=[
                "option1",
                "option2",
                "option3",
                "price",
                "currency",
                "position",
                "compare_at",
                "sku",
                "grams",
                "gone",
            ]
        )
    if kind.left is None:
        Variant.objects.filter(pk=row.pk).update(tracked=False)
    elif kind.counted or not row.tracked:
        count(variant=row, left=kind.left)


@transaction.atomic
def count(*, variant: Variant, left: int) -> None:
    """Say how many are on the shelf now: the difference is received or written off."""
    if not 0 <= left <= 1_000_000:
        raise BadInput(_("A stock is a number from 0 to a million."), field="kinds")
    Variant.objects.filter(pk=variant.pk).update(tracked=True)
    row = Variant.objects.select_for_update().get(pk=variant.pk)
    if left > row.available:
        stock.receive(variant_id=row.pk, quantity=left - row.available)
    elif left < row.available:
        stock.write_off(variant_id=row.pk, quantity=row.available - left)
