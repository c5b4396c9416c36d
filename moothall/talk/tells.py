"""Whom posts and comments tell: who is answered, who is called by name, whose thing or channel it is; each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import TALK, tells
from moothall.core import kinds
from moothall.people.models import PERSON, Member, Profile

from . import verbs
from .models import Comment, Post


def _standing(act: Act) -> Comment | None:
    return Comment.objects.filter(pk=act.subject_id, state=Comment.STANDS).select_related("parent").first()


@tells(
    verbs.MADE,
    "who is answered",
    sort=TALK,
    sentence=_("{actor} answered you about {subject}"),
    why=_("You said something there"),
)
def who_is_answered(act: Act) -> Iterable[int]:
    """Who wrote what was answered; and who began, where that is another."""
    comment = _standing(act)
    if comment is None or comment.parent is None:
        return []
    return {comment.parent.by_id} | ({act.data["to"]} if act.data.get("to") else set())


@tells(
    verbs.MADE,
    "who is called by name",
    sort=TALK,
    sentence=_("{actor} calls you by name, about {subject}"),
    why=_("You are called by name"),
)
def who_is_called(act: Act) -> Iterable[int]:
    return list(act.data.get("named", ())) if _standing(act) else []


@tells(
    verbs.EDITED,
    "who is called by name",
    sort=TALK,
    sentence=_("{actor} calls you by name, about {subject}"),
    why=_("You are called by name"),
)
def who_is_called_now(act: Act) -> Iterable[int]:
    return list(act.data.get("named", ())) if _standing(act) else []


@tells(
    verbs.MADE,
    "whose thing it is",
    sort=TALK,
    sentence=_("{actor} says something about {subject}"),
    why=_("It is yours"),
)
def whose_thing_it_is(act: Act) -> Iterable[int]:
    comment = _standing(act)
    if comment is None:
        return []
    about = kinds.inside(comment.subject_kind, [comment.subject_id]).get(comment.subject_id)
    return Profile.objects.filter(pk=about.owner, sort=PERSON).values_list("pk", flat=True) if about else []


@tells(
    verbs.POSTED,
    "who is called by name",
    sort=TALK,
    sentence=_("{actor} calls you by name: {subject}"),
    why=_("You are called by name"),
)
def who_is_called_in_a_post(act: Act) -> Iterable[int]:
    return list(act.data.get("named", ())) if _post(act) else []


@tells(
    verbs.POST_EDITED,
    "who is called by name",
    sort=TALK,
    sentence=_("{actor} calls you by name: {subject}"),
    why=_("You are called by name"),
)
def who_is_called_in_a_post_now(act: Act) -> Iterable[int]:
    return list(act.data.get("named", ())) if _post(act) else []


@tells(
    verbs.POSTED,
    "whose channel it stands in",
    sort=TALK,
    sentence=_("{actor} says something in your Talk: {subject}"),
    why=_("You are in the team"),
)
def whose_channel_it_stands_in(act: Act) -> Iterable[int]:
    """The team, of what others say to it; what one of them says there they need not be told."""
    post = _post(act)
    if post is None or post.channel_id is None or post.channel_id == post.brand_id:
        return []
    return Member.objects.filter(brand=post.channel_id).values_list("person_id", flat=True)


def _post(act: Act) -> Post | None:
    return Post.objects.filter(pk=act.subject_id, state=Post.STANDS).first()
