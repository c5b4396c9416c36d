"""Which polls can be seen, and what was answered, counted. Who said what is asked for its own person only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from moothall.core import kinds
from moothall.core.keeping import kept
from moothall.core.kinds import Card, Inside
from moothall.people import queries as people
from moothall.people.models import Profile

from .models import OPTIONS, PRICE, RANKED, Answer, Choice, Pick, Poll
from .pricing import Answered, reckon
from .runoff import Runoff, run_off

Viewer = Profile | None
PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A poll as a card shows it: with what it is about."""

    poll: Poll
    about: Card


@dataclass(frozen=True, slots=True)
class Results:
    """What was answered, by the sort of poll: how many chose each, in the order of the choices; the run-off; or the
    prices."""

    counts: tuple[int, ...] = ()
    runoff: Runoff | None = None
    prices: Answered | None = None


def seen(viewer: Viewer) -> Q:
    """Polls that stand, and were not asked by somebody who is parted from the viewer; whether their subject may be seen
    is asked of its kind, and of a brand's poll no more is asked than that."""
    return Q(withdrawn=None, hidden=None) & (Q(brand__isnull=False) | people.seen(viewer, "by"))


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(shown(viewer, Poll.objects.filter(pk__in=list(ids))))


def shown(viewer: Viewer, rows: QuerySet[Poll]) -> dict[int, Shown]:
    """Those of these that the viewer may see, with what they are about; one query, and those of each kind of subject's
    cards. Each says whether it is answered by the viewer (`is_mine`)."""
    found = list(_for(viewer, rows))
    wanted: dict[str, set[int]] = {}
    for row in found:
        wanted.setdefault(row.subject_kind, set()).add(row.subject_id)
    cards = {kind: kinds.cards(kind, viewer, ids) for kind, ids in wanted.items() if kinds.polled(kind)}
    return {
        row.pk: Shown(row, card)
        for row in found
        if (card := cards.get(row.subject_kind, {}).get(row.subject_id)) is not None
    }


def _for(viewer: Viewer, rows: QuerySet[Poll]) -> QuerySet[Poll]:
    mine = Exists(Answer.objects.filter(poll=OuterRef("pk"), person=viewer)) if viewer else Value(False)
    return (
        rows.filter(seen(viewer))
        .select_related("by", "by__portrait", "brand", "brand__portrait")
        .annotate(is_mine=mine)
    )


def opened(viewer: Viewer, public: str) -> Shown | None:
    """The poll of this name, if the viewer may see it."""
    return next(iter(shown(viewer, Poll.objects.filter(public=public)).values()), None)


def on(viewer: Viewer, kind: str, id: int) -> QuerySet[Poll]:
    """Polls on a thing that the viewer was found to see, the newest first."""
    return _for(viewer, Poll.objects.filter(subject_kind=kind, subject_id=id)).order_by("-pk")


def price_question(viewer: Viewer, kind: str, id: int) -> Poll | None:
    """The newest price question on a thing that the viewer was found to see, once somebody answered it."""
    return on(viewer, kind, id).filter(sort=PRICE, answers__gt=0).first()


def may_ask(person: Viewer, kind: str, id: int) -> bool:
    rules = kinds.polled(kind)
    return rules is not None and person is not None and rules.may_ask(person, id)


def is_party(person: Viewer, poll: Poll) -> bool:
    """Whether what they would pay is no evidence, as they lead, judge or sell what it is about."""
    rules = kinds.polled(poll.subject_kind)
    return poll.sort == PRICE and rules is not None and person is not None and rules.is_party(person, poll.subject_id)


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    found = shown(viewer, Poll.objects.filter(pk__in=list(ids)))
    return {pk: Card(one.poll.question, address(one.poll), "polls/_poll.html", one) for pk, one in found.items()}


def address(poll: Poll) -> str:
    return f"/polls/{poll.public}"


def named(public: str) -> int | None:
    return Poll.objects.filter(public=public).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """It concerns the brand that its subject concerns."""
    rows = list(Poll.objects.filter(pk__in=list(ids)))
    words = _words_of(rows)
    about: dict[tuple[str, int], Inside] = {}
    for kind in {row.subject_kind for row in rows}:
        found = kinds.inside(kind, [row.subject_id for row in rows if row.subject_kind == kind])
        about |= {(kind, id): one for id, one in found.items()}
    return {
        row.pk: Inside(
            title=row.question,
            address=address(row),
            name=row.public,
            owner=row.by_id,
            brands=subject.brands if (subject := about.get((row.subject_kind, row.subject_id))) else (),
            words="\n\n".join(filter(None, [row.words, "\n".join(words[row.pk])])),
            gone=row.withdrawn is not None,
        )
        for row in rows
    }


def _words_of(rows: Sequence[Poll]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {row.pk: [] for row in rows}
    currency = {row.pk: row.currency for row in rows}
    for one in Choice.objects.filter(poll__in=found).order_by("position"):
        found[one.poll_id].append(one.said(currency[one.poll_id]))
    return found


# ---- what was answered


def choices_of(poll: Poll) -> list[Choice]:
    return list(Choice.objects.filter(poll=poll).order_by("position"))


def picks_of(person: Viewer, poll: Poll) -> list[Pick]:
    """What the person themselves said: of ranked choices the best first."""
    if person is None:
        return []
    rows = Pick.objects.filter(answer__poll=poll, answer__person=person).select_related("choice")
    return list(rows.order_by("place", "choice__position"))


def results(poll: Poll, choices: Sequence[Choice]) -> Results:
    """Whether it is time to show them is asked elsewhere (`panels`). Reckoned once for each change of what was
    answered; inside of a transaction, which may yet come to nothing, each time."""
    if connection.in_atomic_block:
        return _counted(poll, choices)
    return kept(("poll", poll.public, poll.turn), lambda: _counted(poll, choices))


def _counted(poll: Poll, choices: Sequence[Choice]) -> Results:
    picks = Pick.objects.filter(answer__poll=poll)
    number = {one.pk: place for place, one in enumerate(choices)}
    if poll.sort == OPTIONS:
        rows = dict(picks.order_by().values_list("choice").annotate(n=Count("pk")))
        return Results(counts=tuple(rows.get(one.pk, 0) for one in choices))
    said: dict[int, list[tuple[int, bool]]] = {}
    for answer, choice, yes in picks.order_by("place", "choice__position").values_list("answer", "choice", "yes"):
        said.setdefault(answer, []).append((number[choice], bool(yes)))
    if poll.sort == RANKED:
        ballots = Counter(tuple(place for place, _yes in one) for one in said.values())
        return Results(runoff=run_off(len(choices), ballots))
    patterns = Counter(tuple(yes for _place, yes in one) for one in said.values())
    return Results(prices=reckon([one.price or 0 for one in choices], patterns))
