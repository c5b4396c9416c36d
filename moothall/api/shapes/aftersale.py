"""What comes after a sale: papers, and things that go back, as buyer and brand see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from moothall.orders.actions.invoices import Name
from moothall.orders.afterwards import Back
from moothall.orders.models import Imprint, Invoice, Order

from .buying import BasketOut, PieceOut, RefundOut
from .desk import PieceIn
from .plain import Id, In, MoneyOut, Out, address
from .things import BrandOut

Reason = Literal["fit", "damaged", "unlike", "wrong", "mind", "other"]


class PaperOut(Out):
    """An invoice, or the credit note of a refund; what a credit note gives back is below zero."""

    id: Id
    sort: str = Field(description="invoice or credit")
    label: str = Field(examples=["TW-00001"])
    at: datetime
    order: Id
    total: MoneyOut
    tax: MoneyOut
    pdf: str = Field(description="Where it is to be had as a PDF, with the same token.")

    @classmethod
    def of(cls, one: Invoice, order: Order, place: str) -> PaperOut:
        """`place` is the address under which its file stands, from /api/v1 on."""
        return cls(
            id=one.public,
            sort=one.sort,
            label=one.label,
            at=one.at,
            order=order.public,
            total=MoneyOut.of(one.money),
            tax=MoneyOut.of(one.tax_money),
            pdf=address(f"/api/v1{place}/papers/{one.public}"),
        )


class ImprintOut(Out):
    """Whom a brand's papers name, and for how many days its things may come back."""

    legal: str
    street: str
    postcode: str
    town: str
    country: str
    stem: str = Field(description="Stands before each number.", examples=["TW"])
    tax_number: str
    small_print: str
    return_days: int


class PapersOut(Out):
    """`imprint` is null until an owner says whom the papers name: until then none is written."""

    imprint: ImprintOut | None
    due: int = Field(description="How many papers are still to be written.")

    @classmethod
    def of(cls, imprint: Imprint | None, due: int) -> PapersOut:
        said = {name: getattr(imprint, name) for name in ImprintOut.model_fields} if imprint else None
        return cls(imprint=ImprintOut(**said) if said else None, due=due)


class ImprintIn(In):
    legal: str = Field(min_length=1, max_length=100, examples=["Tidewater Kitchen Ltd"])
    street: str = Field(min_length=1, max_length=200)
    postcode: str = Field(min_length=1, max_length=20)
    town: str = Field(min_length=1, max_length=100)
    country: str = Field(min_length=2, max_length=2, examples=["GB"])
    stem: str = Field(min_length=1, max_length=8, description="Stands before each number.", examples=["TW"])
    tax_number: str = Field(default="", max_length=20)
    small_print: str = Field(default="", max_length=400)
    return_days: int = Field(default=30, ge=0, le=365)

    def name(self) -> Name:
        return Name(**self.model_dump())


class ReturnIn(In):
    """What goes back, and why."""

    pieces: list[PieceIn] = Field(min_length=1, max_length=200)
    reason: Reason
    words: str = Field(default="", max_length=400, description="The brand reads them.")


class ParcelIn(In):
    carrier: str = Field(default="", max_length=60)
    tracking: str = Field(default="", max_length=100)


class AnswerIn(In):
    answer: str = Field(min_length=1, max_length=400, description="The buyer reads it.")


class ClosingIn(In):
    """How many of each line are paid back, sending too; with none the answer says why not."""

    pieces: list[PieceIn] = Field(default=[], max_length=200)
    answer: str = Field(default="", max_length=400, description="The buyer reads it.")
    restock: bool = Field(default=False, description="Put the pieces back on the shelf.")


class ReturnOut(Out):
    """Things that go back."""

    id: Id
    order: Id
    brand: BrandOut
    at: datetime
    changed: datetime
    state: str = Field(description="asked, agreed, sent, arrived; or at its end declined, withdrawn or closed")
    reason: str = Field(description="fit, damaged, unlike, wrong, mind or other")
    words: str = Field(description="The buyer's.")
    answer: str = Field(description="The brand's.")
    carrier: str
    tracking: str
    carrier_page: str = Field(description="Where its carrier shows it, or nothing.")
    pieces: list[PieceOut]
    refund: RefundOut | None

    @classmethod
    def of(cls, one: Back) -> ReturnOut:
        return cls(**_back(one))


class DeskReturnOut(ReturnOut):
    """As the brand's desk sees it: also who sends it back."""

    name: str
    email: str

    @classmethod
    def of(cls, one: Back) -> DeskReturnOut:
        purchase = one.row.order.purchase
        return cls(**_back(one), name=purchase.name, email=purchase.email)


def _back(one: Back) -> dict[str, Any]:
    row = one.row
    same = {name: getattr(row, name) for name in "at changed state reason words answer carrier tracking".split()}
    return same | {
        "id": row.public,
        "order": row.order.public,
        "brand": BrandOut.of(row.order.brand),
        "carrier_page": row.page,
        "pieces": [PieceOut(line=line.line.public, quantity=line.quantity) for line in one.lines],
        "refund": RefundOut.of(row.refund) if row.refund else None,
    }


class ReturnableOut(Out):
    """What of an order may still go back: so many of each line, within so many days of being sent."""

    days: int
    pieces: list[PieceOut]


class AgainOut(Out):
    """What could be bought again is in the basket; `said` names what is not, or not in full."""

    added: int = Field(description="How many different things.")
    said: list[str]
    basket: BasketOut
