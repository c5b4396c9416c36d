"""Payloads at the gate: reasons, what would change it, appeals, answers, judgements taken back, arguments."""

from __future__ import annotations

from itertools import cycle

from moothall.core.money import Money
from moothall.ideas import actions as ideas
from moothall.ideas.gates import Gate
from moothall.people.models import Profile
from tests.town import Town

from .payloads import chunks

POUND = Money(100, "GBP")
FIGURES = ideas.Figures(price=POUND * 36, runs=[(2, POUND * 20), (5, POUND * 12)])


def fill(the: Town) -> None:
    """An idea for each short text, judged, appealed against and answered; the longer ones come round again."""
    ideas.set_mark(by=the.mira, brand=the.brand, voices=1, days=28)
    longs = [cycle(chunks(2000)) for _n in range(4)]
    for turn, one in enumerate(longs):
        for _n in range(turn % len(chunks(2000))):
            next(one)
    reasons, changes, appeals, answers = longs
    rounds = max(len(chunks(400)), len(chunks(2000)))
    whys, words = cycle(chunks(400)), cycle(chunks(400))
    leads = [Profile.objects.get(handle=f"person-{60 + n}") for n in range(rounds)]
    for lead in leads:
        draft = ideas.keep_draft(by=lead, words=ideas.Words("Pot", "It drips", "At tea"), brand=the.brand)
        idea = ideas.propose(by=lead, idea=draft)
        ideas.back(by=the.ben, idea=idea, level="pay", price=POUND * 38)
        gate = Gate.objects.select_related("idea", "brand").get(idea=idea)
        ideas.keep_sheet(by=the.mira, gate=gate, figures=FIGURES)
        ideas.judge(by=the.mira, gate=gate, state=Gate.NO, reasons=next(reasons), change=next(changes))
        ideas.appeal(by=lead, gate=gate, words=next(appeals))
        ideas.answer_appeal(by=the.mira, gate=gate, words=next(answers))
        ideas.argue(by=lead, gate=gate, figures=FIGURES, words=next(words))
        ideas.undo(by=the.mira, gate=gate, why=next(whys))
