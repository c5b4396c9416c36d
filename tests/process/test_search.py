"""The index under many hands: four workers read what people change at the same time, and the last state stays."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from .conftest import Opened
from .hall import HallProcess, until
from .shopper import Shopper

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3")) * 5
STALE = "SELECT COUNT(*) FROM core_stale"
NAMES = "SELECT id, name FROM people_profile WHERE handle IN ('ana', 'ben', 'mira', 'noor') ORDER BY id"
WORDS = (
    "SELECT p.subject_id, w.word FROM core_posting p JOIN core_word w ON w.id = p.word_id"
    " WHERE w.kind = 'profile' AND p.weight > 40"
)


def test_names_changed_while_they_are_read(a_hall: Opened) -> None:
    hall = a_hall("web", "worker", "worker-2", "worker-3", "worker-4", workers=4)
    with ThreadPoolExecutor(4) as four:
        list(four.map(lambda who: rename(hall, who), ("ana", "ben", "mira", "noor")))
    until(lambda: hall.one(STALE) == 0, hall.log("worker"), 60)
    titles: dict[int, set[str]] = {}
    for id, word in hall.rows(WORDS):
        titles.setdefault(id, set()).add(word)
    for id, name in hall.rows(NAMES):
        assert set(name.lower().split()) == titles[id]
    assert "Traceback" not in "".join(hall.log(name) for name in hall.running)
    hall.check()


def rename(hall: HallProcess, who: str) -> None:
    one = Shopper(hall, who)
    form = one.form("/you", "/you")
    for n in range(ROUNDS):
        assert one.post(form, name=f"{who} nr{n}").status_code == 302
