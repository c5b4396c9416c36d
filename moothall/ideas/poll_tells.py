"""Whom a poll on an idea tells: who follows the idea, or would pay for it, and who leads it with others."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import IDEAS, tells
from moothall.polls import verbs
from moothall.polls.models import Poll

from .models import Author, Backing, Idea


@tells(
    verbs.ASKED,
    "who follows the idea",
    sort=IDEAS,
    sentence=_("{actor} asks those who follow an idea: {subject}"),
    why=_("You follow the idea, or would pay for it"),
)
def who_follows_it(act: Act) -> Iterable[int]:
    ideas = Poll.objects.filter(pk=act.subject_id, subject_kind=Idea.kind).values("subject_id")
    counted = Idea.objects.filter(Q(pk__in=ideas) | Q(into__in=ideas))
    standing = Backing.objects.filter(idea__in=counted, level__in=(Backing.FOLLOW, Backing.PAY))
    return standing.values_list("person_id", flat=True)


@tells(
    verbs.ASKED,
    "who leads the idea",
    sort=IDEAS,
    sentence=_("{actor} asks about an idea of yours: {subject}"),
    why=_("You lead the idea"),
)
def who_leads_it(act: Act) -> Iterable[int]:
    ideas = Poll.objects.filter(pk=act.subject_id, subject_kind=Idea.kind).values("subject_id")
    authors = Author.objects.filter(idea__in=ideas, state=Author.STANDS).values_list("person_id", flat=True)
    return {*authors, *Idea.objects.filter(pk__in=ideas).values_list("lead_id", flat=True)}
