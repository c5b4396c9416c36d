"""The API against processes: one key pressed fifty times, and the program of docs/API.md, with and without cuts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pytest

from .conftest import Opened
from .crowd import at_once
from .cuts import Cuts
from .hall import PLAIN, HallProcess
from .mould import ROOT
from .shopper import HOME

PRESSES = 50


def secret_of(hall: HallProcess, who: str) -> str:
    """A token that this person made a moment ago."""
    told = hall.run("tests.process.make_token", who)
    assert told.returncode == 0, told.stderr
    return told.stdout.split()[-1]


def variant(hall: HallProcess, name: str) -> str:
    return str(hall.one("SELECT public FROM catalog_variant WHERE id = ?", hall.scene["variants"][name]))


@pytest.mark.race
def test_one_key_fifty_times(a_hall: Opened) -> None:
    """Into the basket, into a circle of one's own, and bought: each once, and fifty times the same answer."""
    hall = a_hall("web", "till", processes=2)
    headers = {"Authorization": f"Bearer {secret_of(hall, 'ana')}", "Content-Type": "application/json"}
    contact = {**HOME, "email": "ana@example.org"}
    for path, body in (
        ("/basket/lines", {"variant": variant(hall, "pot"), "quantity": 2}),
        ("/circles", {"name": "Choir"}),
        ("/purchases", {"contact": contact}),
    ):
        said = headers | {"Idempotency-Key": f"once {path}"}
        doors = [httpx.Client(base_url=hall.address, headers=said, timeout=90, verify=PLAIN) for _n in range(PRESSES)]
        press = partial(_press, path=f"/api/v1{path}", body=json.dumps(body))
        answers = at_once(press, doors)
        assert {answer.status_code for answer in answers} == {201}, {answer.text for answer in answers}
        assert len({answer.text for answer in answers}) == 1
        assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert hall.rows("SELECT quantity FROM orders_basketline") == [(2,)]
    assert hall.one("SELECT COUNT(*) FROM people_circle WHERE name = 'Choir'") == 1
    assert hall.one("SELECT COUNT(*) FROM orders_purchase") == 1
    assert hall.rows("SELECT state FROM payments_payment") == [("open",)]
    assert hall.one("SELECT COUNT(*) FROM api_answer") == 3
    hall.check()


def _press(door: httpx.Client, *, path: str, body: str) -> httpx.Response:
    return door.post(path, content=body)


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_the_program_of_the_docs_buys_once(a_hall: Opened, tmp_path: Path, cut: bool) -> None:
    """Exactly as it stands there. `cut`: every second answer never arrives, after what was asked has been done."""
    hall = a_hall("web", "till", "worker")
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "API.md").read_text(), re.DOTALL)
    place = tmp_path / "buy.py"
    place.write_text(program)
    with Cuts(hall.ports["web"], every=2 if cut else 0) as cuts:
        environment = os.environ | {"HALL": cuts.address, "TOKEN": secret_of(hall, "ana"), "THING": "spoon"}
        told = subprocess.run(
            [sys.executable, str(place)], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
    assert told.returncode == 0, told.stderr
    assert bool(cuts.cut) == cut
    (row,) = hall.rows("SELECT p.public, y.state FROM orders_purchase p JOIN payments_payment y ON y.id = p.payment_id")
    assert row == (told.stdout.strip(), "paid")
    assert hall.rows("SELECT quantity, price FROM orders_orderline") == [(1, 500)]
    assert list(hall.charged().values()) == [500]
    hall.check()


@pytest.mark.crash
def test_killed_between_deed_and_answer(a_hall: Opened) -> None:
    """Sent again with its key, each deed is done once: a circle made without its answer would be refused."""
    hall = a_hall("web", "till")
    limits = httpx.Limits(max_keepalive_connections=0)
    headers = {"Authorization": f"Bearer {secret_of(hall, 'ana')}"}
    door = httpx.Client(base_url=hall.address, headers=headers, timeout=30, verify=PLAIN, limits=limits)

    def make(number: int) -> int:
        sent = {"Idempotency-Key": f"circle {number}"}
        for _try in range(60):
            with suppress(httpx.TransportError):
                said = door.post("/api/v1/circles", json={"name": f"Circle {number}"}, headers=sent)
                if said.status_code < 500:
                    return said.status_code
            time.sleep(0.5)
        return 0

    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(make, number) for number in range(40)]
        for _kill in range(3):
            time.sleep(0.15)
            hall.kill("web")
            hall.open("web")
        answers = [one.result() for one in made]
    assert answers == [201] * 40
    assert hall.one("SELECT COUNT(*) FROM people_circle WHERE name LIKE 'Circle %'") == 40
    assert hall.one("SELECT COUNT(*) FROM api_answer WHERE status <> 201") == 0
    hall.check()


def test_the_program_is_short() -> None:
    """Twenty lines that do something, beside the blank ones."""
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "API.md").read_text(), re.DOTALL)
    assert len([line for line in program.splitlines() if line.strip()]) <= 20
