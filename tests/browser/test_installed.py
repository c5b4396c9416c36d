"""The hall can be installed, keeps its shell on the device and nothing personal, and is honest without a connection."""

from __future__ import annotations

import pytest

from tests.process.hall import HallProcess

from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_without_a_connection_it_says_so(full_hall: HallProcess, visit: Visit) -> None:
    ana = visit(full_hall, "ana")
    ana.go("/you/orders")
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ana.go("/market")
    kept = ana.page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
            return found;
        }"""
    )
    assert "/offline" in kept
    assert all(one == "/offline" or one.startswith("/static/") for one in kept), kept
    ana.context.set_offline(True)
    ana.page.goto(f"{full_hall.address}/you/orders")
    assert ana.page.locator("h1").inner_text() == "No connection"
    assert "Ana" not in ana.page.content()
    ana.context.set_offline(False)
    ana.page.goto(f"{full_hall.address}/you/orders")
    assert ana.page.locator("h1").inner_text() == "Orders"


def test_its_manifest_is_whole(full_hall: HallProcess, visit: Visit) -> None:
    guest = visit(full_hall)
    guest.go("/")
    said = guest.page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
    assert {"name", "short_name", "start_url", "display", "icons"} <= set(said)
    for icon in said["icons"]:
        size = guest.page.evaluate(
            "(src) => fetch(src).then((answer) => answer.blob()).then(createImageBitmap).then((drawn) => drawn.width)",
            icon["src"],
        )
        assert icon["sizes"] == f"{size}x{size}"
