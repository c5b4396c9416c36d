"""From won to made: the milestones that a brand plans and ticks off, and bringing the thing out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import concepts
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Milestone, Pool, today

MOST = 24  # milestones of a pool
LONGEST = timedelta(weeks=208)


@transaction.atomic
def plan_milestone(*, by: Profile, pool: Pool, words: str, due: date) -> Milestone:
    """Say one step of making it, and by which day. Refuses it before the pool is won."""
    _check(by, pool)
    words = _said(words, "words", 140, _("Say what is done then."))
    if Milestone.objects.filter(pool=pool).count() >= MOST:
        raise Refusal(_("Two dozen milestones are enough."))
    made = Milestone.objects.create(pool=pool, by=by, words=words, due=_day(due), at=clock.now())
    record(verbs.PLANNED, by=by, on=made, brand=pool.product.brand)
    return made


@transaction.atomic
def move_milestone(*, by: Profile, milestone: Milestone, to: date, why: str) -> None:
    """Another day for it, with a reason that everybody reads; the day it was first planned for stays to be read. The
    same day again changes nothing. Refuses what is done."""
    _check(by, milestone.pool)
    why = _said(why, "why", 400, _("Say why: everybody who paid reads it."))
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.due == to:
        return
    said = {"due": _day(to, "to"), "first_due": row.first_due or row.due, "why": why}
    if not Milestone.objects.filter(pk=row.pk, done=None).update(**said):
        raise Refusal(_("This is done already."))
    milestone.refresh_from_db()
    record(verbs.MOVED, by=by, on=milestone, brand=milestone.pool.product.brand)


@transaction.atomic
def reach_milestone(*, by: Profile, milestone: Milestone, note: str) -> None:
    """Tick it off, with a word on how it went. Twice is once."""
    _check(by, milestone.pool)
    note = _said(note, "note", 400, _("Say a word on it: how it went, what one sees now."))
    if Milestone.objects.filter(pk=milestone.pk, done=None).update(done=clock.now(), note=note):
        milestone.refresh_from_db()
        record(verbs.REACHED, by=by, on=milestone, brand=milestone.pool.product.brand)


@transaction.atomic
def bring_out(*, by: Profile, pool: Pool) -> None:
    """Put what was made on the shelf, for everybody. Refuses it before all cards are charged. Twice is once."""
    if not people.may_sell(by, pool.product.brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))
    if not Pool.objects.filter(pk=pool.pk, stage=Pool.WON, concept=True, wound_up__isnull=False).exists():
        raise Refusal(_("It can be brought out once the group buy came about and all is charged."))
    concepts.bring_out(by=by, product=pool.product)


def _check(by: Profile, pool: Pool) -> None:
    if not queries.may_make(by, pool):
        raise NotAllowed(_("Only owners, makers and sellers of the brand can do this."))
    if not Pool.objects.filter(pk=pool.pk, stage=Pool.WON, concept=True).exists():
        raise Refusal(_("Milestones are for what came about and is being made."))


def _said(words: str, field: str, most: int, asked: str) -> str:
    words = text.tidy(words)
    if not words:
        raise BadInput(asked, field=field)
    if len(words) > most:
        raise BadInput(_("%(most)s letters at most.") % {"most": most}, field=field)
    return words


def _day(day: date, field: str = "due") -> date:
    if not today() <= day <= today() + LONGEST:
        raise BadInput(_("Choose a day from today on, four years ahead at most."), field=field)
    return day
