"""Whom the acts around things tell. What is new in a shop is for the feed of those who follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, tells
from moothall.core import kinds
from moothall.core.kinds import Card
from moothall.people.models import Member, Profile

from . import verbs
from .models import Import


def _report(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The report at the desk, for those who are in the team now."""
    teams = Member.objects.filter(person=viewer).values("brand")
    runs = Import.objects.filter(pk__in={act.subject_id for act in acts}, brand__in=teams)
    names = dict(runs.values_list("pk", "name"))
    places = kinds.addresses(Import.kind, list(names))
    return {
        act.pk: Card(names[act.subject_id] or "CSV", places.get(act.subject_id, "/"))
        for act in acts
        if act.subject_id in names
    }


@tells(
    verbs.IMPORTED,
    "who began it",
    sort=DESK,
    sentence=_("The import of {subject} is done"),
    why=_("You began it"),
    shown=_report,
    ties=False,
    doers=True,
)
def who_began_the_import(act: Act) -> Iterable[int]:
    return Import.objects.filter(pk=act.subject_id).values_list("by_id", flat=True)
