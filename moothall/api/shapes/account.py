"""How one gets in, as one's own pages show it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from moothall.people.models import SignIn, Token

from .people import ProfileOut
from .plain import Id, Out


class SignInOut(Out):
    """A browser that is signed in."""

    browser: str = Field(description="What it calls itself, or nothing.")
    begun: datetime | None
    seen: date | None = Field(description="The day it last did something.")

    @classmethod
    def of(cls, one: SignIn) -> SignInOut:
        return cls(browser=one.browser, begun=one.begun, seen=one.seen)


class PasskeyOut(Out):
    name: str
    since: datetime


class SecurityOut(Out):
    """How you get in. It is changed in the pages, by whoever just signed in."""

    email: str
    second_step: bool = Field(description="Whether an app's code is asked for.")
    codes_left: int = Field(description="Recovery codes that were not used.")
    passkeys: list[PasskeyOut]


class TokenOut(Out):
    """A token of yours; its secret is kept nowhere."""

    id: Id
    name: str
    scopes: list[str]
    made: datetime
    used: date | None = Field(description="The last day on which it was.")
    ends: datetime | None
    ended: datetime | None

    @classmethod
    def of(cls, one: Token) -> TokenOut:
        same = {name: getattr(one, name) for name in "name made used ends ended".split()}
        return cls(id=one.public, scopes=one.words, **same)


class AskedOut(Out):
    """A brand whose team asks for you."""

    brand: ProfileOut
    role: str
    since: datetime
