"""Whom polls tell: those who answered one, when it is over. Who is told that one is asked, the app of its subject
knows."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import IDEAS, tells

from . import verbs
from .models import Answer, Poll


@tells(
    verbs.CLOSED,
    "who answered",
    sort=IDEAS,
    sentence=_("{subject}: it is over, and the results are there"),
    why=_("You answered the question"),
)
def who_answered(act: Act) -> Iterable[int]:
    return Answer.objects.filter(poll=act.subject_id).values_list("person_id", flat=True)


@tells(
    verbs.CLOSED,
    "who asked",
    sort=IDEAS,
    sentence=_("{subject}: your question is over"),
    why=_("You asked it"),
    ties=False,
)
def who_asked(act: Act) -> Iterable[int]:
    return Poll.objects.filter(pk=act.subject_id).values_list("by_id", flat=True)
