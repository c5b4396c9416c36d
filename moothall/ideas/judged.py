"""What can be seen of gates, and what their sheets come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from moothall.core.kinds import Card
from moothall.core.money import Money
from moothall.people import queries as people
from moothall.people.models import MAKER, OWNER, Member, Profile

from . import queries, viability
from .gates import JUDGED, Gate, Mark, Run, Sheet, today
from .models import Author, Backing, Idea, Version
from .voices import voices

Viewer = Profile | None
JUDGES = (OWNER, MAKER)
SIZE = 24
ARGUMENTS = 24  # of other people, shown with a judgement


def may_judge(person: Viewer, brand: Profile) -> bool:
    return people.role_of(person, brand) in JUDGES


def mark_of(brand: Profile) -> Mark:
    return Mark.objects.filter(brand=brand).first() or Mark(brand=brand)


def gates(viewer: Viewer) -> QuerySet[Gate]:
    """Of ideas that the viewer may open."""
    ideas = queries.openable(viewer).exclude(stage=Idea.DRAFT).values("pk")
    return Gate.objects.filter(idea__in=ideas).select_related("idea", "idea__lead", "brand")


def gates_of(idea: Idea) -> list[Gate]:
    """The newest first."""
    return list(Gate.objects.filter(idea=idea).select_related("brand").order_by("-id"))


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(gates(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their idea."""
    return {row.pk: Card(str(row.idea), address(row)) for row in gates(viewer).filter(pk__in=list(ids))}


def address(gate: Gate) -> str:
    return f"/gates/{gate.public}"


def sheets_seen(viewer: Viewer) -> QuerySet[Sheet]:
    """What was published with a judgement, and the arguments of people who are not parted from the viewer."""
    told = Q(own=True, published__isnull=False) | (Q(own=False, ended=None) & people.seen(viewer, "by"))
    rows = Sheet.objects.filter(told, gate__in=gates(viewer).values("pk"))
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


# ---- what people would pay


def heard_of(idea: Idea) -> list[tuple[int, int]]:
    """What people would pay and how many said so, the lowest price first."""
    paying = voices(idea).filter(level=Backing.PAY).values("price").annotate(number=Count("pk"))
    return [(row["price"] or 0, row["number"]) for row in paying.order_by("price")]


def demand(gate: Gate) -> list[tuple[int, int]]:
    """What it was judged on; while it is open, what people say now."""
    return [(price, number) for price, number in gate.heard] if gate.state in JUDGED else heard_of(gate.idea)


def paying(ideas: Iterable[Idea]) -> dict[int, int]:
    """How many would pay, by the idea's id."""
    return {pk: support.pays for pk, support in queries.support_for(ideas).items()}


# ---- sheets, reckoned


@dataclass
class Reckoned:
    """A sheet and what it comes to with what was heard."""

    sheet: Sheet
    runs: Sequence[Run]
    heard: Sequence[tuple[int, int]]

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
        return [(self.said(low), self.said(high)) for low, high in viability.ranges(self.costs, self.heard)]

    def said(self, minor: int) -> Money:
        return Money(minor, self.sheet.currency)


def reckoned(sheet: Sheet, heard: Sequence[tuple[int, int]]) -> Reckoned:
    return Reckoned(sheet, runs_of([sheet])[sheet.pk], heard)


def whole(viewer: Viewer, gate: Gate) -> tuple[list[tuple[int, int]], Reckoned | None, list[Reckoned]]:
    """What was heard, the published sheet, and the newest arguments."""
    heard = demand(gate)
    rows = list(sheets_seen(viewer).filter(gate=gate).order_by("-own", "-id")[: ARGUMENTS + 1])
    runs = runs_of(rows)
    found = [Reckoned(row, runs[row.pk], heard) for row in rows]
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
    def now(self) -> Gate | None:
        """The open one, else the newest that stands."""
        return next(
            (one for one in self.gates if one.is_open), next((one for one in self.gates if one.is_judged), None)
        )

    @property
    def missing(self) -> int:
        return max(self.mark.voices - self.pays, 0) if self.mark else 0


def panel(idea: Idea, pays: int) -> Panel:
    found = gates_of(idea)
    mark = None
    if idea.brand and not any(one.is_open or one.is_judged for one in found):
        asked = getattr(idea, "mark", None)  # one that queries.opened gave knows it
        mark = Mark(brand=idea.brand, voices=asked) if asked else mark_of(idea.brand)
    return Panel(found, mark, pays)


def of_desk(viewer: Profile, brand: Profile) -> QuerySet[Gate]:
    """At its own desk a brand finds each gate of ideas that are there."""
    return gates(viewer).filter(brand=brand)


def waiting(rows: QuerySet[Gate]) -> QuerySet[Gate]:
    """To be judged or answered, what is due first first."""
    waits = Q(state=Gate.OPEN) | Q(appealed__isnull=False, answered=None, undone=None)
    return rows.filter(waits).order_by("due", "id")


def judgements(viewer: Viewer, brand: Profile) -> QuerySet[Gate]:
    """What the brand judged or has to, newest first: public."""
    return gates(viewer).filter(brand=brand).exclude(state=Gate.WITHDRAWN).order_by("-id")


def overdue(rows: QuerySet[Gate]) -> QuerySet[Gate]:
    return rows.filter(state=Gate.OPEN, due__lt=today())


def free_for(viewer: Profile, brand: Profile) -> QuerySet[Idea]:
    """Ideas addressed to nobody, with as many voices that would pay as the brand asks for, that it has not judged and
    its team has no part in; the weightiest first."""
    taken = Gate.objects.filter(brand=brand).filter(Q(state=Gate.OPEN) | Q(state__in=JUDGED, undone=None))
    team = Member.objects.filter(brand=brand).values("person")
    rows = queries.visible_to(viewer).filter(brand=None, pays__gte=mark_of(brand).voices)
    rows = rows.exclude(pk__in=taken.values("idea")).exclude(lead__in=team)
    rows = rows.exclude(pk__in=Version.objects.filter(by__in=team).values("idea"))
    rows = rows.exclude(pk__in=Author.objects.filter(person__in=team, state=Author.STANDS).values("idea"))
    return rows.select_related("lead", "lead__portrait").order_by("-weight", "-id")
