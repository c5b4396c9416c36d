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
    """A comment, where the names lead that it calls, the first answers to it, and whether there are more."""

    comment: Comment
    named: tuple[tuple[str, str], ...]
    answers: list[Thread] = field(default_factory=list)
    more: bool = False

    @property
    def html(self) -> Markup:
        return prose.as_html(self.comment.words, dict(self.named)) if self.comment.stands else Markup()


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
    """Of a thing that the viewer was found to see. Two queries, however much is said."""
    rows, answers = queries.said(viewer, kind, id, since=since)
    older = rows[PAGE].public if len(rows) > PAGE else None
    shown = _threads(viewer, rows[:PAGE], answers, FIRST)
    return Talk(kind, name, shown, older, since, form or CommentForm())


def threads(viewer: Viewer, roots: Sequence[Comment], *, after: int = 0, most: int = FIRST) -> list[Thread]:
    """Each with its answers from a number on. Two queries."""
    return _threads(viewer, roots, queries.answers(viewer, roots, after=after, most=most), after + most)


def _threads(viewer: Viewer, roots: Sequence[Comment], answers: Sequence[Comment], until: int) -> list[Thread]:
    """There is more where an answer that the viewer is shown has a number above `until`."""
    found: dict[int, list[Comment]] = {}
    for row in answers:
        found.setdefault(row.parent_id or 0, []).append(row)
    named = queries.people_named(viewer, [*roots, *answers])

    def thread(one: Comment, under: list[Thread], *, more: bool) -> Thread:
        return Thread(one, tuple(sorted(named.get(one.pk, {}).items())), under, more)

    return [
        thread(
            root,
            [thread(one, [], more=False) for one in found.get(root.pk, [])],
            more=(getattr(root, "last", None) or 0) > until,
        )
        for root in roots
    ]
