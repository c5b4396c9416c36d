"""Comments: what people say under a thing, and in answer to each other there."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, kinds, search
from moothall.core.models import Picture
from moothall.core.refusals import NotAllowed
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Comment
from . import saying


@transaction.atomic
def say(*, by: Profile, kind: str, id: int, words: str, picture: Picture | None = None) -> Comment:
    """Comment on a thing that one may see. The same words again within ten minutes are the same comment, unless another
    picture comes with them. Refuses what is empty or too long, too many addresses, and more than a day's measure."""
    if by.sort != PERSON or not _may_say(by, kind, id):
        raise NotAllowed(_("You cannot say anything here."))
    return _once(Comment(by=by, subject_kind=kind, subject_id=id, words=saying.checked(by, words), picture=picture))


@transaction.atomic
def answer(*, by: Profile, to: Comment, words: str, picture: Picture | None = None) -> Comment:
    """Answer a comment that one may see; an answer to an answer goes to what that one answers. Pressed twice is once,
    as with `say`; the same words to somebody else are another answer."""
    may = queries.visible_ids(by, [to.pk]) and _may_say(by, to.subject_kind, to.subject_id)
    if by.sort != PERSON or not may:
        raise NotAllowed(_("You cannot answer this."))
    about = {"subject_kind": to.subject_kind, "subject_id": to.subject_id, "parent_id": to.parent_id or to.pk}
    return _once(Comment(by=by, to=to, words=saying.checked(by, words), picture=picture, **about))


@transaction.atomic
def edit(*, by: Profile, comment: Comment, words: str) -> Comment:
    """Say it in other words; that it was changed stands beside it. Who is newly called by name is told."""
    saying.reword(by, comment, words)
    return comment


@transaction.atomic
def show(*, by: Profile, comment: Comment, picture: Picture | None) -> None:
    """Put a picture to one's comment, in place of what it had, or take it away; that it was changed stands beside
    it."""
    saying.picture(by, comment, picture=picture)


@transaction.atomic
def withdraw(*, by: Profile, comment: Comment) -> None:
    """Take one's comment back. Twice is once."""
    saying.take_back(by, comment)


@transaction.atomic
def bring_back(*, by: Profile, comment: Comment) -> None:
    """Undo having taken it back, within a day."""
    saying.bring_back(by, comment)


@transaction.atomic
def react(*, by: Profile, comment: Comment, sort: str) -> None:
    """Say how one finds a comment, in one of three ways; said again it replaces what was said. Refuses one's own."""
    saying.react(by, comment, sort)


@transaction.atomic
def unreact(*, by: Profile, comment: Comment) -> None:
    """Take one's reaction back. Twice is once."""
    saying.unreact(by, comment)


def hide(id: int, reason: str) -> bool:
    """Remove a comment for this public reason, in the transaction of who decides and records it."""
    return saying.remove(Comment.objects.filter(pk=id).first(), reason)


def unhide(id: int) -> bool:
    return saying.restore(Comment.objects.filter(pk=id).first())


# ---- helpers


def _may_say(by: Profile, kind: str, id: int) -> bool:
    return kinds.may_talk(kind) and bool(kinds.visible(kind, by, [id]))


def _once(new: Comment) -> Comment:
    about = {"subject_kind": new.subject_kind, "subject_id": new.subject_id, "parent": new.parent_id, "to": new.to}
    return saying.once(new, Comment.objects.filter(**about), _write)


def _write(made: Comment) -> Comment:
    by, to = made.by, made.to
    about = kinds.inside(made.subject_kind, [made.subject_id]).get(made.subject_id)
    made.at, made.brand = clock.now(), queries.team_of(by, about.brands if about else ())
    if made.parent_id:
        root = Comment.objects.filter(pk=made.parent_id)
        root.update(answers=F("answers") + 1, live=F("live") + 1)
        made.nth = root.values_list("answers", flat=True).get()
    made.save()
    named = saying.name(by, made)
    record(verbs.MADE, by=by, on=made, to=to.by_id if to else None, named=named)
    search.touch(Comment.kind, [made.pk])
    return made
