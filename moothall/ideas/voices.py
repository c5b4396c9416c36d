"""Whose voices count for an idea: its own and those of ideas merged into it, one for each person."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from moothall.people.models import Profile

from .models import Backing, Idea

# The strongest first, of two alike what was said last.
_WEIGHT = Case(*(When(level=level, then=Value(weight)) for level, weight in Backing.WEIGHTS.items()))
HEAVIEST = [_WEIGHT.desc(), F("at").desc(), F("pk").desc()]


def voices(idea: Idea, person: Profile | None = None) -> QuerySet[Backing]:
    """The backings that count for the idea now; those of one person, where one is named.

    Of what a person said of it and of ideas merged into it the strongest counts, of two alike what was said last. What
    they said of it after the merger replaces what they had said of the merged one, which stands there unchanged. Its
    lead is no voice for it."""
    mine = Q() if person is None else Q(person=person)
    if not idea.joined:
        return Backing.objects.filter(mine, idea=idea)
    return joined(idea.pk, idea.lead_id, mine)


def joined(idea: int, lead: int, mine: Q | None = None) -> QuerySet[Backing]:
    """The same of an idea with others merged into it, by its id and its lead's."""
    later = Backing.objects.filter(idea=idea, person=OuterRef("person"), at__gte=OuterRef("idea__merged"))
    merged = Q(idea__into=idea) & ~Exists(later)
    place = Window(RowNumber(), partition_by=[F("person")], order_by=HEAVIEST)
    rows = Backing.objects.filter(mine or Q(), Q(idea=idea) | merged, idea__in=whole(idea)).exclude(person=lead)
    best = rows.annotate(place=place).filter(place=1)
    return Backing.objects.filter(pk__in=best.values("pk"))


def whole(idea: Idea | int) -> QuerySet[Idea, Any]:
    """The ids of an idea and of those merged into it. To whoever asks for rows of "the idea, or one merged into it" a
    database answers by looking through all there are; to who asks for those of these ids it looks into an index."""
    pk = idea if isinstance(idea, int) else idea.pk
    return Idea.objects.filter(Q(pk=pk) | Q(into=pk)).values("pk")


def following(idea: Idea) -> QuerySet[Backing]:
    """Those voices to which it is told what happens to the idea: who follows it, or would pay."""
    return voices(idea).filter(level__in=(Backing.FOLLOW, Backing.PAY))
