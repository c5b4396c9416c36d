"""Arguing with a brand's numbers: a copy of its sheet with others, and a sentence."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock
from moothall.core.refusals import NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import PERSON, Profile

from .. import judged, verbs
from ..gates import Gate, Sheet
from .gating import hold
from .judging import Figures, worded, write_runs

MOST_ARGUED = 3  # of one person at one gate


@transaction.atomic
def argue(*, by: Profile, gate: Gate, figures: Figures, words: str) -> Sheet:
    """Publish other numbers than the brand's, and say why. Refuses its team, and a fourth."""
    if by.sort != PERSON or not judged.gates(by).filter(pk=gate.pk).exists():
        raise NotAllowed(_("You cannot argue with this."))
    if people.role_of(by, gate.brand):
        raise NotAllowed(_("You are in the team that judges: your numbers are the brand's own."))
    words = worded(words, "words", _("Say in a sentence what you see otherwise."), most=400)
    said = figures.columns(gate.currency)
    sizes = figures.sizes(gate.currency)
    hold(gate.idea)  # so that two at once do not both count three
    if not Sheet.objects.filter(gate=gate, own=True, published__isnull=False).exists():
        raise Refusal(_("There is no sheet here yet to argue with."))
    if Sheet.objects.filter(gate=gate, by=by, own=False, ended=None, hidden=None).count() >= MOST_ARGUED:
        raise Refusal(_("Three of yours stand here already. Take one back first."))
    now = clock.now()
    sheet = Sheet.objects.create(gate=gate, by=by, words=words, currency=gate.currency, at=now, published=now, **said)
    write_runs(sheet, sizes)
    record(verbs.ARGUED, by=by, on=sheet, gate=gate.pk)
    return sheet


@transaction.atomic
def end_argument(*, by: Profile, sheet: Sheet) -> None:
    """Take one's own back. Twice is once."""
    if sheet.own or sheet.by_id != by.pk:
        raise NotAllowed(_("This is not yours to take back."))
    if Sheet.objects.filter(pk=sheet.pk, ended=None).update(ended=clock.now()):
        record(verbs.ENDED, by=by, on=sheet, gate=sheet.gate_id)
