"""Background work of any kind: claims, waiting, a worker that stops when told to."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import OperationalError

from moothall.core import clock, work
from moothall.core.work import Later, Work
from moothall.outbox.actions import put
from moothall.outbox.models import Mail

pytestmark = pytest.mark.django_db


def written(number: int = 1) -> None:
    for n in range(number):
        put(key=f"k{n}", to="a@example.org", subject="s", text="t")


def doing(do: object, batch: int = 1) -> Work:
    return Work("test", Mail, do, batch, timedelta(seconds=60))  # type: ignore[arg-type]


def test_enrolling_gives_the_row_itself_where_they_come_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_known", {})
    seen: list[object] = []
    work.enrol("test", Mail)(lambda row: (seen.append(row.key), Mail.objects.filter(pk=row.pk).delete()))
    written(2)
    assert work.do_due() == 2
    assert seen == ["k0", "k1"]


def test_later_is_no_failure() -> None:
    clock.move(clock.now())
    written()

    def wait(rows: object) -> None:
        raise Later(90)

    for n in range(20):
        assert work.do_some(doing(wait)) == 1, n
        row = Mail.objects.get()
        assert (row.tries, row.dead, row.error, row.due) == (0, None, "", clock.now() + timedelta(seconds=90))
        clock.move(row.due)


def test_later_forgives_no_earlier_failure() -> None:
    written()
    Mail.objects.update(tries=4)

    def wait(rows: object) -> None:
        raise Later(1)

    work.do_some(doing(wait))
    assert Mail.objects.get().tries == 4


def test_a_failure_counts_against_all_that_were_given() -> None:
    written(3)

    def fall(rows: object) -> None:
        raise OSError("cable")

    work.do_some(doing(fall, batch=2))
    assert list(Mail.objects.order_by("pk").values_list("tries", "error")) == [(1, "OSError: cable")] * 2 + [(0, "")]


def test_a_long_error_is_cut() -> None:
    written()

    def fall(rows: object) -> None:
        raise OSError("x" * 2000)

    work.do_some(doing(fall))
    assert len(Mail.objects.get().error) == 500


def test_the_dead_and_the_not_yet_due_are_left() -> None:
    written(2)
    Mail.objects.filter(key="k0").update(dead=clock.now())
    Mail.objects.filter(key="k1").update(due=clock.now() + timedelta(minutes=1))
    assert work.claim(doing(None)) == []


def test_oldest_first() -> None:
    written(3)
    Mail.objects.filter(key="k2").update(due=clock.now() - timedelta(hours=1))
    assert [row.key for row in work.claim(doing(None))] == ["k2"]


def test_one_tried_before_does_not_hold_up_the_fresh() -> None:
    """Fresh rows go on in batches although a tired one is among them."""
    written(4)
    Mail.objects.filter(key="k1").update(tries=2)
    assert [row.key for row in work.claim(doing(None, batch=10))] == ["k0", "k2", "k3"]
    assert [(row.key, row.tries) for row in work.claim(doing(None, batch=10))] == [("k1", 3)]


def test_do_due_stops_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_known", {"test": doing(lambda rows: Mail.objects.filter(pk=rows[0].pk).delete())})
    written(5)
    assert work.do_due(most=2) == 2
    assert work.do_due() == 3


def test_a_round_takes_full_batches_until_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def do(rows: Sequence[Mail]) -> None:
        sizes.append(len(rows))
        Mail.objects.filter(pk__in=[row.pk for row in rows]).delete()
        if len(sizes) == 3:
            put(key="late", to="a@example.org", subject="Late", text="Late")  # it waits for the next round

    monkeypatch.setattr(work, "_known", {"test": doing(do, batch=2)})
    written(5)
    assert work.do_round() == 5
    assert sizes == [2, 2, 1]


def test_a_kind_with_much_to_do_lets_the_others_have_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def does(name: str) -> Work:
        def do(rows: Sequence[Mail]) -> None:
            seen.append(name)
            Mail.objects.filter(pk=rows[0].pk).delete()

        return doing(do)

    monkeypatch.setattr(work, "_known", {"much": does("much"), "other": does("other")})
    written(6)
    rounds = 0
    while work.do_round(turn=0):
        rounds += 1
    assert seen == ["much", "other"] * 3
    assert rounds == 3


def test_run_ends_when_told_and_waits_for_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    rounds: list[int] = []

    def do_round() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("away")
        if len(rounds) == 3:
            stop.set()
        return len(rounds) - 2

    waited: list[float | None] = []
    monkeypatch.setattr(work, "do_round", do_round)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(stop, "wait", waited.append)
    work.run(stop, pause=0.5)
    assert len(rounds) == 3
    assert waited == [2, 0.5, 0.5, work.BREATH], "after a round with something in it only for a breath"


def test_the_clock_moves_only_forwards_until_let_go() -> None:
    ahead = clock.now() + timedelta(days=3)
    clock.move(ahead)
    assert clock.now() == ahead
    with pytest.raises(ValueError, match="forwards"):
        clock.move(ahead - timedelta(seconds=1))
    clock.let_go()
    assert clock.now() < ahead
