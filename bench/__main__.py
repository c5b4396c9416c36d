"""Races the hall against django-oscar, each at the same work in turn, and measures what pages, feed and readers cost.

Prints ratios and writes build/bench.json. Run it by `make bench`, on a machine that does nothing else."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from . import load
from .shops import ROOT, TOKEN, Hall, Oscar, Shop

BUILD = ROOT / "build" / "bench"
RESULT = ROOT / "build" / "bench.json"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
ACTS = int(os.environ.get("BENCH_ACTS", "5000000"))
SMALL, LARGE, EQUAL, FEED = (200, 500), (20_000, 50_000), (20_000, 50_000), (2000, 20_000)  # products, people


def main() -> None:
    found: dict[str, Any] = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    parts = {"race": race, "pages": of_pages, "feed": of_feed, "readers": of_readers}
    for name in sys.argv[1:] or parts:
        print(f"── {name}", flush=True)
        made = parts[name]()
        found |= made
        for key, value in made.items():
            print(f"   {key:34} {value:.2f}" if isinstance(value, float) else f"   {key:34} {value}", flush=True)
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(found, indent=2) + "\n")
    print(f"── {RESULT.relative_to(ROOT)}")


def race() -> dict[str, Any]:
    """Requests and orders a second of both, in turns, so that a slow minute of the machine is slow for both. Each has
    one process and one thread: where two threads take turns on two cores, both shops lose."""
    ours, theirs = Hall(place("equal")), Oscar(place("oscar"), oscar_python())
    setup(ours, EQUAL)
    try:
        theirs.open(EQUAL[0], threads="1")
        cold = ours.open(trading=True, threads="1")
        sessions = measured(ours, EQUAL, "sessions")
        ours.browsers = [{"session": session, "csrf": TOKEN} for session in sessions["sessions"]]
        kinds = ("product", "market", "checkout", "paid_checkout")
        rates = {kind: [_turn(ours, theirs, kind) for _n in range(ROUNDS)] for kind in kinds}
        memory = ours.memory_mb
    finally:
        ours.close()
        theirs.close()
    found: dict[str, Any] = {"cold_start_s": cold, "memory_mb": memory}
    for kind, turns in rates.items():
        found[f"{kind}_vs_oscar"] = statistics.median(mine / other for mine, other in turns)
        found[f"{kind}_per_s"] = statistics.median(mine for mine, _other in turns)
        found[f"{kind}_per_s_oscar"] = statistics.median(other for _mine, other in turns)
    return found


def _turn(ours: Hall, theirs: Oscar, kind: str) -> tuple[float, float]:
    """django-oscar asks no provider of payments: a checkout of the hall's is the same work without one, and a paid
    checkout is more."""
    if kind in ("product", "market"):
        other = pages_a_second(theirs, kind)
        return pages_a_second(ours, kind), other
    other = orders_a_second(theirs.browsers, theirs.buy)
    return orders_a_second(ours.browsers, ours.pay if kind == "paid_checkout" else ours.buy), other


def pages_a_second(shop: Shop, kind: str) -> float:
    return load.requests_a_second(shop.port, getattr(shop, kind), shop.browsers[0], seconds=3)


def orders_a_second(browsers: Sequence[dict[str, str]], buy: Callable[[dict[str, str]], None]) -> float:
    """With several buying at once, from their first page to their order."""
    begun = time.perf_counter()

    def go_on(browser: dict[str, str]) -> int:
        done = 0
        while time.perf_counter() - begun < 8:
            buy(browser)
            done += 1
        return done

    with ThreadPoolExecutor(len(browsers)) as buyers:
        done = sum(buyers.map(go_on, browsers))
    return done / (time.perf_counter() - begun)


def of_pages() -> dict[str, Any]:
    """Of a small hall, and how much more it is with a hundred times the data."""
    small, large = Hall(place("small")), Hall(place("large"))
    few, many = measured(small, SMALL, "pages"), measured(large, LARGE, "pages")
    growth = {name: many[f"{name}_cpu_ms"] / few[f"{name}_cpu_ms"] for name in ("product", "market", "home")}
    return {
        **many,
        "growth_100x": max(growth.values()),
        **{f"growth_100x_{name}": value for name, value in growth.items()},
    }


def of_feed() -> dict[str, Any]:
    return measured(Hall(place("feed")), FEED, "feed", str(ACTS))


def of_readers() -> dict[str, Any]:
    return measured(Hall(place("small")), SMALL, "readers")


def place(name: str) -> Path:
    (BUILD / name).mkdir(parents=True, exist_ok=True)
    return BUILD / name


def setup(hall: Hall, size: tuple[int, int]) -> None:
    measured(hall, size, "sessions")


def measured(hall: Hall, size: tuple[int, int], *what: str) -> dict[str, Any]:
    """What bench.measure says in a process of its own, of a hall of this size (products, people)."""
    own = {"BENCH_PRODUCTS": str(size[0]), "BENCH_PEOPLE": str(size[1])}
    # A database that is named from outside (PostgreSQL, for the feed) stands for the hall's own.
    own |= {"MOOTHALL_DATABASE": os.environ["MOOTHALL_DATABASE"]} if "MOOTHALL_DATABASE" in os.environ else {}
    environment = os.environ | hall.environment | own
    if not (hall.place / "static" / "staticfiles.json").exists():
        words = [sys.executable, "-m", "moothall", "manage", "collectstatic", "--noinput"]
        subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True)
    words = [sys.executable, "-m", "bench.measure", *what]
    said = subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def oscar_python() -> Path:
    """django-oscar in a venv of its own, made once."""
    home = BUILD / "oscar-venv"
    python = home / "bin" / "python"
    if not (home / "bin" / "granian").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        wanted = str(ROOT / "bench" / "oscar" / "requirements.txt")
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted], check=True
        )
    return python


if __name__ == "__main__":
    main()
