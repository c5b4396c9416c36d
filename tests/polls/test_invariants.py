"""What must never be in the tables of polls is seen."""

from __future__ import annotations

import pytest

from moothall.config.invariants import offenders
from moothall.polls.models import PRICE, RANKED, Answer, Choice, Pick, Poll
from tests.ideas.made import proposed
from tests.polls.made import answered, polled
from tests.town import Town

pytestmark = pytest.mark.django_db
ANSWER = "an answer ticks one choice or several, puts some in places without a gap, or says yes or no to each price"


def a_town(town: Town) -> dict[str, Poll]:
    idea = proposed(town.ana)
    several = answered(polled(town.ana, idea, several=True), town.ben, 0, 2)
    one = answered(polled(town.ana, idea), town.ben, 1)
    ranked = answered(polled(town.ana, idea, RANKED), town.ben, 2, 0)
    price = answered(polled(town.ana, idea, PRICE), town.ben, True, False, True)
    return {"several": several, "one": one, "ranked": ranked, "price": price}


def test_a_town_that_was_asked_is_well(town: Town) -> None:
    a_town(town)
    assert offenders() == {}


def test_what_is_broken_in_an_answer_is_seen(town: Town) -> None:
    polls = a_town(town)
    of = {name: Pick.objects.filter(answer__poll=poll) for name, poll in polls.items()}
    of["ranked"].filter(place=2).update(place=3)
    of["price"].filter(yes=False).delete()
    answer = Answer.objects.get(poll=polls["one"])
    Pick.objects.create(answer=answer, choice=Choice.objects.get(poll=polls["one"], position=0))
    of["several"].delete()
    assert len(offenders()[ANSWER]) == 4
    assert len(offenders()) == 1


def test_what_is_broken_in_a_poll_is_seen(town: Town) -> None:
    polls = a_town(town)
    Poll.objects.filter(pk=polls["one"].pk).update(answers=2)
    Choice.objects.filter(poll=polls["price"], position=2).update(price=1)
    Pick.objects.filter(answer__poll=polls["one"]).update(choice=Choice.objects.get(poll=polls["several"], position=1))
    Poll.objects.filter(pk=polls["ranked"].pk).update(hidden="2026-01-01T00:00:00Z")
    assert set(offenders()) == {
        "a poll counts the people who answered it, and one that was taken back has none",
        "a poll has two to eight choices in words, or three to seven rising prices",
        "what was picked belongs to the poll that was answered",
        "a poll is hidden while a case says so",
    }
