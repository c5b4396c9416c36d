"""Ideas as programs see and send them."""

from __future__ import annotations

from collections.abc import Container, Set
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from moothall.ideas import stages
from moothall.ideas.actions import Words
from moothall.ideas.models import Author, Backing, Contribution, Idea, Merger, Version
from moothall.ideas.queries import Support
from moothall.people.models import Profile

from .people import ProfileOut
from .plain import Id, In, MoneyIn, MoneyOut, Out, PictureOut, address, picture

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


class AuthorIn(In):
    handle: str = Field(min_length=1, max_length=30, examples=["ben"])


class MergerIn(In):
    into: str = Field(min_length=1, max_length=10, description="The id of the idea that yours is to be merged into.")


class ForkIn(In):
    number: int | None = Field(default=None, ge=1, description="The version you begin from; without it the newest.")


class SupportOut(Out):
    """One voice a person, at the level it has now; of ideas merged into it too."""

    likes: int
    follows: int
    pays: int

    @classmethod
    def of(cls, one: Support) -> SupportOut:
        return cls(likes=one.likes, follows=one.follows, pays=one.pays)


class IdeaOut(Out):
    """An idea as its newest version says it."""

    id: Id
    stage: str = Field(description="draft, shape, withdrawn or merged")
    way: str = Field(
        description="How far it is, where it stands: shape, gathering, gate, pooling, making, made; or not_made, back"
    )
    pool: str | None = Field(description="The group buy on what it would become.")
    title: str
    problem: str
    use: str
    audience: str
    low: MoneyOut | None
    high: MoneyOut | None
    lead: ProfileOut
    brand: str | None = Field(description="The handle of the brand it is addressed to.")
    version: int
    picture: PictureOut | None
    support: SupportOut
    page: str

    @classmethod
    def of(cls, one: Idea, support: Support, brands: Set[int]) -> IdeaOut:
        """`brands`: ids of those that the viewer may see (queries.brands_known)."""
        return cls(
            id=one.public,
            stage=one.stage,
            way=stages.stage_of(one),
            pool=getattr(one, "pool", None),
            title=one.title,
            problem=one.problem,
            use=one.use,
            audience=one.audience,
            low=MoneyOut.of(one.lowest) if one.lowest else None,
            high=MoneyOut.of(one.highest) if one.highest else None,
            lead=ProfileOut.of(one.lead),
            brand=one.brand.handle if one.brand and one.brand.pk in brands else None,
            version=one.number,
            picture=picture(one.picture) if one.picture else None,
            support=SupportOut.of(support),
            page=address(f"/ideas/{one.public}"),
        )


class VersionOut(Out):
    """What an idea said from then on."""

    number: int
    by: ProfileOut | None = Field(description="Whose words are new in it; null for somebody you cannot see.")
    at: datetime
    title: str
    problem: str
    use: str
    audience: str
    note: str

    @classmethod
    def of(cls, one: Version, by: Profile | None) -> VersionOut:
        said = {name: getattr(one, name) for name in ("number", "at", "title", "problem", "use", "audience", "note")}
        return cls(by=ProfileOut.of(by) if by else None, **said)


class ContributionOut(Out):
    """How somebody would say a part of an idea, and what became of it."""

    id: Id
    idea: Id = Field(description="Of an idea that is merged into the one you asked for, that idea.")
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
        said = {name: getattr(one, name) for name in names}
        return cls(id=one.public, idea=one.idea.public, by=ProfileOut.of(one.by), **said)


class BeganOut(Out):
    idea: Id
    version: int


class IdeaWholeOut(IdeaOut):
    """With its newest contributions, and your own voice."""

    contributions: list[ContributionOut]
    voice: str | None = Field(description="like, follow or pay")
    voice_weighs: str | None = Field(
        description="In the order of ideas: known (in full), let or stranger (a quarter), new or crowd (nothing yet)"
    )
    would_pay: MoneyOut | None
    authors: list[ProfileOut] = Field(description="Who leads it with its lead.")
    shapers: list[ProfileOut] = Field(description="Whose words its versions are; those you cannot see left out.")
    begun_from: BeganOut | None = Field(description="Where it was begun from, if you may see that.")
    forks: list[Id] = Field(description="Ideas begun from it, the weightiest 24.")
    merged: list[Id] = Field(description="Ideas merged into it.")
    into: Id | None = Field(description="What it is merged into, if you may see that.")

    @classmethod
    def whole(cls, one: Idea, backing: Backing | None, **more: Any) -> IdeaWholeOut:
        """`more`: support, brands, contributions, authors, shapers, and the ideas near it by their ids (kin)."""
        kin: dict[int, Idea] = more["kin"]
        origin, into = kin.get(one.forked_from_id or 0), kin.get(one.into_id or 0)
        return cls(
            **IdeaOut.of(one, more["support"], more["brands"]).model_dump(),
            contributions=[ContributionOut.of(row) for row in more["contributions"]],
            voice=backing.level if backing else None,
            voice_weighs=backing.trust if backing else None,
            would_pay=MoneyOut.of(backing.money) if backing and backing.money else None,
            authors=[ProfileOut.of(row) for row in more["authors"]],
            shapers=[ProfileOut.of(row) for row in more["shapers"]],
            begun_from=BeganOut(idea=origin.public, version=one.forked_number or 1) if origin else None,
            forks=[near.public for near in kin.values() if near.forked_from_id == one.pk and near.into_id != one.pk],
            merged=[near.public for near in kin.values() if near.into_id == one.pk],
            into=into.public if into else None,
        )


class AuthorOut(Out):
    """Somebody who leads an idea with its lead, or is asked to."""

    id: Id
    idea: Id
    person: ProfileOut | None = Field(description="Null for somebody you cannot see.")
    state: str = Field(description="invited or stands")
    offered: bool = Field(description="Whether the lead is offered to them.")
    at: datetime

    @classmethod
    def of(cls, one: Author, known: Container[int]) -> AuthorOut:
        person = ProfileOut.of(one.person) if one.person_id in known else None
        said: dict[str, Any] = {"state": one.state, "offered": one.offered is not None, "at": one.at}
        return cls(id=one.public, idea=one.idea.public, person=person, **said)


class MergerOut(Out):
    """That one idea is to be counted with another, and what became of it."""

    id: Id
    idea: Id
    into: Id
    state: str = Field(description="asked, stands, declined, back or ended")
    at: datetime

    @classmethod
    def of(cls, one: Merger) -> MergerOut:
        return cls(id=one.public, idea=one.idea.public, into=one.into.public, state=one.state, at=one.at)
