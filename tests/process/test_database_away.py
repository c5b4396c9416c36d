"""The database goes away while people buy: a clear page says so, nothing is lost or doubled, and the hall goes on by
itself as soon as it is back."""

from __future__ import annotations

import os
import re
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from .cluster import Cluster
from .conftest import Opened
from .hall import HallProcess, until
from .mould import POSTGRES, Mould
from .shopper import Form, Shopper, headline
from .street import Street, again, all_is_paid_once

RESTARTS = int(os.environ.get("RESTARTS", "2"))
BETWEEN = 10  # checkouts
SHOPPERS = 4
AWAY = "The hall cannot open its books at this moment"

pytestmark = pytest.mark.crash


class Patient(Shopper):
    """Reads the page that says that the books cannot be opened, and tries again. Any other 5xx is a failure."""

    seen = 0

    def __init__(self, hall: HallProcess, name: str = "") -> None:
        super().__init__(hall, name)
        self.web.event_hooks["response"].append(self._look)

    def _look(self, answer: httpx.Response) -> None:
        if answer.status_code == 503:
            answer.read()
            is_clear(answer)
            Patient.seen += 1
            raise httpx.TransportError("the hall's database is away")


def is_clear(answer: httpx.Response) -> None:
    assert headline(answer) == AWAY, answer.text[:2000]
    assert "Traceback" not in answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["cache-control"] == "private, no-store"


# ---- PostgreSQL is restarted


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.close()


@pytest.fixture
def apart(cluster: Cluster, tmp_path: Path) -> Iterator[HallProcess]:
    """A hall on a cluster of its own."""
    place = tmp_path / "mould"
    place.mkdir()
    Mould.make(place, "mould", ["tests.process.scene"], given=cluster.address)
    hall = HallProcess(Mould(place, cluster.address), tmp_path / "hall", processes=2)
    # A database copied from a template hands out numbers that are in no log yet (its sequences' `log_cnt` is copied):
    # after a crash before the first checkpoint they would be handed out again. No hall is made so.
    hall.rows("CHECKPOINT")
    yield hall.open()
    for name in list(hall.running):
        hall.kill(name)


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no server that could go away")
def test_postgresql_is_restarted_while_people_buy(cluster: Cluster, apart: HallProcess) -> None:
    Patient.seen = 0

    def restart(n: int) -> None:
        cluster.stop("immediate" if n % 2 else "fast")
        time.sleep(0.5)
        cluster.start()

    checkouts = BETWEEN * (RESTARTS + 1)
    street = Street(apart, checkouts=checkouts, times=RESTARTS, disturb=restart, somebody=Patient)
    with ThreadPoolExecutor(SHOPPERS) as pool:
        bought = list(pool.map(lambda _n: street.checkout(), range(checkouts)))
    assert street.disturbed == RESTARTS
    assert Patient.seen, "nobody noticed that the database was away"
    all_is_paid_once(apart, bought)
    # What a worker held when the database went ends with its claim, a minute later: it could not say so.
    read = "SELECT COUNT(*) FROM activity_pending"
    until(lambda: not apart.one(read), "acts wait to be read: no worker goes on", within=120)


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no server that could go away")
def test_once_postgresql_is_back_the_next_page_opens(cluster: Cluster, apart: HallProcess) -> None:
    """No connection that died with it is asked again, by anybody."""
    shopper = Shopper(apart, "ana")
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _n: shopper.get("/market"), range(60)))  # each thread has its connection
    cluster.stop("fast")
    answer = shopper.web.get("/market")
    assert answer.status_code == 503
    is_clear(answer)
    answer = shopper.web.get("/api/v1/products")
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (503, "away")
    cluster.start()
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _n: shopper.web.get("/market").status_code, range(60)))
    assert said == [200] * 60


# ---- the disk is full


@pytest.mark.skipif(POSTGRES, reason="what a full disk does to PostgreSQL is for PostgreSQL's own tests")
def test_sqlite_cannot_write_any_more(a_hall: Opened) -> None:
    """No file of the web processes may grow, as on a full disk: people read on, buying says why not, and when there is
    room again, the very same form goes through."""
    hall = a_hall("till", "web", processes=2)
    bought = [Shopper(hall).buy("spoon")]
    waiting = Patient(hall)
    waiting.put("spoon")
    form = waiting.checkout()
    # What is written from here on stands at the beginning of the journal, where the room ends first: the database
    # itself is longer, and once it may grow, all the rest fits.
    hall.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    rows, failed, most = everything(hall), 0, 4096
    while True:
        room(hall, most)
        try:
            waiting.post(form)
            break
        except httpx.TransportError:
            failed += 1
        assert everything(hall) in (rows, with_one_more(rows)), "half of it was done"
        most += 8192  # it fails a few pages later each time: before, within and after the placing
    assert failed > 4, "the room never ended within the placing"
    room(hall, 4096)
    with pytest.raises(httpx.TransportError, match="away"):
        Patient(hall).put("spoon")
    assert waiting.get("/market").status_code == 200
    assert waiting.get("/basket").status_code == 200
    room(hall, resource.RLIM_INFINITY)
    hall.open("worker")
    street = Street(hall, checkouts=1, times=0, disturb=lambda _n: None, somebody=Patient)
    bought.append(paid(street, waiting, form))
    all_is_paid_once(hall, bought)


def paid(street: Street, shopper: Shopper, form: Form) -> str:
    order = again(lambda: street._press(shopper, form))
    assert headline(order) == "Thank you, Gil"
    return str(order.url.path.split("/")[2])


def everything(hall: HallProcess) -> dict[str, int]:
    """How many rows there are of what placing a guest's order makes, and how many pieces are held."""
    tables = ("people_profile", "orders_purchase", "orders_order", "orders_orderline", "orders_allocation",
              "payments_payment", "payments_check", "catalog_hold", "activity_act")  # fmt: skip
    found: dict[str, int] = {name: hall.one(f"SELECT COUNT(*) FROM {name}") for name in tables}
    return found | {"held": hall.one("SELECT SUM(held) FROM catalog_variant")}


def with_one_more(rows: dict[str, int]) -> dict[str, int]:
    return {name: number + 1 for name, number in rows.items()}


def room(hall: HallProcess, most: int) -> None:
    """The web processes' files may be so long and no longer. A write beyond fails, as on a full disk."""
    served = hall.running["web"].pid
    found = re.findall(r"\d+", Path(f"/proc/{served}/task/{served}/children").read_text())
    for process in [served, *map(int, found)]:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
