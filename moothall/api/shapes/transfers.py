"""Paying by bank transfer: how a buyer is told to, and what a steward notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from moothall.core.money import LARGEST
from moothall.orders.models import Purchase
from moothall.orders.transfers import Back, Told
from moothall.payments.models import Bank, Capture

from .plain import Id, In, MoneyOut, Out

Method = Literal["card", "transfer"]
Reference = Annotated[str, Field(min_length=1, max_length=140, description="The bank's own.", examples=["FT26326XYZ"])]


class TransferOut(Out):
    """What to type into a banking app."""

    holder: str
    account: str = Field(examples=["GB29NWBK60161331926819"])
    bic: str
    bank: str
    reference: str = Field(description="To be written as it stands here.")
    until: date
    code: str = Field(description="The text of a QR code (EPC069-12) for euros to an IBAN, else empty.")

    @classmethod
    def of(cls, one: Told) -> TransferOut:
        bank = one.bank
        return cls(
            holder=bank.holder,
            account=bank.account,
            bic=bank.bic,
            bank=bank.name,
            reference=one.reference,
            until=one.until,
            code=one.code,
        )


class AwaitedOut(Out):
    """A purchase as a steward sees it: who sends what under which reference, never what was bought."""

    purchase: Id
    name: str
    amount: MoneyOut
    method: str = Field(examples=["transfer"])
    state: str = Field(examples=["open"], description="open, paid or ended")
    since: datetime
    until: datetime

    @classmethod
    def of(cls, one: Purchase) -> AwaitedOut:
        payment = one.payment
        return cls(
            purchase=one.public,
            name=one.name,
            amount=MoneyOut.of(payment.money),
            method=payment.method,
            state=payment.state,
            since=one.at,
            until=payment.expires,
        )


class ArrivalIn(In):
    """What the bank says came."""

    minor: int = Field(gt=0, lt=LARGEST, description="In the currency of the purchase.", examples=[3800])
    reference: Reference
    day: date | None = Field(default=None, description="On which it came; left out, today.")


class ArrivalOut(Out):
    """Money that came: kept, when it pays the purchase; returned, when it has to be sent back."""

    purchase: Id
    amount: MoneyOut
    reference: str
    day: date
    use: str = Field(examples=["kept"], description="kept or returned")
    news: bool = Field(description="Whether it had not been noted before.")

    @classmethod
    def of(cls, purchase: Purchase, one: Capture, news: bool) -> ArrivalOut:
        assert one.day is not None  # a transfer has one
        amount = MoneyOut.of(one.money)
        return cls(
            purchase=purchase.public, amount=amount, reference=one.reference, day=one.day, use=one.use, news=news
        )


class PaybackOut(Out):
    """Money of a transfer that goes back by hand. `refund` is the order's refund it is for, or null where it was not
    what was awaited."""

    id: Id
    purchase: Id
    name: str
    amount: MoneyOut
    came: str = Field(description="The bank's reference it came under.")
    refund: Id | None
    reason: str
    state: str = Field(examples=["due"], description="due or done")
    sent: str = Field(description="The bank's reference it was sent back under, once it was.")

    @classmethod
    def of(cls, one: Back) -> PaybackOut:
        return cls(
            id=one.row.public,
            purchase=one.purchase.public,
            name=one.purchase.name,
            amount=MoneyOut.of(one.row.money),
            came=one.row.capture.reference,
            refund=one.refund.public if one.refund else None,
            reason=one.refund.reason if one.refund else "",
            state=one.row.state,
            sent=one.row.provider_id,
        )


class SentIn(In):
    reference: Reference


class BankIn(In):
    """Where buyers send money to. What looks like an IBAN has to be one."""

    holder: str = Field(min_length=1, max_length=70, examples=["Wendham Hall"])
    account: str = Field(min_length=1, max_length=60, examples=["GB29 NWBK 6016 1331 9268 19"])
    bic: str = Field(default="", max_length=16)
    bank: str = Field(default="", max_length=70)
    days: int = Field(default=7, ge=1, le=30, description="So long things are kept for who pays by transfer.")


class BankOut(Out):
    holder: str
    account: str
    bic: str
    bank: str
    days: int
    offered: bool = Field(description="Whether new transfers are taken.")

    @classmethod
    def of(cls, one: Bank) -> BankOut:
        return cls(
            holder=one.holder, account=one.account, bic=one.bic, bank=one.name, days=one.days, offered=one.offered
        )
