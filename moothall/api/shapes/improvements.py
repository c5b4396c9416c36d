"""Improvements and revisions as programs see and send them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import Field

from moothall.catalog.models import Revision
from moothall.improvements import queries
from moothall.improvements.actions import Asked
from moothall.improvements.models import Improvement
from moothall.improvements.queries import Decision, Share
from moothall.people.models import Profile

from .people import ProfileOut
from .plain import Id, In, Out, address
from .things import ThingOut


class ImprovementIn(In):
    title: str = Field(min_length=1, max_length=80, examples=["A lid that stays on"])
    words: str = Field(default="", max_length=2000)

    def asked(self) -> Asked:
        return Asked(self.title, self.words)


class ReasonIn(In):
    answer: str = Field(min_length=1, max_length=400)


class BringIn(In):
    words: str = Field(min_length=1, max_length=2000, description="What is new in it.")
    takes_in: list[Id] = Field(default_factory=list, max_length=50, description="Ids of open improvements.")


class ImprovementOut(Out):
    """A change that people ask for."""

    id: Id
    product: ThingOut
    title: str
    words: str
    by: ProfileOut
    at: datetime
    asked_on: int = Field(description="The number of the revision it was asked on.")
    state: str = Field(description="open, taken, declined or back")
    asks: int = Field(description="How many ask for it.")
    answer: str = Field(description="Why it was declined.")
    revision: int | None = Field(description="The number of the revision that took it in.")
    page: str

    @classmethod
    def of(cls, one: Improvement) -> ImprovementOut:
        return cls(**_said(one))


class ImprovementWholeOut(ImprovementOut):
    voices: list[ProfileOut] = Field(description="Those who asked first, as far as you may see them.")
    mine: bool = Field(description="Whether you ask for it.")

    @classmethod
    def whole(cls, one: Improvement, voices: Iterable[Profile], mine: bool) -> ImprovementWholeOut:
        return cls(**_said(one), voices=[ProfileOut.of(voice) for voice in voices], mine=mine)


class RevisionOut(Out):
    """A revision of a thing, and what it rests on."""

    product: ThingOut
    number: int
    since: datetime
    words: str
    asked: int = Field(description="How many changes it took in that people had asked for.")
    company_decision: bool = Field(description="Whether it rests on nothing that was asked for.")
    cites: list[ImprovementOut]

    @classmethod
    def of(cls, one: Decision) -> RevisionOut:
        revision = one.revision
        return cls(
            product=_thing(revision),
            number=revision.number,
            since=revision.since,
            words=revision.words,
            asked=revision.asked,
            company_decision=one.of_company,
            cites=[ImprovementOut.of(cited) for cited in one.cites],
        )


class RestingOut(Out):
    """How many of a brand's revisions after the first rest on what people asked for."""

    citing: int
    revisions: int
    percent: int

    @classmethod
    def of(cls, one: Share) -> RestingOut:
        return cls(citing=one.citing, revisions=one.revisions, percent=one.percent)


def _thing(one: Improvement | Revision) -> ThingOut:
    product = one.product
    return ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title)


def _said(one: Improvement) -> dict[str, Any]:
    return {
        "id": one.public,
        "product": _thing(one),
        "title": one.title,
        "words": one.words,
        "by": ProfileOut.of(one.by),
        "at": one.at,
        "asked_on": one.number,
        "state": one.state,
        "asks": one.asks,
        "answer": one.answer,
        "revision": one.revision,
        "page": address(queries.address(one)),
    }
