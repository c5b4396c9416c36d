"""A guest on a phone of 360 px buys with the keyboard alone, and sees at each step where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = {"width": 360, "height": 740}
MOST_STOPS = 80
# The ring stands around what has focus, or around the label that stands for it; and nothing covers what has focus.
FOCUS = """() => {
    const one = document.activeElement;
    const rings = (spot) => ["", "::after"].some((part) => {
        const style = getComputedStyle(spot, part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    });
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const near = [one, one.closest("label"), one.parentElement, one.nextElementSibling];
    return {
        name: `${one.localName} ${one.name || ""} ${one.textContent.trim().slice(0, 40)}`,
        ring: near.some((spot) => spot && rings(spot)),
        inside: x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight,
        free: !!top && (one.contains(top) || top.contains(one)),
    };
}"""
CONTACT = {
    "email": "gil@example.org",
    "name": "Gil Guest",
    "street": "1 Pier",
    "postcode": "TR26 1AA",
    "town": "St Ives",
}


def test_buys_by_keyboard_alone(own_hall: HallProcess, visit: Visit) -> None:
    gil = visit(own_hall, viewport=PHONE)
    page = gil.go("/market")
    walk_to(page, page.locator("summary", has_text="Narrow it down"))
    press(page, "Space")
    walk_to(page, page.locator("#m-q"))
    page.keyboard.type("lidded")
    press(page, "Enter")
    expect(page.locator("main .head")).to_contain_text("lidded")
    walk_to(page, page.get_by_role("link", name="Lidded pot"))
    press(page, "Enter")
    expect(heading(page)).to_have_text("Lidded pot")
    walk_to(page, page.get_by_role("button", name="Buy", exact=True).first)
    press(page, "Space")
    expect(heading(page)).to_have_text("Basket")
    walk_to(page, page.get_by_role("link", name="Go on to pay"))
    press(page, "Enter")
    expect(heading(page)).to_have_text("Checkout")
    for name, words in CONTACT.items():
        walk_to(page, page.locator(f"main [name={name}]"))
        page.keyboard.type(words)
    walk_to(page, page.locator("main [name=country]"))
    press(page, "ArrowDown")
    expect(page.locator("main [name=country]")).to_have_value("IE")
    walk_to(page, page.get_by_role("button", name="Pay £"))
    press(page, "Enter")
    pays_by_keyboard(gil)
    expect(heading(page)).to_have_text("Thank you, Gil")
    assert own_hall.rows("SELECT email, country FROM orders_purchase ORDER BY id DESC LIMIT 1") == [
        ("gil@example.org", "IE")
    ]


def pays_by_keyboard(gil: Visitor) -> None:
    page = gil.page
    expect(heading(page)).to_contain_text("To pay")
    for name, words in {"number": "4242424242424242", "expiry": "1239", "cvc": "123"}.items():
        walk_to(page, page.locator(f"[name={name}]"))
        page.keyboard.type(words)
    walk_to(page, page.get_by_role("button", name="Pay", exact=False).first)
    press(page, "Enter")


def test_chooses_a_kind_by_arrows(own_hall: HallProcess, visit: Visit) -> None:
    page = visit(own_hall, viewport=PHONE).go(own_hall.scene["pages"]["bowl"])
    walk_to(page, page.get_by_role("radio", name="Small"))
    press(page, "ArrowRight")
    expect(page.get_by_role("radio", name="Large")).to_be_checked()
    sees_where(page)
    walk_to(page, page.get_by_role("button", name="Buy", exact=True).first)
    press(page, "Enter")
    expect(page.locator("main .bought")).to_contain_text("Large")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_pay_pressed_twice_is_one_order(own_hall: HallProcess, visit: Visit, scripts: bool) -> None:
    gil = visit(own_hall, viewport=PHONE, java_script_enabled=scripts)
    before = counts(own_hall)
    page = gil.go(own_hall.scene["pages"]["pot"])
    gil.press("Buy", exact=True)
    gil.follow("Go on to pay")
    gil.fill(**CONTACT)
    page.get_by_role("button", name="Pay £").dblclick()
    expect(heading(page)).to_contain_text("To pay")
    assert counts(own_hall) == [number + 1 for number in before]
    assert len(own_hall.state()["sessions"]) == 1


def counts(hall: HallProcess) -> list[int]:
    return [
        hall.one(f"SELECT COUNT(*) FROM {table}") for table in ("orders_purchase", "orders_order", "payments_payment")
    ]


# ---- the keyboard


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def walk_to(page: Page, wanted: Locator) -> None:
    """By Tab; at each stop one sees where one is."""
    expect(wanted).to_be_attached()
    handle = wanted.element_handle()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("one => one === document.activeElement", handle):
            sees_where(page)
            return
        if page.evaluate("document.activeElement !== document.body"):
            sees_where(page)
    raise AssertionError(f"{MOST_STOPS} times Tab and not at {wanted}")


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)


def sees_where(page: Page) -> None:
    focus = page.evaluate(FOCUS)
    assert focus["ring"], f"no ring around {focus['name']}"
    assert focus["inside"], f"{focus['name']} has focus and is not on the screen"
    assert focus["free"], f"{focus['name']} has focus and is covered"
