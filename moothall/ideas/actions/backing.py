"""Standing behind an idea: one person, one voice, at its strongest."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people.actions import newcomers
from moothall.people.models import PERSON, Profile

from .. import queries, verbs
from ..models import Backing, Idea
from ..voices import voices
from .gating import reach
from .locking import lock_whole
from .weighing import look, weigh_soon

LEVELS = {Backing.LIKE: 1, Backing.FOLLOW: 2, Backing.PAY: 3}
A_DAY, NEW_A_DAY = 1000, 100  # voices of one person: nobody means more; of one who is new
COLUMNS = {Backing.LIKE: "likes", Backing.FOLLOW: "follows", Backing.PAY: "pays"}


@transaction.atomic
def back(*, by: Profile, idea: Idea, level: str, price: Money | None = None) -> Backing:
    """Like an idea, follow it, or say what one would pay. Said again it replaces what was said before: a voice counts
    once, at the level it has now. Said of an idea that is merged into another it is said of that one. Refuses one's own
    idea, and more than a day's measure."""
    head = Idea.objects.get(pk=idea.into_id) if idea.into_id else idea
    if by.sort != PERSON or not queries.visible_ids(by, [head.pk]):
        raise NotAllowed(_("You cannot back this."))
    if level not in LEVELS:
        raise BadInput(_("Choose how you back it."), field="level")
    if level == Backing.PAY and (price is None or price.minor <= 0 or price.currency != head.currency):
        raise BadInput(_("Say what you would pay, like 38 or 38.50."), field="price")
    # Whoever comes at the same moment waits here: the counts move by what the voice was before.
    head, _merged = lock_whole(idea)
    if head.lead_id == by.pk:
        raise Refusal(_("It is yours: that you stand behind it, everybody knows."))
    said = price.minor if price and level == Backing.PAY else None
    before = voices(head, by).first()
    if before and (before.idea_id, before.level, before.price) == (head.pk, level, said):
        return before
    newcomers.take(by, "back", new=NEW_A_DAY, known=A_DAY)
    look([by.pk])
    new = {"level": level, "price": said, "currency": head.currency, "at": clock.now()}
    made, _new = Backing.objects.update_or_create(idea=head, person=by, defaults=new)
    _move(head, before, voices(head, by).first())
    weigh_soon(head)
    _tell(idea, head)
    record(verbs.BACKED, by=by, on=head, level=LEVELS[level])
    reach(head)
    return made


@transaction.atomic
def unback(*, by: Profile, idea: Idea) -> None:
    """Take one's voice back: of this idea, what it is merged into, and what is merged into that. Twice is once."""
    head, merged = lock_whole(idea)
    rows = Backing.objects.filter(idea__in=[head, *merged], person=by)
    if not rows:
        return
    before = voices(head, by).first()
    for row in rows:
        if row.idea_id != head.pk:
            _move(next(one for one in merged if one.pk == row.idea_id), row, None)
    rows.delete()
    _move(head, before, None)
    weigh_soon(head)
    _tell(idea, head)
    record(verbs.UNBACKED, by=by, on=head)


# ---- for the other rooms of this app's actions


def reckon(idea: Idea) -> None:
    """Count all voices anew: what counts for an idea has changed. Needs its lock."""
    rows = voices(idea).values_list("level").annotate(number=Count("pk")).order_by()
    found = Counter(dict(rows))
    for level, column in COLUMNS.items():
        setattr(idea, column, found[level])
    idea.weight = sum(Backing.WEIGHTS[level] * number for level, number in found.items())
    idea.save(update_fields=[*COLUMNS.values(), "weight"])
    weigh_soon(idea)


def _move(idea: Idea, before: Backing | None, after: Backing | None) -> None:
    """One voice that counted at one level counts at another."""
    if (before and before.level) == (after and after.level):
        return
    change = {}
    if before:
        change[COLUMNS[before.level]] = F(COLUMNS[before.level]) - 1
    if after:
        change[COLUMNS[after.level]] = F(COLUMNS[after.level]) + 1
    more = (Backing.WEIGHTS[after.level] if after else 0) - (Backing.WEIGHTS[before.level] if before else 0)
    Idea.objects.filter(pk=idea.pk).update(**change, weight=F("weight") + more)


def _tell(asked: Idea, head: Idea) -> None:
    """Whoever asked goes on with the counts as they are."""
    names = [*COLUMNS.values(), "weight", "rank", "heard"]
    head.refresh_from_db(fields=names)
    if asked.pk == head.pk:
        for name in names:
            setattr(asked, name, getattr(head, name))
