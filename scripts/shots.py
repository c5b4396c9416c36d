"""Takes pictures of the demo's pages in a real browser, as those who live there: three widths, light and dark."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

SHOTS = Path("build/shots")
WIDTHS = (360, 768, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DESK, THING = "tidewater", "quiet-kettle"
# Who looks at what; a page whose address is only known in the town is the first link on another page that begins so.
PAGES = {
    "": [
        "/", "/market", "/market?q=lamp", "/market?q=nothing+like+it", "/search", "/search?q=lmap", "/search?q=nothing",
        "/ideas", "/ideas/order", "/search?q=crumb+board>/ideas/", "/search?q=clock>/ideas/", "/moderation",
        "/ideas?at=gathering", "/ideas?at=gathering>/ideas/", "/ideas?at=making>/ideas/", "/ideas?at=made>/ideas/",
        "/search?q=crumb+board>/ideas/>/credit", "/search?q=clock>/ideas/>/credit",
        "/moderation>/moderation/", "/pools", "/pools>/pools/", "/judgements/lantern-works", f"/judgements/{DESK}",
        f"/judgements/{DESK}>/gates/", "/judgements/lantern-works>/gates/",
        f"/@{DESK}/both-hands-teapot", f"/@{DESK}/both-hands-teapot/improvements",
        f"/@{DESK}/both-hands-teapot/improvements?show=declined",
        f"/@{DESK}/both-hands-teapot/improvements>/improvements/",
        f"/decisions/{DESK}",
        f"/@{DESK}/talk", f"/@{DESK}/talk>/posts/",
        "/brands", f"/@{DESK}", f"/@{DESK}/{THING}", "/@nine-point", "/@ben", "/basket",
        "/account/login/", "/account/signup/",
        "/account/password/reset/", "/account/login/code/", "/cast", "/mailbox", "/mailbox>/mailbox/", "/ui", "/api",
        "/api/rooms/buying",
        "/nowhere", "/offline",
    ],
    "ana": [
        "/ideas", "/ideas/new", "/search?q=clock>/ideas/", "/search?q=crumb+board>/ideas/", "/you/reports",
        f"/@{DESK}/both-hands-teapot/improvements", f"/@{DESK}/both-hands-teapot/improvements>/improvements/",
        "/pools>/pools/", "/you/pledges", "/search?q=crumb+board>/ideas/>/credit", "/you/royalties",
        "/you/royalties/account",
        "/@ana", "/posts/new", f"/@{DESK}/talk", "/@ana>/posts/", "/@ana>/posts/>/edit",
        "/", "/@ben", "/basket", "/checkout", "/you", "/you/orders", "/you/orders>/orders/", "/you/circles",
        "/you/privacy", "/you/security", "/you/friends", "/you/security/app", "/you/security/passkeys/new",
        "/you/tokens",
        "/you/notices", "/you/notices/choices", "/you/brands/new", "/account/email/", "/account/password/change/",
    ],
    "mira": [
        f"/desk/{DESK}", f"/desk/{DESK}>/desk/{DESK}/orders/", f"/desk/{DESK}/products", f"/desk/{DESK}/products/new",
        f"/desk/{DESK}/products/{THING}", f"/desk/{DESK}/imports", f"/desk/{DESK}/team",
        f"/desk/{DESK}/returns", f"/desk/{DESK}/returns>/desk/{DESK}/returns/", f"/desk/{DESK}/papers",
        f"/desk/{DESK}/shop", f"/desk/{DESK}/shop>/desk/{DESK}/zones/", f"/desk/{DESK}/zones/new", f"/desk/{DESK}/tax",
        f"/desk/{DESK}/vouchers", f"/desk/{DESK}/vouchers/WEDNESDAY", f"/desk/{DESK}/gates",
        f"/desk/{DESK}/improvements", f"/desk/{DESK}/products/both-hands-teapot/revisions",
        f"/desk/{DESK}/royalties",
    ],
    "kofi": ["/desk/wold/pools", "/desk/wold/pools>/desk/wold/pools/"],
    "tomek": [
        "/desk/lantern-works/gates", "/desk/lantern-works/gates>/desk/lantern-works/gates/",
        "/desk/lantern-works/pools>/desk/lantern-works/pools/",
    ],
    "ben": ["/you/security", "/you/pledges>/pools/"],
    "beatriz": ["/you", "/you/orders>/orders/"],
    "edith": [
        "/steward/reports", "/steward/reports>/steward/reports/", "/steward/crowds",
        "/steward/transfers", "/steward/transfers>/steward/transfers/", "/steward/paybacks",
        "/steward/paybacks>/steward/paybacks/", "/steward/bank", "/steward/royalties",
        "/steward", "/steward/work", "/steward/mail", "/steward/health", "/steward/people/otto"],
    "noor": ["/"],
}  # fmt: skip


def main() -> None:
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True)
    wanted = sys.argv[1:]
    with demo() as hall, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        number = 0
        for who, pages in PAGES.items():
            pages = [page for page in pages if not wanted or page in wanted]
            for theme in THEMES if pages else ():
                number += shoot(browser, hall, who, pages, theme)
        browser.close()
    print(f"{number} pictures in {SHOTS}")


def shoot(browser: Browser, hall: str, who: str, pages: list[str], theme: Literal["light", "dark"]) -> int:
    """Every page of one person in one theme at each width; says how many. A page wider than its screen is told."""
    context = browser.new_context(color_scheme=theme, base_url=hall)
    page = context.new_page()
    if who:
        page.goto("/cast")
        page.locator(f"form:has([value={who}]) button, button[value={who}]").first.click()
    fill_basket(page)
    for address in pages:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(found(page, address))
            page.wait_for_load_state("networkidle")
            see_all(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                print(f"{address} is {wide} px wide at {width}")
            name = (address.strip("/").split("?")[0] or "front").replace("/", "-").replace(">", "_").replace("@", "")
            query = "-" + address.split("q=")[1].split(">")[0] if "q=" in address else ""
            query += "-opened" * address.count(">") if "q=" in address else ""
            page.screenshot(path=SHOTS / f"{who or 'stranger'}-{name}{query}-{width}-{theme}.png", full_page=True)
    context.close()
    return len(pages) * len(WIDTHS)


def see_all(page: Page) -> None:
    """Down to the end and back, so that pictures that wait to be seen are there."""
    for _screen in range(20):
        page.mouse.wheel(0, 900)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")


def fill_basket(page: Page) -> None:
    page.goto(f"/@{DESK}/{THING}")
    page.locator("#buy button").first.click()


def found(page: Page, address: str) -> str:
    """The address itself, or with `>` the first link on that page that begins or ends so, as often as there is one."""
    place, *links = address.split(">")
    for link in links:
        page.goto(place)
        place = str(page.locator(f"main a[href^='{link}'], main a[href$='{link}']").first.get_attribute("href"))
    return place


@contextmanager
def demo() -> Iterator[str]:
    """A demo of our own on a free port, so that one already open is left alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    hall = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "moothall", "demo"],
        env={**os.environ, "PORT": port, "MOOTHALL_DEMO": str(Path("build/town").resolve())},
    )
    try:
        wait_for(hall, process)
        yield hall
    finally:
        process.terminate()
        process.wait(30)


def wait_for(hall: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 300
    while True:
        try:
            httpx.get(hall, timeout=10)
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > end:
                sys.exit("The demo did not open.")
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
