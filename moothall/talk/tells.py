"""Whom comments tell: who is answered, who is called by name, and whose thing it is; each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import TALK, tells
from moothall.core import kinds
from moothall.people.models import PERSON, Profile

from . import verbs
from .models import Comment


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
