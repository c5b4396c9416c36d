"""Shaping an idea together: contributions, taken in or declined with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.activity.verbs import EVERYBODY
from moothall.core import clock, text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.actions import newcomers
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Contribution, Idea
from .gating import check_unsettled
from .locking import lock
from .writing import LONGEST, add_version, may_write

MOST_OPEN = 5  # contributions of one person that wait at one idea
A_DAY, NEW_A_DAY = 50, 10  # contributions of one person; of one who is new


@transaction.atomic
def contribute(*, by: Profile, idea: Idea, part: str, words: str, why: str = "", base: int) -> Contribution:
    """Say how one would say one part of the newest version one has read (`base`), and why. The same again, while it
    waits, is the first. Refuses one's own idea, the team that judges it, what changes nothing, more than five that
    wait, and more than a day's measure."""
    idea = lock(idea.pk).get(idea.pk, idea)
    if idea.is_merged:
        raise Refusal(_("This idea is merged into another. Contribute to that one."))
    if not queries.visible_ids(by, [idea.pk]):
        raise NotAllowed(_("You cannot contribute to this."))
    may_write(by, idea)
    if queries.writes(by, idea):
        raise Refusal(_("It is yours: make a new version."))
    words, why = _said(idea, part, words, why, base)
    waiting = Contribution.objects.filter(idea=idea, by=by, state=Contribution.OPEN, hidden=None)
    same = waiting.filter(part=part, words=words, why=why).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_OPEN:
        raise Refusal(_("Five of yours wait here already. Take one back, or let the lead answer first."))
    newcomers.take(by, "contribute", new=NEW_A_DAY, known=A_DAY)
    made = Contribution.objects.create(idea=idea, by=by, at=clock.now(), part=part, words=words, why=why, base=base)
    record(verbs.CONTRIBUTED, by=by, on=made, idea=idea.pk)
    return made


@transaction.atomic
def take_in(*, by: Profile, contribution: Contribution, words: str | None = None, base: int) -> Idea:
    """Make a version of it, whose words are the contributor's; as they are, or as the lead edited them. `base` is the
    version the lead looked at: where there is a newer one, nothing of it is lost, and they look again. Refuses words
    of who has come into the team that judges it."""
    idea = _to_answer(by, contribution)
    check_unsettled(idea)
    if queries.is_of_its_brand(contribution.by, idea):
        raise Refusal(_("Who wrote this is in the team that judges the idea now: no word of theirs comes into it."))
    said = contribution.words if words is None else text.tidy(words, lines=contribution.part in ("problem", "use"))
    if not said:
        raise BadInput(_("Say how it will stand, or decline it."), field="words")
    if len(said) > LONGEST[contribution.part]:
        raise BadInput(_("%(most)s letters at most.") % {"most": LONGEST[contribution.part]}, field="words")
    if said == getattr(idea, contribution.part):
        raise BadInput(_("Nothing is different in it."), field="words")
    setattr(idea, contribution.part, said)
    add_version(idea, by=contribution.by, base=base, note="")
    _answer(contribution, Contribution.TAKEN, "", version=idea.number)
    record(verbs.TAKEN, by=by, on=contribution, idea=idea.pk, number=idea.number)
    record(verbs.REVISED, by=by, on=idea, reach=EVERYBODY, number=idea.number)
    return idea


@transaction.atomic
def decline(*, by: Profile, contribution: Contribution, answer: str) -> None:
    """Leave the idea as it is, and say why."""
    _to_answer(by, contribution)
    answer = text.tidy(answer)
    if not answer:
        raise BadInput(_("Say why: they took the trouble."), field="answer")
    if len(answer) > 400:
        raise BadInput(_("Four hundred letters at most."), field="answer")
    _answer(contribution, Contribution.DECLINED, answer)
    record(verbs.DECLINED, by=by, on=contribution, idea=contribution.idea_id)


@transaction.atomic
def take_back(*, by: Profile, contribution: Contribution) -> None:
    """Its author takes it back before it is answered. Twice is once."""
    if contribution.by_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))
    waiting = Contribution.objects.filter(pk=contribution.pk, state=Contribution.OPEN)
    if waiting.update(state=Contribution.BACK, answered=clock.now()):
        record(verbs.TAKEN_BACK, by=by, on=contribution)


def _said(idea: Idea, part: str, words: str, why: str, base: int) -> tuple[str, str]:
    """The words and the reason as they are kept."""
    if part not in Contribution.PARTS:
        raise BadInput(_("Choose which part you would change."), field="part")
    words, why = text.tidy(words, lines=part in ("problem", "use")), text.tidy(why)
    if len(words) > LONGEST[part]:
        raise BadInput(_("%(most)s letters at most.") % {"most": LONGEST[part]}, field="words")
    if len(why) > 400:
        raise BadInput(_("Four hundred letters at most."), field="why")
    if not words or words == getattr(idea, part):
        raise BadInput(_("Nothing is different in it."), field="words")
    if not 0 < base <= idea.number:
        raise BadInput(_("There is no such version."), field="words")
    return words, why


def _to_answer(by: Profile, contribution: Contribution) -> Idea:
    idea = lock(contribution.idea_id)[contribution.idea_id]
    if not queries.writes(by, idea):
        raise NotAllowed(_("Only who leads the idea answers."))
    may_write(by, idea)
    if idea.is_merged:
        raise Refusal(_("The idea is merged into another: contributions wait until they are separated."))
    if not idea.stands:
        raise Refusal(_("Bring the idea back first."))
    return idea


def _answer(contribution: Contribution, state: str, answer: str, version: int | None = None) -> None:
    waiting = Contribution.objects.filter(pk=contribution.pk, state=Contribution.OPEN, hidden=None)
    if not waiting.update(state=state, answer=answer, answered=clock.now(), version=version):
        raise Refusal(_("This was answered already, or removed."))
    contribution.refresh_from_db()
