"""Credit as programs see and send it: splits with their parts, statements, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from moothall.credit.models import Payout, PayoutLine
from moothall.credit.queries import Whole
from moothall.credit.record import Record, Suggested
from moothall.credit.statements import Line, Owed, Sold, Sums
from moothall.people.models import Profile

from .plain import Handle, Id, In, MoneyOut, Out

Points = Annotated[int, Field(ge=1, le=10_000, description="In hundredths of a percent: 3333 is 33.33 %.")]
Reason = Literal["sale", "refund", "payout"]
State = Literal["proposed", "standing", "replaced", "declined", "back"]


def _handle(known: Mapping[int, Profile], person: int | None) -> str | None:
    one = known.get(person) if person is not None else None
    return one.handle if one else None


class PartIn(In):
    handle: Handle = Field(min_length=1, max_length=31)
    points: Points
    why: str = Field("", max_length=200)


class SplitIn(In):
    parts: list[PartIn] = Field(min_length=1, max_length=20, description="10,000 points together.")
    note: str = Field("", max_length=400)


class SplitDeclineIn(In):
    why: str = Field(min_length=1, max_length=400)


class PartOut(Out):
    person: str | None = Field(description="A handle; null of somebody who is not shown to you.")
    points: int
    why: str
    signed: datetime | None


class SplitOut(Out):
    id: Id
    number: int
    state: State
    at: datetime
    stood: datetime | None = Field(description="Since when it stands, or stood.")
    note: str
    parts: list[PartOut]
    declined_by: str | None
    answer: str
    outdated: bool = Field(description="Whether who shaped the idea has changed since it was proposed.")

    @classmethod
    def of(cls, one: Whole, known: Mapping[int, Profile], record: Record) -> SplitOut:
        split = one.split
        return cls(
            id=split.public,
            number=split.number,
            state=split.state,  # type: ignore[arg-type]
            at=split.at,
            stood=split.stood,
            note=split.note,
            parts=[
                PartOut(person=_handle(known, part.person_id), points=part.points, why=part.why, signed=part.signed)
                for part in one.parts
            ],
            declined_by=_handle(known, split.declined_by_id),
            answer=split.answer,
            outdated=split.record != record.fingerprint,
        )


class ToSignOut(Out):
    """A split that waits for your signature."""

    id: Id
    idea: Id
    title: str
    points: int = Field(description="What you would get, in hundredths of a percent.")

    @classmethod
    def of(cls, one: Whole, me: Profile) -> ToSignOut:
        part = one.of(me)
        idea = one.split.idea
        return cls(id=one.split.public, idea=idea.public, title=idea.title, points=part.points if part else 0)


class ShaperOut(Out):
    person: str | None = Field(description="A handle; null of somebody who is not shown to you.")
    leads: bool
    versions: int = Field(description="How many are in their words, those of merged ideas too.")


class SuggestedOut(Out):
    person: Handle
    points: int
    why: str

    @classmethod
    def of(cls, one: Suggested) -> SuggestedOut:
        return cls(person=str(one.person.handle), points=one.points, why=one.why)


class RecordOut(Out):
    shapers: list[ShaperOut]
    versions: int
    rate: int | None = Field(description="The royalty in hundredths of a percent; null before a go was accepted.")
    suggested: list[SuggestedOut] = Field(description="For who leads it.")


class RoyaltyOut(Out):
    at: datetime
    reason: Reason
    amount: MoneyOut = Field(description="Below zero what was taken back or paid out.")
    thing: str
    idea: str | None
    split: int | None = Field(description="The number of the split it was shared by.")
    reference: str

    @classmethod
    def of(cls, one: Line) -> RoyaltyOut:
        royalty = one.royalty
        return cls(
            at=one.at,
            reason=one.reason,  # type: ignore[arg-type]
            amount=MoneyOut.of(one.money),
            thing=one.thing,
            idea=royalty.idea.public if royalty else None,
            split=royalty.split.number if royalty and royalty.split else None,
            reference=one.reference,
        )


class SumsOut(Out):
    earned: MoneyOut
    paid: MoneyOut
    left: MoneyOut

    @classmethod
    def of(cls, one: Sums) -> SumsOut:
        return cls(earned=MoneyOut.of(one.earned), paid=MoneyOut.of(one.paid), left=MoneyOut.of(one.left))


class SoldOut(Out):
    idea: Id
    title: str
    sales: int
    posted: MoneyOut = Field(description="Less what refunds took back.")
    waits: int = Field(description="How many sales wait for signatures.")
    waiting: MoneyOut

    @classmethod
    def of(cls, one: Sold) -> SoldOut:
        return cls(
            idea=one.idea.public,
            title=one.title,
            sales=one.sales,
            posted=MoneyOut.of(one.posted),
            waits=one.waits,
            waiting=MoneyOut.of(one.waiting),
        )


class OwedOut(Out):
    person: str | None
    name: str
    amount: MoneyOut
    ready: bool = Field(description="Whether it is part of the next payout: there is an account, and enough to send.")
    has_account: bool

    @classmethod
    def of(cls, one: Owed) -> OwedOut:
        return cls(
            person=one.person.handle,
            name=one.person.name,
            amount=MoneyOut.of(one.money),
            ready=one.is_ready,
            has_account=one.payee is not None,
        )


class PayoutIn(In):
    after: int = Field(ge=0, le=10**9, description="The number of the last payout you saw, 0 for none.")


class PayoutLineOut(Out):
    person: str | None
    name: str
    amount: MoneyOut
    reference: str

    @classmethod
    def of(cls, one: PayoutLine) -> PayoutLineOut:
        return cls(person=one.person.handle, name=one.holder, amount=MoneyOut.of(one.money), reference=one.reference)


class PayoutOut(Out):
    number: int
    at: datetime
    lines: list[PayoutLineOut]

    @classmethod
    def of(cls, one: Payout, lines: list[PayoutLine]) -> PayoutOut:
        return cls(number=one.number, at=one.at, lines=[PayoutLineOut.of(line) for line in lines])
