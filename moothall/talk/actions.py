"""All that can be done with comments. The only writers of this app's tables."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, kinds, prose, search, text
from moothall.core.models import Picture
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import newcomers
from moothall.people.models import BRAND, PERSON, Profile

from . import queries, verbs
from .models import Comment, Mention, Reaction

LONGEST = 4000
A_DAY, NEW_A_DAY = 100, 10  # comments of one person; of one who is new
LINKS, NEW_LINKS = 20, 2  # addresses in a comment
EDITS_A_DAY = 50
REACTIONS_A_DAY = 300
MOST_NAMED = 10  # who are called by name in a comment
AGAIN = timedelta(minutes=10)  # the same words within it are the same comment
_ALWAYS = Q()


@transaction.atomic
def say(*, by: Profile, kind: str, id: int, words: str, picture: Picture | None = None) -> Comment:
    """Comment on a thing that one may see. The same words again within ten minutes are the same comment, unless another
    picture comes with them. Refuses what is empty or too long, too many addresses, and more than a day's measure."""
    if by.sort != PERSON or not _may_say(by, kind, id):
        raise NotAllowed(_("You cannot say anything here."))
    return _once(Comment(by=by, subject_kind=kind, subject_id=id, words=_said(by, words), picture=picture))


@transaction.atomic
def answer(*, by: Profile, to: Comment, words: str, picture: Picture | None = None) -> Comment:
    """Answer a comment that one may see; an answer to an answer goes to what that one answers. Pressed twice is once,
    as with `say`; the same words to somebody else are another answer."""
    may = queries.visible_ids(by, [to.pk]) and _may_say(by, to.subject_kind, to.subject_id)
    if by.sort != PERSON or not may:
        raise NotAllowed(_("You cannot answer this."))
    about = {"subject_kind": to.subject_kind, "subject_id": to.subject_id, "parent_id": to.parent_id or to.pk}
    return _once(Comment(by=by, to=to, words=_said(by, words), picture=picture, **about))


@transaction.atomic
def edit(*, by: Profile, comment: Comment, words: str) -> Comment:
    """Say it in other words; that it was changed stands beside it. Who is newly called by name is told."""
    _own(by, comment)
    words = _said(by, words)
    if words == comment.words:
        return comment
    _change(by, comment, words=words)
    record(verbs.EDITED, by=by, on=comment, named=_name(by, comment))
    search.touch(Comment.kind, [comment.pk])
    return comment


@transaction.atomic
def show(*, by: Profile, comment: Comment, picture: Picture | None) -> None:
    """Put a picture to one's comment, in place of what it had, or take it away; that it was changed stands beside
    it."""
    _own(by, comment)
    if comment.picture_id != (picture.pk if picture else None):
        _change(by, comment, picture=picture)
        record(verbs.EDITED, by=by, on=comment, named=[])


@transaction.atomic
def withdraw(*, by: Profile, comment: Comment) -> None:
    """Take one's comment back. Twice is once."""
    _own(by, comment)
    if _move(comment, Comment.STANDS, Comment.WITHDRAWN, withdrawn=clock.now()):
        record(verbs.WITHDRAWN, by=by, on=comment)


@transaction.atomic
def bring_back(*, by: Profile, comment: Comment) -> None:
    """Undo having taken it back, within a day."""
    _own(by, comment)
    in_time = Q(withdrawn__gt=clock.now() - queries.UNDO)
    if _move(comment, Comment.WITHDRAWN, Comment.STANDS, only=in_time, withdrawn=None):
        record(verbs.BROUGHT_BACK, by=by, on=comment)
    elif Comment.objects.filter(pk=comment.pk, state=Comment.WITHDRAWN).exists():
        raise Refusal(_("It was taken back more than a day ago, and its words are forgotten."))


@transaction.atomic
def react(*, by: Profile, comment: Comment, sort: str) -> None:
    """Say how one finds a comment, in one of three ways; said again it replaces what was said. Refuses one's own."""
    if by.sort != PERSON or not queries.visible_ids(by, [comment.pk]):
        raise NotAllowed(_("You cannot react to this."))
    if comment.by_id == by.pk:
        raise Refusal(_("It is yours: what you think of it stands there."))
    if sort not in Reaction.SORTS:
        raise BadInput(_("Choose how you find it."), field="sort")
    before = _reaction(by, comment)
    if before == sort:
        return
    newcomers.take(by, "react", new=REACTIONS_A_DAY, known=REACTIONS_A_DAY)
    Reaction.objects.update_or_create(comment=comment, person=by, defaults={"sort": sort, "at": clock.now()})
    counts = {sort: F(sort) + 1} | ({before: F(before) - 1} if before else {})
    Comment.objects.filter(pk=comment.pk).update(**counts)
    record(verbs.REACTED, by=by, on=comment, sort=sort)


@transaction.atomic
def unreact(*, by: Profile, comment: Comment) -> None:
    """Take one's reaction back. Twice is once."""
    before = _reaction(by, comment)
    if before:
        Reaction.objects.filter(comment=comment, person=by).delete()
        Comment.objects.filter(pk=comment.pk).update(**{before: F(before) - 1})
        record(verbs.UNREACTED, by=by, on=comment)


# ---- for who looks after the hall, and for the night


def hide(id: int, reason: str) -> bool:
    """Remove a comment for this public reason, in the transaction of who decides and records it."""
    comment = Comment.objects.filter(pk=id).first()
    return comment is not None and _move(comment, Comment.STANDS, Comment.HIDDEN, reason=reason)


def unhide(id: int) -> bool:
    comment = Comment.objects.filter(pk=id).first()
    return comment is not None and _move(comment, Comment.HIDDEN, Comment.STANDS, reason="")


@transaction.atomic
def forget_withdrawn() -> int:
    """Forget the words and pictures of what was taken back more than a day ago; says of how many."""
    over = Comment.objects.filter(state=Comment.WITHDRAWN, withdrawn__lte=clock.now() - queries.UNDO)
    return over.exclude(words="").update(words="", picture=None)


# ---- helpers


def _said(by: Profile, words: str) -> str:
    words = text.tidy(words, lines=True)
    if not words:
        raise BadInput(_("Say something."), field="words")
    if len(words) > LONGEST:
        raise BadInput(_("Four thousand letters at most."), field="words")
    is_new = newcomers.is_new(by)
    most = NEW_LINKS if is_new else LINKS
    if prose.addresses_in(words) > most:
        said = _("You are new here: %(most)s links at most.") if is_new else _("%(most)s links at most.")
        raise BadInput(said % {"most": most}, field="words")
    return words


def _may_say(by: Profile, kind: str, id: int) -> bool:
    return kinds.may_talk(kind) and bool(kinds.visible(kind, by, [id]))


def _once(new: Comment) -> Comment:
    """Write it, unless it was just sent. Who sends twice at the same moment waits at the count and then finds what the
    first one wrote, also where that was the last of today."""
    try:
        newcomers.take(new.by, "comment", new=NEW_A_DAY, known=A_DAY)
    except Refusal:
        before = _before(new)
        if before is None:
            raise
        return before
    return _before(new) or _write(new)


def _before(new: Comment) -> Comment | None:
    """The same that was said a short while ago; what comes without a picture may have got one since."""
    same = Comment.objects.filter(by=new.by, state=Comment.STANDS, at__gt=clock.now() - AGAIN, to=new.to)
    same = same.filter(parent=new.parent_id, subject_kind=new.subject_kind, subject_id=new.subject_id)
    if new.picture is not None:
        same = same.filter(picture=new.picture)
    return next((one for one in same if one.words == new.words), None)


def _write(made: Comment) -> Comment:
    by, to = made.by, made.to
    about = kinds.inside(made.subject_kind, [made.subject_id]).get(made.subject_id)
    made.at, made.brand = clock.now(), queries.team_of(by, about.brands if about else ())
    if made.parent_id:
        root = Comment.objects.filter(pk=made.parent_id)
        root.update(answers=F("answers") + 1, live=F("live") + 1)
        made.nth = root.values_list("answers", flat=True).get()
    made.save()
    named = _name(by, made)
    record(verbs.MADE, by=by, on=made, to=to.by_id if to else None, named=named)
    search.touch(Comment.kind, [made.pk])
    return made


def _name(by: Profile, comment: Comment) -> list[int]:
    """Keep who is called by name, ten at most in a comment, however often it is changed; gives who is new in it."""
    known = set(Mention.objects.filter(comment=comment).values_list("person_id", flat=True))
    called = prose.names_in(comment.words)[: MOST_NAMED * 2]
    if not called:
        return []
    seen = people.visible_to(by).filter(handle__in=called, sort__in=(PERSON, BRAND)).exclude(pk=by.pk)
    found = {one.handle: one for one in seen if one.pk not in known}
    new = [found[name] for name in called if name in found][: max(0, MOST_NAMED - len(known))]
    Mention.objects.bulk_create(Mention(comment=comment, person=one, handle=one.handle or "") for one in new)
    return [one.pk for one in new if one.sort == PERSON]


def _own(by: Profile, comment: Comment) -> None:
    if comment.by_id != by.pk:
        raise NotAllowed(_("This is somebody else's."))


def _change(by: Profile, comment: Comment, **columns: object) -> None:
    newcomers.take(by, "edit comment", new=EDITS_A_DAY, known=EDITS_A_DAY)
    standing = Comment.objects.filter(pk=comment.pk, state=Comment.STANDS)
    if not standing.update(edited=clock.now(), **columns):
        raise Refusal(_("It does not stand any more."))
    comment.refresh_from_db(fields=["edited", *columns])


def _move(comment: Comment, before: str, after: str, only: Q = _ALWAYS, **more: object) -> bool:
    """From one state to another, once; its parent counts which of its answers stand."""
    if not Comment.objects.filter(only, pk=comment.pk, state=before).update(state=after, **more):
        return False
    if comment.parent_id:
        more_live = (after == Comment.STANDS) - (before == Comment.STANDS)
        Comment.objects.filter(pk=comment.parent_id).update(live=F("live") + more_live)
    comment.refresh_from_db(fields=["state", *more])
    search.touch(Comment.kind, [comment.pk])
    return True


def _reaction(by: Profile, comment: Comment) -> str | None:
    """What the person said of it before; who comes at the same moment waits here."""
    Comment.objects.filter(pk=comment.pk).update(helpful=F("helpful"))
    return Reaction.objects.filter(comment=comment, person=by).values_list("sort", flat=True).first()
