"""Which comments can be seen, in which order, and by what they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from moothall.core import clock, kinds, search, text
from moothall.core.kinds import Card, Doc, Inside
from moothall.people import queries as people
from moothall.people.models import Member, Profile

from .models import Comment, Mention, Reaction

Viewer = Profile | None
PAGE = 20  # comments on a page, and the answers of one on its own page
FIRST = 5  # answers shown with each
UNDO = timedelta(days=1)  # for so long one brings back what one took back; then its words are forgotten


def standing(viewer: Viewer) -> Q:
    """Comments that stand, of people not parted from the viewer, and not in answer to one who is; whether their
    subject may be seen is asked of its kind."""
    return Q(state=Comment.STANDS) & people.seen(viewer, "by") & people.seen(viewer, "parent__by")


def _shown(viewer: Viewer) -> Q:
    """What a place is kept for: what stands, what a steward removed, what was taken back but was answered, and for a
    day what the viewer took back themselves."""
    shown = Q(state=Comment.STANDS) | Q(state=Comment.HIDDEN) | Q(state=Comment.WITHDRAWN, live__gt=0)
    if viewer is not None:
        shown |= Q(state=Comment.WITHDRAWN, by=viewer, withdrawn__gt=clock.now() - UNDO)
    return shown & people.seen(viewer, "by")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return {row.pk for row in _visible(viewer, ids)}


def _visible(viewer: Viewer, ids: Iterable[int]) -> list[Comment]:
    """Those whose subject the viewer may see, too; one query for them and those of each kind of subject."""
    rows = list(_for(viewer, Comment.objects.filter(standing(viewer), pk__in=list(ids))))
    seen = {
        (kind, id)
        for kind, wanted in _by_kind(rows).items()
        for id in kinds.visible(kind, viewer, wanted)
        if kinds.may_talk(kind)
    }
    return [row for row in rows if (row.subject_kind, row.subject_id) in seen]


def visible_to(viewer: Viewer, public: str) -> Comment | None:
    """The comment of this name, if it stands and the viewer may see it."""
    ids = Comment.objects.filter(public=public).values_list("pk", flat=True)
    return next(iter(_visible(viewer, ids)), None)


def placed(viewer: Viewer, public: str) -> Comment | None:
    """The comment of this name where it keeps its place, though it may not stand any more; its subject may be seen."""
    rows = _for(viewer, Comment.objects.filter(_shown(viewer), people.seen(viewer, "parent__by"), public=public))
    found = rows.first()
    if found is None or not kinds.may_talk(found.subject_kind):
        return None
    return found if kinds.visible(found.subject_kind, viewer, [found.subject_id]) else None


def root_of(viewer: Viewer, comment: Comment) -> Comment | None:
    """What the comment answers, or itself; whatever became of it, unless its author is parted from the viewer."""
    if comment.parent_id is None:
        return comment
    rows = Comment.objects.filter(people.seen(viewer, "by"), pk=comment.parent_id)
    return _for(viewer, rows).first()


def own(person: Profile) -> QuerySet[Comment]:
    return _with_faces(Comment.objects.filter(by=person))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as what they are about. Two queries, and those of each kind of subject's cards."""
    rows = list(_for(viewer, Comment.objects.filter(standing(viewer), pk__in=list(ids))))
    about = {kind: kinds.cards(kind, viewer, wanted) for kind, wanted in _by_kind(rows).items() if kinds.may_talk(kind)}
    return {
        row.pk: Card(card.title, address(row), "talk/_comment.html", row)
        for row in rows
        if (card := about.get(row.subject_kind, {}).get(row.subject_id))
    }


def _by_kind(rows: Iterable[Comment]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row.subject_kind, set()).add(row.subject_id)
    return found


def address(comment: Comment) -> str:
    return f"/comments/{comment.public}"


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    return {
        row.pk: Doc(text.words(row.words, 80), {search.SIDE: row.by.name, search.BODY: row.words})
        for row in _visible(None, ids)
    }


def all_ids() -> Iterable[int]:
    return Comment.objects.order_by("pk").values_list("pk", flat=True)


def named(public: str) -> int | None:
    return Comment.objects.filter(public=public).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns the brand that its subject concerns."""
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
            brand=subject.brand if subject else None,
            words=row.words,
            picture=row.picture.shown() if row.picture else None,
            gone=row.state == Comment.WITHDRAWN,
        )
    return found


# ---- what is said under a thing


def roots(viewer: Viewer, kind: str, id: int, *, since: str = "") -> QuerySet[Comment]:
    """What is said under a thing, the newest first; from the one of this public name on, where one is given."""
    rows = Comment.objects.filter(_shown(viewer), subject_kind=kind, subject_id=id, parent=None)
    if since:
        rows = rows.filter(pk__lte=Subquery(Comment.objects.filter(public=since).values("pk")[:1]))
    return _for(viewer, rows).order_by("-pk")


def answers(viewer: Viewer, of: Sequence[Comment], *, after: int = 0, most: int = FIRST) -> list[Comment]:
    """To each of these comments the answers numbered from `after` on, as far as they may be seen, the oldest first; of
    each so many numbers at most."""
    asked = [one.pk for one in of if one.answers > after]
    if not asked:
        return []
    rows = Comment.objects.filter(_shown(viewer), parent__in=asked, nth__gt=after, nth__lte=after + most)
    return list(_for(viewer, rows).order_by("parent", "nth"))


def _for(viewer: Viewer, rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """With how the viewer reacted (`mine`), and whether they may see the brand of whose team it was said
    (`brand_seen`)."""
    mine = Reaction.objects.filter(comment=OuterRef("pk"), person=viewer).values("sort")[:1]
    seen = Profile.objects.filter(people.seen(viewer), pk=OuterRef("brand"))
    return _with_faces(rows.annotate(mine=Subquery(mine) if viewer else Value(""), brand_seen=Exists(seen)))


def _with_faces(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("by", "by__portrait", "brand", "picture", "parent")


def people_named(viewer: Viewer, comments: Iterable[Comment]) -> dict[int, dict[str, str]]:
    """By the comment's id: who is called by name there and may be seen, by what they were called, and where they
    are."""
    asked = [one.pk for one in comments if "@" in one.words]
    found: dict[int, dict[str, str]] = {}
    if not asked:
        return found
    rows = Mention.objects.filter(people.seen(viewer, "person"), comment__in=asked)
    for comment, handle, now in rows.values_list("comment_id", "handle", "person__handle"):
        found.setdefault(comment, {})[handle] = f"/@{now}"
    return found


def team_of(person: Profile, brand: int | None) -> Profile | None:
    """The brand for whose team somebody speaks: that which the subject concerns, else their first."""
    teams = Member.objects.filter(person=person, brand__gone=None).select_related("brand").order_by("since", "pk")
    brands = [one.brand for one in teams]
    return next((one for one in brands if one.pk == brand), brands[0] if brands else None)
