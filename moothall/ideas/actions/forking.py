"""Beginning one's own from somebody's idea."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.core import clock
from moothall.core.palettes import palette_for
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import queries
from ..models import Idea, Version
from .writing import check_room, may_lead, said_by


@transaction.atomic
def fork(*, by: Profile, idea: Idea, number: int | None = None) -> Idea:
    """A draft of one's own that says what the idea says in its newest version, or in that of this number, and names
    where it came from. A draft that was begun from it already is that draft. Who is in the team of the brand it is
    addressed to addresses theirs to everybody."""
    may_lead(by, None)
    if not queries.openable(by).filter(pk=idea.pk, stage__in=(Idea.SHAPE, Idea.MERGED)).exists():
        raise NotAllowed(_("You cannot begin from this."))
    said = Version.objects.filter(idea=idea, number=number or idea.number).first()
    if said is None:
        raise Refusal(_("There is no such version."))
    Profile.objects.filter(pk=by.pk).update(since=F("since"))  # two presses at the same moment
    begun = Idea.objects.filter(lead=by, stage=Idea.DRAFT, forked_from=idea, forked_number=said.number).first()
    if begun is not None:
        return begun
    check_room(by)
    draft = Idea(lead=by, at=clock.now(), currency=idea.currency, forked_from=idea, forked_number=said.number)
    for name in said_by(idea):
        setattr(draft, name, getattr(said, name))
    if idea.brand and not people.role_of(by, idea.brand) and people.visible_ids(by, [idea.brand.pk]):
        draft.brand = idea.brand
    draft.palette = palette_for(draft.public)
    draft.save()
    return draft
