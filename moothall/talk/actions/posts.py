"""Posts: what people say that is about no one thing, on their own page or in a brand's Talk channel."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, search, text
from moothall.core.models import Picture
from moothall.core.refusals import BadInput, NotAllowed
from moothall.people import queries as people
from moothall.people.models import PERSON, SHOP, Profile

from .. import queries, verbs
from ..models import Post
from . import saying

LONGEST_ALT = 300


@transaction.atomic
def post(
    *, by: Profile, words: str, channel: Profile | None = None, picture: Picture | None = None, alt: str = ""
) -> Post:
    """Say something on one's own page, or in the Talk channel of a brand that one may see. The same words again in the
    same place are the same post within ten minutes, as with comments; so are the limits."""
    if by.sort != PERSON or (channel and not (channel.is_brand and people.visible_ids(by, [channel.pk]))):
        raise NotAllowed(_("You cannot say anything here."))
    words, alt = saying.checked(by, words), _alt(picture, alt)
    made = Post(by=by, channel=channel, words=words, picture=picture, alt=alt)
    return saying.once(made, Post.objects.filter(channel=channel), _write)


@transaction.atomic
def edit_post(*, by: Profile, post: Post, words: str) -> Post:
    """Say it in other words; that it was changed stands beside it. Who is newly called by name is told."""
    saying.reword(by, post, words)
    return post


@transaction.atomic
def show_post(*, by: Profile, post: Post, picture: Picture | None, alt: str = "") -> None:
    """Put a picture to one's post with what it shows, in place of what it had, or take it away."""
    saying.picture(by, post, picture=picture, alt=_alt(picture, alt))


@transaction.atomic
def withdraw_post(*, by: Profile, post: Post) -> None:
    """Take one's post back, and with it what was said of it. Twice is once."""
    saying.take_back(by, post)


@transaction.atomic
def bring_back_post(*, by: Profile, post: Post) -> None:
    """Undo having taken it back, within a day."""
    saying.bring_back(by, post)


@transaction.atomic
def react_to_post(*, by: Profile, post: Post, sort: str) -> None:
    """Say how one finds a post, in one of three ways; said again it replaces what was said. Refuses one's own."""
    saying.react(by, post, sort)


@transaction.atomic
def unreact_to_post(*, by: Profile, post: Post) -> None:
    """Take one's reaction back. Twice is once."""
    saying.unreact(by, post)


def hide_post(id: int, reason: str) -> bool:
    """Remove a post for this public reason, in the transaction of who decides and records it."""
    return saying.remove(Post.objects.filter(pk=id).first(), reason)


def unhide_post(id: int) -> bool:
    return saying.restore(Post.objects.filter(pk=id).first())


# ---- helpers


def _alt(picture: Picture | None, alt: str) -> str:
    alt = text.tidy(alt) if picture else ""
    if len(alt) > LONGEST_ALT:
        raise BadInput(_("Three hundred letters at most."), field="alt")
    return alt


def _write(made: Post) -> Post:
    by, channel = made.by, made.channel
    made.at, made.brand = clock.now(), queries.team_of(by, [channel.pk] if channel else [])
    made.save()
    named = saying.name(by, made)
    if channel and made.brand == channel:  # they speak for it in its own channel: its followers hear of it too
        record(verbs.TOLD, by=by, on=made, brand=channel, channel=SHOP, reach=EVERYBODY)
    record(verbs.POSTED, by=by, on=made, reach=EVERYBODY, named=named)
    search.touch(Post.kind, [made.pk])
    return made
