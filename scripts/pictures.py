"""Takes the pictures of the guides from the demo town: each page as the person sees it whom the guide is for."""

import io
import os
import shutil
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from shots import demo, found, see_all

PICTURES = Path("docs/pictures")
MOST = 120_000  # bytes of a picture: a guide is read over the net
OPEN = os.environ.get("HALL", "")  # the address of a demo that is open already


@dataclass(frozen=True)
class View:
    """A picture: who looks at which page (`>` as in shots.py), from which part of it on, how wide and high."""

    who: str
    address: str
    top: str = ""
    width: int = 1120
    height: int = 700
    theme: Literal["light", "dark"] = "light"


VIEWS = {
    "hall": View("", "/", height=760),
    "product": View("ben", "/@tidewater/both-hands-teapot", height=760),
    "home": View("ana", "/", height=820),
    "market": View("ana", "/market?q=lamp", height=760),
    "order": View("ana", "/you/orders>/orders/", width=480, height=860),
    "search": View("noor", "/search?q=tepaot", width=480, height=860, theme="dark"),
    "notices": View("ana", "/you/notices", height=680),
    "shop": View("noor", "/@nine-point", height=820),
    "thing": View("wanjiru", "/desk/nine-point/products/ink-that-stays", height=900),
    "zones": View("mira", "/desk/tidewater/shop", height=760),
    "desk": View("mira", "/desk/tidewater", height=760),
    "packing": View("mira", "/desk/tidewater>/desk/tidewater/orders/", height=900),
    "papers": View("agnes", "/desk/nine-point/papers", height=820),
    "health": View("edith", "/steward/health", height=860),
    "mail": View("edith", "/steward/mail", height=720),
    "suspend": View("edith", "/steward/people/otto", height=800),
    "cast": View("", "/cast", height=760),
    "ui": View("", "/ui", height=820),
}


def main() -> None:
    wanted = sys.argv[1:] or list(VIEWS)
    PICTURES.mkdir(exist_ok=True)
    with nullcontext(OPEN) if OPEN else demo() as hall, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name in wanted:
            taken = take(browser, hall, VIEWS[name])
            (PICTURES / f"{name}.webp").write_bytes(taken)
            print(f"{name}: {len(taken) // 1000} kB")
        browser.close()


def take(browser: Browser, hall: str, view: View) -> bytes:
    size = {"width": view.width, "height": view.height}
    context = browser.new_context(color_scheme=view.theme, base_url=hall, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    if view.who:
        page.goto("/cast")
        page.locator(f"form:has([value={view.who}]) button, button[value={view.who}]").first.click()
    page.goto(found(page, view.address))
    see_all(page)
    if view.top:
        page.locator(view.top).first.evaluate("one => one.scrollIntoView()")
    taken = page.screenshot()
    context.close()
    return packed(taken)


def packed(taken: bytes) -> bytes:
    """As WebP, the best that is light enough."""
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    for quality in (88, 80, 70, 60):
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= MOST:
            return file.getvalue()
    raise SystemExit("a picture is too heavy: make it smaller")


if __name__ == "__main__":
    main()
