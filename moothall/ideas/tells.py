"""Whom the acts about ideas tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import IDEAS, tells
from moothall.core import kinds
from moothall.core.kinds import Card
from moothall.people.models import Profile

from . import gate_tells, verbs
from .models import Backing, Contribution, Idea

__all__ = ["gate_tells"]  # beside what is told here


def _where(viewer: Profile, acts: Sequence[Act]) -> Mapping[int, Card]:
    """The contribution on its idea's page, called as the idea is."""
    cards = kinds.cards(Contribution.kind, viewer, {act.subject_id for act in acts})
    return {act.pk: cards[act.subject_id] for act in acts if act.subject_id in cards}


@tells(
    verbs.CONTRIBUTED,
    "the lead",
    sort=IDEAS,
    sentence=_("{actor} would say a part of {subject} in other words"),
    why=_("You lead the idea"),
    shown=_where,
)
def the_lead(act: Act) -> Iterable[int]:
    waiting = Contribution.objects.filter(pk=act.subject_id, state=Contribution.OPEN)
    return waiting.values_list("idea__lead_id", flat=True)


@tells(
    verbs.TAKEN,
    "who contributed",
    sort=IDEAS,
    sentence=_("{actor} took your words into {subject}"),
    why=_("You contributed to the idea"),
    shown=_where,
)
def whose_words_were_taken(act: Act) -> Iterable[int]:
    return _author(act)


@tells(
    verbs.DECLINED,
    "who contributed",
    sort=IDEAS,
    sentence=_("{actor} leaves {subject} as it is, and says why"),
    why=_("You contributed to the idea"),
    shown=_where,
)
def whose_words_were_declined(act: Act) -> Iterable[int]:
    return _author(act)


def _author(act: Act) -> Iterable[int]:
    return Contribution.objects.filter(pk=act.subject_id).values_list("by_id", flat=True)


@tells(
    verbs.REVISED,
    "who follows it",
    sort=IDEAS,
    sentence=_("{subject} has a new version"),
    why=_("You follow the idea, or would pay for it"),
)
def who_follows_it(act: Act) -> Iterable[int]:
    standing = Backing.objects.filter(idea=act.subject_id, level__in=(Backing.FOLLOW, Backing.PAY))
    return standing.filter(idea__stage=Idea.SHAPE).values_list("person_id", flat=True)
