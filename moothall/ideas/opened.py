"""All that the list of ideas and the page of one ask, in few questions however much there is. Everybody opens them: hot
reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from moothall.core import hot
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import Member, Profile

from . import queries, stages
from .gates import VOICES, Gate, Mark
from .models import Author, Backing, Contribution, Idea, Version
from .queries import SIZE, Support, Viewer, contributions_to, listed, openable, support_for
from .stages import with_making
from .voices import HEAVIEST, joined

LONG = 12  # contributions and versions shown on the idea's page; a link leads to the others
SHAPERS = 12  # shown of an idea
KIN = 24  # ideas begun from one, or merged into it, that its page shows


# ---- the list


def page_of_list(viewer: Viewer, stage: str, number: int) -> list[Idea]:
    """The ideas of one page (the first is 1), and one more where there is another; at one stage, or at any."""
    rows: list[Idea] = _page_of_list(stage if stage in stages.WAY else "", number)(viewer)
    return rows


@lru_cache(maxsize=1000)
def _page_of_list(stage: str, number: int) -> Any:
    start = (number - 1) * SIZE

    @hot.read
    def read(viewer: Viewer) -> QuerySet[Idea]:
        return stages.at(listed(viewer), stage)[start : start + SIZE + 1]

    return read


@hot.read
def drafts_of(viewer: Profile) -> QuerySet[Idea]:
    return queries.drafts_of(viewer)


# ---- the idea itself


@dataclass(slots=True)
class Opened:
    """An idea that the viewer may open; whether they are in a team that judges it; and their own voice, as it counts
    for the idea."""

    idea: Idea
    of_team: bool
    voice: Backing | None


def opened(viewer: Viewer, public: str) -> Opened | None:
    """By one query. The idea knows whether others were begun from it, and its brand's mark."""
    found = _opened(viewer, public)
    if not found:
        return None
    idea: Any = found[0]
    mine = idea.mine
    voice = None
    if viewer is not None and mine and idea.lead_id != viewer.pk:
        voice = Backing(person=viewer, idea_id=mine["idea"], level=mine["level"], price=mine["price"])
        voice.currency, voice.trust = mine["currency"], mine["trust"]
    return Opened(idea, bool(idea.of_team), voice)


@hot.read
def _opened(viewer: Viewer, public: str) -> QuerySet[Idea]:
    judging = Gate.objects.filter(idea=OuterRef(OuterRef("pk"))).exclude(state=Gate.WITHDRAWN).values("brand")
    mine = Member.objects.filter(Q(brand=OuterRef("brand")) | Q(brand__in=judging), person=viewer)
    below = Idea.objects.filter(forked_from=OuterRef("pk"))
    asked = Mark.objects.filter(brand=OuterRef("brand")).values("voices")[:1]
    rows = with_making(openable(viewer)).annotate(of_team=Exists(mine), has_forks=Exists(below), mine=_mine(viewer))
    return rows.annotate(mark=Coalesce(Subquery(asked), VOICES)).filter(public=public)


def _mine(viewer: Viewer) -> Subquery:
    """The viewer's voice as `voices` counts it: the strongest of what they said of it and of ideas merged into it; what
    they said of it since replaces what they had said of those."""
    counted = Idea.objects.filter(Q(pk=OuterRef(OuterRef("pk"))) | Q(into=OuterRef(OuterRef("pk")))).values("pk")
    since = Backing.objects.filter(idea=OuterRef(OuterRef("pk")), person=viewer, at__gte=OuterRef("idea__merged"))
    rows = Backing.objects.filter(Q(idea=OuterRef("pk")) | ~Exists(since), person=viewer, idea__in=counted)
    said = JSONObject(level=F("level"), price=F("price"), currency=F("currency"), idea=F("idea_id"), trust=F("trust"))
    return Subquery(rows.order_by(*HEAVIEST).values(said=said)[:1])


# ---- its versions and contributions


@hot.read
def newest_versions(idea: Idea) -> QuerySet[Version]:
    """The newest first, and one more than a page shows."""
    return Version.objects.filter(idea=idea).order_by("-number").only("number", "by", "note", "idea")[: LONG + 1]


def newest_contributions(idea: Idea, viewer: Viewer) -> list[Contribution]:
    """The newest first, and one more than a page shows."""
    return _of_merged_too(idea, viewer) if idea.joined else _contributions(idea, viewer)


@hot.read
def _contributions(idea: Idea, viewer: Viewer) -> QuerySet[Contribution]:
    return contributions_to(idea, viewer, joined=False)[: LONG + 1]


@hot.read
def _of_merged_too(idea: Idea, viewer: Viewer) -> QuerySet[Contribution]:
    return contributions_to(idea, viewer, joined=True)[: LONG + 1]


# ---- the people around it


@dataclass(slots=True)
class People:
    """Of the people and brands around an idea: those whom the viewer may see (a page says "somebody" of the others),
    those of them who lead it with its lead, whether the viewer is invited to, and the ids of those whose words its
    versions are, and whose those of the version are that it was begun from, the first first."""

    known: dict[int, Profile] = field(default_factory=dict)
    authors: list[Profile] = field(default_factory=list)
    invited: bool = False
    shapers: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)


def around(viewer: Viewer, idea: Idea, ids: Iterable[int | None]) -> People:
    """One query, with those of these ids."""
    wanted = sorted({id for id in ids if id is not None})
    rows = _around(viewer, idea, idea.forked_from_id or 0, idea.forked_number or 0, wanted)
    found = People()
    places: dict[str, dict[int, int]] = {"shaper": {}, "before": {}}
    for row in rows:
        one: Any = row
        if one.is_seen:
            found.known.setdefault(row.pk, row)
        if one.role in places:
            places[one.role][row.pk] = one.place
        elif one.role == Author.INVITED and viewer is not None and row.pk == viewer.pk:
            found.invited = True
        elif one.role == Author.STANDS and one.is_seen:
            found.authors.append(found.known[row.pk])
    found.authors.sort(key=lambda one: one.pk)
    for role, into in (("shaper", found.shapers), ("before", found.before)):
        into += sorted(places[role], key=lambda id: (places[role][id], id))
    return found


@hot.read
def _around(viewer: Viewer, idea: Idea, origin: int, until: int, ids: Sequence[int]) -> tuple[QuerySet[Profile], ...]:
    """One question for each way in: with an OR between them a database would look through all people there are."""
    is_seen = Case(When(people.seen(viewer), then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Profile.objects.annotate(is_seen=is_seen).select_related("portrait")
    asked = Author.objects.filter(idea=idea).exclude(state=Author.LEFT)
    state = Subquery(asked.filter(person=OuterRef("pk")).values("state")[:1])
    own = Version.objects.filter(idea=idea)
    older = Version.objects.filter(idea=origin, number__lte=until)
    nowhere = Value(0, output_field=IntegerField())
    return (
        rows.filter(pk__in=ids).annotate(role=Value(""), place=nowhere),
        rows.filter(pk__in=asked.values("person")).annotate(role=state, place=nowhere),
        rows.filter(pk__in=_first(own)).annotate(role=Value("shaper"), place=_place(own)),
        rows.filter(pk__in=_first(older)).annotate(role=Value("before"), place=_place(older)),
    )


def _first(versions: QuerySet[Version]) -> QuerySet[Version, Any]:
    return queries.shapers_in(versions).values("by")[:SHAPERS]


def _place(versions: QuerySet[Version]) -> Subquery:
    return Subquery(versions.filter(by=OuterRef("pk")).order_by("number").values("number")[:1])


# ---- ideas near it


def kin_of(idea: Idea, viewer: Viewer) -> list[Idea]:
    """What it was begun from, what it is merged into; then ideas begun from it, and those merged into it, the
    weightiest first. What was removed is none of them."""
    if not (idea.joined or idea.into_id or idea.forked_from_id or getattr(idea, "has_forks", True)):
        return []
    return _kin(idea, idea.into_id or 0, idea.forked_from_id or 0, viewer)


@hot.read
def _kin(idea: Idea, into: int, origin: int, viewer: Viewer) -> QuerySet[Idea]:
    above = Q(pk=into, stage=Idea.SHAPE) | Q(pk=origin, stage__in=(Idea.SHAPE, Idea.MERGED))
    below = Q(forked_from=idea, stage=Idea.SHAPE) | Q(into=idea)
    rows = Idea.objects.filter(above | below, people.seen(viewer, "lead"), hidden=None)
    first = Case(When(above, then=Value(0)), default=Value(1))
    return rows.select_related("lead", "lead__portrait").order_by(first, "-rank", "-id")[:KIN]


# ---- what stands behind it


def support_of(idea: Idea) -> Support:
    """With the price in the middle of those that people would pay."""
    found = support_for([idea])[idea.pk]
    if found.pays:
        middle = (found.pays - 1) // 2
        alone, together = _price_at(middle)
        prices: Any = together(idea.pk, idea.lead_id) if idea.joined else alone(idea)
        found.median = next((Money(price or 0, currency) for price, currency in prices), None)
    return found


@lru_cache(maxsize=1000)
def _price_at(place: int) -> tuple[Any, Any]:
    """What reads it of an idea, and of one with others merged into it."""

    def priced(rows: QuerySet[Backing]) -> QuerySet[Backing, Any]:
        paying = rows.filter(level=Backing.PAY).order_by("price")
        return paying.values_list("price", "currency")[place : place + 1]

    @hot.read
    def alone(idea: Idea) -> QuerySet[Backing, Any]:
        return priced(Backing.objects.filter(idea=idea))

    @hot.read
    def together(idea: int, lead: int) -> QuerySet[Backing, Any]:
        return priced(joined(idea, lead))

    return alone, together
