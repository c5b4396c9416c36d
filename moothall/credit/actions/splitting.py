"""How a royalty is shared: proposed by the lead, signed by all whom it names, or declined.

Whoever writes a split of an idea takes the idea's row first: of two who sign last at the same moment, one waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.money import percent
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ideas.actions.locking import lock
from moothall.ideas.models import Idea
from moothall.people.models import Profile

from .. import verbs
from ..models import WHOLE, Part, Royalty, Split
from ..record import company, nameable, record_of
from ..shares import MOST


@dataclass(frozen=True, slots=True)
class Share:
    """So many points of ten thousand for somebody, and what for."""

    person: Profile
    points: int
    why: str = ""


@transaction.atomic
def propose_split(*, by: Profile, idea: Idea, parts: Sequence[Share], note: str = "") -> Split:
    """Propose how the royalty is shared; the lead's own part counts as signed, and what was proposed before is taken
    back by it. Saying the same again is once. Refuses what does not come to 100 %, somebody twice, more than twenty,
    and whom a split cannot name. Its fields: `note`, `parts`, `parts.0.person`, `parts.0.points`, `parts.0.why`."""
    _check_lead(by, idea)
    note = _said(note, 400, "note")
    shares = [Share(one.person, one.points, _said(one.why, 200, f"parts.{n}.why")) for n, one in enumerate(parts)]
    idea = lock(idea.pk)[idea.pk]
    _check_lead(by, idea)
    if not idea.stands and idea.concept_id is None:
        raise Refusal(_("Only an idea that stands is shared."))
    if company(idea, {by.pk}):
        raise NotAllowed(_("You are in the team that judges this idea: let somebody else lead it."))
    _check_parts(by, idea, shares)
    seen = record_of(idea).fingerprint
    if same := _same(idea, shares, note, seen):
        return same
    now = clock.now()
    Split.objects.filter(idea=idea, state=Split.PROPOSED).update(state=Split.BACK)
    last = Split.objects.filter(idea=idea).aggregate(last=Max("number"))["last"] or 0
    split = Split.objects.create(idea=idea, number=last + 1, by=by, at=now, note=note, record=seen)
    Part.objects.bulk_create(
        Part(
            split=split,
            person=one.person,
            points=one.points,
            why=one.why,
            signed=now if one.person.pk == by.pk else None,
        )
        for one in shares
    )
    record(verbs.PROPOSED, by=by, on=split, idea=idea.pk, number=split.number)
    _stand_if_signed(split, by)
    return split


def _check_lead(by: Profile, idea: Idea) -> None:
    if idea.lead_id != by.pk:
        raise NotAllowed(_("Only who leads the idea can do this."))


def _said(words: str, most: int, field: str) -> str:
    words = text.tidy(words)
    if len(words) > most:
        raise BadInput(_("%(most)s letters at most.") % {"most": most}, field=field)
    return words


def _check_parts(by: Profile, idea: Idea, shares: Sequence[Share]) -> None:
    if not 1 <= len(shares) <= MOST:
        raise BadInput(_("Name from one person to %(most)s.") % {"most": MOST}, field="parts")
    ids = [one.person.pk for one in shares]
    allowed, teams = nameable(by, idea, set(ids)), company(idea, set(ids))
    for n, one in enumerate(shares):
        if one.person.pk in ids[:n]:
            raise BadInput(_("They are named twice."), field=f"parts.{n}.person")
        if one.person.pk in teams:
            raise BadInput(_("They are in the team that judges this idea."), field=f"parts.{n}.person")
        if one.person.pk not in allowed:
            raise BadInput(_("There is nobody of that name."), field=f"parts.{n}.person")
        if not 1 <= one.points <= WHOLE:
            raise BadInput(_("A share is more than nothing, and 100 at most."), field=f"parts.{n}.points")
    if missing := missing_words(sum(one.points for one in shares)):
        raise BadInput(missing, field="parts")


def missing_words(points: int) -> str:
    """What shares of so many points lack or have too much, in words; nothing where they come to 100 %."""
    if points == WHOLE:
        return ""
    words = {"sum": percent(points) or "0", "rest": percent(abs(WHOLE - points))}
    if points < WHOLE:
        return _("The shares come to %(sum)s %%: %(rest)s %% is missing.") % words
    return _("The shares come to %(sum)s %%: %(rest)s %% is too much.") % words


def _same(idea: Idea, shares: Sequence[Share], note: str, seen: str) -> Split | None:
    """What stands or is proposed, if it says just this."""
    newest = Split.objects.filter(idea=idea).order_by("-number").first()
    if newest is None or newest.state not in (Split.PROPOSED, Split.STANDING):
        return None
    if (newest.note, newest.record) != (note, seen):
        return None
    told = {(row.person_id, row.points, row.why) for row in Part.objects.filter(split=newest)}
    return newest if told == {(one.person.pk, one.points, one.why) for one in shares} else None


@transaction.atomic
def sign(*, by: Profile, split: Split) -> None:
    """Agree to the whole split. The last signature lets it stand, in place of the one before. Twice is once."""
    idea = lock(split.idea_id)[split.idea_id]
    part = Part.objects.filter(split=split, person=by).first()
    if part is None:
        raise NotAllowed(_("It names others, not you."))
    if by.gone or company(idea, {by.pk}):
        raise NotAllowed(_("You are in the team that judges this idea: the lead has to propose anew."))
    if part.signed:
        return
    _check_proposed(split)
    Part.objects.filter(pk=part.pk, signed=None).update(signed=clock.now())
    record(verbs.SIGNED, by=by, on=split, idea=idea.pk, number=split.number)
    _stand_if_signed(split, by)


def _check_proposed(split: Split) -> None:
    """Needs the lock of the idea."""
    split.refresh_from_db()
    if not split.is_proposed:
        raise Refusal(_("This is not proposed any more. Look at how it stands now."))


def _stand_if_signed(split: Split, by: Profile) -> None:
    """Needs the lock of the idea."""
    if Part.objects.filter(split=split, signed=None).exists():
        return
    Split.objects.filter(idea=split.idea_id, state=Split.STANDING).update(state=Split.REPLACED)
    split.state, split.stood = Split.STANDING, clock.now()
    split.save(update_fields=["state", "stood"])
    Royalty.objects.filter(idea=split.idea_id, posted=None).update(due=split.stood)
    record(verbs.STANDS, by=by, on=split, idea=split.idea_id, number=split.number)


@transaction.atomic
def decline(*, by: Profile, split: Split, why: str) -> None:
    """Say no to a proposed split, with a reason for those it names; who has signed may still do so. Twice is once."""
    why = _said(why, 400, "why")
    lock(split.idea_id)
    if not Part.objects.filter(split=split, person=by).exists():
        raise NotAllowed(_("It names others, not you."))
    if not why:
        raise BadInput(_("Say why: who leads the idea reads this."), field="why")
    split.refresh_from_db()
    if split.state == Split.DECLINED and split.declined_by_id == by.pk:
        return
    _check_proposed(split)
    split.state, split.declined_by, split.answer = Split.DECLINED, by, why
    split.save(update_fields=["state", "declined_by", "answer"])
    record(verbs.DECLINED, by=by, on=split, idea=split.idea_id, number=split.number)


@transaction.atomic
def take_back(*, by: Profile, split: Split) -> None:
    """The lead takes a proposed split back. Twice is once; what stands, stands until another does."""
    _check_lead(by, lock(split.idea_id)[split.idea_id])
    split.refresh_from_db()
    if split.state == Split.BACK:
        return
    _check_proposed(split)
    split.state = Split.BACK
    split.save(update_fields=["state"])
    record(verbs.TAKEN_BACK, by=by, on=split, idea=split.idea_id, number=split.number)
