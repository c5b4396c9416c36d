"""A hall as its keeper runs it: web, worker and till as processes that a test may kill, on a database of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from .mould import KEY, POSTGRES, ROOT, SECRET, Mould, connected, surroundings

PATIENCE = 40.0
PLAIN = ssl.create_default_context()  # made once: each client would read all certificates anew


class HallProcess:
    """`web`, `worker` and `till` come up by `start`, also after `kill`: a kill -9 of the whole process group."""

    def __init__(
        self,
        mould: Mould,
        place: Path,
        *,
        processes: int = 1,
        threads: int = 8,
        workers: int = 1,
        empty: bool = False,
        **settings: str,
    ) -> None:
        self.mould, self.place, self.scene = mould, place, mould.scene
        place.mkdir(parents=True, exist_ok=True)
        self.database = mould.blank() if empty else mould.cast()
        self.ports = {"web": free_port(), "till": free_port()}
        self.address, self.till = (f"http://127.0.0.1:{self.ports[name]}" for name in ("web", "till"))
        own = {"ADDRESS": self.address, "STRIPE_API": self.till, "STRIPE_PAGE": self.till}
        self.environment = surroundings(place, self.database, **own, **settings)
        # With no worker of its own to start, the web process does the work too, as in a small hall.
        beside = ["--no-worker"] if workers else []
        serve = ["moothall", "serve", "--port", str(self.ports["web"]), *beside]
        till = ["fakepay", "--port", str(self.ports["till"]), "--db", str(place / "till.sqlite3")]
        self.commands = {
            "till": [*till, "--webhook", f"{self.address}/hooks/stripe", "--secret", SECRET, "--key", KEY],
            "web": [*serve, "--processes", str(processes), "--threads", str(threads)],
            **{name: ["moothall", "worker"] for name in ["worker", "worker-2", "worker-3", "worker-4"][:workers]},
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def open(self, *names: str) -> HallProcess:
        """Start these, or all, and wait until they answer."""
        for name in names or self.commands:
            self.start(name)
        for name in names or self.commands:
            self.wait_for(name)
        return self

    def start(self, name: str) -> None:
        with (self.place / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *self.commands[name]],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_for(self, name: str) -> None:
        if name in self.ports:
            door = f"{self.till}/_state" if name == "till" else f"{self.address}/health"
            until(lambda: _answers(door), f"{name} did not start: {self.log(name)[-2000:]}")

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.mould.drop(self.database)

    # ---- what is asked of it from outside

    def log(self, name: str = "web") -> str:
        place = self.place / f"{name}.log"
        return place.read_text(errors="replace") if place.exists() else ""

    def run(self, *words: str, within: float = 300) -> subprocess.CompletedProcess[str]:
        """Another process in the same surroundings: `run("moothall", "check")`."""
        command = [sys.executable, "-m", *words]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            out, wrong = process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(command, process.returncode, out, wrong)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database now; `?` stands for a value."""
        if POSTGRES:
            with connected(self.database) as db:
                answer = db.execute(sql.replace("?", "%s"), values or None)
                return answer.fetchall() if answer.description else []
        with sqlite3.connect(self.database.removeprefix("sqlite:///"), timeout=30) as db:
            return db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def state(self) -> dict[str, Any]:
        """All that the till knows."""
        return dict(httpx.get(f"{self.till}/_state", timeout=20, verify=PLAIN).json())

    def faults(self, **wished: Any) -> None:
        answer = httpx.post(f"{self.till}/_faults", json=wished, timeout=20, verify=PLAIN)
        assert answer.status_code == 200, answer.text

    def charged(self) -> dict[str, int]:
        """Charges less refunds at the till, by the payment's public id."""
        state = self.state()
        reference = {one["payment_intent"]: one["client_reference_id"] for one in state["sessions"]}
        found: dict[str, int] = {one["client_reference_id"]: 0 for one in state["sessions"]}
        for one in state["charges"]:
            found[reference[one["payment_intent"]]] += one["amount"] - one["amount_refunded"]
        return found

    def check(self) -> None:
        """`moothall check` finds nothing, nothing is dead but what the scene began with, and no page broke."""
        told = self.run("moothall", "check")
        assert told.returncode == 0, told.stdout + told.stderr
        dead = [line.split("warning", 1)[1].strip() for line in told.stdout.splitlines() if "warning" in line]
        assert dead == self.scene.get("dead", []), told.stdout
        assert "Traceback" not in self.log("web"), self.log("web")[-4000:]

    def drained(self, within: float = 60) -> None:
        """Within a minute no payment is open whose session is over, and no money waits to go back."""
        until(self._is_drained, "the hall is not drained", within)

    def _is_drained(self) -> bool:
        over = {one["client_reference_id"] for one in self.state()["sessions"] if one["status"] != "open"}
        open = {public for (public,) in self.rows("SELECT public FROM payments_payment WHERE state = 'open'")}
        return not over & open and not self.one("SELECT COUNT(*) FROM payments_payback WHERE state = 'due'")

    def agrees_with_till(self) -> None:
        """Captured and kept at the till if and only if paid here, to the penny."""
        charged = self.charged()
        rows = self.rows("SELECT public, amount, state FROM payments_payment")
        assert set(charged) <= {public for public, _amount, _state in rows}
        for public, amount, state in rows:
            gone = self.one(
                "SELECT COALESCE(SUM(a.refunded), 0) FROM orders_allocation a"
                " JOIN payments_payment p ON p.id = a.payment_id WHERE p.public = ?",
                public,
            )
            assert charged.get(public, 0) == (amount - gone if state == "paid" else 0), (public, state)


def until(is_so: Callable[[], bool], otherwise: str, within: float = PATIENCE) -> None:
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, otherwise
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(door: str) -> bool:
    try:
        return httpx.get(door, timeout=5, verify=PLAIN).status_code == 200
    except (httpx.TransportError, json.JSONDecodeError):
        return False
