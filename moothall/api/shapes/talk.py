"""What people say, as programs see and send it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from moothall.talk.models import Comment
from moothall.talk.panels import Thread

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


class CommentOut(Out):
    """What somebody said. Of one that does not stand any more there are no words."""

    id: Id
    state: str = Field(description="stands, withdrawn (by its author) or hidden (by a steward)")
    by: ProfileOut
    team: str | None = Field(description="The handle of the brand of whose team they spoke.")
    kind: str = Field(description="The kind of thing that it is about.", examples=["idea"])
    answers_to: Id | None
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

    @classmethod
    def of(cls, one: Comment, parent: Comment | None) -> CommentOut:
        stands = one.stands
        seen = getattr(one, "brand_seen", True)
        return cls(
            id=one.public,
            state=one.state,
            by=ProfileOut.of(one.by),
            team=one.brand.handle if one.brand and seen else None,
            kind=one.subject_kind,
            answers_to=parent.public if parent else None,
            at=one.at,
            edited=one.edited,
            words=one.words if stands else "",
            picture=picture(one.picture) if one.picture and stands else None,
            reason=one.reason,
            helpful=one.helpful,
            agree=one.agree,
            disagree=one.disagree,
            mine=getattr(one, "mine", None) or None,
            page=address(f"/comments/{one.public}"),
        )


class ThreadOut(CommentOut):
    """With the first answers to it, the oldest first."""

    answers: list[CommentOut]
    more: bool = Field(description="Whether there are more answers.")

    @classmethod
    def whole(cls, one: Thread) -> ThreadOut:
        answers = [CommentOut.of(row.comment, one.comment) for row in one.answers]
        return cls(**dict(CommentOut.of(one.comment, None)), answers=answers, more=one.more)
