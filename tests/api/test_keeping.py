"""Keeping the hall by a steward's token: one person's account, its mail, its health and daily work."""

from __future__ import annotations

import pytest

from moothall.core import clock, daily, hearts
from moothall.core.models import Daily
from moothall.outbox.models import Mail
from moothall.people import actions as people
from moothall.people import keys
from moothall.people.models import Account
from tests.api.callers import Till
from tests.town import Town, mails, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(town: Town) -> Till:
    stella = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=stella))
    return Till(stella, "steward")


def test_who_is_suspended_is_shut_out_until_the_end(town: Town, steward: Till) -> None:
    noor = Till(town.noor)
    steward.ask("POST", "/steward/people/noor/suspension", {"reason": " "}, status=422)
    said = steward.ask("POST", "/steward/people/noor/suspension", {"reason": "Sold what was not theirs."})
    assert (said["active"], said["may_suspend"], said["suspensions"][0]["ended"]) == (False, False, None)
    noor.ask("GET", "/me", status=401)
    steward.ask("POST", "/steward/people/noor/suspension", {"reason": "Again."}, status=409)
    said = steward.ask("DELETE", "/steward/people/noor/suspension", status=200)
    assert (said["active"], said["suspensions"][0]["ended_by"]["handle"]) == (True, "stella")
    noor.ask("GET", "/me", status=200)
    assert keys.suspensions_of(Account.objects.get(profile=town.noor)).count() == 1


def test_a_mail_on_trial_is_written_once_for_each_key(steward: Till) -> None:
    for _n in range(2):
        assert steward.ask("POST", "/steward/mails/trial", key="one", status=202) == {"to": "stella@example.org"}
    assert len(mails("stella@example.org")) == 1
    page = steward.get("/steward/mails")
    assert (page["waiting"], page["dead"], page["items"][0]["about"]) == (1, 0, "trial")
    assert "text" not in page["items"][0]
    Mail.objects.update(dead=clock.now(), error="no such box")
    assert steward.get("/steward/mails")["items"] == []
    given_up = steward.get("/steward/mails?dead=true")
    assert (given_up["dead"], given_up["items"][0]["error"]) == (1, "no such box")
    steward.ask("POST", f"/steward/works/mail/{given_up['items'][0]['row']}/retry", status=204)
    assert steward.get("/steward/mails?dead=true")["items"] == []


def test_daily_work_is_asked_for(steward: Till) -> None:
    names = [one["name"] for one in steward.get("/steward/daily")["items"]]
    assert names == list(daily.known())
    steward.ask("POST", "/steward/daily/check/run", status=202)
    assert Daily.objects.get(name="check").due <= clock.now()
    steward.ask("POST", "/steward/daily/nothing/run", status=404)


def test_how_the_hall_is(steward: Till) -> None:
    assert steward.get("/steward/pulse") == {"silent": True, "heard": None, "stuck": [], "workers": []}
    hearts.beat("machine 1", clock.now())
    pulse = steward.get("/steward/pulse")
    assert (pulse["silent"], [one["name"] for one in pulse["workers"]]) == (False, ["machine 1"])
    health = steward.get("/steward/health")
    assert {one["state"] for one in health["found"]} <= {"well", "heed", "wrong"}
    assert health["found"]
    assert (health["asked"], health["asked_at"]) == ([], None)
    daily.note("doctor", daily.Outcome(kept=[]), began=clock.now())
    assert steward.get("/steward/health")["asked_at"]
    assert health["database_bytes"] > 0
