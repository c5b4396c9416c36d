"""What is said under a thing, as a part of the thing's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from moothall.core import prose

from . import queries
from .forms import CommentForm
from .models import Comment
from .queries import FIRST, PAGE, Viewer


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its words as HTML, the first answers to it, and whether there are more."""

    comment: Comment
    html: Markup
    answers: list[Thread] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said about a thing (its kind and its name in addresses), the newest first; `older` is the name of the
    comment from which the next page begins, or None; `since` that from which this one does."""

    kind: str
    name: str
    threads: list[Thread]
    older: str | None
    since: str
    form: CommentForm


def talk(viewer: Viewer, kind: str, id: int, name: str, *, since: str = "", form: CommentForm | None = None) -> Talk:
    """Of a thing that the viewer was found to see. Three queries, however much is said."""
    rows = list(queries.roots(viewer, kind, id, since=since)[: PAGE + 1])
    older = rows[PAGE].public if len(rows) > PAGE else None
    return Talk(kind, name, threads(viewer, rows[:PAGE]), older, since, form or CommentForm())


def threads(viewer: Viewer, roots: Sequence[Comment], *, after: int = 0, most: int = FIRST) -> list[Thread]:
    """Each with its answers from a number on. Two queries."""
    found: dict[int, list[Comment]] = {}
    rows = queries.answers(viewer, roots, after=after, most=most)
    for row in rows:
        found.setdefault(row.parent_id or 0, []).append(row)
    named = queries.people_named(viewer, [*roots, *rows])

    def thread(one: Comment, under: list[Thread], *, more: bool) -> Thread:
        return Thread(one, prose.as_html(one.words, named.get(one.pk, {})) if one.stands else Markup(), under, more)

    return [
        thread(root, [thread(one, [], more=False) for one in found.get(root.pk, [])], more=root.answers > after + most)
        for root in roots
    ]
