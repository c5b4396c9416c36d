"""What somebody is told before they pay for a thing of which they have an earlier revision."""

from __future__ import annotations

from pydantic import Field

from moothall.improvements.before_paying import Told

from .plain import Out


class NewOut(Out):
    number: int
    words: str


class EarlierOut(Out):
    """What somebody is told of a thing of which they have an earlier revision."""

    bought: int = Field(description="The number of the revision you have.")
    new: list[NewOut] = Field(description="What came since, the newest first.")
    asked: list[str] = Field(description="What of it you had asked for.")

    @classmethod
    def of(cls, one: Told) -> EarlierOut:
        new = [NewOut(number=number, words=words) for number, words in one.new]
        return cls(bought=one.bought, new=new, asked=one.asked)
