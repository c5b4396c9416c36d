"""Many who want the last pieces at the same moment: exactly as many get one as there are."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from .conftest import Opened
from .crowd import at_once, by_turns
from .hall import HallProcess
from .shopper import Form, Shopper, headline, sentence_in

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
BUYERS = 64

pytestmark = pytest.mark.race


def test_sixty_four_for_ten(a_hall: Opened) -> None:
    hall = a_hall(processes=2, threads=8)
    for round in range(ROUNDS):
        got, said = race(hall, [[f"lid-{round}"]] * BUYERS)
        assert got == 10
        assert all(f"lid {round} is sold out." in sentence for sentence in said), said
        assert stock(hall, f"lid-{round}") == (0, 0, 10)
    hall.drained()
    hall.agrees_with_till()
    hall.check()


def test_two_lines_in_opposite_orders(a_hall: Opened) -> None:
    """Baskets with the same two things, put in both ways round, never wait for each other for ever."""
    hall = a_hall(processes=2, threads=8)
    for round in range(ROUNDS):
        pair = [f"jug-{round}", f"mug-{round}"]
        got, said = race(hall, [pair, pair[::-1]] * (BUYERS // 4))
        assert got == 10
        assert all("sold out" in sentence for sentence in said), said
        assert stock(hall, pair[0]) == stock(hall, pair[1]) == (0, 0, 10)
    hall.drained()
    hall.agrees_with_till()
    hall.check()


def race(hall: HallProcess, wanted: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Guests fill their baskets, press Pay together, and pay; how many got it, and what the others were told."""

    def ready(names: Sequence[str]) -> tuple[Shopper, Form]:
        shopper = Shopper(hall)
        for name in names:
            shopper.put(name)
        return shopper, shopper.checkout()

    def go(one: tuple[Shopper, Form]) -> str:
        shopper, form = one
        answer = shopper.post(form)
        if answer.status_code == 422:
            return sentence_in(answer)
        assert headline(shopper.get(shopper.pay(answer.headers["location"]))) == "Thank you, Gil"
        return ""

    said = at_once(go, by_turns(ready, wanted))
    return said.count(""), [sentence for sentence in said if sentence]


def stock(hall: HallProcess, name: str) -> tuple[int, int, int]:
    """Available, held, sold."""
    sql = "SELECT available, held, sold FROM catalog_variant WHERE id = ?"
    available, held, sold = hall.rows(sql, hall.scene["variants"][name])[0]
    return available, held, sold
