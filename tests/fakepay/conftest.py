"""A till as a real process, a shop's ear for its webhooks, and Stripe's own SDK between them."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

ROOT = Path(__file__).parents[2]
KEY, SECRET = "sk_test_of_these_tests", "whsec_of_these_tests"


class Ear(ThreadingHTTPServer):
    """Hears webhooks; answers each with the next of `says`, and 200 when none is left."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hearing)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/webhook"
        self.heard: list[stripe.Event] = []
        self.says: list[int] = []
        self.turn = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def types(self) -> list[str]:
        with self.turn:
            return [event.type for event in self.heard]


class Hearing(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.turn:
            status = self.server.says.pop(0) if self.server.says else 200
            self.server.heard.append(stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], SECRET))
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Till:
    """The process, and what the tests do with it."""

    def __init__(self, db: Path, webhook: str) -> None:
        self.db, self.webhook, self.port = db, webhook, 0
        self.start()

    def start(self) -> None:
        asked = ["--port", str(self.port), "--db", str(self.db), "--webhook", self.webhook]
        command = [sys.executable, "-m", "fakepay", *asked, "--secret", SECRET, "--key", KEY]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 10)[0], "fakepay did not start"
        line = self.process.stdout.readline().strip()
        self.base = line.removeprefix("fakepay listening on ")
        self.port = int(self.base.rpartition(":")[2])
        # No retries of the SDK's own, so that a test sees each answer.
        self.client = self.client_of(KEY)

    def client_of(self, key: str, timeout: float = 10) -> stripe.StripeClient:
        http = stripe.RequestsClient(timeout=timeout)
        return stripe.StripeClient(key, base_addresses={"api": self.base}, max_network_retries=0, http_client=http)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def restart(self) -> None:
        self.kill()
        self.start()

    def open(self, options: Any = None, **changes: Any) -> stripe.checkout.Session:
        params: Any = {**asked(), **changes}
        return self.client.v1.checkout.sessions.create(params=params, options=options)

    def session(self, identity: str) -> stripe.checkout.Session:
        return self.client.v1.checkout.sessions.retrieve(identity)

    def submit(self, session: stripe.checkout.Session, number: str, **fields: str) -> requests.Response:
        """What a browser sends when Pay is pressed."""
        form = {"number": number, "expiry": "04/39", "cvc": "123", **fields}
        return requests.post(f"{self.base}/pay/{session.id}", data=form, allow_redirects=False, timeout=10)

    def paid(self, **changes: Any) -> str:
        """A session that is paid; the id of its intent."""
        session = self.open(**changes)
        assert self.card(session, "4242424242424242")["outcome"] == "paid"
        return str(self.session(session.id).payment_intent)

    def card(self, session: stripe.checkout.Session, card: str) -> dict[str, Any]:
        return self.door("_card", {"session": session.id, "card": card})

    def door(self, name: str, asked: dict[str, Any] | None = None) -> dict[str, Any]:
        url = f"{self.base}/{name}"
        answer = requests.get(url, timeout=10) if asked is None else requests.post(url, json=asked, timeout=10)
        found: dict[str, Any] = json.loads(answer.text)
        return found

    def faults(self, **wished: Any) -> None:
        assert "error" not in self.door("_faults", wished)

    def state(self) -> dict[str, Any]:
        return self.door("_state")


def asked() -> dict[str, Any]:
    price = {"currency": "eur", "unit_amount": 1200, "product_data": {"name": "Teapot"}}
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 2}],
        "success_url": "http://127.0.0.1:9/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/basket",
        "client_reference_id": "order-1",
        "metadata": {"order": "1"},
        "payment_intent_data": {"metadata": {"order": "1"}},
    }


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.shutdown()
    ear.server_close()


@pytest.fixture
def till(tmp_path: Path, ear: Ear) -> Iterator[Till]:
    till = Till(tmp_path / "till.sqlite3", ear.url)
    yield till
    till.kill()


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """One till for a whole file, for requests that must leave no trace."""
    counter = Till(tmp_path_factory.mktemp("counter") / "till.sqlite3", "http://127.0.0.1:9/nobody")
    yield counter
    counter.kill()


@pytest.fixture
def soon() -> Callable[[Callable[[], bool]], None]:
    """Waits until something is true, at most eight seconds."""

    def wait(holds: Callable[[], bool]) -> None:
        until = time.monotonic() + 8
        while not holds():
            assert time.monotonic() < until, "it did not come true in time"
            time.sleep(0.02)

    return wait


@pytest.fixture
def at_once() -> Callable[[int, Callable[[], Any]], list[Any]]:
    """Does the same in many threads that start together; what each returned."""

    def race(count: int, act: Callable[[], Any]) -> list[Any]:
        gate = threading.Barrier(count)

        def run(_: int) -> Any:
            gate.wait()
            return act()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(run, range(count)))

    return race
