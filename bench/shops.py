"""The two that race: our hall with its till, and django-oscar, each served by granian in one process."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .load import Door

ROOT = Path(__file__).resolve().parents[1]
HOME = {"name": "Reader", "street": "3 Quay", "postcode": "TR26 1LP", "town": "St Ives", "country": "GB"}
BUYERS = 4  # browsers at once, each of somebody else
THREADS = "2"  # of each web process, as `moothall serve` has them
CARD = {"number": "4242424242424242", "expiry": "12/39", "cvc": "123"}
TOKEN = "t" * 32  # a form's token is good when it is the cookie's


class Shop:
    """Processes that are started, waited for and ended together."""

    name = ""
    product = market = ""

    def __init__(self) -> None:
        self.port = free_port()
        self.browsers: list[dict[str, str]] = []  # the cookies of each
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, words: Sequence[str], environment: dict[str, str], place: Path | None = None) -> None:
        self.running.append(
            subprocess.Popen(words, cwd=place or ROOT, env=os.environ | environment, start_new_session=True)
        )

    def wait(self, port: int) -> float:
        """Until the first answer; says for how many seconds."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < 60:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5):
                    break
            except OSError:
                time.sleep(0.02)
        Door(port).get("/")
        return time.perf_counter() - begun

    def close(self) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def buy(self, browser: dict[str, str]) -> None:
        """From the product's page to the order that its brand may send, without a provider of payments."""
        raise NotImplementedError


class Hall(Shop):
    name = "moothall"
    product, market = "/@brand-0/thing-0", "/market"
    given = "/@brand-1/thing-1"  # it costs nothing

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.till, self.place = free_port(), place
        own = {
            "VAR": str(place),
            "ADDRESS": f"http://127.0.0.1:{self.port}",
            "STRIPE_API": f"http://127.0.0.1:{self.till}",
            "STRIPE_PAGE": f"http://127.0.0.1:{self.till}",
            "STRIPE_KEY": "sk_test_fakepay",
            "STRIPE_WEBHOOK_SECRET": "whsec_fakepay",
            "NO_LIMITS": "1",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
        self.environment = {f"MOOTHALL_{name}": value for name, value in own.items()}

    def open(self, *, trading: bool = False, processes: int = 1, threads: str = THREADS) -> float:
        """Seconds from its start to its first page. `trading` opens the till and a worker too."""
        python = [sys.executable, "-m"]
        if trading:
            hook = ["--webhook", f"http://127.0.0.1:{self.port}/hooks/stripe", "--secret", "whsec_fakepay"]
            till = ["fakepay", "--port", str(self.till), "--db", str(self.place / "till.sqlite3")]
            self.start([*python, *till, *hook, "--key", "sk_test_fakepay"], self.environment)
            self.start([*python, "moothall", "worker"], self.environment)
            self.wait(self.till)
        serve = ["moothall", "serve", "--port", str(self.port), "--no-worker"]
        self.start([*python, *serve, "--processes", str(processes), "--threads", threads], self.environment)
        return self.wait(self.port)

    @property
    def memory_mb(self) -> float:
        """Of the web process: its share of what it holds in memory."""
        return memory_mb(_children(self.running[-1].pid)[0])

    def memory(self) -> dict[str, float]:
        """Of a hall that trades: each process and its megabytes."""
        till, worker, served = (one.pid for one in self.running)
        webs = {f"web_{n}": memory_mb(one) for n, one in enumerate(_children(served), 1)}
        return {"till": memory_mb(till), "worker": memory_mb(worker), **webs}

    def buy(self, browser: dict[str, str]) -> None:
        web = Door(self.port, browser)
        self._see(web, self._order(web, self.given))
        web.close()

    def pay(self, browser: dict[str, str]) -> None:
        """The same for a thing that is paid by card, at the till."""
        web, till = Door(self.port, browser), Door(self.till)
        page = self._order(web, self.product)
        paid = till.post(page.split(str(self.till), 1)[1], CARD)
        expect(paid.status, 303, paid.body)
        back = web.get(paid.headers["location"].split(str(self.port), 1)[1])
        expect(back.status, 302, back.body)
        self._see(web, back.headers["location"])
        web.close()
        till.close()

    @staticmethod
    def _order(web: Door, product: str) -> str:
        """Where the checkout leads."""
        token = {"csrfmiddlewaretoken": TOKEN}
        page = web.get(product).body.decode()
        variant = re.findall(r'name="variant" value="(\w+)"', page)[0]
        put = web.post("/basket/lines", token | {"variant": variant, "quantity": "1", "next": "/basket"})
        expect(put.status, 302, put.body)
        page = web.get("/checkout").body.decode()
        hidden = dict(re.findall(r'type="hidden" name="(key|seen)" value="(\w+)"', page))
        sent = web.post("/checkout", token | HOME | hidden | {"email": "reader@example.org"})
        expect(sent.status, 302, sent.body)
        return str(sent.headers["location"])

    @staticmethod
    def _see(web: Door, order: str) -> None:
        page = web.get(order)
        expect(page.status, 200, page.body)


class Oscar(Shop):
    name = "django-oscar"
    market = "/catalogue/"

    def __init__(self, place: Path, python: Path) -> None:
        super().__init__()
        self.place, self.python = place, python
        self.environment = {"OSCAR_VAR": str(place), "DJANGO_SETTINGS_MODULE": "settings"}

    def open(self, products: int, threads: str = THREADS) -> float:
        here = ROOT / "bench" / "oscar"
        said = subprocess.run(
            [self.python, "fill.py", str(products)],
            cwd=here,
            env=os.environ | self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        *sessions, self.product = said.stdout.split()[-BUYERS - 1 :]
        self.browsers = [{"sessionid": session, "csrftoken": TOKEN} for session in sessions]
        words = ["--interface", "wsgi", "--port", str(self.port), "--blocking-threads", threads, "--log-level", "error"]
        granian = str(self.python.parent / "granian")
        self.start([granian, *words, "--no-ws", "wsgi:application"], self.environment, here)
        spent = self.wait(self.port)
        if b"/catalogue/thing-" not in Door(self.port).get(self.market).body:
            raise RuntimeError("the list to race against is empty")
        return spent

    def buy(self, browser: dict[str, str]) -> None:
        web = Door(self.port, browser)
        token = {"csrfmiddlewaretoken": TOKEN}
        web.get(self.product)
        number = re.findall(r"_(\d+)/", self.product)[0]
        put = web.post(f"/basket/add/{number}/", token | {"quantity": "1"})
        expect(put.status, 302, put.body)
        web.get("/checkout/")
        place = {
            "first_name": "R",
            "last_name": "Reader",
            "line1": "3 Quay",
            "line4": "St Ives",
            "postcode": "TR26 1LP",
        }
        sent = web.post("/checkout/shipping-address/", token | place | {"country": "GB"})
        expect(sent.status, 302, sent.body)
        web.get("/checkout/shipping-method/")
        web.get("/checkout/payment-method/")
        expect(web.get("/checkout/payment-details/").status, 200)
        expect(web.get("/checkout/preview/").status, 200)
        placed = web.post("/checkout/preview/", token | {"action": "place_order"})
        expect(placed.status, 302, placed.body)
        thanks = web.get(placed.headers["location"])
        expect(thanks.status, 200, thanks.body)
        web.close()


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def memory_mb(process: int) -> float:
    """Its share of what it holds in memory."""
    rolled = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.findall(r"^Pss:\s+(\d+)", rolled, re.MULTILINE)[0]) / 1024


def expect(status: int, wanted: int, body: bytes = b"") -> None:
    if status != wanted:
        raise RuntimeError(f"answered {status}, not {wanted}: {body[:2000]!r}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
