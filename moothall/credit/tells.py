"""Whom the acts about credit tell."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import IDEAS, tells

from . import verbs
from .models import Part, PayoutLine, Split


@tells(
    verbs.PROPOSED,
    "who is asked to sign",
    sort=IDEAS,
    sentence=_("{actor} asks you to sign your share of {subject}"),
    why=_("You shaped the idea"),
)
def who_is_asked_to_sign(act: Act) -> Iterable[int]:
    asked = Part.objects.filter(split=act.subject_id, split__state=Split.PROPOSED, signed=None)
    return asked.values_list("person_id", flat=True)


@tells(
    verbs.DECLINED,
    "whom it names",
    sort=IDEAS,
    sentence=_("{actor} would share the royalty of {subject} otherwise, and says why"),
    why=_("You lead or shaped the idea"),
)
def whom_the_declined_names(act: Act) -> Iterable[int]:
    lead = Split.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)
    return {*lead, *_named(act)}


@tells(
    verbs.STANDS,
    "whom it names",
    sort=IDEAS,
    sentence=_("All have signed how the royalty of {subject} is shared"),
    why=_("You lead or shaped the idea"),
)
def whom_it_names(act: Act) -> Iterable[int]:
    return _named(act)


@tells(
    verbs.PAID_OUT,
    "who is paid",
    sort=IDEAS,
    sentence=_("{subject} of royalties is on its way to you"),
    why=_("You shaped an idea that is sold"),
    ties=False,
)
def who_is_paid(act: Act) -> Iterable[int]:
    return PayoutLine.objects.filter(payout=act.subject_id).values_list("person_id", flat=True)


def _named(act: Act) -> set[int]:
    return set(Part.objects.filter(split=act.subject_id).values_list("person_id", flat=True))
