"""A question that is ranked and one of prices, asked and answered in a real browser, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_a_question_to_what_comes_of_it(own_hall: HallProcess, visit: Visit, scripts: bool) -> None:
    ben, mira, noor, guest = (visit(own_hall, who, java_script_enabled=scripts) for who in ("ben", "mira", "noor", ""))
    about = proposes(ben)
    ranked = asks(ben, about, "Rank", ["Beech", "Ash", "Oak"])
    ranks(mira, ranked)
    sees_the_rounds(guest, ranked)
    price = asks(ben, about, "Price", ["20", "30", "40"])
    says_at_which_prices(mira, price)
    is_told_that_it_is_over(ben, noor, ranked)


def proposes(ben: Visitor) -> str:
    ben.go("/ideas/new")
    ben.fill(title="Ladle for the left", problem="It drips over the right edge.", use="At the table, from the left.")
    ben.press("Propose it", exact=True)
    ben.press("Mine is another")
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Ladle for the left")
    return ben.path


def asks(ben: Visitor, about: str, sort: str, choices: list[str]) -> str:
    ben.go(about)
    ben.follow("Questions about it")
    ben.follow(sort, exact=True)
    ben.fill(choice_1=choices[0], choice_2=choices[1])
    ben.press("Ask everybody")
    expect(ben.page.locator("main [role=alert]").first).to_contain_text("This field is required.")
    expect(ben.page.locator("main [name=choice_2]")).to_have_value(choices[1])
    ben.fill(question="Which one would you have?", choice_3=choices[2])
    ben.page.get_by_label("Always").check()
    ben.press("Ask everybody")
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Which one would you have?")
    expect(ben.page.locator("main")).to_contain_text("Nobody has answered yet")
    return ben.path


def ranks(mira: Visitor, address: str) -> None:
    mira.go(address)
    mira.page.get_by_label("Place 1").select_option(label="Oak")
    mira.page.get_by_label("Place 2").select_option(label="Oak")
    mira.press("Answer", exact=True)
    expect(mira.page.locator("main .wrong").first).to_contain_text("It has a better place already.")
    mira.page.get_by_label("Place 2").select_option(label="Beech")
    mira.press("Answer", exact=True)
    expect(mira.page.get_by_role("status")).to_contain_text("Your answer counts")
    expect(mira.page.locator("section[aria-labelledby=mine] li")).to_have_text(["Oak", "Beech"])
    mira.follow("Change it")
    mira.page.get_by_label("Place 1").select_option(label="Ash")
    mira.press("Answer", exact=True)
    expect(mira.page.locator("section[aria-labelledby=mine] li")).to_have_text(["Ash", "Beech"])


def sees_the_rounds(guest: Visitor, address: str) -> None:
    guest.go(address)
    expect(guest.page.locator("main")).to_contain_text("Ash comes out first.")
    expect(guest.page.locator("main")).to_contain_text("Sign in to answer")
    expect(guest.page.locator("main")).not_to_contain_text("Mira")


def says_at_which_prices(mira: Visitor, address: str) -> None:
    mira.go(address)
    groups = mira.page.locator("main fieldset")
    expect(groups).to_have_count(3)
    for price, said in (("£20", "Yes"), ("£30", "Yes"), ("£40", "No")):
        groups.filter(has_text=f"at {price}?").get_by_role("radio", name=said, exact=True).check()
    mira.press("Answer", exact=True)
    expect(mira.page.locator("section[aria-labelledby=mine]")).to_contain_text("£40")
    expect(mira.page.locator("main")).to_contain_text("Prices are shown from five answers on")


def is_told_that_it_is_over(ben: Visitor, noor: Visitor, address: str) -> None:
    ben.go(address)
    ben.page.locator("summary", has_text="Close it now").click()
    ben.press("Close it", exact=True)
    expect(ben.page.locator("main")).to_contain_text("over since")
    noor.go(address)
    expect(noor.page.get_by_role("button", name="Answer", exact=True)).to_have_count(0)
