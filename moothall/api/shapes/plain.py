"""Shapes that all others are made of. What comes in is strict: an unknown field is refused."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urljoin

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from moothall.core.models import Picture
from moothall.core.money import LARGEST, Money

Item = TypeVar("Item")
Id = Annotated[str, Field(description="A public id.", examples=["k3v9tq2mxb"])]
Handle = Annotated[str, Field(description="A handle, without @.", examples=["ana"])]
Cursor = Annotated[str, Field(max_length=20, description="`next` of the page before.")]
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most.")]


class In(BaseModel):
    """What is sent."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """What is answered: the fields written here and no others."""

    model_config = ConfigDict(extra="forbid")


class MoneyOut(Out):
    """An amount in the smallest unit of its currency: 1250 GBP are £12.50."""

    minor: int = Field(examples=[1250])
    currency: str = Field(examples=["GBP"])

    @classmethod
    def of(cls, money: Money) -> MoneyOut:
        return cls(minor=money.minor, currency=money.currency)


class MoneyIn(In):
    """An amount in the smallest unit of its currency: 1250 GBP are £12.50."""

    minor: int = Field(ge=0, lt=LARGEST, examples=[1250])
    currency: str = Field(min_length=3, max_length=3, examples=["GBP"])

    @property
    def money(self) -> Money:
        return Money(self.minor, self.currency)


class PictureOut(Out):
    """A picture as WebP: `src` 640 pixels wide or the widest there is, `srcset` all widths."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


class ListOf(Out, Generic[Item]):
    """A page of a list; `next` is the cursor of the next one, or null at the end."""

    items: list[Item]
    next: str | None = None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"ListOf{params[0].__name__.removesuffix('Out')}"


class WrongOut(Out):
    field: str = Field(examples=["contact.email"])
    detail: str


class ProblemOut(BaseModel):
    """RFC 9457. `type` is told on /api; `errors` names fields; `scope` is what a token lacks."""

    type: str = Field(examples=["https://hall.example.org/api#refused"])
    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    detail: str = Field(examples=["Only 2 of Lidded pot are left."])
    errors: list[WrongOut] | None = None
    scope: str | None = None

    # Left out where there is nothing to say.
    model_config = ConfigDict(json_schema_extra={"required": ["type", "title", "status", "detail"]})


def address(path: str) -> str:
    """A whole address of this hall."""
    return urljoin(settings.ADDRESS, path)


def picture(one: Picture, alt: str = "") -> PictureOut:
    return PictureOut(
        src=address(one.address(640)),
        srcset=", ".join(address(part) for part in one.srcset.split(", ")),
        width=one.width,
        height=one.height,
        alt=alt,
    )
