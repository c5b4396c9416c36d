"""What can be seen of gates, and what their sheets come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from moothall.catalog.models import Product
from moothall.core import hot
from moothall.core.kinds import Card
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import MAKER, OWNER, Member, Profile
from moothall.pools import queries as pools

from . import queries, viability
from .gates import DAYS, JUDGED, VOICES, Gate, Mark, Run, Sheet, day_of, today
from .models import Author, Backing, Idea, Version
from .stages import with_stage
from .voices import voices

Viewer = Profile | None
JUDGES = (OWNER, MAKER)
SIZE = 24
MORE = 5  # at least, who would pay after a no
ARGUMENTS = 24  # of other people, shown with a judgement


def may_judge(person: Viewer, brand: Profile) -> bool:
    return people.role_of(person, brand) in JUDGES


def mark_of(brand: Profile) -> Mark:
    return Mark.objects.filter(brand=brand).first() or Mark(brand=brand)


def gates(viewer: Viewer) -> QuerySet[Gate]:
    """Of ideas that the viewer may open, at brands that they may see; who leads an idea reads all of its."""
    return Gate.objects.filter(_open_to(viewer)).select_related("idea", "idea__lead", "brand")


def _open_to(viewer: Viewer, at: str = "") -> Q:
    shown = people.seen(viewer, f"{at}brand") | queries.own(viewer, f"{at}idea__")
    return queries.may_open(viewer, f"{at}idea__") & shown


@hot.read
def gates_of(idea: Idea) -> QuerySet[Gate]:
    """The newest first."""
    return Gate.objects.filter(idea=idea).select_related("brand").order_by("-id")


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(gates(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their idea."""
    return {row.pk: Card(str(row.idea), address(row)) for row in gates(viewer).filter(pk__in=list(ids))}


def address(gate: Gate) -> str:
    return f"/gates/{gate.public}"


def sheets_seen(viewer: Viewer) -> QuerySet[Sheet]:
    """What was published with a judgement, and the arguments of people who are not parted from the viewer; removed ones
    only who wrote them still reads."""
    stands = Q(hidden=None) | Q(by=viewer) if viewer else Q(hidden=None)
    told = Q(own=True, published__isnull=False) | (Q(own=False, ended=None) & stands & people.seen(viewer, "by"))
    rows = Sheet.objects.filter(told, _open_to(viewer, "gate__"))
    return rows.select_related("by", "by__portrait", "gate", "gate__idea", "gate__brand")


def visible_sheets(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(sheets_seen(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def sheet_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    rows = sheets_seen(viewer).filter(pk__in=list(ids))
    return {row.pk: Card(str(row.gate.idea), f"/sheets/{row.public}") for row in rows}


def own_sheet(gate: Gate) -> Sheet | None:
    """The brand's own, a draft too: for its team."""
    return Sheet.objects.filter(gate=gate, own=True).first()


def last_sheet(gate: Gate) -> Sheet | None:
    """What the brand reckoned with when it judged this idea before."""
    rows = Sheet.objects.filter(gate__idea=gate.idea_id, gate__brand=gate.brand_id, own=True).exclude(gate=gate)
    return rows.order_by("-id").first()


def runs_of(sheets: Iterable[Sheet]) -> dict[int, list[Run]]:
    """The smallest first, by the sheet's id; one query however many they are."""
    found: dict[int, list[Run]] = {sheet.pk: [] for sheet in sheets}
    for run in Run.objects.filter(sheet__in=found).order_by("pieces"):
        found[run.sheet_id].append(run)
    return found


@dataclass(frozen=True, slots=True)
class Again:
    """When an idea that a brand said no to comes to its gate again: when so many would pay (`asked`), from that day on,
    if its lead says so."""

    asked: int
    day: date
    pays: int

    @property
    def is_enough(self) -> bool:
        return self.pays >= self.asked and self.day <= today()


def again(gate: Gate) -> Again:
    """As many more would pay than when it was judged as a quarter of the brand's mark, five at least, and four weeks
    have passed."""
    more = max(-(-mark_of(gate.brand).voices // 4), MORE)
    judged = day_of(gate.decided or gate.opened)
    return Again(viability.asked(gate.heard) + more, judged + timedelta(days=DAYS), gate.idea.heard)


# ---- what people would pay


def heard_of(idea: Idea) -> list[tuple[int, int]]:
    """What people would pay and how many said so, the lowest price first."""
    paying = voices(idea).filter(level=Backing.PAY).values("price").annotate(number=Count("pk"))
    return [(row["price"] or 0, row["number"]) for row in paying.order_by("price")]


def demand(gate: Gate) -> list[tuple[int, int]]:
    """What it was judged on; while it is open, what people say now."""
    return [(price, number) for price, number in gate.heard] if gate.state in JUDGED else heard_of(gate.idea)


def paying(ideas: Iterable[Idea]) -> dict[int, int]:
    """How many would pay that a gate counts, by the idea's id."""
    return {idea.pk: idea.heard for idea in ideas}


# ---- sheets, reckoned


@dataclass
class Reckoned:
    """A sheet and what it comes to with what was heard."""

    sheet: Sheet
    runs: Sequence[Run]
    heard: Sequence[tuple[int, int]]
    curve: Sequence[viability.Point]  # of what was heard

    @cached_property
    def costs(self) -> viability.Costs:
        names = ("fixed", "shipping", "fee", "fee_each", "tax", "royalty")
        steps = tuple((one.pieces, one.unit) for one in self.runs)
        return viability.Costs(steps, **{name: getattr(self.sheet, name) for name in names})

    @cached_property
    def outlook(self) -> viability.Outlook:
        return viability.outlook(self.costs, self.sheet.price, self.heard)

    @cached_property
    def ranges(self) -> list[tuple[Money, Money]]:
        return [(self.said(low), self.said(high)) for low, high in viability.ranges(self.costs, self.curve)]

    def said(self, minor: int) -> Money:
        return Money(minor, self.sheet.currency)


def reckoned(sheet: Sheet, heard: Sequence[tuple[int, int]]) -> Reckoned:
    return Reckoned(sheet, runs_of([sheet])[sheet.pk], heard, viability.curve(heard))


def whole(viewer: Viewer, gate: Gate) -> tuple[list[tuple[int, int]], Reckoned | None, list[Reckoned]]:
    """What was heard, the published sheet, and the newest arguments."""
    heard = demand(gate)
    rows = list(sheets_seen(viewer).filter(gate=gate, hidden=None).order_by("-own", "-id")[: ARGUMENTS + 1])
    runs = runs_of(rows)
    curve = viability.curve(heard)
    found = [Reckoned(row, runs[row.pk], heard, curve) for row in rows]
    own = next((one for one in found if one.sheet.own), None)
    return heard, own, [one for one in found if not one.sheet.own][:ARGUMENTS]


# ---- the panel of an idea, and a brand's lists


@dataclass(frozen=True, slots=True)
class Panel:
    """How an idea stands with those who judge it: its gates, the newest first; and, before the first, how many would
    pay and how many it takes."""

    gates: list[Gate]
    mark: Mark | None
    pays: int

    @property
    def missing(self) -> int:
        return max(self.mark.voices - self.pays, 0) if self.mark else 0


def panel(idea: Idea) -> Panel:
    found = gates_of(idea)
    mark = None
    if idea.brand and not any(one.is_open or one.is_judged for one in found):
        asked = getattr(idea, "mark", None)  # one that queries.opened gave knows it
        mark = Mark(brand=idea.brand, voices=asked) if asked else mark_of(idea.brand)
    return Panel(found, mark, idea.heard)


def of_desk(brand: Profile) -> QuerySet[Gate]:
    """At its own desk a brand finds each gate of ideas that stand, whoever is parted from whom: it owes a judgement."""
    rows = Gate.objects.filter(brand=brand, idea__stage__in=(Idea.SHAPE, Idea.MERGED), idea__hidden=None)
    return rows.select_related("idea", "idea__lead", "brand")


def waiting(rows: QuerySet[Gate]) -> QuerySet[Gate]:
    """To be judged or answered, what is due first first."""
    waits = Q(state=Gate.OPEN) | Q(appealed__isnull=False, answered=None, undone=None)
    by = Case(When(state=Gate.OPEN, then=F("due")), default=F("answer_due"))
    return rows.filter(waits).order_by(by, "id")


def judgements(viewer: Viewer, brand: Profile) -> QuerySet[Gate]:
    """What the brand judged or has to, newest first: public."""
    return gates(viewer).filter(brand=brand).exclude(state=Gate.WITHDRAWN).order_by("-id")


def overdue(rows: QuerySet[Gate]) -> QuerySet[Gate]:
    return rows.filter(state=Gate.OPEN, due__lt=today())


def reached() -> QuerySet[Idea]:
    """Ideas that as many would pay for as the brand asks that they are addressed to, at no gate of it yet."""
    mark = Mark.objects.filter(brand=OuterRef("brand")).values("voices")[:1]
    stands = Q(brand=OuterRef("brand"), undone=None) & ~Q(state=Gate.WITHDRAWN)
    gate = Gate.objects.filter(Q(accepted__isnull=False) | stands, idea=OuterRef("pk"))
    rows = Idea.objects.alias(mark=Coalesce(Subquery(mark), VOICES)).filter(heard__gte=F("mark"))
    rows = rows.filter(~Exists(gate), brand__isnull=False, stage=Idea.SHAPE, hidden=None)
    return rows.select_related("brand", "lead").order_by("pk")


def free_for(viewer: Profile, brand: Profile) -> QuerySet[Idea]:
    """Ideas addressed to nobody, with as many voices that would pay as the brand asks for, that it has not judged, no
    lead gave to another, and its team has no part in; the weightiest first."""
    stands = Q(state=Gate.OPEN) | Q(state__in=JUDGED, undone=None)
    taken = Gate.objects.filter(Q(accepted__isnull=False) | stands & Q(brand=brand))
    team = Member.objects.filter(brand=brand).values("person")
    asked = mark_of(brand).voices
    weight = asked * Backing.WEIGHTS[Backing.PAY]  # at least: the index of weights is walked no further
    rows = queries.visible_to(viewer).filter(brand=None, weight__gte=weight, heard__gte=asked)
    rows = rows.exclude(pk__in=taken.values("idea")).exclude(lead__in=team)
    rows = rows.exclude(pk__in=Version.objects.filter(by__in=team).values("idea"))
    rows = rows.exclude(pk__in=Author.objects.filter(person__in=team, state=Author.STANDS).values("idea"))
    return with_stage(rows).select_related("lead", "lead__portrait").order_by("-weight", "-id")


# ---- what was pledged for it


def gathered(gate: Gate) -> list[tuple[Money, int, int]]:
    """While a gate is open: each price that is pledged by now, how many people say it, and how many say it or more; the
    highest first."""
    if not gate.is_open or gate.idea.concept_id is None:
        return []
    found, above = [], 0
    for price, number in reversed(pools.gathered(gate.idea.concept_id)):
        above += number
        found.append((Money(price, gate.currency), number, above))
    return found


def idea_of(viewer: Viewer, product: Product) -> Idea | None:
    """What a concept came of, as far as the viewer may open it."""
    return queries.openable(viewer).filter(concept=product).first()
