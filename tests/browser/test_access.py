"""Every page can be read and used by everybody: in both themes, on a wide and on a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.process.hall import HallProcess

from .conftest import Visit
from .places import Place, places

pytestmark = [pytest.mark.browser, pytest.mark.once]
WIDE, PHONE, SMALLEST = 1280, 360, 240
HEIGHT = 900
AXE = Axe().axe_script
ALL = {"resultTypes": ["violations"]}
# All in which one theme differs from the other.
COLOURS = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

BEYOND = """[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 8).map((one) => one.localName + "." + one.className)"""


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_page_is_open_to_everybody(full_hall: HallProcess, visit: Visit, place: Place) -> None:
    visitor = visit(full_hall, place.who, viewport={"width": WIDE, "height": HEIGHT}, color_scheme="light")
    place.come(visitor)
    page = visitor.page
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert page.locator("html").get_attribute("lang") == "en"
    page.evaluate(AXE)
    found = faults(page, "light") + too_wide(page)
    open_all(page)
    found += too_wide(page)
    page.emulate_media(color_scheme="dark")
    found += faults(page, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    found += faults(page, "phone")
    assert not found, "\n".join(found)


def faults(page: Page, how: str, options: dict[str, Any] = ALL) -> list[str]:
    """What axe finds, one line for each rule and place."""
    return [
        f"{how}: {rule['id']}: {', '.join(map(str, node['target']))}: {node['html'][:160]}"
        for rule in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in rule["nodes"]
    ]


def open_all(page: Page) -> None:
    """What a summary hides."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def too_wide(page: Page) -> list[str]:
    found = []
    for width in (PHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} px wide at {width}: {', '.join(page.evaluate(BEYOND))}")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return found
