"""An idea is proposed, shaped by a stranger and stood behind, in a real browser, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_half_a_thought_to_a_second_version(own_hall: HallProcess, visit: Visit, scripts: bool) -> None:
    ben, noor, mira, guest = (visit(own_hall, who, java_script_enabled=scripts) for who in ("ben", "noor", "mira", ""))
    address = proposes(ben)
    contributes(noor, address)
    takes_it_in(ben, address)
    would_pay(noor, address)
    sees_both(guest, address)
    stays_out(mira, address)


def proposes(ben: Visitor) -> str:
    ben.go("/ideas")
    ben.follow("Propose an idea")
    ben.fill(title="Ladle for the left")
    ben.press("Keep as a draft")
    expect(ben.page.get_by_role("status")).to_contain_text("Only you see it")
    ben.fill(problem="It drips over the right edge.", use="At the table, from the left.")
    ben.page.locator("main select[name=brand]").select_option("tidewater")
    ben.press("Propose it", exact=True)
    expect(ben.page.get_by_role("heading", level=2).first).to_have_text("Somebody may have had it already")
    ben.press("Mine is another")
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Ladle for the left")
    return ben.path


def contributes(noor: Visitor, address: str) -> None:
    noor.go(address)
    noor.page.locator("section[aria-labelledby=p-use]").get_by_role("link", name="Say it better").click()
    noor.fill(words="At the table, from the left or the right.", why="One of two is enough for both.")
    noor.press("Send it")
    expect(noor.page.get_by_role("status")).to_contain_text("It waits for the lead")


def takes_it_in(ben: Visitor, address: str) -> None:
    ben.go(address)
    ben.follow("Waits for an answer")
    expect(ben.page.locator("main ins")).to_contain_text("or the right")
    ben.press("Make version 2 of it")
    expect(ben.page.locator("main")).to_contain_text("from the left or the right")


def would_pay(noor: Visitor, address: str) -> None:
    noor.go(address)
    noor.press("Follow it")
    noor.page.locator("main [name=price]").fill("18")
    noor.press("Say so")
    expect(noor.page.locator("main dl").first).to_contain_text(re.compile(r"would pay\s*1"))
    expect(noor.page.locator("main dl").first).to_contain_text(re.compile(r"follow it\s*0"))


def sees_both(guest: Visitor, address: str) -> None:
    guest.go(address)
    guest.follow("Version 2")
    expect(guest.page.locator("main")).to_contain_text("Noor Aziz")
    expect(guest.page.locator("main ins")).to_contain_text("or the right")


def stays_out(mira: Visitor, address: str) -> None:
    """She owns the brand that is to judge it."""
    mira.go(address)
    expect(mira.page.locator("main")).to_contain_text("You are in the team that judges this idea")
    expect(mira.page.get_by_role("link", name="Say it better")).to_have_count(0)
    mira.go(f"{address}/contribute")
    mira.fill(words="As we would have it.")
    mira.press("Send it")
    expect(mira.page.locator("main [role=alert]")).to_contain_text("write nothing of it")
