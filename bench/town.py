"""Fills a hall with made-up rows, many at once: brands, products, people, ties, purchases, shares. Only to measure by:
it goes round the actions, so nothing is recorded and nobody is told."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from moothall.catalog.models import Option, Product, ProductPicture, Revision, Variant
from moothall.core import clock
from moothall.core.models import Picture
from moothall.orders.models import Allocation, Order, OrderLine, Purchase, Share
from moothall.payments.models import Payment
from moothall.people.models import OWNER, SHOP, Account, Follow, Member, Profile

from .words import GIVEN, THINGS, WORDS

Row = TypeVar("Row", bound=models.Model)
SIZES = ("small", "medium", "large")
BODY = "<p>" + "It stands on the table and does what it is for, quietly and for years. " * 8 + "</p>"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a hall: a brand has 100 products, a person follows 20 people and bought and shared 2 things."""

    products: int
    people: int

    @property
    def brands(self) -> int:
        return max(1, self.products // 100)


@transaction.atomic
def fill(size: Size) -> None:
    """The same rows each time. The first person is `reader`, who follows the first 100 of the others."""
    lot = random.Random(7)  # noqa: S311  # nosec B311
    now = clock.now()
    picture = Picture.objects.create(hash="0" * 32, width=960, height=960, widths=[320, 640, 960])
    people = _people(size, now)
    brands = _brands(size, people, now)
    products = _products(size, brands, picture, now)
    _ties(people, lot)
    _sold(people, products, lot, now)


def _people(size: Size, now: datetime) -> list[Profile]:
    words = "Mends what others throw away."
    people = _made(
        Profile(public=f"p{n:09}", handle=f"person-{n}" if n else "reader", name=f"Person {n}", words=words, since=now)
        for n in range(size.people)
    )
    password = make_password("slow green kettle")
    _made(Account(email=f"{one.handle}@example.org", profile=one, password=password) for one in people[:1000])
    return people


def _brands(size: Size, people: Sequence[Profile], now: datetime) -> list[Profile]:
    brands = _made(
        Profile(public=f"b{n:09}", sort="brand", handle=f"brand-{n}", name=f"Brand {n}", since=now)
        for n in range(size.brands)
    )
    _made(Member(brand=brand, person=people[-1 - n % 50], role=OWNER) for n, brand in enumerate(brands))
    return brands


def _products(size: Size, brands: Sequence[Profile], picture: Picture, now: datetime) -> list[Product]:
    products = _made(
        Product(
            brand=brands[n % len(brands)],
            slug=f"thing-{n}",
            title=f"{WORDS[n % 16].title()} {THINGS[n // 16 % 16]} {n}",
            body=BODY,
            type=THINGS[n // 16 % 16],
            tags=f"{WORDS[n % 16]}, {WORDS[n // 7 % 16]}",
            state="published",
            published=now - timedelta(minutes=size.products - n),
            currency="GBP",
            lowest=0 if n == GIVEN else 1000 + n % 90 * 100,
        )
        for n in range(size.products)
    )
    _made(Revision(product=product) for product in products)
    _made(Option(product=product, position=1, name="Size") for product in products)
    _made(
        Variant(
            product=product,
            public=f"{kind[0]}{product.pk:09}",
            position=place,
            option1=kind,
            price=product.lowest and product.lowest + 500 * place,
            currency="GBP",
            tracked=True,
            received=1_000_000,
            available=1_000_000,
        )
        for product in products
        for place, kind in enumerate(SIZES)
    )
    pictures = [
        ProductPicture(product=product, picture=picture, position=place, alt="A thing")
        for place in range(3)
        for product in products
    ]
    fronts = _made(iter(pictures))[: len(products)]
    for product, front in zip(products, fronts, strict=True):
        product.front = front
    Product.objects.bulk_update(products, ["front"], batch_size=500)
    return products


def _ties(people: Sequence[Profile], lot: random.Random) -> None:
    pairs = {(people[0].pk, one.pk) for one in people[1:101]}
    for one in people[1:]:
        pairs |= {(one.pk, lot.choice(people).pk) for _n in range(20)}
    _made(Follow(follower_id=a, source_id=b) for a, b in sorted(pairs) if a != b)
    brand = Profile.objects.filter(sort="brand").order_by("pk")[0]
    _made(Follow(follower=one, source=brand, channel=SHOP) for one in people[:200])


def _sold(people: Sequence[Profile], products: Sequence[Product], lot: random.Random, now: datetime) -> None:
    """Everybody bought two things and told their followers; the first friends of the reader told of the first ones."""
    variants = {row.product_id: row for row in Variant.objects.filter(option1="small")}
    bought = [(one, products[n % min(100, len(products))]) for n, one in enumerate(people[1:101])]
    bought += [(one, lot.choice(products)) for one in people for _n in range(2)]
    payments = _made(
        Payment(
            public=f"y{n:09}",
            payer=buyer,
            amount=product.lowest,
            currency="GBP",
            state="paid",
            expires=now,
            settled=now,
        )
        for n, (buyer, product) in enumerate(bought)
    )
    sent = {"email": "a@example.org", "street": "3 Quay", "postcode": "TR26", "town": "St Ives", "country": "GB"}
    purchases = _made(
        Purchase(public=f"q{n:09}", buyer=buyer, key=str(n), body="", payment=payment, name=buyer.name, **sent)
        for n, ((buyer, _product), payment) in enumerate(zip(bought, payments, strict=True))
    )
    orders = _made(
        Order(purchase=purchase, public=f"o{n:09}", brand_id=product.brand_id, state="paid", total=product.lowest)
        for n, ((_buyer, product), purchase) in enumerate(zip(bought, purchases, strict=True))
    )
    _made(Allocation(payment=one.purchase.payment, order=one, amount=one.total) for one in orders)
    lines = _made(
        OrderLine(
            public=f"l{n:09}",
            order=order,
            variant=variants[product.pk],
            title=product.title,
            revision=1,
            quantity=1,
            price=product.lowest,
            amount=product.lowest,
            currency="GBP",
        )
        for n, ((_buyer, product), order) in enumerate(zip(bought, orders, strict=True))
    )
    _made(
        Share(public=f"s{n:09}", by=buyer, line=line, product=product, words="It does not drip.", reach="followers")
        for n, ((buyer, product), line) in enumerate(zip(bought, lines, strict=True))
    )


def _made(rows: Iterator[Row]) -> list[Row]:
    """The rows as they were written, with their ids."""
    found = list(rows)
    return type(found[0])._default_manager.bulk_create(found, batch_size=900) if found else []
