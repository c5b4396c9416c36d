"""What the tests of polls begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from moothall.catalog.models import Product
from moothall.core import clock
from moothall.core.money import Money
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from moothall.polls import actions, queries
from moothall.polls.actions import Question, Said
from moothall.polls.models import OPTIONS, PRICE, Poll
from tests.talk.made import known
from tests.town import person

COLOURS = ("Blue", "Green", "Red")


def pounds(*numbers: int) -> list[Money]:
    return [Money(number * 100, "GBP") for number in numbers]


def question(sort: str = OPTIONS, **like: Any) -> Question:
    said: dict[str, Any] = {"question": "Which one?", "closes": clock.now() + timedelta(days=14)}
    said |= {"prices": pounds(20, 30, 40)} if sort == PRICE else {"choices": COLOURS}
    return Question(sort, **said | like)


def polled(by: Profile, on: Idea | Product, sort: str = OPTIONS, **like: Any) -> Poll:
    """Asked by somebody who has been here for a while."""
    known(by)
    return actions.ask(by=by, kind=on.kind, id=on.pk, asked=question(sort, **like))


def said(poll: Poll, *picks: int | bool) -> Said:
    """By the numbers of choices, the first is 0; of a price question yes or no to each price."""
    names = [one.public for one in queries.choices_of(poll)]
    if poll.sort == PRICE:
        return Said(prices={name: bool(yes) for name, yes in zip(names, picks, strict=True)})
    return Said(choices=[names[one] for one in picks])


def answered(poll: Poll, by: Profile, *picks: int | bool) -> Poll:
    actions.answer(by=by, poll=poll, said=said(poll, *picks))
    poll.refresh_from_db()
    return poll


def counts(poll: Poll) -> Sequence[int]:
    return queries.results(poll, queries.choices_of(poll)).counts


def crowd(number: int) -> list[Profile]:
    """So many strangers."""
    handles = [f"asked-{n}" for n in range(number)]
    return [Profile.objects.filter(handle=one).first() or person(f"Asked {one[6:]}", one) for one in handles]
