"""The pages of questions ask as much for twenty rows as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core import clock
from moothall.ideas.models import Idea
from moothall.people.models import Profile
from moothall.polls import actions
from moothall.polls.models import OPTIONS, PRICE, RANKED, Poll
from tests.api.callers import secret_of
from tests.ideas.made import proposed
from tests.polls.made import answered, polled
from tests.town import Town, person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BUDGET = {"polls": 7, "poll": 12, "api polls": 8, "api poll": 12}
PICKS = {OPTIONS: (1,), RANKED: (2, 0, 1), PRICE: (True, True, False)}


def queries(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def fill(idea: Idea, lead: Profile, poll: Poll, rows: range) -> None:
    """Another question that is over, and another answer to the one that is asked about."""
    for n in rows:
        clock.move(clock.now() + timedelta(days=1))
        actions.close(by=lead, poll=polled(lead, idea, question=f"Number {n}?"))
        answered(poll, person(f"Voice {n}", f"voice-{n}"), *PICKS[poll.sort])


@pytest.mark.parametrize("sort", sorted(PICKS))
def test_questions_keep_their_budget_from_one_row_to_twenty(town: Town, sort: str) -> None:
    idea = proposed(town.ana)
    poll = polled(town.ana, idea, sort, shown="always", closes=clock.now() + timedelta(days=60))
    mine = answered(poll, town.ben, *PICKS[sort])
    clients = {"": signed_in(town.ben), "api ": Client(headers={"Authorization": f"Bearer {secret_of(town.ben)}"})}
    addresses = {
        "polls": f"/ideas/{idea.public}/polls",
        "poll": f"/polls/{mine.public}",
        "api polls": f"/api/v1/ideas/{idea.public}/polls",
        "api poll": f"/api/v1/polls/{mine.public}",
    }
    counts = []
    for rows in (range(5), range(5, 20)):
        fill(idea, town.ana, poll, rows)
        counts.append(
            {name: queries(clients["api " * name.startswith("api")], there) for name, there in addresses.items()}
        )
    assert counts[0] == counts[1]
    assert not {name: number for name, number in counts[1].items() if number > BUDGET[name]}
