"""What a basket costs, as a brand sets it: where it sends, how it is taxed, its vouchers."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from moothall.core.money import Money
from moothall.prices.actions import Offer, Plan, Row
from moothall.prices.models import Voucher, VoucherUse
from moothall.prices.queries import Sends, Taxed, is_over

from .plain import Id, In, MoneyIn, MoneyOut, Out

Country = Field(min_length=2, max_length=2, examples=["GB"])


class RateOut(Out):
    """What a parcel of up to so many grams costs; null is any weight. Free from where the brand's things reach that."""

    amount: MoneyOut
    up_to_grams: int | None
    free_from: MoneyOut | None
    words: str


class RateIn(In):
    amount: MoneyIn
    up_to_grams: int | None = Field(default=None, ge=1, le=1_000_000)
    free_from: MoneyIn | None = None
    words: str = Field(default="", max_length=100)

    def row(self) -> Row:
        return Row(self.amount.money, self.up_to_grams, self.free_from.money if self.free_from else None, self.words)


class ZoneIn(In):
    """Countries with the same rates; without countries it is everywhere else."""

    name: str = Field(min_length=1, max_length=60, examples=["Europe"])
    countries: list[str] = Field(default=[], max_length=100, examples=[["FR", "DE"]])
    rates: list[RateIn] = Field(min_length=1, max_length=20)

    def plan(self) -> Plan:
        return Plan(self.name, self.countries, [rate.row() for rate in self.rates])


class ZoneOut(Out):
    id: Id
    name: str
    countries: list[str]
    rates: list[RateOut]

    @classmethod
    def of(cls, one: Sends) -> ZoneOut:
        rates = [
            RateOut(
                amount=MoneyOut.of(rate.money),
                up_to_grams=rate.up_to_grams,
                free_from=MoneyOut.of(rate.free) if rate.free else None,
                words=rate.words,
            )
            for rate in one.rates
        ]
        return cls(id=one.zone.public, name=one.zone.name, countries=one.countries, rates=rates)


class TaxIn(In):
    """A country's rates in hundredths of a percent: 2000 is 20 %."""

    country: str = Country
    standard: int = Field(ge=0, le=10_000)
    reduced: int | None = Field(default=None, ge=0, le=10_000)


class TaxesIn(In):
    included: bool = Field(description="Whether the prices hold the tax.")
    rates: list[TaxIn] = Field(default=[], max_length=100)

    def taxed(self) -> list[Taxed]:
        return [Taxed(one.country, one.standard, one.reduced) for one in self.rates]


class TaxOut(Out):
    country: str
    standard: int
    reduced: int | None


class TaxesOut(Out):
    included: bool
    rates: list[TaxOut]


class VoucherIn(In):
    """A code worth so many percent, or an amount. Without a code one is made up."""

    code: str = Field(default="", max_length=30)
    words: str = Field(default="", max_length=100)
    percent: int | None = Field(default=None, ge=1, le=100)
    amount: MoneyIn | None = None
    minimum: MoneyIn | None = None
    ends: datetime | None = None
    limit: int | None = Field(default=None, ge=1, le=1_000_000, description="How often in all.")
    each: int | None = Field(default=None, ge=1, le=1_000_000, description="How often for one person.")

    def offer(self) -> Offer:
        return Offer(
            code=self.code,
            words=self.words,
            percent=self.percent,
            amount=self.amount.money if self.amount else None,
            minimum=self.minimum.money if self.minimum else None,
            ends=self.ends,
            limit=self.limit,
            each=self.each,
        )


class VoucherOut(Out):
    code: str
    words: str
    percent: int | None
    amount: MoneyOut | None
    minimum: MoneyOut
    begins: datetime
    ends: datetime | None
    ended: datetime | None
    limit: int | None
    each: int | None
    used: int
    over: bool = Field(description="Whether it counts no more.")

    @classmethod
    def of(cls, one: Voucher) -> VoucherOut:
        same = {name: getattr(one, name) for name in "code words percent begins ends ended limit each used".split()}
        amount = MoneyOut.of(Money(one.amount, one.currency)) if one.amount else None
        return cls(**same, amount=amount, minimum=MoneyOut.of(one.least), over=is_over(one))


class UseOut(Out):
    """A voucher in a purchase."""

    at: datetime
    state: str = Field(description="held while somebody pays, then used")
    amount: MoneyOut = Field(description="What it took off.")
    order: Id | None = Field(description="Which order, for those who see the brand's orders.")

    @classmethod
    def of(cls, one: VoucherUse, order: str | None) -> UseOut:
        return cls(at=one.at, state=one.state, amount=MoneyOut.of(one.money), order=order)
