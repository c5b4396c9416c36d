"""Whom the acts at the gate tell: who judges, who leads, and who stands behind the idea so that it is told to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, IDEAS, tells
from moothall.people.models import Member

from . import verbs
from .gates import Gate, Sheet
from .judged import JUDGES
from .voices import following

JUDGING = _("You judge ideas for the brand")
FOLLOWING = _("You follow the idea, or would pay for it")
LEADING = _("You lead the idea")


def _team(act: Act) -> Iterable[int]:
    brands = Gate.objects.filter(pk=act.subject_id).values("brand")
    return Member.objects.filter(brand__in=brands, role__in=JUDGES).values_list("person_id", flat=True)


def _lead(act: Act) -> Iterable[int]:
    return Gate.objects.filter(pk=act.subject_id).values_list("idea__lead_id", flat=True)


def _behind(act: Act) -> Iterable[int]:
    gate = Gate.objects.filter(pk=act.subject_id).select_related("idea").first()
    return following(gate.idea).values_list("person_id", flat=True) if gate else ()


TO_JUDGE = _("{subject} is at your gate")
AT_GATE = _("{subject} is at the gate: it is judged by a public date")
tells(verbs.AT_GATE, "who judges", sort=DESK, sentence=TO_JUDGE, why=JUDGING, ties=False)(_team)
tells(verbs.AT_GATE, "the lead", sort=IDEAS, sentence=AT_GATE, why=LEADING, ties=False)(_lead)
tells(verbs.AT_GATE, "who follows it", sort=IDEAS, sentence=AT_GATE, why=FOLLOWING)(_behind)

LATE = _("{subject} is overdue at your gate, and everybody sees it")
tells(verbs.OVERDUE, "who judges", sort=DESK, sentence=LATE, why=JUDGING, ties=False)(_team)

LEFT = _("{subject} left your gate before you judged it")
tells(verbs.LEFT_GATE, "who judges", sort=DESK, sentence=LEFT, why=JUDGING, ties=False)(_team)

for verb, said in (
    (verbs.PASSED, _("{actor} would make {subject}, and says at what price")),
    (verbs.REFUSED, _("{actor} will not make {subject}, and says why and what would change it")),
    (verbs.NEEDED, _("{actor} says what {subject} needs first")),
    (verbs.UNDONE, _("{actor} takes its judgement of {subject} back, says why, and judges anew")),
    (verbs.ANSWERED, _("{actor} answers the appeal about {subject}")),
):
    tells(verb, "the lead", sort=IDEAS, sentence=said, why=LEADING, ties=False)(_lead)
    tells(verb, "who follows it", sort=IDEAS, sentence=said, why=FOLLOWING)(_behind)

APPEAL = _("{actor} appeals against your judgement of {subject}")
tells(verbs.APPEALED, "who judges", sort=DESK, sentence=APPEAL, why=JUDGING, ties=False)(_team)
YES = _("{actor} lets you make {subject}")
tells(verbs.ACCEPTED, "who judges", sort=DESK, sentence=YES, why=JUDGING, ties=False)(_team)
MADE = _("{actor} said yes: {subject} is to be made")
tells(verbs.ACCEPTED, "who follows it", sort=IDEAS, sentence=MADE, why=FOLLOWING)(_behind)


@tells(
    verbs.ARGUED,
    "who judges",
    sort=DESK,
    sentence=_("{actor} reckons {subject} with other numbers than yours"),
    why=JUDGING,
)
def who_is_argued_with(act: Act) -> Iterable[int]:
    brands = Sheet.objects.filter(pk=act.subject_id).values("gate__brand")
    return Member.objects.filter(brand__in=brands, role__in=JUDGES).values_list("person_id", flat=True)
