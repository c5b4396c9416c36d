"""Merging like ideas, and taking them back.

Nothing of a merged idea is changed: not its voices, not its versions, not its contributions. What the other one counts
is reckoned over both (voices.py), so that separated again each has what it had, and what was said of it meanwhile. An
idea is merged into one that stands by itself: there are no chains, and so no circles."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, search
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Idea, Merger
from .backing import reckon
from .gathering import check_merging, check_withdrawal, release
from .gating import check_unsettled, come_back, leave_gates, reach
from .locking import lock, lock_whole
from .weighing import weigh_soon
from .writing import may_write, own

PAUSE = timedelta(days=7)  # until the same is asked again that was declined


@transaction.atomic
def ask_merger(*, by: Profile, idea: Idea, into: Idea) -> Merger:
    """Ask the lead of another idea to count one's own with it; where one leads both, it is done at once. Twice is
    once. Refuses a second question before the first is answered, what was declined within seven days, and what stands
    in the way of merging them."""
    found = lock(idea.pk, into.pk)
    idea, into = found[idea.pk], found[into.pk]
    own(by, idea)
    may_write(by, idea)
    may_write(by, into)
    _check_merging(idea, into)
    if not queries.visible_ids(by, [into.pk]):
        raise NotAllowed(_("You cannot merge into this."))
    asked = Merger.objects.filter(idea=idea, state=Merger.ASKED).first()
    if asked and asked.into_id == into.pk:
        return asked
    if asked:
        raise Refusal(_("You asked to merge it into another. Take that question back first."))
    since = clock.now() - PAUSE
    if Merger.objects.filter(idea=idea, into=into, state=Merger.DECLINED, answered__gt=since).exists():
        raise Refusal(_("They said no to this a short while ago. Ask again in a week."))
    made = Merger.objects.create(idea=idea, into=into, by=by, at=clock.now())
    record(verbs.MERGER_ASKED, by=by, on=made, idea=idea.pk, into=into.pk)
    if into.lead_id == by.pk:
        accept_merger(by=by, merger=made)
    return made


@transaction.atomic
def accept_merger(*, by: Profile, merger: Merger) -> None:
    """Say yes: its voices count for one's own idea from then on, each person's once. Twice is once."""
    found = lock(merger.idea_id, merger.into_id)
    idea, into = found[merger.idea_id], found[merger.into_id]
    own(by, into)
    may_write(by, idea)
    may_write(by, into)
    if Merger.objects.filter(pk=merger.pk, state=Merger.STANDS).exists():
        return
    _check_merging(idea, into)
    now = clock.now()
    _answer(merger, Merger.STANDS, by)
    Idea.objects.filter(pk=idea.pk).update(stage=Idea.MERGED, into=into, merged=now)
    leave_gates(by, idea)
    release(by, idea)
    into.joined += 1
    into.save(update_fields=["joined"])
    reckon(into)
    reach(into)
    record(verbs.MERGED, by=by, on=merger, idea=idea.pk, into=into.pk)
    search.touch(Idea.kind, [idea.pk, into.pk])


@transaction.atomic
def decline_merger(*, by: Profile, merger: Merger) -> None:
    """Say no. Twice is once."""
    into = lock(merger.idea_id, merger.into_id)[merger.into_id]
    own(by, into)
    may_write(by, into)
    if Merger.objects.filter(pk=merger.pk, state=Merger.DECLINED).exists():
        return
    _answer(merger, Merger.DECLINED, by)
    record(verbs.MERGER_DECLINED, by=by, on=merger, idea=merger.idea_id, into=merger.into_id)


@transaction.atomic
def take_back_merger(*, by: Profile, merger: Merger) -> None:
    """Take the question back before it is answered. Twice is once."""
    own(by, lock(merger.idea_id)[merger.idea_id])
    if Merger.objects.filter(pk=merger.pk, state=Merger.BACK).exists():
        return
    _answer(merger, Merger.BACK, by)
    record(verbs.MERGER_TAKEN_BACK, by=by, on=merger, idea=merger.idea_id, into=merger.into_id)


@transaction.atomic
def unmerge(*, by: Profile, merger: Merger) -> None:
    """Separate them again, by the lead of either: each has what it had, and what was said of it meanwhile. Twice is
    once."""
    head, merged = lock_whole(Idea.objects.get(pk=merger.idea_id))
    idea, into = (Idea.objects.get(pk=pk) for pk in (merger.idea_id, merger.into_id))
    if by.pk not in (idea.lead_id, into.lead_id):
        raise NotAllowed(_("Only who leads one of the two separates them."))
    may_write(by, idea)
    may_write(by, into)
    standing = Merger.objects.filter(pk=merger.pk, state=Merger.STANDS).exists()
    for one in merged:
        if standing and one.pk == idea.pk:
            part_from(by, one, head)
    merger.refresh_from_db()


@transaction.atomic
def withdraw(*, by: Profile, idea: Idea) -> None:
    """Take the idea back: nobody but who leads it sees it. What backs it stays, for when it comes back; what was merged
    into it stands by itself again. Refuses one that is merged into another, and one whose lead said yes to a brand."""
    head, merged = lock_whole(idea)
    own(by, head if head.pk == idea.pk else idea)
    may_write(by, idea)
    if head.pk != idea.pk:
        raise Refusal(_("It is merged into another idea. Separate them first."))
    check_withdrawal(idea)
    for one in merged:
        part_from(by, one, head)
    for asked in Merger.objects.filter(idea=idea, state=Merger.ASKED):
        take_back_merger(by=by, merger=asked)
    take_down(by, idea)


# ---- for the other rooms of this app's actions


def part_from(by: Profile, idea: Idea, head: Idea) -> None:
    """Needs the lock of both."""
    row = Merger.objects.get(idea=idea, state=Merger.STANDS)
    row.state, row.ended_by, row.ended = Merger.ENDED, by, clock.now()
    row.save(update_fields=["state", "ended_by", "ended"])
    Idea.objects.filter(pk=idea.pk).update(stage=Idea.SHAPE, into=None, merged=None)
    idea.stage, idea.into, idea.merged = Idea.SHAPE, None, None
    head.joined -= 1
    head.save(update_fields=["joined"])
    reckon(head)
    weigh_soon(idea)
    record(verbs.UNMERGED, by=by, on=row, idea=idea.pk, into=head.pk)
    come_back(idea, row.answered or row.at)
    search.touch(Idea.kind, [idea.pk, head.pk])


def take_down(by: Profile, idea: Idea) -> None:
    """Its lead withdraws it, or nobody leads it any more."""
    if Idea.objects.filter(pk=idea.pk, stage=Idea.SHAPE).update(stage=Idea.WITHDRAWN):
        idea.stage = Idea.WITHDRAWN
        leave_gates(by, idea)
        release(by, idea)
        record(verbs.WITHDRAWN, by=by, on=idea)
        search.touch(Idea.kind, [idea.pk])


def _check_merging(idea: Idea, into: Idea) -> None:
    if idea.pk == into.pk:
        raise Refusal(_("An idea is not merged into itself."))
    if into.is_merged:
        raise Refusal(_("That idea is merged into another itself. Merge yours into that other one."))
    if not idea.stands or not into.stands:
        raise Refusal(_("Only ideas that stand are merged."))
    check_unsettled(idea)
    if idea.joined:
        raise Refusal(_("Others are merged into this one. Separate them first, and merge each by itself."))
    check_merging(idea)
    if idea.currency != into.currency:
        raise Refusal(_("Their prices are in different currencies."))


def _answer(merger: Merger, state: str, by: Profile) -> None:
    waiting = Merger.objects.filter(pk=merger.pk, state=Merger.ASKED)
    if not waiting.update(state=state, answered_by=by, answered=clock.now()):
        raise Refusal(_("This was answered already."))
    merger.refresh_from_db()
