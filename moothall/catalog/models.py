"""Things: products in revisions, their options, variants and pictures, the stock, and runs of import."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from moothall.core import clock, ids
from moothall.core.models import Claimable, Picture
from moothall.core.money import Money
from moothall.people.models import Profile

DRAFT, PUBLISHED, ARCHIVED = "draft", "published", "archived"
CONCEPT = "concept"  # what an idea would become: it can be pledged for, and not bought
UNDO = timedelta(days=1)  # for so long a revision can be taken back
STANDARD, REDUCED, ZERO = "standard", "reduced", "zero"  # sorts of tax


class Product(models.Model):
    """What a brand sells. `more` keeps the columns of an import that mean nothing here, so that an export gives
    them back."""

    kind = "product"

    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=100)
    handle = models.CharField(max_length=255, blank=True, default="")  # of an import: what the file calls it
    title = models.CharField(max_length=140)
    body = models.TextField(max_length=20_000, blank=True, default="")  # HTML, cleaned when written
    source_body = models.TextField(
        max_length=40_000, blank=True, default=""
    )  # as imported, exported again, never shown
    vendor = models.CharField(max_length=100, blank=True, default="")
    type = models.CharField(max_length=100, blank=True, default="")
    tags = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=9, default=DRAFT)
    made = models.DateTimeField(default=clock.now)
    published = models.DateTimeField(null=True, blank=True)
    touched = models.DateTimeField(default=clock.now)
    palette = models.CharField(max_length=12, default="stone")
    currency = models.CharField(max_length=3)
    tax = models.CharField(max_length=8, default=STANDARD)
    front = models.ForeignKey(
        "ProductPicture", models.SET_NULL, related_name="+", null=True, blank=True
    )  # kept by touch
    lowest = models.BigIntegerField(default=0)  # the lowest price of its variants, kept by the actions
    revision = models.PositiveSmallIntegerField(default=1)  # the number of the newest one, kept by the actions
    place = models.PositiveIntegerField(default=0)  # of an import, so that an export keeps the order
    born = models.CharField(max_length=10, blank=True, default="")  # the public id of the idea it was born of
    born_version = models.PositiveIntegerField(default=0)  # of the idea, when its lead said yes
    born_shapers = models.PositiveIntegerField(default=0)  # people whose words that version was
    more = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "slug"], name="slug_once"),
            models.UniqueConstraint(fields=["brand", "handle"], condition=~Q(handle=""), name="handle_once"),
            models.CheckConstraint(condition=Q(state__in=(DRAFT, PUBLISHED, ARCHIVED, CONCEPT)), name="product_state"),
            models.CheckConstraint(condition=Q(tax__in=(STANDARD, REDUCED, ZERO)), name="product_tax"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published", "-id"], name="product_newest"),
            models.Index(fields=["brand", "state", "-published", "-id"], name="product_of_brand"),
            models.Index(fields=["-touched"], name="product_touched"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def price(self) -> Money:
        return Money(self.lowest, self.currency)


class Revision(models.Model):
    """A numbered state of the product as it is made. `asked`: how many changes that people had asked for it took in; of
    a later one with none, the company decided alone."""

    kind = "revision"

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField(default=clock.now)
    words = models.TextField(max_length=2000, blank=True, default="")  # what is new in it
    asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"revision {self.number} of #{self.product_id}"


class Option(models.Model):
    """One of up to three ways in which variants differ: Size, Colour."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "position"], name="option_position"),
            models.CheckConstraint(condition=Q(position__range=(1, 3)), name="three_options"),
        ]


class Variant(models.Model):
    """A sellable kind of a product, with its stock. Only catalog's stock actions write the five counts."""

    kind = "variant"

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    public = models.CharField(max_length=10, unique=True, default=ids.short)
    position = models.PositiveSmallIntegerField(default=1)
    option1 = models.CharField(max_length=100, blank=True, default="")
    option2 = models.CharField(max_length=100, blank=True, default="")
    option3 = models.CharField(max_length=100, blank=True, default="")
    sku = models.CharField(max_length=100, blank=True, default="")
    barcode = models.CharField(max_length=100, blank=True, default="")
    grams = models.PositiveIntegerField(default=0)
    price = models.BigIntegerField()
    compare_at = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    gone = models.DateTimeField(null=True, blank=True)
    more = models.JSONField(default=dict)

    tracked = models.BooleanField(default=False)
    imported = models.BigIntegerField(
        null=True, blank=True
    )  # the quantity last imported: a later import moves by the difference
    received = models.BigIntegerField(default=0)
    available = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    sold = models.BigIntegerField(default=0)
    written_off = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "option1", "option2", "option3"], condition=Q(gone=None), name="variant_once"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(available__gte=0, held__gte=0, sold__gte=0, written_off__gte=0, received__gte=0),
                name="stock_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(received=F("available") + F("held") + F("sold") + F("written_off")), name="stock_adds_up"
            ),
        ]

    @property
    def cost(self) -> Money:
        return Money(self.price, self.currency)

    @property
    def was(self) -> Money | None:
        higher = self.compare_at is not None and self.compare_at > self.price
        return Money(self.compare_at or 0, self.currency) if higher else None

    @property
    def label(self) -> str:
        return " · ".join(value for value in (self.option1, self.option2, self.option3) if value)

    @property
    def sold_out(self) -> bool:
        return self.tracked and self.available <= 0


class Hold(models.Model):
    """Some of a variant kept for somebody who is paying. It ends exactly once: sold or released."""

    HELD, SOLD, RELEASED = "held", "sold", "released"

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    tracked = models.BooleanField()
    owner_kind = models.CharField(max_length=30)
    owner_id = models.BigIntegerField()
    state = models.CharField(max_length=8, default=HELD)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_kind", "owner_id", "variant"], name="hold_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="hold_something"),
        ]


class ProductPicture(models.Model):
    """A picture of a product in its place. Where its source could not be fetched, only the address is kept."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", null=True, blank=True)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=500, blank=True, default="")
    source = models.CharField(max_length=1000, blank=True, default="")
    failed = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["product", "position"], name="picture_place")]

    @property
    def shown(self) -> dict[str, object] | None:
        """As a page's picture takes it, or None where there is none to show."""
        return None if self.picture is None else self.picture.shown(self.alt)


class PictureFetch(Claimable):
    """A picture of an import that has yet to be fetched."""

    place = models.OneToOneField(ProductPicture, models.CASCADE, related_name="+")

    class Meta(Claimable.Meta):
        abstract = False


class Import(Claimable):
    """One run of importing a file: what was given, how far it is, and what came of it."""

    kind = "import"

    public = models.CharField(max_length=10, unique=True, default=ids.short)
    brand = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=200)
    sorted = models.CharField(max_length=200, blank=True, default="")  # the same rows, those of a product together
    offset = models.BigIntegerField(default=0)  # where in it the next product begins
    begun = models.DateTimeField(default=clock.now)
    ended = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=500, blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)

    class Meta(Claimable.Meta):
        abstract = False


class ImportLine(models.Model):
    """What came of one product of the file, or of one row that could not be read."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    slug = models.CharField(max_length=255, blank=True, default="")
    result = models.CharField(max_length=7)  # added, changed, same, wrong; note: of the file as a whole
    said = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "row"], name="line_once")]
