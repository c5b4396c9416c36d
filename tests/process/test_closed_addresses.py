"""Addresses in a desk's file that would lead to machines of ours: the worker asks none of them, whatever the form."""

from __future__ import annotations

import csv
import io
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.core.test_fetch import HOSTS, SHAPES

from .conftest import Opened
from .hall import until
from .shopper import Shopper

DESK = "/desk/tidewater"
# Where each form is tried: the ports that a public address may have, and the canary's own.
PORTS = ("", ":80", ":443", ":{canary}")


class Canary:
    """Listens where nobody may knock, on IPv4 and IPv6, also where the web usually is; and counts who came."""

    def __init__(self) -> None:
        self.knocks = 0
        self.doors: list[socket.socket] = []
        self.port = self._open("127.0.0.1", 0)
        for host, port in (("::1", self.port), ("127.0.0.1", 80), ("127.0.0.1", 443), ("::1", 80)):
            with suppress(OSError):  # not everybody may listen there; the canary's own port is always watched
                self._open(host, port)

    def _open(self, host: str, port: int) -> int:
        door = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.doors.append(door)
        threading.Thread(target=self._listen, args=(door,), daemon=True).start()
        return int(door.getsockname()[1])

    def _listen(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                door.accept()[0].close()
                self.knocks += 1

    def close(self) -> None:
        for door in self.doors:
            door.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


def forms(port: int) -> list[str]:
    hosts = [host for host in HOSTS if host.isprintable()]
    addresses = [f"http://{host}{PORTS[n % 4]}/x.png".replace("{canary}", str(port)) for n, host in enumerate(hosts)]
    addresses += [f"https://{host}/x.png" for host in hosts[::3]]
    return addresses + [shape.replace("{}", "127.0.0.1") for shape in SHAPES if shape.strip()]


def test_no_form_reaches_the_canary(a_hall: Opened, canary: Canary) -> None:
    with socket.create_connection(("127.0.0.1", canary.port)):
        until(lambda: canary.knocks == 1, "the canary is deaf")
    hall = a_hall("web", "worker")
    mira, addresses = Shopper(hall, "mira"), forms(canary.port)
    assert len(addresses) >= 80
    form = mira.form(f"{DESK}/imports", f"{DESK}/imports/new")
    file = {"file": ("x.csv", _file(addresses), "text/csv")}
    assert mira.web.post(form.action, data=form.fields, files=file).status_code == 302
    until(lambda: not hall.one("SELECT COUNT(*) FROM catalog_import WHERE ended IS NULL"), "imports go on", 60)
    until(lambda: not hall.one("SELECT COUNT(*) FROM catalog_picturefetch WHERE tries = 0"), "some wait", 120)
    hall.rows("UPDATE catalog_picturefetch SET tries = 2, due = '2000-01-01 00:00:00+00:00'")  # the last of three tries
    until(lambda: not hall.one("SELECT COUNT(*) FROM catalog_picturefetch"), "it still tries", 120)
    assert canary.knocks == 1
    assert not hall.one("SELECT COUNT(*) FROM catalog_productpicture WHERE picture_id IS NOT NULL")
    said = {why for (why,) in hall.rows("SELECT failed FROM catalog_productpicture WHERE source <> ''")}
    assert hall.one("SELECT COUNT(*) FROM catalog_productpicture WHERE source <> ''") >= 80
    assert said, "nothing was tried"
    assert all(one.endswith(".") for one in said), said
    assert "Traceback" not in hall.log("worker"), hall.log("worker")[-3000:]


def _file(addresses: list[str]) -> bytes:
    """Each address as a picture of a product of its own."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["Handle", "Title", "Variant Price", "Image Src"])
    rows.writerows([f"odd-{n}", f"Odd {n}", "3", address] for n, address in enumerate(addresses))
    return file.getvalue().encode()
