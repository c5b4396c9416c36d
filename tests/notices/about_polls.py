"""How acts of polls are told."""

from __future__ import annotations

from datetime import timedelta

from moothall.core import clock, work
from moothall.ideas import actions as ideas
from moothall.people.models import Profile
from moothall.polls import actions
from moothall.polls.models import Poll
from tests.ideas.made import led_by_two, proposed
from tests.notices.cast import put_aside
from tests.polls.made import answered, polled
from tests.town import Town


def _asked(town: Town) -> Poll:
    """About Ana's idea, which Ben leads with her, and Noor follows."""
    idea = proposed(town.ana)
    led_by_two(town.ana, town.ben, idea)
    ideas.back(by=town.noor, idea=idea, level="follow")
    put_aside()
    return polled(town.ana, idea)


def ask_about_an_idea(town: Town) -> dict[str, str]:
    poll = _asked(town)
    return {
        "noor": f"Ana Lima asks those who follow an idea: {poll}",
        "ben": f"Ana Lima asks about an idea of yours: {poll}",
    }


def close_a_question(town: Town) -> dict[str, str]:
    """By its own time: the hall does it, and who asked is told too."""
    poll = _answered(town, town.noor)
    clock.move(poll.closes + timedelta(seconds=1))
    while work.do_some(work.known()["polls"]):
        pass
    return {"noor": f"{poll}: it is over, and the results are there", "ana": f"{poll}: your question is over"}


def close_a_question_early(town: Town) -> dict[str, str]:
    poll = _answered(town, town.noor)
    actions.close(by=town.ana, poll=poll)
    return {"noor": f"{poll}: it is over, and the results are there"}


def _answered(town: Town, by: Profile) -> Poll:
    poll = answered(_asked(town), by, 0)
    put_aside()
    return poll


STORIES = (ask_about_an_idea, close_a_question, close_a_question_early)
