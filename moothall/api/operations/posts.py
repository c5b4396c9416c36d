"""What people say that is about no one thing, on their own page or in a brand's Talk."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from pydantic import Field

from moothall.core import kinds, pictures, search, text
from moothall.core.models import Picture
from moothall.people import queries as people
from moothall.people.models import BRAND, PERSON, Profile
from moothall.people.tokens import SOCIAL
from moothall.talk import actions, posted
from moothall.talk.models import Post

from .. import cursors
from ..door import Alt, Asked, Room, Upload
from ..shapes.plain import Cursor, Limit, ListOf
from ..shapes.talk import CommentIn, PostOut, ReactionIn

room = Room("Posts", "What people say on their own page or in a brand's Talk. What others say of a post: Talk.")


@room.get("/posts", ListOf[PostOut])
def found_posts(
    request: Asked, q: Annotated[str, Field(max_length=80)], cursor: Cursor = "", limit: Limit = 24
) -> ListOf[PostOut]:
    """Posts with these words, the best first."""
    start = min(cursors.read(cursor), 10_000) if cursor else 0
    found = search.find(request.viewer, text.tidy(q), [Post.kind], limit=limit, offset=start)
    cards = kinds.cards(Post.kind, request.viewer, found.ids[Post.kind])
    rows = [cards[id].thing for id in found.ids[Post.kind] if id in cards]
    more = cursors.write(start + limit) if found.more[Post.kind] else None
    return ListOf[PostOut](items=[PostOut.of(one, request.viewer) for one in rows], next=more)


@room.get("/profiles/{handle}/posts", ListOf[PostOut])
def posts_of(request: Asked, handle: str, cursor: Cursor = "", limit: Limit = 20) -> ListOf[PostOut]:
    """What a person said, the newest first, wherever it stands."""
    return _listed(request, posted.of(request.viewer, _seen(request, handle, PERSON)), cursor, limit)


@room.get("/brands/{handle}/posts", ListOf[PostOut])
def brand_talk(request: Asked, handle: str, cursor: Cursor = "", limit: Limit = 20) -> ListOf[PostOut]:
    """What stands in a brand's Talk, the newest first."""
    return _listed(request, posted.inside_channel(request.viewer, _seen(request, handle, BRAND)), cursor, limit)


@room.get("/posts/{post}", PostOut)
def post(request: Asked, post: str) -> PostOut:
    """A post; of one that a steward removed, why."""
    found = posted.placed(request.viewer, post)
    if found is None:
        raise Http404
    return _out(found, request.viewer)


@room.post("/posts", PostOut, SOCIAL, status=201)
def write_post(request: Asked, body: CommentIn) -> PostOut:
    """Say something on your own page. The same words again within ten minutes are the same post."""
    return _out(actions.post(by=request.me, words=body.words), request.me)


@room.post("/brands/{handle}/posts", PostOut, SOCIAL, status=201)
def write_in_talk(request: Asked, handle: str, body: CommentIn) -> PostOut:
    """Say something in a brand's Talk; of its team, the brand's followers hear of it too."""
    brand = _seen(request, handle, BRAND)
    return _out(actions.post(by=request.me, words=body.words, channel=brand), request.me)


@room.put("/posts/{post}", PostOut, SOCIAL)
def change_post(request: Asked, post: str, body: CommentIn) -> PostOut:
    """Say your own in other words."""
    return _out(actions.edit_post(by=request.me, post=_own(request.me, post), words=body.words), request.me)


def _drawn(request: Asked, post: str, picture: Upload, **_others: str) -> Picture:
    _own(request.me, post)
    return pictures.keep_sent(picture)


@room.post("/posts/{post}/picture", PostOut, SOCIAL, before=_drawn)
def show_post(request: Asked, post: str, picture: Upload, alt: Alt = "") -> PostOut:
    """Put a picture to your post: JPEG, PNG, WebP or GIF up to 12 MB. Of what it shows, 300 letters."""
    found = _own(request.me, post)
    actions.show_post(by=request.me, post=found, picture=request.ready, alt=alt)
    return _out(found, request.me)


@room.delete("/posts/{post}/picture", None, SOCIAL)
def bare_post(request: Asked, post: str) -> None:
    """Take its picture away."""
    actions.show_post(by=request.me, post=_own(request.me, post), picture=None)


@room.post("/posts/{post}/withdrawal", None, SOCIAL)
def withdraw_post(request: Asked, post: str) -> None:
    """Take your post back, and with it what was said of it."""
    actions.withdraw_post(by=request.me, post=_own(request.me, post))


@room.delete("/posts/{post}/withdrawal", None, SOCIAL)
def bring_back_post(request: Asked, post: str) -> None:
    """Bring it back, within a day."""
    actions.bring_back_post(by=request.me, post=_own(request.me, post))


@room.put("/posts/{post}/reaction", None, SOCIAL)
def react_to_post(request: Asked, post: str, body: ReactionIn) -> None:
    """Say how you find somebody's post. Said again it replaces what you said."""
    actions.react_to_post(by=request.me, post=_visible(request, post), sort=body.sort)


@room.delete("/posts/{post}/reaction", None, SOCIAL)
def unreact_to_post(request: Asked, post: str) -> None:
    """Take your reaction back."""
    actions.unreact_to_post(by=request.me, post=_visible(request, post))


def _seen(request: Asked, handle: str, sort: str) -> Profile:
    return get_object_or_404(people.visible_to(request.viewer), handle=handle, sort=sort)


def _visible(request: Asked, public: str) -> Post:
    found = posted.visible_to(request.viewer, public)
    if found is None:
        raise Http404
    return found


def _own(me: Profile, public: str) -> Post:
    return get_object_or_404(posted.own(me), public=public)


def _listed(request: Asked, rows: QuerySet[Post], cursor: str, limit: int) -> ListOf[PostOut]:
    found, more = cursors.by_number(rows, cursor, limit)
    shown = posted.posted(request.viewer, found)
    return ListOf[PostOut](items=[PostOut.of(one, request.viewer) for one in shown], next=more)


def _out(post: Post, viewer: Profile | None) -> PostOut:
    return PostOut.of(posted.posted(viewer, [post])[0], viewer)
