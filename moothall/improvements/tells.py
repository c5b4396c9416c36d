"""Whom the acts about improvements tell, and whom a revision does that takes some of them in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from moothall.activity.models import Act
from moothall.activity.tells import DESK, IDEAS, tells
from moothall.catalog import verbs as catalog
from moothall.catalog.models import Revision
from moothall.people.models import MAKER, OWNER, Member

from . import verbs
from .models import Improvement, Voice


@tells(
    verbs.ASKED,
    "who makes it",
    sort=DESK,
    sentence=_("{actor} asks for a change: {subject}"),
    why=_("You make the thing"),
)
def who_makes_it(act: Act) -> Iterable[int]:
    asked = Improvement.objects.filter(pk=act.subject_id)
    makers = Member.objects.filter(brand__in=asked.values("product__brand"), role__in=(OWNER, MAKER))
    return makers.values_list("person_id", flat=True)


@tells(
    catalog.REVISED,
    "who asked",
    sort=IDEAS,
    sentence=_("You asked, it changed: {subject} has a new revision"),
    why=_("You asked for a change that is in it"),
)
def who_asked_for_it(act: Act) -> Iterable[int]:
    revision = Revision.objects.filter(pk=act.subject_id).first()
    if revision is None:
        return []
    taken = Improvement.objects.filter(product=revision.product_id, revision=revision.number, hidden=None)
    return Voice.objects.filter(improvement__in=taken).order_by().values_list("person_id", flat=True).distinct()


@tells(
    verbs.DECLINED,
    "who asked",
    sort=IDEAS,
    sentence=_("{actor} leaves it as it is, and says why: {subject}"),
    why=_("You asked for the change"),
)
def who_asked(act: Act) -> Iterable[int]:
    return _voices(act)


@tells(
    verbs.REOPENED,
    "who asked",
    sort=IDEAS,
    sentence=_("{actor} thinks again about {subject}"),
    why=_("You asked for the change"),
)
def who_asked_before(act: Act) -> Iterable[int]:
    return _voices(act)


def _voices(act: Act) -> Iterable[int]:
    return Voice.objects.filter(improvement=act.subject_id).values_list("person_id", flat=True)
