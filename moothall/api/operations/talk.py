"""What people say about things: comments, answers, reactions."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.core import kinds, pictures, search, text
from moothall.core.models import Picture
from moothall.people.models import Profile
from moothall.people.tokens import SOCIAL
from moothall.talk import actions, panels, queries
from moothall.talk.models import Comment

from .. import cursors
from ..door import Asked, Room, Upload
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.talk import CommentIn, CommentOut, ReactionIn, ThreadOut

room = Room("Talk", "What people say about things, and to each other there.")


@room.get("/talk/{kind}/{thing}", ListOf[ThreadOut])
def talk(request: Asked, kind: str, thing: str, cursor: Cursor = "", limit: Limit = 20) -> ListOf[ThreadOut]:
    """What is said about a thing, the newest first, each with its first answers. `kind` is idea or post."""
    rows, more = cursors.by_number(queries.roots(request.viewer, kind, _thing(request, kind, thing)), cursor, limit)
    found = panels.threads(request.viewer, rows)
    return ListOf[ThreadOut](items=[ThreadOut.whole(one, request.viewer) for one in found], next=more)


@room.get("/comments", ListOf[CommentOut])
def found_comments(
    request: Asked, q: Annotated[str, Field(max_length=80)], cursor: Cursor = "", limit: Limit = 24
) -> ListOf[CommentOut]:
    """What people said with these words, the best first."""
    start = min(cursors.read(cursor), 10_000) if cursor else 0
    found = search.find(request.viewer, text.tidy(q), [Comment.kind], limit=limit, offset=start)
    cards = kinds.cards(Comment.kind, request.viewer, found.ids[Comment.kind])
    rows = [cards[id].thing for id in found.ids[Comment.kind] if id in cards]
    more = cursors.write(start + limit) if found.more[Comment.kind] else None
    return ListOf[CommentOut](items=[CommentOut.of(one, request.viewer) for one in rows], next=more)


@room.get("/comments/{comment}", ThreadOut)
def comment(request: Asked, comment: str, after: Annotated[int, Field(ge=0, lt=10**6)] = 0) -> ThreadOut:
    """A comment with twenty of the answers to it, from the answer numbered `after` on."""
    found = _placed(request, comment)
    thread = panels.threads(request.viewer, [found], after=after, most=queries.PAGE)[0]
    return ThreadOut.whole(thread, request.viewer)


@room.post("/talk/{kind}/{thing}", CommentOut, SOCIAL, status=201)
def say(request: Asked, kind: str, thing: str, body: CommentIn) -> CommentOut:
    """Comment on a thing. The same words again within ten minutes are the same comment."""
    return _out(actions.say(by=request.me, kind=kind, id=_thing(request, kind, thing), words=body.words))


@room.post("/comments/{comment}/answers", CommentOut, SOCIAL, status=201)
def answer(request: Asked, comment: str, body: CommentIn) -> CommentOut:
    """Answer a comment; an answer to an answer goes to what that one answers."""
    return _out(actions.answer(by=request.me, to=_placed(request, comment), words=body.words))


@room.put("/comments/{comment}", CommentOut, SOCIAL)
def change_comment(request: Asked, comment: str, body: CommentIn) -> CommentOut:
    """Say your own in other words."""
    return _out(actions.edit(by=request.me, comment=_own(request.me, comment), words=body.words))


def _drawn(request: Asked, comment: str, picture: Upload) -> Picture:
    _own(request.me, comment)
    return pictures.keep_sent(picture)


@room.post("/comments/{comment}/picture", CommentOut, SOCIAL, before=_drawn)
def show_picture(request: Asked, comment: str, picture: Upload) -> CommentOut:
    """Put a picture to your comment: JPEG, PNG, WebP or GIF up to 12 MB."""
    found = _own(request.me, comment)
    actions.show(by=request.me, comment=found, picture=request.ready)
    return _out(found)


@room.delete("/comments/{comment}/picture", None, SOCIAL)
def hide_picture(request: Asked, comment: str) -> None:
    """Take its picture away."""
    actions.show(by=request.me, comment=_own(request.me, comment), picture=None)


@room.post("/comments/{comment}/withdrawal", None, SOCIAL)
def withdraw_comment(request: Asked, comment: str) -> None:
    """Take your comment back."""
    actions.withdraw(by=request.me, comment=_own(request.me, comment))


@room.delete("/comments/{comment}/withdrawal", None, SOCIAL)
def bring_back_comment(request: Asked, comment: str) -> None:
    """Bring it back, within a day."""
    actions.bring_back(by=request.me, comment=_own(request.me, comment))


@room.put("/comments/{comment}/reaction", None, SOCIAL)
def react(request: Asked, comment: str, body: ReactionIn) -> None:
    """Say how you find somebody's comment. Said again it replaces what you said."""
    actions.react(by=request.me, comment=_placed(request, comment), sort=body.sort)


@room.delete("/comments/{comment}/reaction", None, SOCIAL)
def unreact(request: Asked, comment: str) -> None:
    """Take your reaction back."""
    actions.unreact(by=request.me, comment=_placed(request, comment))


def _thing(request: Asked, kind: str, thing: str) -> int:
    id = kinds.named(kind, thing) if kinds.may_talk(kind) else None
    if id is None or not kinds.openable(kind, request.viewer, [id]):
        raise Http404
    return id


def _placed(request: Asked, public: str) -> Comment:
    found = queries.placed(request.viewer, public)
    if found is None:
        raise Http404
    return found


def _own(me: Profile, public: str) -> Comment:
    return get_object_or_404(queries.own(me), public=public)


def _out(made: Comment) -> CommentOut:
    return CommentOut.of(made, made.by)
