"""Pictures of an import: fetched once, from the public web only, and given up after a few tries."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from moothall.catalog.actions import fetching
from moothall.catalog.models import PictureFetch, Product, ProductPicture
from moothall.core import clock, work
from moothall.core.fetch import Policy
from tests.catalog.test_import import a_picture, counts, exported, imported
from tests.catalog.test_shopify import HEAD, rows_of
from tests.town import Town


class Site(ThreadingHTTPServer):
    """A website with one picture, one page, and a note of what was asked."""

    asked: list[str]
    picture: bytes

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        there = {"/pot.png": ("image/png", self.server.picture), "/odd.png": ("image/png", b"no picture")}
        kind, body = there.get(self.path, ("text/html", b"<p>page</p>"))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Answers)
    server.asked, server.picture = [], a_picture(tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = (ipaddress.ip_network("127.0.0.1/32"),)
    policy = Policy(ports=frozenset({server.server_port}), opened=opened, resolve=lambda host, port: [])
    monkeypatch.setattr(fetching, "POLICY", policy)
    yield server
    server.shutdown()
    server.server_close()


def with_pictures(*addresses: str) -> bytes:
    rows = [f"pot,{'' if n else 'Pot'},,,{'' if n else 5},{address}" for n, address in enumerate(addresses)]
    return rows_of(*rows, head=HEAD + ",Image Src")


def fetch_all() -> None:
    for _n in range(10):
        PictureFetch.objects.update(due=clock.now())
        while work.do_some(work.known()["pictures"]):
            pass


def test_a_picture_is_fetched_once(town: Town, site: Site) -> None:
    body = with_pictures(f"{site.base}/pot.png")
    imported(town.brand, body)
    assert ProductPicture.objects.get().picture is None
    fetch_all()
    place = ProductPicture.objects.select_related("picture", "product").get()
    assert place.picture
    assert place.product.palette == place.picture.palette
    assert place.source == f"{site.base}/pot.png"
    assert counts(imported(town.brand, body)) == (0, 0, 1, 0)
    fetch_all()
    assert site.asked == ["/pot.png"]
    assert not PictureFetch.objects.exists()
    assert place.source in exported(town.brand).decode()


def test_what_cannot_be_had_is_given_up_with_a_sentence(town: Town, site: Site) -> None:
    addresses = [f"{site.base}/page", f"{site.base}/odd.png", "https://nowhere.example/1.png", "not an address"]
    body = with_pictures(*addresses)
    imported(town.brand, body)
    fetch_all()
    places = ProductPicture.objects.order_by("position")
    assert [place.source for place in places] == addresses
    assert all(place.failed and place.picture is None for place in places)
    assert places[0].failed == "What lies at this address is not of the right type."
    assert site.asked.count("/page") == 3
    assert site.asked.count("/odd.png") == 1
    assert not PictureFetch.objects.exists()
    assert counts(imported(town.brand, body)) == (0, 0, 1, 0)
    assert not PictureFetch.objects.exists()
    for address in addresses:
        assert address in exported(town.brand).decode()


def test_the_pauses_between_tries_grow(town: Town, site: Site) -> None:
    imported(town.brand, with_pictures("https://nowhere.example/1.png"))
    pauses = []
    for _n in range(2):
        PictureFetch.objects.update(due=clock.now())
        before = clock.now()
        work.do_some(work.known()["pictures"])
        pauses.append(round((PictureFetch.objects.get().due - before).total_seconds()))
    assert pauses == [20, 200]


def test_a_picture_that_kills_the_worker_is_given_up(town: Town, site: Site) -> None:
    imported(town.brand, with_pictures(f"{site.base}/pot.png"))
    for _n in range(3):
        PictureFetch.objects.update(due=clock.now())
        assert work.claim(work.known()["pictures"])
    fetch_all()
    assert ProductPicture.objects.get().failed == "This picture could not be opened."
    assert not site.asked


def test_a_machine_of_our_own_is_never_asked(town: Town, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "POLICY", Policy(ports=frozenset({site.server_port})))
    imported(town.brand, with_pictures(f"{site.base}/pot.png"))
    fetch_all()
    assert ProductPicture.objects.get().failed
    assert not site.asked


def test_a_picture_that_the_file_no_longer_has_goes(town: Town, site: Site) -> None:
    imported(town.brand, with_pictures(f"{site.base}/pot.png", f"{site.base}/other.png"))
    assert counts(imported(town.brand, with_pictures(f"{site.base}/pot.png"))) == (0, 1, 0, 0)
    assert ProductPicture.objects.count() == 1 == PictureFetch.objects.count()
    assert Product.objects.count() == 1
