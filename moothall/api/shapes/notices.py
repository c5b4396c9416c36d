"""What one is told, and what one wants to be told."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import Field

from moothall.notices.models import Hours
from moothall.notices.queries import Item
from moothall.notices.sorts import SORTS, Wish

from .people import ProfileOut
from .plain import Id, In, ListOf, Out, address

SortName = Literal["orders", "desk", "people", "shares", "ideas", "talk", "hall"]
When = Literal["never", "at_once", "daily", "weekly"]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]
Number = Annotated[str, Field(min_length=1, max_length=20, description="The id of a notice.")]


class NoticeOut(Out):
    """Something that concerns you."""

    id: Id
    at: datetime
    seen: datetime | None
    sort: str = Field(description="orders, desk, people, shares, ideas, talk or hall")
    verb: str = Field(examples=["follow.begun"])
    text: str = Field(examples=["Ben Cole follows you"])
    why: str = Field(description="Why you are told.")
    actor: ProfileOut | None = Field(description="Who did it; null of a guest, and where that is no matter of people.")
    subject: str
    page: str

    @classmethod
    def of(cls, one: Item, id: str) -> NoticeOut:
        return cls(
            id=id,
            at=one.notice.at,
            seen=one.notice.seen,
            sort=one.notice.sort,
            verb=one.act.verb,
            text=one.text,
            why=str(one.tell.why),
            actor=ProfileOut.of(one.act.actor) if one.tell.ties and one.act.actor.handle else None,
            subject=one.card.title,
            page=address(one.card.address),
        )


class ListOfNotices(ListOf[NoticeOut]):
    """A page of them, newest first. `until` marks all up to the newest of this page as seen."""

    unseen: int = Field(description="How many you were told and have not seen.")
    until: str | None


class SeenIn(In):
    until: Number


class WishIn(In):
    """Of a sort of notices: whether they stand on the page, and when they are mailed."""

    sort: SortName
    page: bool
    mail: When


class ChoicesIn(In):
    """Sorts that are left out stay; hours and digests are set whole."""

    sorts: list[WishIn] = Field(default=[], max_length=len(SORTS))
    zone: str = Field(min_length=1, max_length=64, examples=["Europe/London"])
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    digest_hour: int = Field(default=8, ge=0, le=23)
    digest_day: int = Field(default=0, ge=0, le=6, description="0 is Monday.")

    def wishes(self) -> dict[str, Wish]:
        return {one.sort: Wish(one.page, one.mail) for one in self.sorts}


class WishOut(Out):
    sort: str
    title: str
    words: str
    page: bool
    mail: str = Field(description="never, at_once, daily or weekly")


class ChoicesOut(Out):
    """What you want to hear of, where, and when not; by the clocks of the zone."""

    sorts: list[WishOut]
    zone: str
    quiet_from: str | None
    quiet_until: str | None
    digest_hour: int
    digest_day: int

    @classmethod
    def of(cls, wishes: dict[str, Wish], hours: Hours) -> ChoicesOut:
        rows = [
            WishOut(sort=name, title=str(sort.title), words=str(sort.words), page=wish.page, mail=wish.mail)
            for name, sort in SORTS.items()
            for wish in [wishes[name]]
        ]
        return cls(
            sorts=rows,
            zone=hours.zone,
            quiet_from=_shown(hours.quiet_from),
            quiet_until=_shown(hours.quiet_until),
            digest_hour=hours.digest_hour,
            digest_day=hours.digest_day,
        )


def _shown(one: time | None) -> str | None:
    return None if one is None else f"{one:%H:%M}"
