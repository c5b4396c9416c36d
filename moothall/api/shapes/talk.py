"""What people say, as programs see and send it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from moothall.people.models import Profile
from moothall.talk import posted, queries
from moothall.talk.models import Comment, Said
from moothall.talk.panels import Thread
from moothall.talk.posted import Posted

from .people import ProfileOut
from .plain import Id, In, Out, PictureOut, address, picture


class CommentIn(In):
    words: str = Field(
        min_length=1,
        max_length=4000,
        description="Plain words; @handle calls somebody by name, a few signs of Markdown are shown as such.",
    )


class ReactionIn(In):
    sort: str = Field(max_length=8, examples=["helpful"], description="helpful, agree or disagree")


class SaidOut(Out):
    """What somebody said. Of what does not stand any more there are no words, nor who said it, save to themselves."""

    id: Id
    state: str = Field(description="stands, withdrawn (by its author) or hidden (by a steward)")
    by: ProfileOut | None
    team: str | None = Field(description="The handle of the brand of whose team they spoke.")
    at: datetime
    edited: datetime | None
    words: str
    picture: PictureOut | None
    reason: str = Field(description="Why a steward removed it.")
    helpful: int
    agree: int
    disagree: int
    mine: str | None = Field(description="How you reacted to it.")
    page: str


class PostOut(SaidOut):
    """What somebody said that is about no one thing. What others say of it: GET /talk/post/{id}."""

    channel: str | None = Field(description="The handle of the brand in whose Talk it stands.")
    comments: int

    @classmethod
    def of(cls, one: Posted, viewer: Profile | None) -> PostOut:
        said = one.post
        channel = said.channel.handle if said.channel else None
        return cls(**_said(said, viewer, alt=said.alt, at=posted.address(said)), channel=channel, comments=one.comments)


class CommentOut(SaidOut):
    kind: str = Field(description="The kind of thing that it is about.", examples=["idea"])
    answers_to: Id | None

    @classmethod
    def of(cls, one: Comment, viewer: Profile | None) -> CommentOut:
        answers_to = one.parent.public if one.parent else None
        return cls(**_said(one, viewer, at=queries.address(one)), kind=one.subject_kind, answers_to=answers_to)


def _said(one: Said, viewer: Profile | None, *, at: str, alt: str = "") -> dict[str, Any]:
    stands = one.stands
    told = stands or (viewer is not None and one.by_id == viewer.pk)
    seen = told and getattr(one, "brand_seen", True)
    return {
        "id": one.public,
        "state": one.state,
        "by": ProfileOut.of(one.by) if told else None,
        "team": one.brand.handle if one.brand and seen else None,
        "at": one.at,
        "edited": one.edited,
        "words": one.words if stands else "",
        "picture": picture(one.picture, alt) if one.picture and stands else None,
        "reason": one.reason,
        "helpful": one.helpful if stands else 0,
        "agree": one.agree if stands else 0,
        "disagree": one.disagree if stands else 0,
        "mine": getattr(one, "mine", None) or None,
        "page": address(at),
    }


class ThreadOut(CommentOut):
    """With the first answers to it, the oldest first."""

    answers: list[CommentOut]
    more: bool = Field(description="Whether there are more answers.")

    @classmethod
    def whole(cls, one: Thread, viewer: Profile | None) -> ThreadOut:
        answers = [CommentOut.of(row.comment, viewer) for row in one.answers]
        return cls(**dict(CommentOut.of(one.comment, viewer)), answers=answers, more=one.more)
