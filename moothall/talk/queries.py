"""Which comments can be seen, in which order, and by what they are found; what posts share with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from moothall.core import clock, hot, kinds, pictures, search, text
from moothall.core.kinds import Card, Doc, Inside
from moothall.people import queries as people
from moothall.people.models import Member, Profile

from .models import Comment, Mention, Post, PostMention, Said

pictures.keep_back(Comment, ~Q(state=Comment.STANDS))
pictures.keep_back(Post, ~Q(state=Post.STANDS))
Viewer = Profile | None
PAGE = 20  # comments on a page, and the answers of one on its own page
FIRST = 5  # answers shown with each
UNDO = timedelta(days=1)  # for so long one brings back what one took back; then its words are forgotten


def standing(viewer: Viewer) -> Q:
    """Comments that stand, of people not parted from the viewer, and not in answer to one who is; whether their
    subject may be seen is asked of its kind."""
    return Q(state=Comment.STANDS) & people.seen(viewer, "by") & people.seen(viewer, "parent__by")


def _kept(viewer: Viewer, since: datetime | None) -> Q:
    """What keeps its place by itself: what stands, what a steward removed, and what the viewer took back themselves
    since a moment."""
    kept = Q(state=Comment.STANDS) | Q(state=Comment.HIDDEN)
    if viewer is not None and since is not None:
        kept |= Q(state=Comment.WITHDRAWN, by=viewer, withdrawn__gt=since)
    return kept & people.seen(viewer, "by")


def _shown(viewer: Viewer, since: datetime | None) -> Q:
    """The same; and what was taken back, where an answer to it is shown."""
    answered = Exists(Comment.objects.filter(_kept(viewer, since), parent=OuterRef("pk")))
    return _kept(viewer, since) | (Q(answered, state=Comment.WITHDRAWN, live__gt=0) & people.seen(viewer, "by"))


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return {row.pk for row in _visible(viewer, ids)}


def _visible(viewer: Viewer, ids: Iterable[int]) -> list[Comment]:
    """Those whose subject the viewer may open, too; one query for them and those of each kind of subject."""
    rows = list(_for(viewer, Comment.objects.filter(standing(viewer), pk__in=list(ids))))
    seen = {
        (kind, id)
        for kind, wanted in _by_kind(rows).items()
        for id in kinds.openable(kind, viewer, wanted)
        if kinds.may_talk(kind)
    }
    return [row for row in rows if (row.subject_kind, row.subject_id) in seen]


def visible_to(viewer: Viewer, public: str) -> Comment | None:
    """The comment of this name, if it stands and the viewer may see it."""
    ids = Comment.objects.filter(public=public).values_list("pk", flat=True)
    return next(iter(_visible(viewer, ids)), None)


def placed(viewer: Viewer, public: str) -> Comment | None:
    """The comment of this name where it keeps its place, though it may not stand any more; its subject may be seen."""
    shown = _shown(viewer, _undone_since(viewer)) & people.seen(viewer, "parent__by")
    found = _for(viewer, Comment.objects.filter(shown, public=public)).first()
    if found is None or not kinds.may_talk(found.subject_kind):
        return None
    return found if kinds.openable(found.subject_kind, viewer, [found.subject_id]) else None


def root_of(viewer: Viewer, comment: Comment) -> Comment | None:
    """What the comment answers, or itself; whatever became of it, unless its author is parted from the viewer."""
    if comment.parent_id is None:
        return comment
    rows = Comment.objects.filter(people.seen(viewer, "by"), pk=comment.parent_id)
    return _for(viewer, rows).first()


def own(person: Profile) -> QuerySet[Comment]:
    return _with_faces(Comment.objects.filter(by=person))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as what they are about. One query, and those of each kind of subject's cards."""
    rows = list(_for(viewer, Comment.objects.filter(standing(viewer), pk__in=list(ids))))
    about = {kind: _about(viewer, kind, wanted) for kind, wanted in _by_kind(rows).items() if kinds.may_talk(kind)}
    return {
        row.pk: Card(card.title, address(row), "talk/_comment.html", row)
        for row in rows
        if (card := about.get(row.subject_kind, {}).get(row.subject_id))
    }


def _about(viewer: Viewer, kind: str, ids: set[int]) -> Mapping[int, Card]:
    """Cards of what comments are about; of what can be opened though no list shows it, its name and address."""
    found = dict(kinds.cards(kind, viewer, ids))
    rest = kinds.openable(kind, viewer, ids - set(found)) if len(found) < len(ids) else set()
    if rest:
        found |= {id: Card(one.title, one.address) for id, one in kinds.inside(kind, rest).items()}
    return found


def _by_kind(rows: Iterable[Comment]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row.subject_kind, set()).add(row.subject_id)
    return found


def address(comment: Comment) -> str:
    return f"/comments/{comment.public}"


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    """Of all that stand, whatever has become of what they are about: whoever finds one is asked whether they may see
    that, and when it comes back nobody has to think of its comments."""
    rows = Comment.objects.filter(standing(None), pk__in=list(ids)).select_related("by")
    return {row.pk: Doc(text.words(row.words, 80), {search.SIDE: row.by.name, search.BODY: row.words}) for row in rows}


def all_ids() -> Iterable[int]:
    return Comment.objects.order_by("pk").values_list("pk", flat=True)


def named(public: str) -> int | None:
    return Comment.objects.filter(public=public).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns the brands that its subject concerns."""
    rows = list(Comment.objects.filter(pk__in=list(ids)).select_related("picture"))
    about = {kind: kinds.inside(kind, wanted) for kind, wanted in _by_kind(rows).items()}
    found = {}
    for row in rows:
        subject = about[row.subject_kind].get(row.subject_id)
        found[row.pk] = Inside(
            title=subject.title if subject else "",
            address=address(row),
            name=row.public,
            owner=row.by_id,
            brands=subject.brands if subject else (),
            words=row.words,
            picture=row.picture.shown() if row.picture else None,
            gone=row.state == Comment.WITHDRAWN,
        )
    return found


# ---- what is said under a thing


def roots(viewer: Viewer, kind: str, id: int) -> QuerySet[Comment]:
    """What is said under a thing, the newest first."""
    return _roots(viewer, kind, id, _undone_since(viewer))


def said(viewer: Viewer, kind: str, id: int, *, since: str = "") -> tuple[list[Comment], list[Comment]]:
    """What is said under a thing, the newest first, from the one of this public name on where one is given: a page of
    it and one more; and the first answers to those, the oldest first. One query."""
    now = _undone_since(viewer)
    rows = _said_since(viewer, kind, id, now, since) if since else _said(viewer, kind, id, now)
    found = [row for row in rows if row.parent_id is None]
    under = [row for row in rows if row.parent_id is not None]
    return sorted(found, key=lambda row: -row.pk), sorted(under, key=lambda row: (row.parent_id or 0, row.nth))


@hot.read
def _said(viewer: Viewer, kind: str, id: int, now: datetime | None) -> tuple[QuerySet[Comment], ...]:
    return _with_answers(viewer, _roots(viewer, kind, id, now), now)


@hot.read
def _said_since(viewer: Viewer, kind: str, id: int, now: datetime | None, since: str) -> tuple[QuerySet[Comment], ...]:
    first = Subquery(Comment.objects.filter(public=since).values("pk")[:1])
    return _with_answers(viewer, _roots(viewer, kind, id, now).filter(pk__lte=first), now)


def _roots(viewer: Viewer, kind: str, id: int, now: datetime | None) -> QuerySet[Comment]:
    rows = Comment.objects.filter(_shown(viewer, now), subject_kind=kind, subject_id=id, parent=None)
    return _for(viewer, rows, now).order_by("-pk")


def _with_answers(viewer: Viewer, rows: QuerySet[Comment], now: datetime | None) -> tuple[QuerySet[Comment], ...]:
    """Two questions, of which each goes by an index of its own."""
    page = rows[: PAGE + 1]
    asked = rows.order_by("-pk").values("pk")[:PAGE]
    return page, _answers(viewer, now).filter(parent__in=asked, nth__lte=FIRST)


def answers(viewer: Viewer, of: Sequence[Comment], *, after: int = 0, most: int = FIRST) -> list[Comment]:
    """To each of these comments the answers numbered from `after` on, as far as they may be seen, the oldest first; of
    each so many numbers at most."""
    asked = [one.pk for one in of if one.answers > after]
    if not asked:
        return []
    rows = _answers(viewer, _undone_since(viewer)).filter(parent__in=asked, nth__gt=after, nth__lte=after + most)
    return list(rows.order_by("parent", "nth"))


def _answers(viewer: Viewer, now: datetime | None) -> QuerySet[Comment]:
    return _for(viewer, Comment.objects.filter(_shown(viewer, now)), now)


def _undone_since(viewer: Viewer) -> datetime | None:
    """What the viewer took back since then they may bring back; strangers take nothing back."""
    return None if viewer is None else clock.now() - UNDO


def _for(viewer: Viewer, rows: QuerySet[Comment], since: datetime | None = None) -> QuerySet[Comment]:
    """With how the viewer reacted (`mine`), whether they may see the brand of whose team it was said (`brand_seen`),
    and the number of the last answer to it that they are shown (`last`)."""
    under = Comment.objects.filter(_kept(viewer, since or _undone_since(viewer)), parent=OuterRef("pk"))
    last = Subquery(under.order_by("-nth").values("nth")[:1])
    return _with_faces(rows.annotate(**found_by(viewer, Comment), last=last))


def found_by(viewer: Viewer, model: type[Said]) -> dict[str, Any]:
    """How the viewer reacted (`mine`), and whether they may see the brand of whose team it was said (`brand_seen`)."""
    mine = model.reactions._default_manager.filter(**{model.kind: OuterRef("pk")}, person=viewer).values("sort")[:1]
    seen = Profile.objects.filter(people.seen(viewer), pk=OuterRef("brand"))
    return {"mine": Subquery(mine) if viewer else Value(""), "brand_seen": Exists(seen)}


def _with_faces(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("by", "by__portrait", "brand", "picture", "parent")


def people_named(viewer: Viewer, said: Iterable[Said]) -> dict[int, dict[str, str]]:
    """By the id of each comment, or of each post: who is called by name there and may be seen, by what they were
    called, and where they are."""
    calling = [one for one in said if "@" in one.words]
    found: dict[int, dict[str, str]] = {}
    for id, handle, now in _NAMED[calling[0].kind](viewer, [one.pk for one in calling]) if calling else ():
        found.setdefault(id, {})[handle] = f"/@{now}"
    return found


@hot.read
def _named_in_comments(viewer: Viewer, ids: Sequence[int]) -> QuerySet[Mention, tuple[int, str, str | None]]:
    rows = Mention.objects.filter(people.seen(viewer, "person"), comment__in=ids)
    return rows.values_list("comment_id", "handle", "person__handle")


@hot.read
def _named_in_posts(viewer: Viewer, ids: Sequence[int]) -> QuerySet[PostMention, tuple[int, str, str | None]]:
    rows = PostMention.objects.filter(people.seen(viewer, "person"), post__in=ids)
    return rows.values_list("post_id", "handle", "person__handle")


_NAMED = {Comment.kind: _named_in_comments, Post.kind: _named_in_posts}


def team_of(person: Profile, concerned: Collection[int]) -> Profile | None:
    """The brand for whose team somebody speaks: one that the subject concerns, else their first."""
    teams = Member.objects.filter(person=person, brand__gone=None).select_related("brand").order_by("since", "pk")
    brands = [one.brand for one in teams]
    return next((one for one in brands if one.pk in concerned), brands[0] if brands else None)


def counts(viewer: Viewer, kind: str, ids: Sequence[int]) -> dict[int, int]:
    """How many comments stand under each of these things, as far as the viewer may see them. One query."""
    found: dict[int, int] = {}
    for id, number in _counted(viewer, kind, ids) if ids else ():
        found[id] = found.get(id, 0) + number
    return found


@hot.read
def _counted(viewer: Viewer, kind: str, ids: Sequence[int]) -> tuple[QuerySet[Comment, tuple[int, int]], ...]:
    """What is said and the answers to it, each counted by an index of its own."""
    said = Comment.objects.filter(standing(viewer), subject_kind=kind, subject_id__in=ids, parent=None)
    about = {"parent__subject_kind": kind, "parent__subject_id__in": ids, "parent__parent": None}
    under = Comment.objects.filter(standing(viewer), **about)
    return tuple(
        rows.values(id_=F(column)).annotate(number=Count("pk")).values_list("id_", "number")
        for rows, column in ((said, "subject_id"), (under, "parent__subject_id"))
    )
