"""Gates, sheets and judgements as programs see and send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from moothall.ideas import viability
from moothall.ideas.actions import Figures, Go
from moothall.ideas.gates import JOINING, LONGEST_DAYS, MAKING, MOST_VOICES, WEIGHT, Gate, Mark
from moothall.ideas.judged import Reckoned, gathered

from .people import ProfileOut
from .plain import Id, In, MoneyIn, MoneyOut, Out, address

Percent = Annotated[int, Field(ge=0, le=10_000, description="In hundredths of a percent: 550 is 5.5 %.")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]


class MarkIn(In):
    voices: int = Field(ge=1, le=MOST_VOICES, description="How many have to say what they would pay.")
    days: int = Field(ge=1, le=LONGEST_DAYS, description="In how many days the brand judges.")


class MarkOut(Out):
    voices: int
    days: int

    @classmethod
    def of(cls, one: Mark) -> MarkOut:
        return cls(voices=one.voices, days=one.days)


class TakeIn(In):
    due: date = Field(description="The day by which the brand judges.", examples=["2026-12-24"])


class RunIn(In):
    pieces: int = Field(ge=1, le=1_000_000)
    unit: MoneyIn = Field(description="What each costs when so many are made.")


class RunOut(Out):
    pieces: int
    unit: MoneyOut


class SheetIn(In):
    """What a thing costs; the fee is of the price, the tax in it, the royalty of the price without its tax."""

    price: MoneyIn
    runs: list[RunIn] = Field(min_length=1, max_length=5)
    fixed: MoneyIn | None = None
    shipping: MoneyIn | None = None
    fee: Percent = 0
    fee_each: MoneyIn | None = None
    tax: Percent = 0
    royalty: Percent = 0

    def figures(self) -> Figures:
        fixed, shipping, fee_each = (one.money if one else None for one in (self.fixed, self.shipping, self.fee_each))
        return Figures(
            price=self.price.money,
            runs=[(run.pieces, run.unit.money) for run in self.runs],
            fixed=fixed,
            shipping=shipping,
            fee=self.fee,
            fee_each=fee_each,
            tax=self.tax,
            royalty=self.royalty,
        )


class ArgumentIn(SheetIn):
    words: str = Field(min_length=1, max_length=400, description="What you see otherwise.")


class JudgementIn(In):
    state: str = Field(max_length=8, examples=["no"], description="go, no or needs")
    reasons: Words
    change: str = Field(default="", max_length=2000, description="What would change it, or what it needs first.")
    price: MoneyIn | None = Field(default=None, description="With a go.")
    run: int = Field(default=0, ge=0, le=1_000_000, description="With a go: how many have to be sold at least.")
    days: int = Field(default=JOINING, ge=7, le=90, description="With a go: for how many days people may join.")
    weeks: int = Field(default=MAKING, ge=1, le=104, description="With a go: from their end to delivery.")
    grams: int = Field(default=WEIGHT, ge=1, le=1_000_000, description="With a go: what one weighs, for sending it.")

    def go(self) -> Go | None:
        if self.state != Gate.GO:
            return None
        return Go(self.price.money if self.price else None, self.run, self.days, self.weeks, self.grams)


class WhyIn(In):
    why: str = Field(min_length=1, max_length=400)


class SaidIn(In):
    words: Words


class PointOut(Out):
    """How many would pay this price or more, and between which numbers 19 times of 20 of as many others."""

    price: int = Field(description="In minor units of the gate's currency.")
    voices: int
    low: int
    high: int


class RangeOut(Out):
    low: MoneyOut
    high: MoneyOut


class SheetOut(Out):
    """A sheet and what it comes to with what people would pay."""

    id: Id
    own: bool = Field(description="The brand's own; else somebody's argument.")
    by: ProfileOut | None = Field(description="Whose argument it is.")
    words: str
    published: datetime | None
    price: MoneyOut
    runs: list[RunOut]
    fixed: MoneyOut
    shipping: MoneyOut
    fee: Percent
    fee_each: MoneyOut
    tax: Percent
    royalty: Percent
    voices: int = Field(description="How many would pay the price or more.")
    low: int
    high: int
    break_even: int | None = Field(description="Pieces; null where no number carries the costs.")
    margin: MoneyOut
    profit: MoneyOut
    worst: MoneyOut
    ranges: list[RangeOut] = Field(description="Prices at which the lower number breaks even.")

    @classmethod
    def of(cls, one: Reckoned) -> SheetOut:
        row, found = one.sheet, one.outlook
        amounts = {name: MoneyOut.of(row.money(name)) for name in ("price", "fixed", "shipping", "fee_each")}
        comes_to = {name: MoneyOut.of(one.said(getattr(found, name))) for name in ("margin", "profit", "worst")}
        return cls(
            id=row.public,
            own=row.own,
            by=None if row.own else ProfileOut.of(row.by),
            words=row.words,
            published=row.published,
            runs=[RunOut(pieces=run.pieces, unit=MoneyOut.of(one.said(run.unit))) for run in one.runs],
            fee=row.fee,
            tax=row.tax,
            royalty=row.royalty,
            voices=found.point.voices,
            low=found.point.low,
            high=found.point.high,
            break_even=found.break_even,
            ranges=[RangeOut(low=MoneyOut.of(low), high=MoneyOut.of(high)) for low, high in one.ranges],
            **amounts,
            **comes_to,
        )


class GateOut(Out):
    """One time that a brand judges an idea."""

    id: Id
    idea: Id
    title: str
    brand: str = Field(description="The brand's handle.")
    number: int
    state: str = Field(description="open, go, no, needs or withdrawn")
    opened: datetime
    due: date
    overdue: bool
    decided: datetime | None
    version: int | None = Field(description="The version of the idea that was judged.")
    reasons: str
    change: str
    price: MoneyOut | None
    run: int | None
    days: int | None = Field(description="With a go: for how many days people may join.")
    weeks: int | None = Field(description="With a go: from their end to delivery.")
    grams: int | None = Field(description="With a go: what one weighs.")
    appeal: str
    appealed: datetime | None
    answer_due: date | None
    answer: str
    answered: datetime | None
    undone: datetime | None
    undone_why: str
    accepted: datetime | None
    page: str

    @classmethod
    def of(cls, one: Gate) -> GateOut:
        names = (
            *("number", "state", "opened", "due", "decided", "version", "reasons", "change", "run", "days", "weeks"),
            *("grams", "appeal", "appealed"),
            *("answer_due", "answer", "answered", "undone", "undone_why", "accepted"),
        )
        return cls(
            id=one.public,
            idea=one.idea.public,
            title=one.idea.title,
            brand=one.brand.handle or "",
            overdue=one.is_overdue,
            price=MoneyOut.of(one.money) if one.money else None,
            page=address(f"/gates/{one.public}"),
            **{name: getattr(one, name) for name in names},
        )


class PledgedOut(Out):
    """While the gate is open: how many people pledge this price at most, with a card. Whose they are is told to
    nobody."""

    price: MoneyOut
    people: int


class GateWholeOut(GateOut):
    """With what was heard as a curve, what is pledged, the brand's sheet, and the newest arguments."""

    curve: list[PointOut]
    pledged: list[PledgedOut]
    sheet: SheetOut | None
    arguments: list[SheetOut]

    @classmethod
    def whole(
        cls, one: Gate, heard: Sequence[tuple[int, int]], own: Reckoned | None, argued: Sequence[Reckoned]
    ) -> GateWholeOut:
        return cls(
            **GateOut.of(one).model_dump(),
            curve=[
                PointOut(price=at.price, voices=at.voices, low=at.low, high=at.high) for at in viability.curve(heard)
            ],
            pledged=[PledgedOut(price=MoneyOut.of(price), people=n) for price, n, _above in gathered(one)],
            sheet=SheetOut.of(own) if own else None,
            arguments=[SheetOut.of(row) for row in argued],
        )
