"""Basket, purchase, order, and what becomes of an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from moothall.core.money import Money
from moothall.improvements.before_paying import Told as Before
from moothall.orders.models import BasketLine, OrderLine, Purchase, Refund, Share
from moothall.orders.parcels import Filled, Parcel
from moothall.orders.queries import Whole
from moothall.orders.transfers import Told

from .earlier import EarlierOut
from .plain import Id, In, MoneyOut, Out, address
from .things import BrandOut, ThingOut
from .transfers import Method, TransferOut

VariantId = Annotated[str, Field(max_length=10, examples=["k3v9tq2mxb"])]
Reach = Literal["public", "followers", "circle"]


class BasketLineOut(Out):
    variant: Id
    product: ThingOut
    label: str
    quantity: int
    price: MoneyOut
    seen: MoneyOut = Field(description="The price when it was put in.")
    total: MoneyOut
    left: int | None = Field(description="How many nobody holds, where that is less than the quantity.")
    earlier: EarlierOut | None = Field(description="Where you have an earlier revision: what is new. Once a thing.")

    @classmethod
    def of(cls, one: BasketLine, told: Mapping[int, Before]) -> BasketLineOut:
        product = one.variant.product
        return cls(
            variant=one.variant.public,
            product=ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title),
            label=one.variant.label,
            quantity=one.quantity,
            price=MoneyOut.of(one.variant.cost),
            seen=MoneyOut.of(Money(one.price, one.variant.currency)),
            total=MoneyOut.of(one.total),
            left=one.variant.available if one.variant.tracked and one.variant.available < one.quantity else None,
            earlier=EarlierOut.of(told[one.pk]) if one.pk in told else None,
        )


class ParcelOut(Out):
    """A brand's part of the basket."""

    brand: BrandOut
    lines: list[BasketLineOut]
    discount: MoneyOut
    sending: MoneyOut
    words: str
    tax: MoneyOut
    tax_included: bool = Field(description="Whether the prices hold the tax; else it is added.")
    total: MoneyOut
    refusal: str = Field(description="Why it cannot be sent there, if it cannot.")

    @classmethod
    def of(cls, one: Parcel, told: Mapping[int, Before]) -> ParcelOut:
        return cls(
            brand=BrandOut.of(one.brand),
            lines=[BasketLineOut.of(line, told) for line in one.lines],
            discount=MoneyOut.of(one.cost.discount),
            sending=MoneyOut.of(one.shipping),
            words=one.words,
            tax=MoneyOut.of(one.cost.tax),
            tax_included=one.cost.included,
            total=MoneyOut.of(one.total),
            refusal=one.cost.refusal,
        )


class BasketOut(Out):
    """What somebody may buy. `seen` changes when anything that is paid for does: send it along with the purchase."""

    country: str = Field(description="Where to, as far as this total is concerned.")
    voucher: str | None
    voucher_said: str = Field(description="Why the voucher does not count, if it does not.")
    parcels: list[ParcelOut]
    things: MoneyOut
    total: MoneyOut
    seen: str

    @classmethod
    def of(cls, one: Filled, told: Mapping[int, Before]) -> BasketOut:
        return cls(
            country=one.country,
            voucher=one.voucher.code if one.voucher else None,
            voucher_said=one.said,
            parcels=[ParcelOut.of(parcel, told) for parcel in one.parcels],
            things=MoneyOut.of(one.things),
            total=MoneyOut.of(one.total),
            seen=one.fingerprint,
        )


class CountryIn(In):
    country: str = Field(min_length=2, max_length=2, examples=["GB"])


class CodeIn(In):
    code: str = Field(max_length=30, description="Nothing takes it out.")


class LineIn(In):
    variant: VariantId
    quantity: int = Field(default=1, ge=1, le=99)


class QuantityIn(In):
    quantity: int = Field(ge=0, le=99, description="None takes it out.")


class ContactIn(In):
    """Who gets it, where."""

    email: str = Field(max_length=254, examples=["dora@example.org"])
    name: str = Field(min_length=1, max_length=100, examples=["Dora Finch"])
    street: str = Field(min_length=1, max_length=200, examples=["3 Quay"])
    postcode: str = Field(min_length=1, max_length=20, examples=["TR26 1LP"])
    town: str = Field(min_length=1, max_length=100, examples=["St Ives"])
    country: str = Field(min_length=2, max_length=2, examples=["GB"])


class ContactOut(Out):
    email: str
    name: str
    street: str
    postcode: str
    town: str
    country: str

    @classmethod
    def of(cls, one: Purchase) -> ContactOut:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class TellingIn(In):
    """Who may know."""

    reach: Reach
    circle: str = Field(default="", max_length=10, description="With the reach circle: which.")
    words: str = Field(default="", max_length=400)


class PurchaseIn(In):
    """Buy what is in the basket."""

    contact: ContactIn
    telling: TellingIn | None = Field(default=None, description="Told once it is paid. Left out, nobody is.")
    note: str = Field(default="", max_length=500, description="For the brands.")
    method: Method = Field(default="card", description="A transfer only where the hall takes them, see /hall.")
    seen: str = Field(default="", max_length=32, description="Of the basket: refused if that changed meanwhile.")


class ShareIn(TellingIn):
    line: str = Field(max_length=10, description="The id of a line of this order.")


class ShareOut(Out):
    """A purchase told to others: never its price or quantity."""

    id: Id
    at: datetime
    product: ThingOut
    reach: str = Field(examples=["public"], description="public, followers or circle")
    circle: Id | None
    words: str

    @classmethod
    def of(cls, one: Share) -> ShareOut:
        product = one.product
        return cls(
            id=one.public,
            at=one.at,
            product=ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title),
            reach=one.reach,
            circle=one.circle.public if one.circle else None,
            words=one.words,
        )


class OrderLineOut(Out):
    """So many of a variant at an agreed price; sending is a line too, without a variant."""

    id: Id
    title: str
    label: str
    variant: Id | None
    product: ThingOut | None
    quantity: int
    price: MoneyOut
    discount: MoneyOut
    tax: MoneyOut
    tax_rate: int = Field(description="In hundredths of a percent.")
    total: MoneyOut
    shipped: int
    returned: int
    to_ship: int
    to_return: int

    @classmethod
    def of(cls, one: OrderLine) -> OrderLineOut:
        variant = one.variant
        product = variant.product if variant else None
        return cls(
            id=one.public,
            title=one.title,
            label=one.label,
            variant=variant.public if variant else None,
            product=ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title)
            if product
            else None,
            quantity=one.quantity,
            price=MoneyOut.of(one.each),
            discount=MoneyOut.of(Money(one.discount, one.currency)),
            tax=MoneyOut.of(Money(one.tax, one.currency)),
            tax_rate=one.tax_rate,
            total=MoneyOut.of(one.total),
            shipped=one.shipped,
            returned=one.returned,
            to_ship=one.to_ship,
            to_return=one.to_return,
        )


class PieceOut(Out):
    line: Id
    quantity: int


class ShipmentOut(Out):
    """A parcel of an order."""

    id: Id
    at: datetime
    carrier: str
    tracking: str
    carrier_page: str = Field(description="Where its carrier shows it, or nothing.")
    pieces: list[PieceOut]


class RefundOut(Out):
    """Money that goes back the way it came; `state` is due, done or failed. By transfer a steward sends it."""

    id: Id
    at: datetime
    amount: MoneyOut
    reason: str
    state: str
    method: str = Field(examples=["card"], description="card or transfer")

    @classmethod
    def of(cls, one: Refund) -> RefundOut:
        said = {"reason": one.reason, "state": one.payback.state, "method": one.payback.capture.method}
        return cls(id=one.public, at=one.at, amount=MoneyOut.of(one.money), **said)


class OrderOut(Out):
    """A brand's part of a purchase, with all that became of it."""

    id: Id
    purchase: Id
    brand: BrandOut
    stage: str = Field(description="awaiting, lapsed, paid, packed, partly, shipped, refunded or cancelled")
    total: MoneyOut
    refunded: MoneyOut
    paid: datetime | None
    cancelled: str | None = Field(description="Why, if it was.")
    lines: list[OrderLineOut]
    shipments: list[ShipmentOut]
    refunds: list[RefundOut]

    @classmethod
    def of(cls, one: Whole) -> OrderOut:
        return cls(**_order(one))


class BoughtOut(OrderOut):
    """As its buyer sees it."""

    shares: list[ShareOut]

    @classmethod
    def of(cls, one: Whole) -> BoughtOut:
        lines = {line.pk: line for line in one.lines}
        for share in one.shares:
            line = lines[share.line_id]
            assert line.variant is not None  # else it could not have been shared
            share.product = line.variant.product
        return cls(**_order(one), shares=[ShareOut.of(share) for share in one.shares])


class DeskOrderOut(OrderOut):
    """As the brand's desk sees it."""

    contact: ContactOut
    note: str
    packed: datetime | None

    @classmethod
    def of(cls, one: Whole) -> DeskOrderOut:
        packed = one.packing.at if one.packing else None
        return cls(
            **_order(one), contact=ContactOut.of(one.order.purchase), note=one.order.purchase.note, packed=packed
        )


def _order(one: Whole) -> dict[str, Any]:
    return {
        "id": one.order.public,
        "purchase": one.order.purchase.public,
        "brand": BrandOut.of(one.order.brand),
        "stage": one.stage,
        "total": MoneyOut.of(one.order.money),
        "refunded": MoneyOut.of(one.refunded),
        "paid": one.order.paid,
        "cancelled": one.cancellation.reason if one.cancellation else None,
        "lines": [OrderLineOut.of(line) for line in one.lines],
        "shipments": [
            ShipmentOut(
                id=shipment.public,
                at=shipment.at,
                carrier=shipment.carrier,
                tracking=shipment.tracking,
                carrier_page=shipment.page,
                pieces=[PieceOut(line=row.line.public, quantity=row.quantity) for row in rows],
            )
            for shipment, rows in one.shipments
        ],
        "refunds": [RefundOut.of(refund) for refund in one.refunds],
    }


class PurchaseRowOut(Out):
    """A checkout. `state` is open while it waits to be paid, then paid or ended."""

    id: Id
    at: datetime
    state: str
    total: MoneyOut
    expires: datetime = Field(description="Until then it can be paid.")
    method: str = Field(examples=["card"], description="How it is to be paid, or was: card or transfer.")
    page: str

    @classmethod
    def row(cls, one: Purchase) -> PurchaseRowOut:
        return cls(**_purchase(one))


class PurchaseOut(PurchaseRowOut):
    """A checkout with an order for each brand."""

    contact: ContactOut
    note: str
    came_late: bool = Field(description="Whether money came when nothing waited for it; it went back.")
    transfer: TransferOut | None = Field(description="Where to send the money, while a transfer is awaited.")
    orders: list[BoughtOut]

    @classmethod
    def of(cls, one: Purchase, orders: Iterable[Whole], came_late: bool, told: Told | None) -> PurchaseOut:
        return cls(
            **_purchase(one),
            contact=ContactOut.of(one),
            note=one.note,
            came_late=came_late,
            transfer=TransferOut.of(told) if told else None,
            orders=[BoughtOut.of(order) for order in orders],
        )


def _purchase(one: Purchase) -> dict[str, Any]:
    return {
        "id": one.public,
        "at": one.at,
        "state": one.payment.state,
        "total": MoneyOut.of(one.payment.money),
        "expires": one.payment.expires,
        "method": one.payment.method,
        "page": address(f"/orders/{one.public}"),
    }


class PayPageOut(Out):
    """Where this purchase is paid: a page of the payment provider. The hall never sees a card."""

    address: str
