"""Which splits can be seen, what they say, and which royalties wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from moothall.core.kinds import Card
from moothall.ideas import queries as ideas_
from moothall.ideas.gates import Sheet
from moothall.ideas.models import Idea
from moothall.people import queries as people
from moothall.people.models import Profile

from .models import Part, Payee, Payout, PayoutLine, Royalty, Split

Viewer = Profile | None


def ideas(viewer: Viewer) -> QuerySet[Idea]:
    """Ideas whose credit the viewer may see: those they may open but drafts, and those that one of its splits names
    them for, withdrawn or not."""
    rows = ideas_.openable(viewer).exclude(stage=Idea.DRAFT)
    if viewer is None:
        return rows
    named = Part.objects.filter(person=viewer).values("split__idea")
    also = Idea.objects.filter(people.seen(viewer, "lead"), hidden=None, pk__in=named).values("pk")
    found = Idea.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=also))
    return found.select_related("lead", "lead__portrait", "brand", "into")


def splits(viewer: Viewer) -> QuerySet[Split]:
    rows = Split.objects.filter(idea__in=ideas(viewer).values("pk"))
    return rows.select_related("idea", "idea__lead", "idea__brand", "by", "declined_by")


def address(idea: Idea) -> str:
    return f"{ideas_.address(idea)}/credit"


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(splits(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """Called as their idea, and shown on the page of its credit."""
    return {row.pk: Card(str(row.idea), address(row.idea)) for row in splits(viewer).filter(pk__in=list(ids))}


@dataclass(frozen=True, slots=True)
class Whole:
    """A split with its parts, the largest first."""

    split: Split
    parts: list[Part]

    @property
    def unsigned(self) -> list[Part]:
        return [part for part in self.parts if part.signed is None]

    def of(self, person: Viewer) -> Part | None:
        return next((part for part in self.parts if person and part.person_id == person.pk), None)


def wholes(rows: Iterable[Split]) -> list[Whole]:
    """Splits with their parts, in one query more."""
    found = {row.pk: Whole(row, []) for row in rows}
    parts = Part.objects.filter(split__in=list(found)).select_related("person", "person__portrait")
    for part in parts.order_by("-points", "person_id"):
        found[part.split_id].parts.append(part)
    return list(found.values())


def splits_of(idea: Idea) -> list[Whole]:
    """All of an idea, the newest first."""
    return wholes(Split.objects.filter(idea=idea).select_related("by", "declined_by").order_by("-number"))


def rates(ideas: Iterable[int]) -> dict[int, int]:
    """Hundredths of a percent by the id of the idea: the royalty of the sheet that its lead said yes to."""
    rows = Sheet.objects.filter(own=True, gate__accepted__isnull=False, gate__idea__in=list(ideas))
    return dict(rows.values_list("gate__idea", "royalty"))


def has_waiting(idea: Idea) -> bool:
    """Whether sales wait to be shared until a split stands."""
    return Royalty.objects.filter(idea=idea, posted=None).exists()


def split_for(royalty: Royalty) -> Split | None:
    """The one that stood when the line was paid; of what was sold before any stood, the first that did."""
    stood = Split.objects.filter(idea=royalty.idea_id, stood__isnull=False)
    then = stood.filter(stood__lte=royalty.sold).order_by("-stood", "-number").first()
    return then or stood.order_by("stood", "number").first()


def asked_to_sign(person: Profile) -> QuerySet[Split]:
    """What waits for somebody's signature, the newest first."""
    rows = splits(person).filter(state=Split.PROPOSED)
    return rows.filter(pk__in=Part.objects.filter(person=person, signed=None).values("split")).order_by("-pk")


def payee_of(person: Profile) -> Payee | None:
    return Payee.objects.filter(person=person).first()


def payout_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(payout_cards(viewer, ids))


def payout_cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    """For those who were paid by it; the card leads to their statement."""
    if viewer is None:
        return {}
    mine = PayoutLine.objects.filter(person=viewer, payout__in=list(ids)).select_related("payout")
    return {row.payout_id: Card(str(row.money), "/you/royalties") for row in mine}


def payouts() -> QuerySet[Payout]:
    return Payout.objects.select_related("by").order_by("-number")


def last_payout() -> int:
    """Its number, or 0."""
    return payouts().values_list("number", flat=True).first() or 0


def lines_of(payout: Payout) -> QuerySet[PayoutLine]:
    return PayoutLine.objects.filter(payout=payout).select_related("payout", "person").order_by("pk")


def lines_of_all(payouts: Iterable[Payout]) -> dict[int, list[PayoutLine]]:
    """By the payout's id, in one query."""
    found: dict[int, list[PayoutLine]] = {one.pk: [] for one in payouts}
    rows = PayoutLine.objects.filter(payout__in=list(found)).select_related("payout", "person").order_by("pk")
    for row in rows:
        found[row.payout_id].append(row)
    return found
