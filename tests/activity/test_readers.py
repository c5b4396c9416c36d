"""Readers: each act is read, one that fails waits and stands dead at last, and blocks nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from moothall.activity import actions
from moothall.activity.actions import reads, record, replay
from moothall.activity.models import Act, Pending
from moothall.core import clock, work
from moothall.people import verbs
from moothall.people.models import Profile
from tests.town import Town

Reading = Callable[[Act], None]


@pytest.fixture
def heard(own_readers: dict[str, Any]) -> list[int]:
    """What the one reader of this file has read."""
    found: list[int] = []
    reads("ear", verbs.CHANGED)(lambda act: found.append(act.data["n"]))
    return found


@pytest.fixture
def say(town: Town, heard: list[int]) -> Callable[[int], Act]:
    Pending.objects.all().delete()
    return lambda n: record(verbs.CHANGED, by=town.ana, on=town.ana, n=n)


def acts() -> work.Work:
    return work.known()["acts"]


def later(**by: float) -> None:
    clock.move(clock.now() + timedelta(**by))


def test_what_is_read_is_done(say: Callable[[int], Act], heard: list[int]) -> None:
    say(1), say(2)
    work.do_due()
    assert heard == [1, 2]
    assert not Pending.objects.exists()
    assert work.do_due() == 0


def test_nothing_is_read_before_it_is_due(say: Callable[[int], Act], heard: list[int]) -> None:
    say(1)
    Pending.objects.update(due=clock.now() + timedelta(hours=1))
    work.do_due()
    assert heard == []


def test_failing_waits_twice_as_long_each_time_then_is_dead_then_revived(
    say: Callable[[int], Act], heard: list[int], own_readers: dict[str, Any]
) -> None:
    own_readers.clear()
    tries: list[int] = []

    def stumble(act: Act) -> None:
        tries.append(act.data["n"])
        raise LookupError("no such shelf")

    reads("ear", verbs.CHANGED)(stumble)
    clock.move(clock.now())
    say(7)
    for n in range(1, work.MOST_TRIES + 1):
        work.do_due()
        row = Pending.objects.get()
        assert (len(tries), row.tries, row.error) == (n, n, "LookupError: no such shelf")
        assert row.due == clock.now() + timedelta(seconds=min(2**n, 3600))
        assert (row.dead is not None) == (n == work.MOST_TRIES)
        clock.move(row.due)
    work.do_due()
    assert len(tries) == work.MOST_TRIES

    own_readers.clear()
    reads("ear", verbs.CHANGED)(lambda act: heard.append(act.data["n"]))
    work.revive(acts(), Pending.objects.get().pk)
    work.do_due()
    assert heard == [7]
    assert not Pending.objects.exists()


def test_only_the_dead_are_revived(say: Callable[[int], Act]) -> None:
    say(1)
    Pending.objects.update(tries=3, error="x")
    work.revive(acts(), Pending.objects.get().pk)
    assert Pending.objects.get().tries == 3


def test_one_poisoned_act_blocks_nobody(
    town: Town, say: Callable[[int], Act], heard: list[int], own_readers: dict[str, Any]
) -> None:
    own_readers.clear()

    def choosy(act: Act) -> None:
        """What it wrote before it failed is taken back: each act is read in a savepoint."""
        if act.data["n"] == 2:
            Profile.objects.filter(pk=town.noor.pk).update(words="half done")
            raise IntegrityError("poison")
        heard.append(act.data["n"])

    reads("ear", verbs.CHANGED)(choosy)
    for n in range(1, 5):
        say(n)
    work.do_due()
    assert heard == [1, 3, 4]
    assert [row.act.data["n"] for row in Pending.objects.all()] == [2]
    assert Profile.objects.get(pk=town.noor.pk).words == ""


def test_a_real_database_error_in_one_spoils_no_other(
    town: Town, say: Callable[[int], Act], heard: list[int], own_readers: dict[str, Any]
) -> None:
    own_readers.clear()

    def twice_the_handle(act: Act) -> None:
        if act.data["n"] == 1:
            Profile.objects.create(name="Ana again", handle="ana")
        heard.append(act.data["n"])

    reads("ear", verbs.CHANGED)(twice_the_handle)
    say(1), say(2)
    work.do_due()
    assert heard == [2]
    assert Pending.objects.get().error.startswith("IntegrityError")


def test_a_lease_that_ran_out_is_read_alone(say: Callable[[int], Act], heard: list[int]) -> None:
    clock.move(clock.now())
    for n in range(1, 4):
        say(n)
    gone = work.claim(acts())
    assert len(gone) == 3
    say(4)
    assert [row.act.data["n"] for row in work.claim(acts())] == [4]
    later(seconds=61)
    alone = [work.claim(acts()) for _ in range(4)]
    assert [len(rows) for rows in alone] == [1, 1, 1, 1]
    assert {rows[0].tries for rows in alone} == {2}


def test_two_claims_never_give_the_same_row(say: Callable[[int], Act]) -> None:
    for n in range(70):
        say(n)
    first, second, third = (work.claim(acts()) for _ in range(3))
    assert (len(first), len(second), len(third)) == (50, 20, 0)
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_who_lost_the_claim_ends_nothing(say: Callable[[int], Act], heard: list[int]) -> None:
    clock.move(clock.now())
    say(1)
    slow = work.claim(acts())
    later(seconds=61)
    fast = work.claim(acts())
    actions.read_pending(slow)
    assert Pending.objects.get().claim == fast[0].claim
    actions.read_pending(fast)
    assert not Pending.objects.exists()


def test_what_does_not_fit_into_a_slice_is_handed_back(
    say: Callable[[int], Act], heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "SLICE", -1)
    for n in range(3):
        say(n)
    rows = work.claim(acts())
    actions.read_pending(rows)
    assert heard == [0]
    assert list(Pending.objects.values_list("tries", flat=True)) == [0, 0]
    work.do_due()
    assert heard == [0, 1, 2]


def test_an_unknown_reader_fails_alone(say: Callable[[int], Act], heard: list[int]) -> None:
    act = say(1)
    Pending.objects.create(act=act, reader="gone")
    work.do_due()
    assert heard == [1]
    assert Pending.objects.get().error == "KeyError: 'gone'"


def test_replay_hands_out_again_and_fills_gaps_only(say: Callable[[int], Act], heard: list[int]) -> None:
    first = say(1)
    say(2)
    work.do_due()
    say(3)
    Pending.objects.update(tries=5, error="busy")
    assert replay("ear") == 2
    assert Pending.objects.get(act__data__n=3).tries == 5
    assert replay("ear") == 0
    assert replay("ear", since=first.pk) == 0
    Pending.objects.filter(tries=5).update(tries=0)
    work.do_due()
    assert sorted(heard) == [1, 1, 2, 2, 3]


def test_replay_from_an_id_on(say: Callable[[int], Act], heard: list[int]) -> None:
    first = say(1)
    say(2)
    work.do_due()
    assert replay("ear", since=first.pk) == 1
    work.do_due()
    assert heard == [1, 2, 2]
