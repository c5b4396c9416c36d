"""People, brands, circles, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from moothall.feed.queries import Item
from moothall.orders.models import Share
from moothall.people.models import Account, Circle, Member, Profile, TeamInvitation
from moothall.talk.models import Post

from .plain import Handle, Id, In, ListOf, Out, address

Name = Annotated[str, Field(min_length=1, max_length=60)]
NewHandle = Annotated[str, Field(min_length=3, max_length=30, examples=["ana-lima"])]
Words = Annotated[str, Field(max_length=400)]


class ProfileOut(Out):
    """Somebody or a brand, as others see it."""

    handle: Handle
    sort: str = Field(description="person, brand or hall", examples=["person"])
    name: str
    words: str
    picture: str | None
    page: str

    @classmethod
    def of(cls, one: Profile) -> ProfileOut:
        return cls(**_face(one))


class ProfileWholeOut(ProfileOut):
    """With what stands between it and who asks; for a guest nothing does."""

    since: datetime
    followers: int
    follows: bool = Field(description="Whether you follow it.")
    muted: bool
    circles: list[Id] = Field(description="Those of your circles that they are in.")
    team: list[ProfileOut] = Field(description="Of a brand: those of its team whom you may see.")

    @classmethod
    def whole(
        cls, one: Profile, *, followers: int, follows: bool, muted: bool, circles: list[str], team: Iterable[Profile]
    ) -> ProfileWholeOut:
        faces = [ProfileOut.of(face) for face in team]
        ties: dict[str, Any] = {"followers": followers, "follows": follows, "muted": muted, "circles": circles}
        return cls(**_face(one), since=one.since, team=faces, **ties)


def _face(one: Profile) -> dict[str, Any]:
    return {
        "handle": one.handle or "",
        "sort": one.sort,
        "name": one.name,
        "words": one.words,
        "picture": address(one.picture) if one.picture else None,
        "page": address(f"/@{one.handle}"),
    }


class MeOut(Out):
    """Whose token this is, and what it may do."""

    profile: ProfileOut
    email: str
    steward: bool
    findable: bool = Field(description="Whether friends find you by your mail address.")
    scopes: list[str]
    desks: list[ProfileOut]

    @classmethod
    def of(cls, account: Account, scopes: list[str], desks: Iterable[Profile]) -> MeOut:
        return cls(
            profile=ProfileOut.of(account.profile),
            email=account.email,
            steward=account.is_steward,
            findable=account.findable,
            scopes=scopes,
            desks=[ProfileOut.of(one) for one in desks],
        )


class FaceIn(In):
    """What is left out stays as it is."""

    name: Name | None = None
    words: Words | None = None
    handle: NewHandle | None = None


class BrandIn(In):
    name: Name
    handle: NewHandle
    words: Words = ""


class CircleIn(In):
    name: str = Field(min_length=1, max_length=40, examples=["Family"])


class CircleOut(Out):
    id: Id
    name: str
    people: list[ProfileOut]

    @classmethod
    def of(cls, one: Circle, people: Iterable[Profile]) -> CircleOut:
        return cls(id=one.public, name=one.name, people=[ProfileOut.of(person) for person in people])


class CirclesIn(In):
    """Exactly the circles that the person is to be in."""

    circles: list[Annotated[str, Field(max_length=10)]] = Field(max_length=50)


class ActOut(Out):
    """Something that somebody did: `sentence` has {actor} and {subject} in it."""

    at: datetime
    actor: ProfileOut
    verb: str = Field(examples=["share.made"])
    sentence: str = Field(examples=["{actor} bought {subject}"])
    subject: str = Field(description="The title of what it was done to.")
    words: str = Field(description="What they said with it, if they said anything.")
    page: str
    why: str = Field(description="Why it is here.")

    @classmethod
    def of(cls, one: Item) -> ActOut:
        return cls(
            at=one.act.at,
            actor=ProfileOut.of(one.act.actor),
            verb=one.act.verb,
            sentence=one.sentence,
            subject=one.card.title,
            words=_words(one),
            page=address(one.card.address),
            why=one.why,
        )


def _words(one: Item) -> str:
    if one.act.subject_kind == Share.kind:
        return str(one.card.thing["share"].words)
    return str(one.card.thing.post.words) if one.act.subject_kind == Post.kind else ""


class MemberOut(Out):
    person: ProfileOut
    role: str = Field(examples=["seller"])
    since: datetime

    @classmethod
    def of(cls, one: Member) -> MemberOut:
        return cls(person=ProfileOut.of(one.person), role=one.role, since=one.since)


class TeamPlaceOut(Out):
    """A place in a team; `asked` while the person has not said yes."""

    person: ProfileOut
    role: str = Field(examples=["seller"])
    asked: bool


class AskedIntoOut(Out):
    """Somebody who was asked into a team and has not answered."""

    person: ProfileOut
    role: str = Field(examples=["seller"])
    since: datetime

    @classmethod
    def of(cls, one: TeamInvitation) -> AskedIntoOut:
        return cls(person=ProfileOut.of(one.person), role=one.role, since=one.since)


class RoleIn(In):
    role: str = Field(max_length=8, examples=["seller"], description="owner, seller, maker, agent or marketer")


class AccountOut(Out):
    """For stewards."""

    profile: ProfileOut
    email: str
    active: bool
    steward: bool
    joined: datetime
    last_here: datetime | None

    @classmethod
    def of(cls, one: Account) -> AccountOut:
        return cls(
            profile=ProfileOut.of(one.profile),
            email=one.email,
            active=one.is_active,
            steward=one.is_steward,
            joined=one.date_joined,
            last_here=one.last_login,
        )


class ListOfAccounts(ListOf[AccountOut]):
    number: int = Field(description="How many accounts the hall has.")
