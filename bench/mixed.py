"""Many people at once for a long time: they look, search, fill baskets, buy, read what their friends have, at a fixed
rate, whether or not the hall keeps up. `scripts/load` runs it: MINUTES=30 RATE=50 scripts/load

The loop is open: each visit has its time, and what a late answer holds up counts as waiting. Figures into
build/load.json."""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .__main__ import measured, place
from .load import Answer, Door
from .shops import HOME, ROOT, TOKEN, Hall
from .words import GIVEN, THINGS, WORDS

MINUTES = float(os.environ.get("MINUTES", "30"))
RATE = float(os.environ.get("RATE", "50"))  # requests a second
PRODUCTS, PEOPLE = int(os.environ.get("PRODUCTS", "5000")), int(os.environ.get("PEOPLE", "5000"))
PROCESSES = int(os.environ.get("PROCESSES", "2"))
HANDS = 64  # visits at once
RESULT = ROOT / "build" / "load.json"
# Seconds that the slowest hundredth may take, and the share of requests that may go wrong.
GOALS = {"browsing": 0.5, "checkout": 1.5}
MOST_WRONG = 0.001


class Crowd:
    """Visits, each with its share of the requests; what each request took, and what went wrong."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.lot = random.Random(7)  # noqa: S311  # nosec B311
        self.took: dict[str, list[float]] = {"browsing": [], "checkout": []}
        self.wrong: Counter[str] = Counter()
        self.bought = 0
        self.turn = threading.Lock()
        # How often of a hundred, how many requests to the hall, what.
        self.visits: list[tuple[int, int, Callable[[float], None]]] = [
            (40, 1, self.product),
            (15, 1, self.market),
            (20, 1, self.search),
            (15, 1, self.home),
            (6, 3, self.basket),
            (4, 7, self.buy),
        ]

    def run(self, seconds: float, rate: float) -> float:
        """Send everybody at their time; says for how many seconds, until the last was answered."""
        begun = due = time.perf_counter()
        weights = [often for often, _requests, _visit in self.visits]
        with ThreadPoolExecutor(HANDS) as hands:
            while due - begun < seconds:
                _often, requests, visit = self.lot.choices(self.visits, weights)[0]
                time.sleep(max(0.0, due - time.perf_counter()))
                hands.submit(self._sent, visit, due)
                due += requests / rate
        return time.perf_counter() - begun

    def _sent(self, visit: Callable[[float], None], due: float) -> None:
        try:
            visit(due)
        except Exception as error:
            with self.turn:
                self.wrong[f"{visit.__name__}: {error!r}"[:120]] += 1

    def ask(
        self, door: Door, path: str, fields: dict[str, str] | None = None, *, due: float = 0, kind: str = "browsing"
    ) -> Answer:
        begun = due or time.perf_counter()
        answer = door.get(path) if fields is None else door.post(path, {"csrfmiddlewaretoken": TOKEN} | fields)
        with self.turn:
            self.took[kind].append(time.perf_counter() - begun)
        if answer.status != (200 if fields is None else 302):
            raise RuntimeError(f"{path.partition('?')[0]} answered {answer.status}")
        return answer

    # ---- visits

    def a_product(self) -> str:
        number = self.lot.randrange(GIVEN + 1, PRODUCTS)
        return f"/@brand-{number % max(1, PRODUCTS // 100)}/thing-{number}"

    def door(self, *, signed_in: bool = False) -> Door:
        return Door(self.hall.port, {"csrf": TOKEN} | (self.hall.browsers[0] if signed_in else {}))

    def look(self, path: str, due: float, *, signed_in: bool = False) -> None:
        door = self.door(signed_in=signed_in)
        try:
            self.ask(door, path, due=due)
        finally:
            door.close()

    def product(self, due: float) -> None:
        self.look(self.a_product(), due, signed_in=self.lot.random() < 0.3)

    def market(self, due: float) -> None:
        self.look(self.lot.choice(["/market", "/market?page=2", "/market?sort=price"]), due)

    def search(self, due: float) -> None:
        words = [self.lot.choice(WORDS), self.lot.choice(THINGS)]
        self.look("/search?q=" + "+".join(words[self.lot.randrange(2) :]), due)

    def home(self, due: float) -> None:
        self.look("/", due, signed_in=True)

    def basket(self, due: float) -> None:
        door = self.door()
        try:
            self.put(door, due)
            self.ask(door, "/basket")
        finally:
            door.close()

    def put(self, door: Door, due: float) -> None:
        page = self.ask(door, self.a_product(), due=due).body.decode()
        variant = re.findall(r'name="variant" value="(\w+)"', page)[0]
        self.ask(door, "/basket/lines", {"variant": variant, "quantity": "1", "next": "/basket"})

    def buy(self, due: float) -> None:
        """From the product to the page that says thank you. The till's own pages are not counted."""
        door, till = self.door(), Door(self.hall.till)
        try:
            self.put(door, due)
            page = self.ask(door, "/checkout", kind="checkout").body.decode()
            hidden = dict(re.findall(r'type="hidden" name="(key|seen)" value="(\w+)"', page))
            sent = self.ask(door, "/checkout", HOME | hidden | {"email": "guest@example.org"}, kind="checkout")
            card = {"number": "4242424242424242", "expiry": "12/39", "cvc": "123"}
            paid = till.post(sent.headers["location"].split(str(self.hall.till), 1)[1], card)
            begun = time.perf_counter()
            back = door.get(paid.headers["location"].split(str(self.hall.port), 1)[1])
            with self.turn:
                self.took["checkout"].append(time.perf_counter() - begun)
            order = self.ask(door, back.headers["location"], kind="checkout")
            if b"Thank you" not in order.body:
                raise RuntimeError("paid, and not thanked")
            with self.turn:
                self.bought += 1
        finally:
            door.close()
            till.close()


def told(crowd: Crowd, spent: float, before: dict[str, float], after: dict[str, float]) -> dict[str, Any]:
    asked = sum(map(len, crowd.took.values()))
    found: dict[str, Any] = {
        "database": "postgresql" if os.environ.get("MOOTHALL_DATABASE", "").startswith("postgres") else "sqlite",
        "minutes": round(spent / 60, 1),
        "rate_asked_per_s": RATE,
        "rate_answered_per_s": asked / spent,
        "requests": asked,
        "orders": crowd.bought,
        "wrong": sum(crowd.wrong.values()),
        "load_average": os.getloadavg()[1],
        "cores": os.cpu_count(),
    }
    for kind, times in crowd.took.items():
        cuts = statistics.quantiles(times, n=1000)
        found |= {f"{kind}_p50_s": cuts[499], f"{kind}_p99_s": cuts[989], f"{kind}_most_s": max(times)}
    return found | {f"memory_mb_{name}": f"{before[name]:.0f} → {after.get(name, 0):.0f}" for name in before}


def missed(found: dict[str, Any]) -> list[str]:
    """What was asked for and not held."""
    said = [
        f"{kind}: the slowest hundredth took more than {goal} s"
        for kind, goal in GOALS.items()
        if found[f"{kind}_p99_s"] > goal
    ]
    if found["wrong"] > found["requests"] * MOST_WRONG:
        said.append("more than a thousandth went wrong")
    return said


def main() -> None:
    hall, size = Hall(place("load")), (PRODUCTS, PEOPLE)
    sessions = measured(hall, size, "sessions")
    hall.browsers = [{"session": session} for session in sessions["sessions"]]
    crowd = Crowd(hall)
    try:
        hall.open(trading=True, processes=PROCESSES)
        crowd.run(5, RATE)  # warm
        crowd = Crowd(hall)
        before = hall.memory()
        spent = crowd.run(MINUTES * 60, RATE)
        found = told(crowd, spent, before, hall.memory())
    finally:
        hall.close()
    for key, value in found.items():
        print(f"   {key:34} {value:.3f}" if isinstance(value, float) else f"   {key:34} {value}", flush=True)
    for what, times in crowd.wrong.most_common(10):
        print(f"   went wrong {times} times: {what}")
    goals = missed(found)
    print("\n".join(f"   NOT HELD {one}" for one in goals) or "   all goals held")
    keep(found | {"not_held": goals})
    sys.exit(bool(goals))


def keep(found: dict[str, Any]) -> None:
    RESULT.parent.mkdir(exist_ok=True)
    known = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    RESULT.write_text(json.dumps(known | {found["database"]: found}, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
