"""Whose baskets, orders and shares one may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce

from moothall.catalog import queries as catalog
from moothall.catalog.models import Product
from moothall.core import hot, work
from moothall.core.countries import HOME
from moothall.core.hall import hall
from moothall.core.kinds import Card
from moothall.payments.models import Bank, Payment
from moothall.people import queries as people
from moothall.people.models import CircleMember, Follow, Mute, Profile
from moothall.prices import queries as prices
from moothall.prices.costs import Thing

from .models import (
    Basket,
    BasketLine,
    Cancellation,
    Order,
    OrderLine,
    Purchase,
    Refund,
    Share,
    Shipment,
)
from .parcels import Filled, Parcel
from .wholes import Whole, whole, wholes

__all__ = ["Whole", "whole", "wholes"]  # beside what is declared here

Viewer = Profile | None
OfOrder = TypeVar("OfOrder", OrderLine, Shipment, Refund)


# ---- baskets


def basket_of(owner: Viewer, token: str) -> Basket | None:
    if owner is not None and owner.sort == "person":
        return next(iter(_owned(owner)), None)
    return next(iter(_named(token)), None) if token else None


@hot.read
def _owned(owner: Profile) -> QuerySet[Basket]:
    return Basket.objects.filter(owner=owner)


@hot.read
def _named(token: str) -> QuerySet[Basket]:
    return Basket.objects.filter(token=token)


def count(token: str) -> int:
    """Lines in the basket of a browser in which nobody is signed in."""
    return len(_lines_of(token)) if token else 0


@hot.read
def _lines_of(token: str) -> QuerySet[BasketLine, int]:
    return BasketLine.objects.filter(basket__token=token).values_list("pk", flat=True)


def own_count() -> BaseExpression:
    """Lines in the basket of an account's person, to be brought along with the account."""
    lines = BasketLine.objects.filter(basket__owner=OuterRef("profile")).order_by().values("basket")
    return Coalesce(Subquery(lines.annotate(lines=Count("pk")).values("lines")), 0)


def filled(viewer: Viewer, basket: Basket | None, country: str = "") -> Filled:
    """The basket's lines by brand, and what they cost with sending to a country: the one given, else the one that was
    said of the basket, else the first the hall knows;
    less what its voucher takes off, if that counts. What the viewer can no longer see is left out."""
    found = Filled([], hall().currency, country or (basket.country if basket else "") or HOME)
    if basket is None:
        return found
    by_brand: dict[int, list[BasketLine]] = {}
    for row in _lines_in(viewer, basket):
        by_brand.setdefault(row.variant.product.brand_id, []).append(row)
    parts = [
        prices.Part(lines[0].variant.product.brand, [_thing(line) for line in lines]) for lines in by_brand.values()
    ]
    voucher = prices.voucher_called(basket.code)
    if voucher:
        found.voucher = voucher
        found.said = prices.why_not(voucher, viewer) or prices.falls_short(voucher, parts)
    costs = prices.costs_of(parts, found.country, found.currency, None if found.said else voucher)
    found.parcels = [
        Parcel(part.brand, lines, cost) for part, lines, cost in zip(parts, by_brand.values(), costs, strict=True)
    ]
    return found


@hot.read
def _lines_in(viewer: Viewer, basket: Basket) -> QuerySet[BasketLine]:
    rows = BasketLine.objects.filter(catalog.seen(viewer, "variant__product"), basket=basket, variant__gone=None)
    rows = rows.select_related("variant__product__brand__portrait", "variant__product__front__picture")
    rows = rows.defer("variant__product__body", "variant__product__source_body", "variant__product__more")
    return rows.order_by("variant__product__brand_id", "id")


def _thing(line: BasketLine) -> Thing:
    return Thing(line.variant.price, line.quantity, line.variant.grams, line.variant.product.tax)


# ---- purchases and orders


def selves(viewer: Viewer) -> QuerySet[Profile]:
    """The viewer and the guests that became the viewer, to ask `__in` with. Two questions, each by its index: asked as
    one with an OR, the database looks through everybody."""
    if viewer is None:
        return Profile.objects.none()
    guests = Profile.objects.filter(became=viewer).values("pk")
    return Profile.objects.filter(pk=viewer.pk).values("pk").union(guests, all=True)  # type: ignore[return-value]


def is_own(viewer: Profile, purchase: Purchase) -> bool:
    """Whether the viewer bought it, also as a guest they were."""
    return purchase.buyer_id == viewer.pk or Profile.objects.filter(pk=purchase.buyer_id, became=viewer).exists()


def purchases_of(viewer: Viewer) -> QuerySet[Purchase]:
    return Purchase.objects.filter(buyer__in=selves(viewer)).select_related("payment").order_by("-id")


def unpaid(viewer: Viewer) -> QuerySet[Purchase]:
    """What the viewer has yet to pay, the newest first; found by its payments, however much was bought before."""
    waiting = Purchase.objects.filter(payment__payer__in=selves(viewer), payment__state=Payment.OPEN)
    return waiting.select_related("payment").order_by("-id")


def last_purchase(viewer: Viewer) -> Purchase | None:
    return max(_last_purchases(viewer), key=lambda one: one.pk, default=None)


@hot.read
def _last_purchases(viewer: Viewer) -> tuple[QuerySet[Purchase], ...]:
    """The viewer's own and that of the guests they were, each found by its index."""
    if viewer is None:
        return (Purchase.objects.none(),)
    own = Purchase.objects.filter(buyer=viewer).order_by("-id")[:1]
    return own, Purchase.objects.filter(buyer__became=viewer).order_by("-id")[:1]


@hot.read
def own_purchase(member: Viewer, guest: Viewer, public: str) -> QuerySet[Purchase]:
    """The purchase of this name, in a list of one, if it is the member's or the guest's; it brings its buyer along."""
    asked = [one.pk for one in (member, guest) if one]
    own = Q(buyer__in=asked) | Q(buyer__became__in=asked)
    return Purchase.objects.filter(own, public=public).select_related("payment", "buyer")


def is_paid(session: str) -> bool:
    """Whether the payment of this session at the provider was settled as paid: nothing else can become of it."""
    return bool(_paid_in(session))


@hot.read
def _paid_in(session: str) -> QuerySet[Payment, int]:
    return Payment.objects.filter(session=session, state=Payment.PAID).values_list("pk", flat=True)


def orders_of(viewer: Viewer) -> QuerySet[Order]:
    """What the viewer bought, or went to pay."""
    bought = Order.objects.filter(purchase__buyer__in=selves(viewer)).exclude(state=Order.LAPSED)
    return bought.select_related("brand", "brand__portrait", "purchase", "purchase__payment").order_by("-id")


def orders_at(person: Profile, brand: Profile) -> QuerySet[Order]:
    """Paid orders of a brand, for those of its team who sell or help."""
    if people.role_of(person, brand) not in ("owner", "seller", "agent"):
        return Order.objects.none()
    return (
        Order.objects.filter(brand=brand, state=Order.PAID).select_related("purchase", "brand").order_by("-paid", "-id")
    )


@hot.read
def _banks() -> QuerySet[Bank]:
    return Bank.objects.order_by("id")


def bank_of_the_hall() -> Bank | None:
    """The account that is told to those who pay by transfer, whether new ones are taken or not."""
    return next(iter(_banks()), None)


def bank_offered() -> Bank | None:
    """The account, where buyers may choose to pay by transfer."""
    bank = bank_of_the_hall()
    return bank if bank and bank.offered else None


def transfers_awaited_from(buyer: Profile, email: str) -> int:
    """How many transfers of this buyer, or from this address, are awaited."""
    whose = Q(payment__payer__in=selves(buyer)) | Q(email=email)
    return Purchase.objects.filter(whose, payment__state=Payment.OPEN, payment__method=Payment.TRANSFER).count()


@hot.read
def every_order_in(purchase: Purchase) -> QuerySet[Order]:
    return orders_in(purchase)


def was_bought(product: Product, revision: int) -> bool:
    """Whether anybody bought this revision of it, or is about to pay for it."""
    lines = OrderLine.objects.filter(variant__product=product, revision=revision)
    return lines.exclude(order__state=Order.LAPSED).exists()


def kept_by(viewer: Profile, products: Sequence[int]) -> tuple[QuerySet[OrderLine], ...]:
    """What of these products the viewer bought and did not give back: their own, and what the guests bought that they
    were, each to be found by its index."""
    kept = OrderLine.objects.filter(variant__product__in=products, order__state=Order.PAID)
    kept = kept.filter(quantity__gt=F("returned"))
    return kept.filter(order__purchase__buyer=viewer), kept.filter(order__purchase__buyer__became=viewer)


def orders_in(purchase: Purchase) -> QuerySet[Order]:
    found = Order.objects.filter(purchase=purchase).select_related("brand", "brand__portrait", "purchase__payment")
    return found.order_by("pk")


def waiting(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those of which something is still to be sent."""
    unsent = OrderLine.objects.filter(
        order=OuterRef("pk"), variant__isnull=False, quantity__gt=F("shipped") + F("withheld")
    )
    return orders.filter(Exists(unsent)).exclude(pk__in=Cancellation.objects.values("order"))


def failed_refunds(person: Profile, brand: Profile) -> list[Refund]:
    """Refunds that the bank refused: the brand still owes them."""
    return list(refunds_at(person, brand).filter(payback__state="failed", payback__due=work.NEVER)[:20])


def refunds_at(person: Profile, brand: Profile) -> QuerySet[Refund]:
    rows = Refund.objects.filter(order__in=orders_at(person, brand))
    return rows.select_related("order__brand", "payback").order_by("-pk")


# ---- shares


def shares_visible_to(viewer: Viewer) -> QuerySet[Share]:
    """Shares not withdrawn, of products still to be seen, that reach the viewer: public ones, those of people the
    viewer
    follows, those to a circle the viewer is in, and the viewer's own."""
    standing = Share.objects.filter(catalog.seen(viewer, "product"), people.seen(viewer, "by"), withdrawn=None)
    reached = Q(reach="public")
    if viewer is not None:
        follows = Follow.objects.filter(follower=viewer, source=OuterRef("by"))
        circled = CircleMember.objects.filter(person=viewer, circle=OuterRef("circle"))
        reached |= Q(reach="followers") & Exists(follows) | Q(reach="circle") & Exists(circled) | Q(by=viewer)
    return standing.filter(reached)


def standing_shares_of(person: Profile) -> QuerySet[Share]:
    """What one shared and has not taken back."""
    rows = Share.objects.filter(by=person, withdrawn=None).select_related("product__brand", "circle", "line__order")
    return rows.order_by("-id")


def visible_shares(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(shares_visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def share_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = _seen_shares(viewer, list(ids))
    shown = {one.product.pk: one for one in catalog.listed({row.product for row in rows})}
    return {
        row.pk: Card(
            row.product.title,
            catalog.address(row.product),
            "orders/_share.html",
            {"share": row, "shown": shown[row.product_id]},
        )
        for row in rows
    }


@hot.read
def _seen_shares(viewer: Viewer, ids: Sequence[int]) -> QuerySet[Share]:
    seen = shares_visible_to(viewer).filter(pk__in=ids).select_related("product__brand", "product__front__picture")
    return seen.only("words", "reach", "product", *(f"product__{name}" for name in catalog.LISTED))


def friends_who_have(viewer: Viewer, products: Iterable[int]) -> dict[int, list[Profile]]:
    """For each product, those whom the viewer follows or shares a circle with who chose to say that they have it."""
    asked = list(products)
    if viewer is None or not asked:
        return {}
    found: dict[int, list[Profile]] = {}
    for row in _told_to(viewer, asked):
        friends = found.setdefault(row.product_id, [])
        if row.by not in friends:
            friends.append(row.by)
    return found


@hot.read
def _told_to(viewer: Profile, products: list[int]) -> QuerySet[Share]:
    muted = Mute.objects.filter(by=viewer).values("whom")
    rows = shares_visible_to(viewer).filter(product__in=products).exclude(by=viewer).exclude(by__in=muted)
    follows = Follow.objects.filter(follower=viewer, source=OuterRef("by"))
    known = rows.filter(Exists(follows) | Q(reach="circle"))
    shown = (f"by__{name}" for name in people.FACE)
    return known.select_related("by__portrait").only("product", *shown).order_by("-id")
