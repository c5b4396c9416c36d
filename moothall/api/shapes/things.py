"""Products and all that belongs to them, in the market and at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from moothall.catalog.actions import Kind
from moothall.catalog.actions import Words as Written
from moothall.catalog.models import Import, ImportLine, Product, ProductPicture, Variant
from moothall.catalog.queries import FEW, Shown
from moothall.people.models import Profile

from .people import ProfileOut
from .plain import Id, In, MoneyIn, MoneyOut, Out, PictureOut, address, picture

Slug = Annotated[str, Field(examples=["lidded-pot"])]
Left = Annotated[int, Field(ge=0, le=1_000_000)]
Value = Annotated[str, Field(min_length=1, max_length=100)]


class BrandOut(Out):
    handle: str
    name: str

    @classmethod
    def of(cls, one: Profile) -> BrandOut:
        return cls(handle=one.handle or "", name=one.name)


class ProductOut(Out):
    """A thing, as a list shows it."""

    brand: BrandOut
    slug: Slug
    title: str
    type: str
    price: MoneyOut = Field(description="The lowest of its variants.")
    picture: PictureOut | None
    friends: list[ProfileOut] = Field(description="Those you know who chose to say that they have it.")
    page: str

    @classmethod
    def of(cls, one: Shown, friends: Iterable[Profile] = ()) -> ProductOut:
        return cls(
            brand=BrandOut.of(one.brand),
            slug=one.product.slug,
            title=one.product.title,
            type=one.product.type,
            price=MoneyOut.of(one.product.price),
            picture=_shown(one.picture),
            friends=[ProfileOut.of(friend) for friend in friends],
            page=address(one.url),
        )


class ThingOut(Out):
    """Which product a line is of."""

    brand: str
    slug: str
    title: str


class VariantOut(Out):
    """A kind of a thing that can be bought."""

    id: Id
    label: str = Field(examples=["Small · Blue"])
    values: list[str] = Field(description="One for each option.")
    price: MoneyOut
    was: MoneyOut | None
    sold_out: bool
    few: int | None = Field(description="How many are left, where that is fewer than six and counted.")

    @classmethod
    def of(cls, one: Variant, options: int) -> VariantOut:
        return cls(**_variant(one, options))


class ProductWholeOut(Out):
    """A thing, as its own page shows it. `body` is cleaned HTML."""

    brand: BrandOut
    slug: Slug
    title: str
    body: str
    type: str
    tags: str
    revision: int
    news: str = Field(description="What is new in this revision.")
    you_asked: bool = Field(description="Whether it took in what people had asked for.")
    options: list[str]
    variants: list[VariantOut]
    pictures: list[PictureOut]
    friends: list[ProfileOut]
    tax: str = Field(description="Its price is told 'with' tax or 'without'; nothing where there is none.")
    beside: list[ProductOut] = Field(description="The newest others of its brand.")
    page: str

    @classmethod
    def of(cls, one: Shown, friends: Iterable[Profile], tax: str, beside: Iterable[Shown]) -> ProductWholeOut:
        return cls(
            brand=BrandOut.of(one.brand),
            slug=one.product.slug,
            title=one.product.title,
            body=one.product.body,
            type=one.product.type,
            tags=one.product.tags,
            revision=one.revision,
            news=one.news.words,
            you_asked=one.news.asked,
            options=[option.name for option in one.options],
            variants=[VariantOut.of(variant, len(one.options)) for variant in one.variants],
            pictures=[shown for place in one.pictures if (shown := _shown(place))],
            friends=[ProfileOut.of(friend) for friend in friends],
            tax=tax,
            beside=[ProductOut.of(other) for other in beside],
            page=address(one.url),
        )


class PriceOut(Out):
    name: str = Field(examples=["50"])
    least: int = Field(description="In whole units, included.")
    below: int = Field(description="In whole units, not included.")


class ChoiceOut(Out):
    value: str
    text: str = Field(description="As it is read: of a brand its name.")
    number: int


class FacetsOut(Out):
    """What the market can be narrowed by, and how many things there are as it is narrowed now."""

    number: int
    types: list[ChoiceOut]
    brands: list[ChoiceOut] = Field(description="Their values are handles.")
    prices: list[ChoiceOut] = Field(description="Their values are the names of spans.")
    spans: list[PriceOut]
    more_types: int = Field(description="So many more there are than are told.")
    more_brands: int
    instead: dict[str, str] = Field(
        description="Where nothing holds a word as it was typed: the word that was looked for instead."
    )
    cut: bool = Field(description="Whether more hold the words than are counted.")


# ---- the desk


class DeskVariantOut(VariantOut):
    sku: str
    left: int | None = Field(description="On the shelf; null where nobody counts.")
    held: int = Field(description="Kept for people who are paying now.")
    sold: int


class PlaceOut(Out):
    """A picture in its place. `picture` is null while it was not fetched yet; `failed` says why not."""

    position: int
    picture: PictureOut | None
    source: str
    failed: str


class DeskProductOut(Out):
    """A thing, as its team sees it."""

    slug: Slug
    title: str
    body: str
    type: str
    tags: str
    state: str = Field(description="draft, published or archived")
    options: list[str]
    variants: list[DeskVariantOut]
    pictures: list[PlaceOut]
    page: str

    @classmethod
    def of(cls, one: Shown) -> DeskProductOut:
        return cls(
            slug=one.product.slug,
            title=one.product.title,
            body=one.product.body,
            type=one.product.type,
            tags=one.product.tags,
            state=one.product.state,
            options=[option.name for option in one.options],
            variants=[_counted(variant, len(one.options)) for variant in one.variants],
            pictures=[
                PlaceOut(position=place.position, picture=_shown(place), source=place.source, failed=place.failed)
                for place in one.pictures
            ],
            page=address(one.url),
        )


class DeskRowOut(Out):
    """A thing, as the desk's list shows it."""

    slug: Slug
    title: str
    state: str
    variants: list[DeskVariantOut]

    @classmethod
    def of(cls, product: Product, variants: Sequence[Variant]) -> DeskRowOut:
        options = max([len(one.label.split(" · ")) if one.label else 0 for one in variants], default=0)
        rows = [_counted(one, options) for one in variants]
        return cls(slug=product.slug, title=product.title, state=product.state, variants=rows)


class VariantIn(In):
    """With an `id` it is one that is there; its stock is counted at its own address and stays. Without, it is new."""

    id: str = Field(default="", max_length=10)
    values: list[Value] = Field(default_factory=list, max_length=3, description="One for each option.")
    price: MoneyIn
    was: MoneyIn | None = None
    sku: str = Field(default="", max_length=100)
    left: Left | None = Field(default=None, description="Of a new one: how many there are; null: nobody counts.")


class ProductIn(In):
    """A thing written down whole: variants that are not in it are taken off sale."""

    title: str = Field(min_length=1, max_length=140)
    body: str = Field(default="", max_length=20_000, description="HTML; what hurts is taken out.")
    type: str = Field(default="", max_length=100)
    tags: str = Field(default="", max_length=500)
    options: list[Annotated[str, Field(min_length=1, max_length=60)]] = Field(default_factory=list, max_length=3)
    variants: list[VariantIn] = Field(min_length=1, max_length=100)

    def words(self, known: dict[str, Variant]) -> Written:
        """For the action; `known` are the variants that are there, by their id."""
        kinds = [_kind(one, known.get(one.id)) for one in self.variants]
        return Written(self.title, self.body, self.type, self.tags, tuple(self.options), kinds)


class StockIn(In):
    left: Left | None = Field(description="How many are on the shelf now; null: from now on nobody counts.")


class ImportOut(Out):
    """A run of importing a file."""

    id: Id
    name: str
    begun: datetime
    ended: datetime | None
    stopped: bool = Field(description="It broke too often; a steward can start it again.")
    refused: str
    rows: int
    done: int
    added: int
    changed: int
    same: int
    wrong: int

    @classmethod
    def of(cls, one: Import) -> ImportOut:
        counts = {name: getattr(one, name) for name in ("rows", "done", "added", "changed", "same", "wrong")}
        named: dict[str, Any] = {"id": one.public, "name": one.name, "refused": one.refused}
        return cls(**named, begun=one.begun, ended=one.ended, stopped=one.dead is not None, **counts)


class ImportLineOut(Out):
    """What came of one product of the file, or of one row that could not be read."""

    row: int
    handle: str
    result: str = Field(description="added, changed, same, wrong, or note: of the file as a whole")
    said: str

    @classmethod
    def of(cls, one: ImportLine) -> ImportLineOut:
        return cls(row=one.row, handle=one.slug, result=one.result, said=one.said)


def _shown(place: ProductPicture | None) -> PictureOut | None:
    return picture(place.picture, place.alt) if place and place.picture else None


def _variant(one: Variant, options: int) -> dict[str, Any]:
    return {
        "id": one.public,
        "label": one.label,
        "values": [one.option1, one.option2, one.option3][:options],
        "price": MoneyOut.of(one.cost),
        "was": MoneyOut.of(one.was) if one.was else None,
        "sold_out": one.sold_out,
        "few": one.available if one.tracked and one.available < FEW else None,
    }


def _counted(one: Variant, options: int) -> DeskVariantOut:
    left = one.available if one.tracked else None
    return DeskVariantOut(**_variant(one, options), sku=one.sku, left=left, held=one.held, sold=one.sold)


def _kind(one: VariantIn, known: Variant | None) -> Kind:
    left = known.available if known and known.tracked else None
    return Kind(
        price=one.price.money,
        values=tuple(one.values),
        compare_at=one.was.money if one.was else None,
        sku=one.sku,
        left=left if known else one.left,
        counted=known is None,
        public=known.public if known else "",
    )
