"""A guest pays on one page of the hall by keyboard alone: on the narrowest phone, and without scripts. What was wrong
is said first, has the focus, and leads to its field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .test_phone import CONTACT, MOST_STOPS, heading, pays_by_keyboard, press, sees_where, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.once]
NARROW, WIDE = {"width": 240, "height": 640}, {"width": 1280, "height": 900}
# Of what has focus: what it is called, and where on the whole page it begins.
STOP = """() => {
    const one = document.activeElement, box = (one.closest("label") || one).getBoundingClientRect();
    return { name: one.name || one.textContent.trim(), top: Math.round(box.top + scrollY),
        inside: !!one.closest("main form[action='/checkout']") };
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("screen", [NARROW, WIDE], ids=["240 px", "1280 px"])
def test_a_guest_pays(own_hall: HallProcess, visit: Visit, screen: dict[str, int], scripts: bool) -> None:
    gil = visit(own_hall, viewport=screen, java_script_enabled=scripts)
    page = gil.go(own_hall.scene["pages"]["pot"])
    fits(page)
    walk_to(page, page.get_by_role("button", name="Buy", exact=True).first)
    press(page, "Enter")
    expect(heading(page)).to_have_text("Basket")
    fits(page)
    walk_to(page, page.get_by_role("link", name="Go on to pay"))
    press(page, "Enter")
    expect(heading(page)).to_have_text("Checkout")
    fits(page)
    fills_in_what_is_wrong(page)
    is_led_to_what_was_wrong(page)
    walk_to(page, page.get_by_role("button", name="Pay £"))
    press(page, "Enter")
    expect(heading(page)).to_contain_text("To pay")
    fits(page)
    pays_by_keyboard(gil)
    expect(heading(page)).to_have_text("Thank you, Gil")
    fits(page)
    assert own_hall.one("SELECT email FROM orders_purchase ORDER BY id DESC LIMIT 1") == "gil@example.org"
    # Nothing but the product, the basket and one page was passed, and then the bank's.
    shown = [one.url.removeprefix(own_hall.address) for one in gil.pages if one.request.method == "GET"]
    assert [one for one in shown if one.startswith("/")][:3] == [own_hall.scene["pages"]["pot"], "/basket", "/checkout"]


def fills_in_what_is_wrong(page: Page) -> None:
    """An address that a browser takes for one, and the hall does not."""
    for name, words in (CONTACT | {"email": "gil@nowhere"}).items():
        walk_to(page, page.locator(f"main [name={name}]"))
        page.keyboard.type(words)
    walk_to(page, page.get_by_role("button", name="Pay £"))
    press(page, "Enter")


def is_led_to_what_was_wrong(page: Page) -> None:
    """The first that has focus says what is wrong, and one Tab and Enter further is the field, which says it too."""
    alert = page.locator("main .errors[role=alert]")
    expect(alert).to_be_focused()
    sees_where(page)
    fits(page)
    press(page, "Tab")
    expect(alert.get_by_role("link", name="Mail address")).to_be_focused()
    press(page, "Enter")
    field = page.locator("main [name=email]")
    expect(field).to_be_focused()
    sees_where(page)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "The receipt goes there, and word of each parcel. Enter a valid email address."
    )
    expect(field).to_have_value("gil@nowhere")
    press(page, "Control+a")
    page.keyboard.type(CONTACT["email"])
    expect(page.locator("main [name=street]")).to_have_value(CONTACT["street"])


@pytest.mark.parametrize("screen", [NARROW, WIDE], ids=["240 px", "1280 px"])
def test_stops_come_in_the_order_of_the_page(own_hall: HallProcess, visit: Visit, screen: dict[str, int]) -> None:
    """From mail address to Pay, each once, none before what stands above it; back again by Shift."""
    page = visit(own_hall, viewport=screen).go(own_hall.scene["pages"]["pot"])
    page.get_by_role("button", name="Buy", exact=True).first.click()
    page.goto("/checkout")
    walk_to(page, page.locator("main [name=email]"))
    stops = [page.evaluate(STOP)]
    for _stop in range(MOST_STOPS):
        press(page, "Tab")
        sees_where(page)
        stops.append(page.evaluate(STOP))
        if stops[-1]["name"].startswith("Pay £"):
            break
    names = [one["name"] for one in stops]
    assert names[:7] == ["email", "name", "street", "postcode", "town", "country", "note"]
    assert names[-1].startswith("Pay £")
    assert len(names) == len(set(names)) < 14, names
    assert all(one["inside"] for one in stops)
    if screen is NARROW:
        tops = [one["top"] for one in stops]
        assert tops == sorted(tops), list(zip(names, tops, strict=True))
    press(page, "Shift+Tab")
    assert page.evaluate(STOP)["name"] == names[-2]


def test_an_empty_field_is_pointed_at(own_hall: HallProcess, visit: Visit) -> None:
    """By the browser itself, before anything is sent."""
    page = visit(own_hall, viewport=NARROW).go(own_hall.scene["pages"]["pot"])
    page.get_by_role("button", name="Buy", exact=True).first.click()
    page.goto("/checkout")
    walk_to(page, page.get_by_role("button", name="Pay £"))
    press(page, "Enter")
    expect(page.locator("main [name=email]")).to_be_focused()
    sees_where(page)
    assert page.url.endswith("/checkout")


def fits(page: Page) -> None:
    """Nothing stands beyond the edge of the screen."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen, f"{page.url} is {wide} px wide at {screen}"
