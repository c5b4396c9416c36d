"""Standing behind an idea: one person, one voice, at its strongest."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Backing, Idea
from .gating import reach

LEVELS = {Backing.LIKE: 1, Backing.FOLLOW: 2, Backing.PAY: 3}


@transaction.atomic
def back(*, by: Profile, idea: Idea, level: str, price: Money | None = None) -> Backing:
    """Like an idea, follow it, or say what one would pay. Said again it replaces what was said before: a voice counts
    once, at the level it has now. Refuses one's own idea."""
    if by.sort != PERSON or not queries.visible_ids(by, [idea.pk]):
        raise NotAllowed(_("You cannot back this."))
    if idea.lead_id == by.pk:
        raise Refusal(_("It is yours: that you stand behind it, everybody knows."))
    if level not in LEVELS:
        raise BadInput(_("Choose how you back it."), field="level")
    if level == Backing.PAY and (price is None or price.minor <= 0 or price.currency != idea.currency):
        raise BadInput(_("Say what you would pay, like 38 or 38.50."), field="price")
    said = {
        "level": level,
        "price": price.minor if price and level == Backing.PAY else None,
        "currency": idea.currency,
    }
    # Whoever comes at the same moment waits here: the weight moves by what the voice was before.
    Idea.objects.filter(pk=idea.pk).update(weight=F("weight"))
    before = Backing.objects.filter(idea=idea, person=by).first()
    if before and (before.level, before.price) == (level, said["price"]):
        return before
    made, _new = Backing.objects.update_or_create(idea=idea, person=by, defaults=said | {"at": clock.now()})
    _weigh(idea, Backing.WEIGHTS[level] - (Backing.WEIGHTS[before.level] if before else 0))
    record(verbs.BACKED, by=by, on=idea, level=LEVELS[level])
    reach(idea)
    return made


@transaction.atomic
def unback(*, by: Profile, idea: Idea) -> None:
    """Take one's voice back. Twice is once."""
    Idea.objects.filter(pk=idea.pk).update(weight=F("weight"))
    before = Backing.objects.filter(idea=idea, person=by).first()
    if before is None:
        return
    before.delete()
    _weigh(idea, -Backing.WEIGHTS[before.level])
    record(verbs.UNBACKED, by=by, on=idea)


def _weigh(idea: Idea, more: int) -> None:
    Idea.objects.filter(pk=idea.pk).update(weight=F("weight") + more)
    idea.refresh_from_db(fields=["weight"])
