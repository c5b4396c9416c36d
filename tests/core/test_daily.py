"""What is done once a day: by one of many workers, its outcome kept, whatever becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from moothall.core import clock, daily, work
from moothall.core.daily import Outcome
from moothall.core.models import Daily

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One daily task at three o'clock that notes each of its turns; its outcomes are heard by nobody else."""
    done: list[str] = []

    def do() -> Outcome:
        done.append(f"{clock.now():%d %H:%M}")
        return Outcome(len(done) != 2, [f"turn {len(done)}"])

    monkeypatch.setattr(daily, "_known", {"sweep": daily.Task("sweep", do, 3, "", daily.always)})
    monkeypatch.setattr(daily, "_ears", [])
    clock.move(NOON)
    daily.plan()
    return done


def test_it_is_done_once_a_day_and_its_outcome_kept(turns: list[str]) -> None:
    assert work.do_slow() == 0, "not before its hour"
    clock.move(NOON + timedelta(hours=15, minutes=5))
    assert work.do_slow() == 1
    assert work.do_slow() == 0
    row = Daily.objects.get()
    assert (turns, row.well, row.said) == (["02 03:05"], True, ["turn 1"])
    assert row.due == datetime(2030, 6, 3, 3, tzinfo=UTC)


def test_of_two_workers_one_does_it(turns: list[str]) -> None:
    clock.move(NOON + timedelta(days=1))
    taken = work.claim(work.known()["daily"])
    assert len(taken) == 1
    assert work.do_slow() == 0
    assert turns == []


def test_a_worker_that_was_down_makes_up_for_one_day_only(turns: list[str]) -> None:
    clock.move(NOON + timedelta(days=9))
    assert work.do_slow() == 1
    assert turns == ["10 12:00"]


def test_planning_again_moves_no_turn(turns: list[str]) -> None:
    due = Daily.objects.get().due
    clock.move(NOON + timedelta(days=1))
    daily.plan()
    assert Daily.objects.get().due == due


def test_what_breaks_off_is_a_bad_outcome_and_has_its_turn_tomorrow(
    turns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall() -> Outcome:
        raise OSError("no room")

    monkeypatch.setattr(daily, "_known", {"sweep": daily.Task("sweep", fall, 3, "", daily.always)})
    clock.move(NOON + timedelta(days=1))
    work.do_slow()
    row = Daily.objects.get()
    assert (row.well, row.said, row.dead, row.tries) == (False, ["OSError: no room"], None, 0)
    assert row.due == datetime(2030, 6, 3, 3, tzinfo=UTC)


def test_asked_for_it_is_done_by_the_next_worker(turns: list[str]) -> None:
    daily.ask("sweep")
    assert work.do_slow() == 1
    assert turns == ["01 12:00"]


def test_whoever_asked_hears_each_outcome(turns: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(daily, "_ears", [lambda name, outcome: heard.append((name, outcome.well))])
    daily.run("sweep")
    daily.run("sweep")
    assert heard == [("sweep", True), ("sweep", False)]


def test_what_is_not_set_up_waits_for_tomorrow(turns: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    task = daily.known()["sweep"]
    monkeypatch.setattr(daily, "_known", {"sweep": daily.Task("sweep", task.do, 3, "", lambda: False)})
    clock.move(NOON + timedelta(days=1))
    work.do_slow()
    assert turns == []
    assert Daily.objects.get().well is None


def test_what_an_older_version_did_is_forgotten(turns: list[str]) -> None:
    Daily.objects.create(name="of old", due=NOON)
    work.do_slow()
    assert not Daily.objects.filter(name="of old").exists()
