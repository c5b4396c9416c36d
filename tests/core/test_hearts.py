"""A worker's signs of life, and that a steward sees within a minute when they end."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from moothall.core import clock, daily, hearts, work
from moothall.core.models import Daily, Heart
from moothall.core.work import Work
from moothall.outbox.actions import put
from moothall.outbox.models import Mail
from moothall.people.actions import make_steward
from moothall.people.models import Account
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db


def test_the_first_sign_of_life_gives_each_daily_task_its_turn_and_forgets_the_long_dead() -> None:
    Heart.objects.create(name="old 1", at=clock.now() - timedelta(hours=2))
    hearts.beat("here 2", clock.now())
    assert list(Heart.objects.values_list("name", flat=True)) == ["here 2"]
    assert set(Daily.objects.values_list("name", flat=True)) == set(daily.known())


def test_a_sign_of_life_is_one_row_that_moves_on() -> None:
    since = clock.now()
    clock.move(since)
    hearts.beat("here 2", since)
    clock.move(since + timedelta(seconds=15))
    hearts.beat("here 2", since)
    [one] = Heart.objects.all()
    assert (one.since, one.at) == (since, since + timedelta(seconds=15))


def test_silence_is_seen_within_a_minute(town: Town) -> None:
    """On the steward's page and by machines; the page of the hall's health says it too."""
    make_steward(account=Account.objects.get(profile=town.mira))
    client, machine = signed_in(town.mira), Client()
    begun = clock.now()
    clock.move(begun)
    assert machine.get("/health/worker").status_code == 503
    hearts.beat("here 2", begun)
    assert machine.get("/health/worker").status_code == 200
    assert machine.get("/health").json() == {"ok": True, "worker": "at work"}
    assert "No worker" not in client.get("/steward/work").content.decode()
    clock.move(begun + timedelta(seconds=46))
    assert machine.get("/health/worker").status_code == 503
    told = machine.get("/health")
    assert (told.status_code, told.json()["worker"]) == (200, "no worker for 1 min")
    clock.move(begun + timedelta(minutes=7))
    assert "No worker for 7 minutes" in client.get("/steward/work").content.decode()
    assert "No worker for 7 minutes" in client.get("/steward/health").content.decode()


def test_the_heart_beats_on_while_the_hands_are_stuck_and_tells_with_what() -> None:
    put(key="k", to="a@example.org", subject="s", text="t")
    seen: list[tuple[str, Any]] = []
    slow = Work("sticky", Mail, lambda rows: seen.extend(work.in_hand()), 1, timedelta(seconds=60))
    assert work.do_some(slow) == 1
    assert [name for name, _since in seen] == ["sticky"]
    assert work.in_hand() == []
    Heart.objects.create(name="here 2", hand="sticky", begun=clock.now() - timedelta(minutes=6))
    pulse = hearts.pulse()
    assert not pulse.silent
    assert [one.name for one in pulse.stuck] == ["here 2"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_hello_and_good_bye(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is slow holds up nothing that is quick."""
    monkeypatch.setattr(hearts, "BEAT", 0.05)
    stop, quick_done = threading.Event(), threading.Event()
    held: list[bool] = []

    def take_long() -> daily.Outcome:
        held.append(quick_done.wait(20))
        return daily.Outcome()

    def be_quick(rows: Any) -> None:
        Mail.objects.filter(pk=rows[0].pk).delete()
        quick_done.set()

    monkeypatch.setattr(daily, "_known", {"long": daily.Task("long", take_long, 3, "", daily.always)})
    works = {"daily": work.known()["daily"], "mail": Work("mail", Mail, be_quick, 1, timedelta(seconds=60))}
    monkeypatch.setattr(work, "_known", works)
    daily.ask("long")
    worker = threading.Thread(target=hearts.live, args=(stop,))
    worker.start()
    end = time.monotonic() + 20
    while not work.in_hand() and time.monotonic() < end:
        time.sleep(0.01)
    assert Heart.objects.count() == 1
    put(key="k", to="a@example.org", subject="s", text="t")
    while not held and time.monotonic() < end:
        time.sleep(0.01)
    stop.set()
    worker.join(30)
    assert held == [True]
    assert not Heart.objects.exists()
