"""Ideas as programs see and send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from moothall.ideas.actions import Words
from moothall.ideas.models import Backing, Contribution, Idea, Version
from moothall.ideas.queries import Support

from .people import ProfileOut
from .plain import Id, In, MoneyIn, MoneyOut, Out, address

Text = Annotated[str, Field(max_length=2000)]


class IdeaIn(In):
    """What an idea says; a draft may lack any of it. Without a brand it is addressed to everybody."""

    title: str = Field(default="", max_length=80, examples=["Both-hands teapot"])
    problem: Text = ""
    use: Text = ""
    audience: str = Field(default="", max_length=200)
    low: MoneyIn | None = None
    high: MoneyIn | None = None

    def words(self) -> Words:
        low, high = (one.money if one else None for one in (self.low, self.high))
        return Words(self.title, self.problem, self.use, self.audience, low, high)


class DraftIn(IdeaIn):
    brand: str = Field(default="", max_length=30, description="The handle of the brand it is addressed to.")


class RevisionIn(IdeaIn):
    base: int = Field(ge=1, description="The number of the version it is made from: the newest.")
    note: str = Field(default="", max_length=200)


class BackingIn(In):
    level: str = Field(max_length=8, examples=["like"], description="like, follow or pay")
    price: MoneyIn | None = Field(default=None, description="With pay: what you would pay.")


class ContributionIn(In):
    part: str = Field(max_length=8, examples=["use"], description="title, problem, use or audience")
    words: str = Field(min_length=1, max_length=2000)
    why: str = Field(default="", max_length=400)
    base: int = Field(ge=1, description="The number of the version you read.")


class TakeInIn(In):
    base: int = Field(ge=1, description="The number of the newest version.")
    words: str | None = Field(default=None, max_length=2000, description="As it will stand, where not as it was sent.")


class DeclineIn(In):
    answer: str = Field(min_length=1, max_length=400)


class SupportOut(Out):
    """One voice a person, at the level it has now."""

    likes: int
    follows: int
    pays: int

    @classmethod
    def of(cls, one: Support) -> SupportOut:
        return cls(likes=one.likes, follows=one.follows, pays=one.pays)


class IdeaOut(Out):
    """An idea as its newest version says it."""

    id: Id
    stage: str = Field(description="draft, shape or withdrawn")
    title: str
    problem: str
    use: str
    audience: str
    low: MoneyOut | None
    high: MoneyOut | None
    lead: ProfileOut
    brand: str | None = Field(description="The handle of the brand it is addressed to.")
    version: int
    support: SupportOut
    page: str

    @classmethod
    def of(cls, one: Idea, support: Support) -> IdeaOut:
        return cls(
            id=one.public,
            stage=one.stage,
            title=one.title,
            problem=one.problem,
            use=one.use,
            audience=one.audience,
            low=MoneyOut.of(one.lowest) if one.lowest else None,
            high=MoneyOut.of(one.highest) if one.highest else None,
            lead=ProfileOut.of(one.lead),
            brand=one.brand.handle if one.brand else None,
            version=one.number,
            support=SupportOut.of(support),
            page=address(f"/ideas/{one.public}"),
        )


class VersionOut(Out):
    """What an idea said from then on."""

    number: int
    by: ProfileOut
    at: datetime
    title: str
    problem: str
    use: str
    audience: str
    note: str

    @classmethod
    def of(cls, one: Version) -> VersionOut:
        said = {name: getattr(one, name) for name in ("number", "at", "title", "problem", "use", "audience", "note")}
        return cls(by=ProfileOut.of(one.by), **said)


class ContributionOut(Out):
    """How somebody would say a part of an idea, and what became of it."""

    id: Id
    by: ProfileOut
    at: datetime
    part: str
    words: str
    why: str
    base: int
    state: str = Field(description="open, taken, declined or back")
    answer: str
    version: int | None = Field(description="The version that took it in.")

    @classmethod
    def of(cls, one: Contribution) -> ContributionOut:
        names = ("at", "part", "words", "why", "base", "state", "answer", "version")
        return cls(id=one.public, by=ProfileOut.of(one.by), **{name: getattr(one, name) for name in names})


class IdeaWholeOut(IdeaOut):
    """With its newest contributions, and your own voice."""

    contributions: list[ContributionOut]
    voice: str | None = Field(description="like, follow or pay")
    would_pay: MoneyOut | None

    @classmethod
    def whole(
        cls, one: Idea, support: Support, contributions: Sequence[Contribution], backing: Backing | None
    ) -> IdeaWholeOut:
        return cls(
            **IdeaOut.of(one, support).model_dump(),
            contributions=[ContributionOut.of(row) for row in contributions],
            voice=backing.level if backing else None,
            would_pay=MoneyOut.of(backing.money) if backing and backing.money else None,
        )
