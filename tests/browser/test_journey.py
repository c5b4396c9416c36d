"""All of it once, in a real browser, with and without scripts: from an empty hall to a share that is taken back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.process.hall import HallProcess

from .conftest import Visit
from .visitor import DECLINED, GOOD, SECOND_STEP, Visitor

pytestmark = pytest.mark.browser
SAMPLE = Path(os.environ.get("MOOTHALL_DATA", "../shared/data")) / "shopify-home-and-garden.csv"
ODD = Path(__file__).parents[1] / "catalog" / "shopify-odd.csv"
WORDS = "We wanted these for years."


@pytest.mark.parametrize(
    "scripts", [pytest.param(True, marks=pytest.mark.once), False], ids=["with-scripts", "without"]
)
def test_from_an_empty_hall_to_a_share_taken_back(
    empty_hall: HallProcess, visit: Visit, tmp_path: Path, scripts: bool
) -> None:
    hall = empty_hall
    mira, ana, ben, noor = (visit(hall, java_script_enabled=scripts) for _who in range(4))
    open_a_shop(mira, products_of_elsewhere(tmp_path))
    joins(ana, "Ana Lima", "ana")
    follow_the_shop_and_make_a_circle(ana)
    joins(ben, "Ben Cole", "ben")
    circle_and_follow(ana, ben)
    joins(noor, "Noor Aziz", "noor")

    bought = buys_two_and_tells_family(ana)
    pages = ["/", "/@ana", *bought.values()]
    sees(ben, pages)
    sees_nothing(noor, [*pages, "/market", "/@garden-room", "/hall", "/brands"])
    buys_what_ana_bought(ben, next(iter(bought.values())))

    sends_one_and_gives_the_other_back(mira, list(bought))
    order_tells_both(ana, list(bought))
    assert ana_was_told(ana) == ["goes back to you", "on its way", "Thank you: your order"]
    takes_back(ana)
    sees_nothing(ben, [*pages, "/market", "/@garden-room", "/hall"])
    hall.drained()
    hall.check()
    hall.agrees_with_till()


# ---- Mira opens her shop


def products_of_elsewhere(place: Path) -> Path:
    """The sample export, its pictures at an address that nobody has."""
    source = SAMPLE if SAMPLE.exists() else ODD
    file = place / "products.csv"
    file.write_text(re.sub(r"https://[a-z.]+/", "https://pictures.invalid/", source.read_text()))
    return file


def open_a_shop(mira: Visitor, file: Path) -> None:
    joins(mira, "Mira Sand", "mira")
    mira.go("/you")
    mira.follow("Open a brand")
    mira.fill(name="Garden Room", handle="garden-room", words="Pots and what stands beside them.")
    mira.press("Open it")
    mira.go("/desk/garden-room")
    mira.follow("Imports")
    mira.page.locator("input[type=file]").set_input_files(file)
    mira.press("Import it")
    expect(mira.page.get_by_role("heading", level=1)).to_have_text("products.csv")
    expect(mira.page.locator("main progress")).to_have_count(0, timeout=60_000)  # the page comes anew by itself
    assert int(mira.page.locator("dt:has-text('added') + dd").inner_text()) > 3
    expect(mira.page.locator("main table tbody tr").first).to_contain_text("added")
    mira.follow("Shop", exact=True)
    mira.page.locator("main a[href$='/zones/new']").first.click()
    mira.page.locator("main [name='name']").fill("Everywhere")
    mira.page.locator("main [name='rate-0-amount']").fill("4.50")
    mira.page.locator("main [name='rate-0-words']").fill("Post, two to three days")
    mira.press("Keep it")
    expect(mira.page.locator("main")).to_contain_text("£4.50")


def joins(who: Visitor, name: str, handle: str) -> None:
    """By the sign-up page, with the code that came by mail."""
    who.go("/")
    who.follow("Join the hall")
    who.fill(name=name, handle=handle, email=f"{handle}@example.org", password1="slow green kettle")
    who.press("Join", exact=True)
    expect(who.page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    who.page.locator("main [name=code]").fill(code_in_the_mailbox(who, f"{handle}@example.org"))
    who.press("Go on")
    expect(who.page.get_by_role("heading", level=1)).to_have_text(f"Hello, {name.split()[0]}")


def code_in_the_mailbox(who: Visitor, address: str) -> str:
    letter = open_mail(who, address, "your code")
    code = letter.locator("h1").inner_text().split(" – ")[0]
    expect(letter.locator("pre")).to_contain_text(code)
    letter.close()
    return code


def open_mail(who: Visitor, address: str, subject: str) -> Page:
    """In another tab, so that the page that waits stays open."""
    tab = who.watched(who.context.new_page())
    tab.goto("/mailbox")
    tab.locator(".mails a").filter(has_text=address).filter(has_text=subject).first.click()
    return tab


# ---- Ana and Ben find each other


def follow_the_shop_and_make_a_circle(ana: Visitor) -> None:
    ana.go("/brands")
    ana.follow("Garden Room")
    ana.press("Follow the shop")
    expect(ana.page.get_by_role("button", name="Following")).to_be_visible()
    ana.go("/you")
    ana.follow("Circles")
    ana.fill(name="Family")
    ana.press("Make the circle")
    expect(ana.page.get_by_role("heading", name="Family", exact=True)).to_be_visible()


def circle_and_follow(ana: Visitor, ben: Visitor) -> None:
    ben.go("/@ana")
    ben.press("Follow", exact=True)
    expect(ben.page.get_by_role("button", name="Following")).to_be_visible()
    ana.go("/you/circles")
    ana.fill(handle="ben")
    ana.press("Put in")
    expect(ana.page.get_by_role("link", name="Ben Cole")).to_be_visible()


# ---- buying and telling


def buys_two_and_tells_family(ana: Visitor) -> dict[str, str]:
    """The two things' pages by their titles. The first card is declined."""
    bought = dict(two_for_sale(ana))
    for path in bought.values():
        ana.go(path)
        ana.press("Buy", exact=True)
        expect(ana.page.get_by_role("heading", level=1)).to_have_text("Basket")
    ana.follow("Go on to pay")
    send_to(ana, "Ana Lima")
    ana.page.get_by_label("Family").check()
    ana.page.get_by_label("Your words").fill(WORDS)
    ana.press("Pay £")
    ana.pay(DECLINED)
    expect(ana.page.locator("[aria-invalid=true]")).to_have_count(1)
    ana.pay(GOOD)
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Thank you, Ana")
    for title in bought:
        expect(ana.page.get_by_role("heading", name=title, level=3)).to_be_visible()
    expect(ana.page.get_by_text("Your circle Family knows that you have this.")).to_have_count(2)
    return bought


def two_for_sale(who: Visitor) -> Iterator[tuple[str, str]]:
    """Title and page of two things of the shop that may be bought twice at least."""
    who.go("/@garden-room")
    paths = [str(link.get_attribute("href")) for link in who.page.locator(".card h3 a").all()]
    found = 0
    for path in paths:
        who.go(path)
        plenty = not who.page.locator("#buy .hot").count()
        if plenty and who.page.locator("#buy button[name=next]").count():
            found += 1
            yield who.page.locator("h1").inner_text(), path
        if found == 2:
            return
    raise AssertionError("there are not two things to buy")


def send_to(who: Visitor, name: str) -> None:
    who.fill(name=name, street="3 Quay", postcode="TR26 1LP", town="St Ives")
    who.page.locator("main [name=country]").select_option("GB")


def buys_what_ana_bought(ben: Visitor, path: str) -> None:
    """His bank wants to hear from him first."""
    ben.go(path)
    ben.press("Buy", exact=True)
    ben.follow("Go on to pay")
    send_to(ben, "Ben Cole")
    ben.press("Pay £")
    ben.pay(SECOND_STEP)
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Confirm this payment")
    ben.press("Confirm", exact=True)
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Thank you, Ben")
    expect(ben.page.get_by_text("knows that you have this")).to_have_count(0)


def sees(who: Visitor, pages: list[str]) -> None:
    home, profile, *products = pages
    for path in (home, profile):
        who.go(path)
        expect(who.page.get_by_text(WORDS)).to_have_count(len(products))
    for path in products:
        who.go(path)
        expect(friends(who)).to_contain_text("Ana Lima")
        expect(friends(who)).to_contain_text("has it")


def friends(who: Visitor) -> Locator:
    return who.page.locator(".friends")


def sees_nothing(who: Visitor, pages: list[str]) -> None:
    for path in pages:
        who.go(path)
        html = who.page.content()
        assert "<h1" in html
        assert WORDS not in html, path
        assert "has it" not in html, path
        if path not in ("/", "/@ana"):  # where she may be met, or is herself
            assert "Ana Lima" not in html, path


# ---- Mira sends, Ana reads


def sends_one_and_gives_the_other_back(mira: Visitor, titles: list[str]) -> None:
    first, second = titles
    mira.go("/desk/garden-room")
    mira.page.get_by_role("row").filter(has_text="Ana Lima").get_by_role("link").click()
    sending = mira.page.get_by_role("region", name="Send it")
    sending.get_by_label(second).fill("0")
    sending.get_by_label("Tracking number").fill("RM 123 456 GB")
    sending.get_by_role("button", name="Sent").click()
    expect(mira.page.get_by_role("region", name="Parcels")).to_contain_text(first)
    back = mira.page.get_by_role("region", name="Give money back")
    back.get_by_label(second).fill("1")
    back.get_by_label("Why").fill("The last one has a crack.")
    back.get_by_role("button", name="Give it back").click()
    expect(mira.page.get_by_role("region", name="Given back")).to_contain_text("The last one has a crack.")
    comes_to(mira, mira.page.get_by_role("region", name="Given back").get_by_text("arrived", exact=True))


def comes_to(who: Visitor, wanted: Locator) -> None:
    """Load the page anew until the worker is through."""
    for _try in range(40):
        try:
            expect(wanted).to_be_visible(timeout=1000)
            return
        except AssertionError:
            who.page.reload()
    expect(wanted).to_be_visible()


def order_tells_both(ana: Visitor, titles: list[str]) -> None:
    ana.go("/you/orders")
    ana.page.locator("main h2 a").first.click()
    way = ana.page.locator("main")
    expect(way).to_contain_text("On its way")
    expect(way).to_contain_text(f"1 × {titles[0]}")
    expect(way).to_contain_text("RM 123 456 GB")
    expect(way).to_contain_text("given back")
    expect(way).to_contain_text("The last one has a crack.")


def ana_was_told(ana: Visitor) -> list[str]:
    """Which of the three mails about her order there are, newest first."""
    ana.go("/mailbox")
    hers = ana.page.locator(".mails a").filter(has_text="ana@example.org")
    comes_to(ana, hers.filter(has_text="goes back to you"))
    wanted = ("Thank you: your order", "on its way", "goes back to you")
    return [next(word for word in wanted if word in text) for text in hers.all_inner_texts() if "your code" not in text]


def takes_back(ana: Visitor) -> None:
    ana.go("/you/orders")
    ana.page.locator("main h2 a").first.click()
    mine = ana.page.get_by_role("button", name="Take it back")
    while number := mine.count():
        mine.first.click()
        expect(mine).to_have_count(number - 1)
