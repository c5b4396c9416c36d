"""A lead says yes while those who pledged change their minds: each pledge stands by its own limit, come what may."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .conftest import Opened
from .crowd import at_once
from .hall import PLAIN, HallProcess

PEOPLE = 12
CONTACT = {
    "email": "guest@example.org",
    "name": "Guest",
    "street": "1 Pier",
    "postcode": "TR26 1AA",
    "town": "St Ives",
    "country": "GB",
}

pytestmark = pytest.mark.race


@pytest.mark.parametrize("turn", range(3))
def test_a_yes_while_pledges_change(a_hall: Opened, turn: int) -> None:
    hall = a_hall("web", "till", processes=2, threads=8)
    done = hall.run("tests.process.gathering", str(PEOPLE))
    assert done.returncode == 0, done.stderr[-3000:]
    scene: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])

    def say_yes() -> httpx.Response:
        return web(hall, scene["lead"]).post(f"/gates/{scene['gate']}/acceptance")

    def changing(number: int) -> Callable[[], httpx.Response]:
        """Down below what it will cost, up above it, or out."""
        asks = web(hall, scene["secrets"][number])
        if number % 4 == 3:
            return lambda: asks.delete(f"/pledges/{scene['pledges'][number]}")
        limit = {"minor": (2000, 3600, 9900)[number % 4], "currency": "GBP"}
        body = {"variant": scene["variant"], "quantity": 1 + number % 3, "limit": limit, "contact": CONTACT}
        return lambda: asks.put(f"/pools/{scene['pool']}/pledge", json=body)

    doers = [changing(number) for number in range(PEOPLE)]
    doers.insert(turn * PEOPLE // 2, say_yes)
    said = at_once(lambda do: do(), doers)
    assert {answer.status_code for answer in said} <= {200, 409, 422}, [answer.text for answer in said]
    assert said[turn * PEOPLE // 2].status_code == 200
    assert hall.one("SELECT stage FROM pools_pool") == "open"
    rows = hall.rows('SELECT state, "limit", quantity FROM pools_pledge')
    assert {state for state, limit, _n in rows if limit < 3600} <= {"asked", "withdrawn"}
    assert {state for state, limit, _n in rows if limit >= 3600} <= {"standing", "withdrawn"}
    standing = [quantity for state, _limit, quantity in rows if state == "standing"]
    assert hall.rows("SELECT pieces, people FROM pools_pool") == [(sum(standing), len(standing))]
    hall.check()


def web(hall: HallProcess, secret: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.Client(base_url=f"{hall.address}/api/v1", headers=headers, timeout=90, verify=PLAIN)
