"""Which posts can be seen, in which order, and by what they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery
from markupsafe import Markup

from moothall.core import clock, prose, search, text
from moothall.core.kinds import Card, Doc, Inside
from moothall.people import queries as people
from moothall.people.models import Profile

from . import queries
from .models import Post
from .queries import Viewer

PAGE = 20
ON_A_CARD = 600  # letters; the rest stands on its own page


@dataclass(frozen=True, slots=True)
class Posted:
    """A post with its words as HTML, whether these are all of them, and how many comments on it the viewer sees."""

    post: Post
    html: Markup
    whole: bool
    comments: int

    @property
    def by(self) -> Profile:
        return self.post.by


def _here(viewer: Viewer) -> Q:
    """Of people not parted from the viewer, in the channel of no brand that is."""
    return people.seen(viewer, "by") & (Q(channel=None) | people.seen(viewer, "channel"))


def standing(viewer: Viewer) -> QuerySet[Post]:
    return _for(viewer, Post.objects.filter(_here(viewer), state=Post.STANDS))


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    rows = Post.objects.filter(_here(viewer), state=Post.STANDS, pk__in=list(ids))
    return set(rows.values_list("pk", flat=True))


def visible_to(viewer: Viewer, public: str) -> Post | None:
    """The post of this name, if it stands and the viewer may see it."""
    return standing(viewer).filter(public=public).first()


def placed(viewer: Viewer, public: str) -> Post | None:
    """The post of this name where it has a page: it stands, or a steward removed it, or the viewer took it back
    themselves within a day."""
    kept = Q(state=Post.STANDS) | Q(state=Post.HIDDEN)
    if viewer is not None:
        kept |= Q(state=Post.WITHDRAWN, by=viewer, withdrawn__gt=clock.now() - queries.UNDO)
    return _for(viewer, Post.objects.filter(kept, _here(viewer), public=public)).first()


def own(person: Profile) -> QuerySet[Post]:
    return _with_faces(Post.objects.filter(by=person))


def of(viewer: Viewer, person: Profile) -> QuerySet[Post]:
    """What a person said, the newest first, wherever it stands."""
    return standing(viewer).filter(by=person).order_by("-pk")


def inside_channel(viewer: Viewer, brand: Profile) -> QuerySet[Post]:
    """What stands in a brand's Talk channel, the newest first."""
    return standing(viewer).filter(channel=brand).order_by("-pk")


def page(rows: QuerySet[Post], since: str = "") -> tuple[list[Post], str | None]:
    """A page of what is given, from the post of this public name on where one is given; and the name of the first one
    of the next page."""
    if since:
        rows = rows.filter(pk__lte=Subquery(Post.objects.filter(public=since).values("pk")[:1]))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE].public if len(found) > PAGE else None


def _for(viewer: Viewer, rows: QuerySet[Post]) -> QuerySet[Post]:
    return _with_faces(rows.annotate(**queries.found_by(viewer, Post)))


def _with_faces(rows: QuerySet[Post]) -> QuerySet[Post]:
    return rows.select_related("by", "by__portrait", "brand", "channel", "picture")


def posted(viewer: Viewer, posts: Sequence[Post], *, most: int | None = None) -> list[Posted]:
    """Each as it is shown, of its words as many letters as are given. Two queries, however many there are."""
    named = queries.people_named(viewer, posts)
    counts = queries.counts(viewer, Post.kind, [one.pk for one in posts])

    def shown(one: Post) -> Posted:
        words = one.words if most is None else text.words(one.words, most)
        html = prose.as_html(words, named.get(one.pk, {})) if one.stands else Markup()
        return Posted(one, html, words == one.words, counts.get(one.pk, 0) if one.stands else 0)

    return [shown(one) for one in posts]


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called by their first words."""
    rows = posted(viewer, list(standing(viewer).filter(pk__in=list(ids))), most=ON_A_CARD)
    return {one.post.pk: Card(title(one.post), address(one.post), "talk/_post.html", one) for one in rows}


def title(post: Post) -> str:
    return text.words(" ".join(post.words.split()), 60)


def address(post: Post) -> str:
    return f"/posts/{post.public}"


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    rows = Post.objects.filter(_here(None), state=Post.STANDS, pk__in=list(ids)).select_related("by")
    return {row.pk: Doc(title(row), {search.SIDE: f"{row.by.name} {row.alt}", search.BODY: row.words}) for row in rows}


def all_ids() -> Iterable[int]:
    return Post.objects.order_by("pk").values_list("pk", flat=True)


def named(public: str) -> int | None:
    return Post.objects.filter(public=public).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns the brand in whose channel it stands, and the one of whose team its author spoke."""
    return {
        row.pk: Inside(
            title=title(row),
            address=address(row),
            name=row.public,
            owner=row.by_id,
            brands={brand for brand in (row.channel_id, row.brand_id) if brand},
            words=row.words,
            picture=row.picture.shown(row.alt) if row.picture else None,
            gone=row.state == Post.WITHDRAWN,
        )
        for row in Post.objects.filter(pk__in=list(ids)).select_related("picture")
    }
