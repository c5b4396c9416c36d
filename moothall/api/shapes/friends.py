"""Bringing friends: invitations, and being found by address."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from moothall.people.models import Invitation

from .people import ProfileOut
from .plain import Id, In, Out, address


class InvitationIn(In):
    """With an address it is one mail; without, a link that twenty may use."""

    email: str = Field(default="", max_length=254, examples=["dora@example.org"])
    words: str = Field(default="", max_length=400)
    follow_back: bool = Field(default=True, description="Follow whoever comes by it.")


class InvitationOut(Out):
    """One of yours that holds."""

    id: Id
    email: str = Field(description="Whom it was mailed to; nothing where it is a link.")
    words: str
    follow_back: bool
    at: datetime
    until: datetime
    uses: int
    limit: int
    link: str

    @classmethod
    def of(cls, one: Invitation) -> InvitationOut:
        same = {name: getattr(one, name) for name in "email words follow_back at until uses limit".split()}
        return cls(id=one.public, link=address(f"/join/{one.public}"), **same)


class InvitedOut(Out):
    """An invitation, as whoever got it sees it."""

    by: ProfileOut
    words: str
    holds: bool = Field(description="Whether you may still meet by it.")
    own: bool = Field(description="Whether it is your own.")
    follows: bool = Field(description="Whether you follow them already.")

    @classmethod
    def of(cls, one: Invitation, *, holds: bool, own: bool, follows: bool) -> InvitedOut:
        return cls(by=ProfileOut.of(one.by), words=one.words, holds=holds, own=own, follows=follows)


class SeekIn(In):
    email: str = Field(min_length=1, max_length=254, examples=["dora@example.org"])


class SoughtOut(Out):
    """Null whatever the reason: nobody has this address, or they do not want to be found by it."""

    person: ProfileOut | None
