"""Reports and what became of them, as programs see and send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from moothall.core.kinds import Inside
from moothall.moderation.models import Case, Report

from .people import ProfileOut
from .plain import Id, In, Out, address


class ReportIn(In):
    kind: str = Field(
        max_length=30,
        examples=["comment"],
        description="comment, contribution, idea, improvement, poll, post, product, profile or sheet (an argument)",
    )
    thing: str = Field(
        max_length=200, description="Its id; of a profile the handle; of a product brand/slug.", examples=["k3v9tq2mxb"]
    )
    sort: str = Field(max_length=8, examples=["spam"], description="spam, abuse, unlawful, private or other")
    words: str = Field(default="", max_length=1000)


class AppealIn(In):
    words: str = Field(min_length=1, max_length=1000)


class DecisionIn(In):
    do: str = Field(max_length=8, examples=["hide"], description="keep, hide, restore or uphold")
    reason: str = Field(default="", max_length=300, description="One sentence that everybody may read.")


class CaseOut(Out):
    """What was decided, by whom and why; never what it said."""

    id: Id
    kind: str = Field(examples=["comment"])
    state: str = Field(description="open, kept, hidden, appealed, upheld or restored")
    reason: str
    decided: datetime | None
    decided_by: str | None = Field(description="The steward's name.")
    of_the_brand: bool = Field(description="Whether that steward is of the team of the brand that it concerns.")
    answer: str = Field(description="What was said after an appeal, or when it was looked at again.")
    answered: datetime | None
    answered_by: str | None
    restored_why: str = Field(description="Why it was brought back after an appeal had been declined.")
    restored: datetime | None
    restored_by: str | None
    page: str

    @classmethod
    def of(cls, one: Case) -> CaseOut:
        return cls(
            id=one.public,
            kind=one.subject_kind,
            state=one.state,
            reason=one.reason,
            decided=one.decided,
            decided_by=one.decided_by.name if one.decided_by else None,
            of_the_brand=any((one.brand_id, one.answer_brand_id, one.restored_brand_id)),
            answer=one.answer,
            answered=one.answered,
            answered_by=one.answered_by.name if one.answered_by else None,
            restored_why=one.restored_why,
            restored=one.restored,
            restored_by=one.restored_by.name if one.restored_by else None,
            page=address(f"/moderation/{one.public}"),
        )


class ReportOut(Out):
    """What you reported, and how it stands."""

    kind: str
    sort: str
    words: str
    at: datetime
    state: str = Field(description="open, kept, hidden, appealed, upheld or restored")

    @classmethod
    def of(cls, one: Report) -> ReportOut:
        return cls(kind=one.case.subject_kind, sort=one.sort, words=one.words, at=one.at, state=one.case.state)


class OwnCaseOut(CaseOut):
    """With what it said and what you appealed with, where it is yours."""

    words: str | None
    appeal: str | None

    @classmethod
    def own(cls, one: Case, inside: Inside | None, *, is_owner: bool) -> OwnCaseOut:
        words = inside.words if inside and is_owner else None
        return cls(**dict(CaseOut.of(one)), words=words, appeal=one.appeal if is_owner else None)


class GivenOut(Out):
    by: ProfileOut
    sort: str
    words: str
    at: datetime

    @classmethod
    def of(cls, one: Report) -> GivenOut:
        return cls(by=ProfileOut.of(one.by), sort=one.sort, words=one.words, at=one.at)


class WaitingOut(CaseOut):
    """For stewards: what it is, and whose."""

    owner: ProfileOut
    title: str
    words: str
    gone: bool = Field(description="Whether its owner took it back.")
    reports: int
    appeal: str

    @classmethod
    def waiting(cls, one: Case, inside: Inside | None) -> WaitingOut:
        return cls(
            **dict(CaseOut.of(one)),
            owner=ProfileOut.of(one.owner),
            title=inside.title if inside else "",
            words=inside.words if inside else "",
            gone=inside.gone if inside else True,
            reports=one.reports,
            appeal=one.appeal,
        )


class CaseWholeOut(WaitingOut):
    """With the first fifty reports."""

    given: list[GivenOut]

    @classmethod
    def whole(cls, one: Case, inside: Inside | None, given: Sequence[Report]) -> CaseWholeOut:
        return cls(**dict(WaitingOut.waiting(one, inside)), given=[GivenOut.of(row) for row in given])
