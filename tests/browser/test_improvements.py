"""Somebody asks for a change of what they bought, revision 2 takes it in, and they see that in their basket before they
pay again: in a real browser, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .test_journey import send_to
from .visitor import GOOD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]
NEW = "A foot keeps it off the table."


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_asked_changed_and_told_before_paying(own_hall: HallProcess, visit: Visit, scripts: bool) -> None:
    noor, ben, mira, guest = (visit(own_hall, who, java_script_enabled=scripts) for who in ("noor", "ben", "mira", ""))
    bowl = own_hall.scene["pages"]["bowl"]
    buys(noor, bowl)
    asks(noor, bowl)
    asks_too(ben, bowl)
    brings_revision_2(mira)
    sees_whose_it_was(guest, bowl)
    is_told_in_the_basket(noor, bowl)
    is_told_nothing(guest, bowl)
    own_hall.check()


def buys(noor: Visitor, bowl: str) -> None:
    noor.go(bowl)
    noor.press("Buy", exact=True)
    expect(noor.page.locator("main")).not_to_contain_text("You have revision")
    noor.follow("Go on to pay")
    send_to(noor, "Noor Aziz")
    noor.press("Pay £")
    noor.pay(GOOD)
    expect(noor.page.get_by_role("heading", level=1)).to_have_text("Thank you, Noor")


def asks(noor: Visitor, bowl: str) -> None:
    noor.go(bowl)
    noor.follow("Ask for a change")
    noor.page.locator("#ask [name=words]").fill("It scratches the table.")
    noor.press("Ask for it", exact=True)
    expect(noor.page.locator("#ask [role=alert]")).to_contain_text("What should change")
    expect(noor.page.locator("#ask [name=words]")).to_have_value("It scratches the table.")
    noor.page.locator("#ask [name=title]").fill("A foot of cork")
    noor.press("Ask for it", exact=True)
    expect(noor.page.get_by_role("heading", level=1)).to_have_text("A foot of cork")
    expect(noor.page.locator("main")).to_contain_text("It scratches the table.")


def asks_too(ben: Visitor, bowl: str) -> None:
    """He would ask for the like, sees that it is asked, and joins."""
    ben.go(f"{bowl}/improvements")
    ben.page.locator("#ask [name=title]").fill("Some foot, of felt")
    ben.press("Ask for it", exact=True)
    expect(ben.page.locator("#like")).to_have_text("Somebody may ask for it already")
    ben.page.locator("#ask").get_by_role("link", name="A foot of cork").click()
    ben.press("I ask for it too")
    expect(ben.page.locator("#voices")).to_have_text("2 ask for it")
    expect(ben.page.get_by_role("button", name="No longer")).to_be_visible()


def brings_revision_2(mira: Visitor) -> None:
    mira.go("/desk/tidewater/improvements")
    mira.follow("A foot of cork")
    expect(mira.page.get_by_role("button", name="I ask for it too")).to_have_count(0)
    mira.follow("Bring a revision")
    mira.page.get_by_label("A foot of cork").check()
    mira.press("Bring it")
    expect(mira.page.locator("main [role=alert]")).to_contain_text("What is new in it")
    expect(mira.page.get_by_label("A foot of cork")).to_be_checked()
    mira.page.locator("main [name=words]").fill(NEW)
    mira.press("Bring it")
    expect(mira.page.get_by_role("status")).to_contain_text("Revision 2 is here")
    expect(mira.page.locator("main")).to_contain_text("You asked, it changed")


def sees_whose_it_was(guest: Visitor, bowl: str) -> None:
    guest.go(bowl)
    expect(guest.page.locator("main")).to_contain_text(NEW)
    guest.follow("All revisions")
    revisions = guest.page.locator("section[aria-labelledby=revisions]")
    expect(revisions).to_contain_text("You asked, it changed")
    expect(revisions.get_by_role("link", name="Noor Aziz")).to_be_visible()
    expect(revisions).to_contain_text("and one more")
    guest.go("/decisions/tidewater")
    expect(guest.page.locator("main")).to_contain_text("100 % of the decisions")


def is_told_in_the_basket(noor: Visitor, bowl: str) -> None:
    noor.go(bowl)
    noor.press("Buy", exact=True)
    for _page in ("basket", "checkout"):
        main = noor.page.locator("main")
        expect(main).to_contain_text("You have revision 1.")
        expect(main).to_contain_text(NEW)
        expect(main).to_contain_text("A foot of cork")
        if noor.path == "/basket":
            noor.follow("Go on to pay")
    assert noor.path == "/checkout"


def is_told_nothing(guest: Visitor, bowl: str) -> None:
    """Who never had it reads what is new on its page, and nothing of it in the basket."""
    guest.go(bowl)
    guest.press("Buy", exact=True)
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("Basket")
    expect(guest.page.locator("main")).not_to_contain_text("You have revision")
