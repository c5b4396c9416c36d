"""Every page can be read and used by everybody: in both themes, on a wide and on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.process.hall import HallProcess

from .conftest import Visit
from .places import Place, places
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE, SMALLEST = 360, 240
SCREEN: ViewportSize = {"width": 1280, "height": 900}
AXE = Axe().axe_script

BEYOND = """[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 8).map((one) => one.localName + "." + one.className)"""


@pytest.fixture(scope="module")
def looker(browser: Browser, full_hall: HallProcess) -> Iterator[Callable[[str], Visitor]]:
    """Somebody who looks at one page after the other in the same browser."""
    known: dict[str, Visitor] = {}

    def found(who: str) -> Visitor:
        if who in known:
            known[who].begin_anew()
        else:
            known[who] = Visitor(browser, full_hall, who, viewport=SCREEN, color_scheme="light")
        return known[who]

    yield found
    for one in known.values():
        one.close()


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
def test_page_is_open_to_everybody(
    full_hall: HallProcess, visit: Visit, looker: Callable[[str], Visitor], place: Place
) -> None:
    """It is looked at wide and light, and on a phone and dark with all open that a summary hides."""
    looks = looker(place.who) if place.looks else None
    visitor = looks or visit(full_hall, place.who, viewport=SCREEN, color_scheme="light")
    place.come(visitor)
    page = visitor.page
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert page.locator("html").get_attribute("lang") == "en"
    page.evaluate(AXE)
    found = faults(page, "light") + too_wide(page, PHONE)
    open_all(page)
    found += too_wide(page, SMALLEST) + too_wide(page, PHONE)
    page.emulate_media(color_scheme="dark")
    found += faults(page, "dark, on a phone")
    assert not found + visitor.wrong, "\n".join(found + visitor.wrong)


def faults(page: Page, how: str) -> list[str]:
    """What axe finds, one line for each rule and place."""
    return [
        f"{how}: {rule['id']}: {', '.join(map(str, node['target']))}: {node['html'][:160]}"
        for rule in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        for node in rule["nodes"]
    ]


def open_all(page: Page) -> None:
    """What a summary hides."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def too_wide(page: Page, width: int) -> list[str]:
    """What does not fit; the screen stays as narrow."""
    page.set_viewport_size({"width": width, "height": SCREEN["height"]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px wide at {width}: {', '.join(page.evaluate(BEYOND))}"] if wide > width else []
