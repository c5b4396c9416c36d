"""The search box tells what may be meant: by keyboard, by touch, to a screen reader, and not at all without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .test_access import AXE, faults

pytestmark = [pytest.mark.browser, pytest.mark.once]


def typed(page: Page, words: str) -> None:
    page.get_by_role("combobox").click()
    page.keyboard.type(words)


def test_by_keyboard(full_hall: HallProcess, visit: Visit) -> None:
    page = visit(full_hall, viewport={"width": 1280, "height": 900}).go("/")
    box, rows = page.get_by_role("combobox"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(page, "lidd")
    expect(rows.first).to_have_text("lidded")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.evaluate(AXE)
    assert not faults(page, "with the list open")
    page.keyboard.press("ArrowUp")
    expect(rows.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == rows.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(rows).to_have_count(0)
    expect(box).to_have_value("lidd")
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_text("lidded")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lidded")
    expect(page.locator("main")).to_contain_text("Lidded pot")


def test_by_touch_with_few_questions(full_hall: HallProcess, visit: Visit) -> None:
    phone = visit(full_hall, viewport={"width": 360, "height": 740}, has_touch=True)
    page = phone.go("/search")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/complete" in request.url else None)
    typed(page, "lidded po")
    page.get_by_role("option", name="Lidded pot Tidewater").tap()
    page.wait_for_url("**/@tidewater/lidded-pot")
    assert len(asked) < 4, "asked at each letter"


def test_without_script(full_hall: HallProcess, visit: Visit) -> None:
    page = visit(full_hall, viewport={"width": 1280, "height": 900}, java_script_enabled=False).go("/")
    assert not page.get_by_role("combobox").count()
    page.get_by_role("searchbox").fill("lided pot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lided+pot")
    expect(page.locator("main")).to_contain_text("Nothing for ‘lided’; showing ‘lidded’.")
    expect(page.locator("main")).to_contain_text("Lidded pot")
