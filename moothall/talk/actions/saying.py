"""What posts and comments share: what may be said, once, and what its author and others may do with it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, kinds, prose, search, text
from moothall.core.models import Picture
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import newcomers
from moothall.people.models import BRAND, PERSON, Profile

from .. import queries, verbs
from ..models import Comment, Post, Reacted, Said

LONGEST = 4000
A_DAY, NEW_A_DAY = 100, 10  # posts, and comments, of one person; of one who is new
LINKS, NEW_LINKS = 20, 2  # addresses in one
EDITS_A_DAY = 50
REACTIONS_A_DAY = 300
MOST_NAMED = 10  # who are called by name in one
AGAIN = timedelta(minutes=10)  # the same words within it are the same
_ALWAYS = Q()
One = TypeVar("One", bound=Said)


def checked(by: Profile, words: str) -> str:
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


def once(new: One, like: QuerySet[One], write: Callable[[One], One]) -> One:
    """Write it, unless it was just sent: `like` are those said in the same place. Who sends twice at the same moment
    waits at the count and then finds what the first one wrote, also where that was the last of today."""
    try:
        newcomers.take(new.by, new.kind, new=NEW_A_DAY, known=A_DAY)
    except Refusal:
        before = _before(new, like)
        if before is None:
            raise
        return before
    return _before(new, like) or write(new)


def _before(new: One, like: QuerySet[One]) -> One | None:
    """The same that was said a short while ago; what comes without a picture may have got one since."""
    same = like.filter(by=new.by, state=Said.STANDS, at__gt=clock.now() - AGAIN)
    if new.picture is not None:
        same = same.filter(picture=new.picture)
    return next((one for one in same if one.words == new.words), None)


def name(by: Profile, said: Said) -> list[int]:
    """Keep who is called by name, ten at most, however often it is changed; gives who is new in it."""
    mentions = said.mentions._default_manager
    known = set(mentions.filter(**{said.kind: said}).values_list("person_id", flat=True))
    called = prose.names_in(said.words)[: MOST_NAMED * 2]
    if not called:
        return []
    seen = people.visible_to(by).filter(handle__in=called, sort__in=(PERSON, BRAND)).exclude(pk=by.pk)
    found = {one.handle: one for one in seen if one.pk not in known}
    new = [found[name] for name in called if name in found][: max(0, MOST_NAMED - len(known))]
    mentions.bulk_create(said.mentions(**{said.kind: said}, person=one, handle=one.handle or "") for one in new)
    return [one.pk for one in new if one.sort == PERSON]


def own(by: Profile, said: Said) -> None:
    if said.by_id != by.pk:
        raise NotAllowed(_("This is somebody else's."))


def reword(by: Profile, said: Said, words: str) -> None:
    own(by, said)
    words = checked(by, words)
    if words != said.words:
        change(by, said, words=words)
        record(verbs.OF[said.kind].edited, by=by, on=said, named=name(by, said))
        search.touch(said.kind, [said.pk])


def picture(by: Profile, said: Said, **columns: Picture | str | None) -> None:
    """Another picture, or none, with what belongs to it."""
    own(by, said)
    if any(getattr(said, column) != value for column, value in columns.items()):
        change(by, said, **columns)
        record(verbs.OF[said.kind].edited, by=by, on=said, named=[])
        search.touch(said.kind, [said.pk])


def change(by: Profile, said: Said, **columns: object) -> None:
    newcomers.take(by, f"edit {said.kind}", new=EDITS_A_DAY, known=EDITS_A_DAY)
    standing = _rows(said).filter(state=Said.STANDS)
    if not standing.update(edited=clock.now(), **columns):
        raise Refusal(_("It does not stand any more."))
    said.refresh_from_db(fields=["edited", *columns])


def take_back(by: Profile, said: Said) -> None:
    own(by, said)
    if move(said, Said.STANDS, Said.WITHDRAWN, withdrawn=clock.now()):
        record(verbs.OF[said.kind].withdrawn, by=by, on=said)


def bring_back(by: Profile, said: Said) -> None:
    own(by, said)
    in_time = Q(withdrawn__gt=clock.now() - queries.UNDO)
    if move(said, Said.WITHDRAWN, Said.STANDS, only=in_time, withdrawn=None):
        record(verbs.OF[said.kind].brought_back, by=by, on=said)
    elif _rows(said).filter(state=Said.WITHDRAWN).exists():
        raise Refusal(_("It was taken back more than a day ago, and its words are forgotten."))


def react(by: Profile, said: Said, sort: str) -> None:
    if by.sort != PERSON or not kinds.visible(said.kind, by, [said.pk]):
        raise NotAllowed(_("You cannot react to this."))
    if said.by_id == by.pk:
        raise Refusal(_("It is yours: what you think of it stands there."))
    if sort not in Reacted.SORTS:
        raise BadInput(_("Choose how you find it."), field="sort")
    before = _reaction(by, said)
    if before == sort:
        return
    newcomers.take(by, "react", new=REACTIONS_A_DAY, known=REACTIONS_A_DAY)
    whose: dict[str, Any] = {said.kind: said, "person": by}
    said.reactions._default_manager.update_or_create(**whose, defaults={"sort": sort, "at": clock.now()})
    counts = {sort: F(sort) + 1} | ({before: F(before) - 1} if before else {})
    _rows(said).update(**counts)
    record(verbs.OF[said.kind].reacted, by=by, on=said, sort=sort)


def unreact(by: Profile, said: Said) -> None:
    before = _reaction(by, said)
    if before:
        said.reactions._default_manager.filter(**{said.kind: said}, person=by).delete()
        _rows(said).update(**{before: F(before) - 1})
        record(verbs.OF[said.kind].unreacted, by=by, on=said)


def _reaction(by: Profile, said: Said) -> str | None:
    """What the person said of it before; who comes at the same moment waits here."""
    _rows(said).update(helpful=F("helpful"))
    found = said.reactions._default_manager.filter(**{said.kind: said}, person=by)
    return found.values_list("sort", flat=True).first()


def remove(said: Said | None, reason: str) -> bool:
    return said is not None and move(said, Said.STANDS, Said.HIDDEN, reason=reason)


def restore(said: Said | None) -> bool:
    return said is not None and move(said, Said.HIDDEN, Said.STANDS, reason="")


def move(said: Said, before: str, after: str, only: Q = _ALWAYS, **more: object) -> bool:
    """From one state to another, once; a parent counts which of its answers stand."""
    if not _rows(said).filter(only, state=before).update(state=after, **more):
        return False
    if isinstance(said, Comment) and said.parent_id:
        more_live = (after == Said.STANDS) - (before == Said.STANDS)
        Comment.objects.filter(pk=said.parent_id).update(live=F("live") + more_live)
    said.refresh_from_db(fields=["state", *more])
    search.touch(said.kind, [said.pk])
    return True


@transaction.atomic
def forget_withdrawn() -> int:
    """Forget the words and pictures of what was taken back more than a day ago; says of how many."""
    over = Q(state=Said.WITHDRAWN, withdrawn__lte=clock.now() - queries.UNDO) & ~Q(words="")
    comments = Comment.objects.filter(over).update(words="", picture=None)
    return comments + Post.objects.filter(over).update(words="", picture=None, alt="")


def _rows(said: Said) -> QuerySet[Said]:
    return type(said)._default_manager.filter(pk=said.pk)
