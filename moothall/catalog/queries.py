"""Which products may be seen, and what a page of them needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from moothall.core import hot, search
from moothall.core.hall import hall
from moothall.core.kinds import Card, Doc, Inside
from moothall.core.money import precision
from moothall.core.text import plain
from moothall.people import queries as people
from moothall.people.models import Member, Profile

from .models import CONCEPT, PUBLISHED, Import, ImportLine, Option, Product, ProductPicture, Revision, Variant

Viewer = Profile | None
# What lists show of a product, of its brand, and of its front picture.
LISTED = (
    *("slug", "title", "type", "state", "touched", "palette", "currency", "lowest", "front", "brand"),
    *("brand__handle", "brand__name", "brand__palette", "brand__sort"),
    *("front__alt", "front__picture__hash", "front__picture__width", "front__picture__height"),
    *("front__picture__widths", "front__picture__avif"),
)
FEW = 6  # from so many on a page does not say how many are left


def visible_to(viewer: Viewer) -> QuerySet[Product]:
    """Published products of brands that are here and not parted from the viewer by a block."""
    return Product.objects.filter(seen(viewer))


def seen(viewer: Viewer, link: str = "") -> Q:
    """The same as a condition on rows that link to a product."""
    at = f"{link}__" if link else ""
    on_sale = Q(**{f"{at}state": PUBLISHED, f"{at}brand__gone": None})
    return on_sale & people.not_parted(viewer, f"{at}brand")


def seen_as_concept(viewer: Viewer, link: str = "") -> Q:
    """What an idea would become, as a condition on rows that link to it. It stands on no shelf: whoever shows it, a
    group buy on it, asks this besides."""
    at = f"{link}__" if link else ""
    pledged_for = Q(**{f"{at}state": CONCEPT, f"{at}brand__gone": None})
    return pledged_for & people.not_parted(viewer, f"{at}brand")


def concept_at(handle: str, slug: str) -> str:
    """Of a concept at this address, the public id of its idea; else nothing."""
    rows = Product.objects.filter(brand__handle=handle, slug=slug, state=CONCEPT).values_list("born", flat=True)
    return rows.first() or ""


def of_desk(person: Profile, brand: Profile) -> QuerySet[Product]:
    """All products of a brand for its team: drafts too, but none that is only a concept."""
    rows = Product.objects.filter(brand=brand).exclude(state=CONCEPT)
    seen = rows if people.role_of(person, brand) else Product.objects.none()
    return seen.order_by("place", "id")


class News(NamedTuple):
    """What is new in the newest revision of a product, and whether people had asked for it."""

    words: str = ""
    asked: bool = False


NO_NEWS = News()


@dataclass(slots=True)
class Shown:
    """A product as a page shows it."""

    product: Product
    brand: Profile
    pictures: list[ProductPicture] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    revision: int = 1
    news: News = NO_NEWS

    @property
    def picture(self) -> ProductPicture | None:
        return next((one for one in self.pictures if one.picture), None)

    @property
    def sold_out(self) -> bool:
        return bool(self.variants) and all(variant.sold_out for variant in self.variants)

    @property
    def url(self) -> str:
        return address(self.product)

    @property
    def key(self) -> tuple[object, ...]:
        """Changes with all that everybody sees of it: what is made of it may be kept under this."""
        brand = self.brand
        left = tuple((one.pk, min(one.available, FEW) if one.tracked else None) for one in self.variants)
        who = (brand.name, brand.handle, brand.portrait_id, brand.palette)
        return self.product.pk, self.product.touched, self.revision, who, left

    def card(self, friends: Sequence[Profile] = ()) -> dict[str, object]:
        """As a list's card takes it; `friends` are those who have it and chose to say so."""
        picture = self.picture
        return {
            "name": self.product.title,
            "url": self.url,
            "picture": picture.shown if picture else None,
            "palette": self.product.palette,
            "brand": self.brand.name,
            "price": self.product.price,
            "was": None,
            "note": "",
            "say": "",
            "friends": list(friends[:3]),
            "friends_text": who_have(friends),
            "gone": False,
        }


def who_have(friends: Sequence[Profile]) -> str:
    if len(friends) == 1:
        return _("%(name)s has it") % {"name": friends[0].name}
    return _("%(number)s you know have it") % {"number": len(friends)} if friends else ""


def whole(product: Product) -> Shown:
    """All that the product's own page shows; the product is one of `on_page`. Its pictures and options are kept in
    the process
    until it is touched; its variants, and so its stock, are asked each time."""
    pictures, options = _kept(product.pk, product.touched)
    news = News(getattr(product, "news", None) or "", bool(getattr(product, "news_asked", 0)))
    return Shown(product, product.brand, list(pictures), list(options), _variants(product), product.revision, news)


@hot.read
def _variants(product: Product) -> QuerySet[Variant]:
    return Variant.objects.filter(product=product, gone=None).order_by("position", "id")


@lru_cache(maxsize=5000)
def _kept(product: int, touched: datetime) -> tuple[tuple[ProductPicture, ...], tuple[Option, ...]]:
    pictures = ProductPicture.objects.filter(product=product).select_related("picture").order_by("position", "id")
    return tuple(pictures), tuple(Option.objects.filter(product=product).order_by("position"))


def forget() -> None:
    """Forget what was kept of products: to measure a cold page."""
    _kept.cache_clear()


def listed(products: Iterable[Product]) -> list[Shown]:
    """Products as a list shows them, with their front picture: no query where they came with it (select_related),
    else one."""
    found = list(products)
    missing = {one.front_id for one in found if one.front_id and not Product.front.is_cached(one)}
    fronts = ProductPicture.objects.select_related("picture").in_bulk(missing) if missing else {}
    for one in found:
        if one.front_id in fronts:
            one.front = fronts[one.front_id]
    return [Shown(one, one.brand, [one.front] if one.front else []) for one in found]


def in_lists(products: QuerySet[Product]) -> QuerySet[Product]:
    """With what a list shows of them and nothing else: a product's words are long."""
    return products.select_related("brand", "front__picture").only(*LISTED)


def newest(viewer: Viewer, *, brand: Profile | None = None) -> QuerySet[Product]:
    seen = visible_to(viewer).select_related("brand", "front__picture").order_by("-published", "-id")
    return seen.filter(brand=brand) if brand else seen


SIZE = 24  # things on a page of a list
KEY = ("pk", "touched", "brand__handle", "brand__name")
PRICES: dict[str, tuple[int, int]] = {
    "20": (0, 20),
    "50": (20, 50),
    "100": (50, 100),
    "more": (100, 10_000_000),
}  # in whole units, from and below


class Key(NamedTuple):
    """A thing in a list, and all that everybody sees of it there: what is made of it may be kept under this."""

    id: int
    touched: datetime
    handle: str | None  # its brand's
    brand: str


@dataclass
class Window:
    """Things in their order, read only when something of them is not kept yet."""

    keys: list[Key]

    @cached_property
    def things(self) -> dict[int, Shown]:
        return {one.product.pk: one for one in these([(key.id, key.touched) for key in self.keys])}

    @classmethod
    def of(cls, found: Sequence[Shown]) -> Window:
        """Of things that were read already."""
        keys = [Key(one.product.pk, one.product.touched, one.brand.handle, one.brand.name) for one in found]
        window = cls(keys)
        window.things = {one.product.pk: one for one in found}
        return window


def narrowed(
    products: QuerySet[Product], *, type: str | None = "", brand: str | None = "", price: str = ""
) -> QuerySet[Product]:
    """Of one type, of one brand (its handle), within one of PRICES; what is not known does not narrow."""
    if type:
        products = products.filter(type=type)
    if brand:
        products = products.filter(brand__handle=brand)
    if price in PRICES:
        unit = 10 ** precision(hall().currency)
        low, high = PRICES[price]
        products = products.filter(lowest__gte=low * unit, lowest__lt=high * unit)
    return products


def newest_of(viewer: Viewer, *, start: int, type: str = "", brand: str = "", price: str = "") -> Window:
    """A page of the newest from `start` on, `narrowed`."""
    span = price if price in PRICES else ""
    return Window([Key(*row) for row in _newest_from(start, span)(viewer, type or None, brand or None)])


@lru_cache(maxsize=100)
def _newest_from(start: int, price: str) -> Callable[..., list[tuple[int, datetime, str | None, str]]]:
    @hot.read
    def read(
        viewer: Viewer, type: str | None, brand: str | None
    ) -> QuerySet[Product, tuple[int, datetime, str | None, str]]:
        rows = narrowed(visible_to(viewer), type=type, brand=brand, price=price)
        return rows.order_by("-published", "-id").values_list(*KEY)[start : start + SIZE]

    return read


def window_of(viewer: Viewer, brands: Sequence[Profile]) -> dict[int, list[Shown]]:
    """Up to four newest products with a picture for each brand."""
    rows = (
        visible_to(viewer)
        .filter(brand__in=brands)
        .select_related("brand", "front__picture")
        .order_by("-published", "-id")[:200]
    )
    found: dict[int, list[Shown]] = {brand.pk: [] for brand in brands}
    for one in listed(rows):
        if one.picture and len(found[one.brand.pk]) < 4:
            found[one.brand.pk].append(one)
    return found


def on_page(viewer: Viewer, *, draft_too: bool = False) -> QuerySet[Product]:
    """What the viewer may open; a team opens its own drafts too. Comes with brand and what is new in its
    newest revision."""
    seen = visible_to(viewer)
    if draft_too and viewer is not None:
        own = Member.objects.filter(person=viewer).values("brand")
        seen = seen | Product.objects.filter(~Q(state=CONCEPT), brand__in=own)
    newest = Revision.objects.filter(product=OuterRef("pk"), number=OuterRef("revision"))
    news = {"news": Subquery(newest.values("words")), "news_asked": Subquery(newest.values("asked"))}
    return seen.select_related("brand", "brand__portrait").annotate(**news)


@hot.read
def beside(product: int, brand: int) -> QuerySet[Product, tuple[int, datetime]]:
    """The newest others of its brand, for somebody who may see this one: which, and since when they are as they are."""
    others = Product.objects.filter(state=PUBLISHED, brand=brand).exclude(pk=product)
    return others.order_by("-published", "-id").values_list("pk", "touched")[:4]


def these(keys: Sequence[tuple[int, datetime]]) -> list[Shown]:
    """Products that may be seen, as a list shows them, in this order."""
    rows = Product.objects.select_related("brand", "front__picture").in_bulk([pk for pk, _touched in keys])
    return listed(rows[pk] for pk, _touched in keys if pk in rows)


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    """What things are found by: title, brand and type, tags, the values and numbers of their variants, their text, and
    what their pictures show: that names a thing plainly where a maker's title does not."""
    seen = {one.pk: one for one in visible_to(None).filter(pk__in=list(ids)).select_related("brand", "front")}
    values: dict[int, set[str]] = {id: set() for id in seen}
    numbers: dict[int, list[str]] = {id: [] for id in seen}
    for row in Variant.objects.filter(product__in=seen, gone=None).order_by("position", "id"):
        values[row.product_id] |= {row.option1, row.option2, row.option3}
        numbers[row.product_id].append(row.sku)
    shown: dict[int, list[str]] = {id: [] for id in seen}
    for place in ProductPicture.objects.filter(product__in=seen).order_by("position", "id"):
        shown[place.product_id].append(place.alt)
    return {
        id: Doc(
            one.title,
            {
                search.STRONG: f"{one.brand.name} {one.type}",
                search.SIDE: " ".join([one.tags, one.vendor, *sorted(values[id]), one.front.alt if one.front else ""]),
                search.BODY: " ".join([*numbers[id], *shown[id], plain(one.body)]),  # a long text is cut at its end
            },
        )
        for id, one in seen.items()
    }


def all_ids() -> Iterable[int]:
    return Product.objects.values_list("pk", flat=True)


def variants_of(products: Sequence[Product]) -> dict[int, list[Variant]]:
    found: dict[int, list[Variant]] = {product.pk: [] for product in products}
    for row in Variant.objects.filter(product__in=found, gone=None).order_by("position", "id"):
        found[row.product_id].append(row)
    return found


def sellable(viewer: Viewer, public: str) -> Variant | None:
    """A variant that the viewer may put into a basket."""
    return next(iter(_sellable(viewer, public)), None)


@hot.read
def _sellable(viewer: Viewer, public: str) -> QuerySet[Variant]:
    seen_here = Variant.objects.filter(seen(viewer, "product"), public=public, gone=None)
    return seen_here.select_related("product__brand").defer("product__body", "product__source_body")


def in_order(viewer: Viewer, ids: Sequence[int]) -> list[Product]:
    """These products, as far as they may be seen, in this order."""
    found = {one.pk: one for one in newest(viewer).filter(pk__in=ids)}
    return [found[id] for id in ids if id in found]


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def address(product: Product) -> str:
    return f"/@{product.brand.handle}/{product.slug}"


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    return {
        one.product.pk: Card(one.product.title, address(one.product), "catalog/_brought.html", one)
        for one in listed(_seen(viewer, list(ids)))
    }


@hot.read
def _seen(viewer: Viewer, ids: Sequence[int]) -> QuerySet[Product]:
    return in_lists(visible_to(viewer).filter(pk__in=ids))


def imports_of(brand: Profile) -> QuerySet[Import]:
    return Import.objects.filter(brand=brand).order_by("-id")


def lines_of(run: Import) -> QuerySet[ImportLine]:
    return ImportLine.objects.filter(run=run).order_by("row")


def named(name: str) -> int | None:
    """By the brand's handle and the product's slug, with / between."""
    handle, _gap, slug = name.partition("/")
    return Product.objects.filter(brand__handle=handle, slug=slug).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    return {
        one.pk: Inside(
            title=one.title,
            address=address(one),
            name=address(one)[2:],
            owner=one.brand_id,
            brands={one.brand_id},
            words=plain(one.body),
            gone=one.state != PUBLISHED,
        )
        for one in Product.objects.filter(pk__in=list(ids)).select_related("brand")
    }
