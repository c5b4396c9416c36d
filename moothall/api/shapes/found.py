"""What is found by words."""

from __future__ import annotations

from pydantic import Field

from .people import ProfileOut
from .plain import Out
from .things import ProductOut


class FoundOut(Out):
    """The best of what holds all the words."""

    things: list[ProductOut] = Field(description="The first eight; all of them at /products.")
    profiles: list[ProfileOut] = Field(description="The first twenty-four; all of them at /profiles.")
    more_things: bool
    more_profiles: bool
    instead: dict[str, str] = Field(
        description="Where nothing holds a word as it was typed: the word that was looked for instead."
    )


class CompletedOut(Out):
    """What somebody may be about to type."""

    words: list[str]
    things: list[ProductOut]
    profiles: list[ProfileOut]
