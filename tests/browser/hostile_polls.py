"""Payloads in questions and in what one may answer."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice

from moothall.core import clock
from moothall.ideas.models import Idea
from moothall.polls import actions as polls
from moothall.polls import queries
from moothall.polls.models import OPTIONS, RANKED
from tests.town import Town

from .payloads import chunks


def fill(the: Town) -> None:
    """A question about an idea for each text that fits; the first, about the first idea, is answered by nobody."""
    choices, words = cycle(chunks(80)), cycle(chunks(1000))
    ideas = Idea.objects.filter(stage=Idea.SHAPE, hidden=None, brand=None).select_related("lead").order_by("pk")
    questions = chunks(140)
    one_of_each = {idea.lead_id: idea for idea in reversed(ideas)}.values()
    alone = sorted(one_of_each, key=lambda idea: idea.pk)
    for number, (idea, question) in enumerate(zip(alone, questions, strict=False)):
        asked = polls.Question(
            sort=RANKED if number % 2 else OPTIONS,
            question=question,
            words=next(words),
            choices=list(islice(choices, 8)),
            closes=clock.now() + timedelta(days=9),
            shown="always",
        )
        poll = polls.ask(by=idea.lead, kind="idea", id=idea.pk, asked=asked)
        if number:
            said = polls.Said(choices=[queries.choices_of(poll)[0].public])
            polls.answer(by=the.ben, poll=poll, said=said)
    assert len(alone) >= len(questions), "too few lead an idea"
