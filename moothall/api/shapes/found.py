"""What is found by words."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from moothall.catalog import queries as catalog
from moothall.orders.models import Share

from .ideas import IdeaOut
from .people import ProfileOut
from .plain import Out, address
from .things import ProductOut, ThingOut


class FoundOut(Out):
    """The best of what holds all the words."""

    things: list[ProductOut] = Field(description="The first eight; all of them at /products.")
    ideas: list[IdeaOut] = Field(description="The first eight.")
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
    ideas: list[IdeaOut]
    profiles: list[ProfileOut]


class VoiceOut(Out):
    """What somebody told everybody of a thing they have."""

    at: datetime
    by: ProfileOut
    product: ThingOut
    words: str
    page: str

    @classmethod
    def of(cls, one: Share) -> VoiceOut:
        product = one.product
        thing = ThingOut(brand=product.brand.handle or "", slug=product.slug, title=product.title)
        return cls(
            at=one.at, by=ProfileOut.of(one.by), product=thing, words=one.words, page=address(catalog.address(product))
        )
