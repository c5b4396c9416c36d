"""Takes pictures of the demo's pages in a real browser: at three widths, light and dark, into build/shots."""

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
from urllib.parse import urljoin, urlsplit

import httpx
from playwright.sync_api import Browser, sync_playwright

SHOTS = Path("build/shots")
WIDTHS = (360, 768, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MOST = 30


def main() -> None:
    shutil.rmtree(SHOTS, ignore_errors=True)
    with demo() as hall, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        pages = sys.argv[1:] or kinds_of_page(browser, hall)
        for width in WIDTHS:
            for theme in THEMES:
                shoot(browser, hall, pages, width, theme)
        browser.close()
    print(f"{len(pages) * len(WIDTHS) * len(THEMES)} pictures in {SHOTS}")


@contextmanager
def demo() -> Iterator[str]:
    """A demo of our own on a free port, so that one already open is left alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    hall = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "moothall", "demo"], env={**os.environ, "PORT": port})
    try:
        wait_for(hall, process)
        yield hall
    finally:
        process.terminate()
        process.wait(30)


def wait_for(hall: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            httpx.get(hall, timeout=10)
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > end:
                sys.exit("The demo did not open.")
            time.sleep(0.2)
        else:
            return


def kinds_of_page(browser: Browser, hall: str) -> list[str]:
    """The first page of each kind that links lead to from the front door; /product/a and /product/b are of one kind."""
    page = browser.new_page()
    kinds = {kind_of("/"): "/"}
    waiting = ["/"]
    while waiting and len(kinds) < MOST:
        answer = page.goto(urljoin(hall, waiting.pop(0)))
        if not answer or "html" not in answer.headers.get("content-type", ""):
            continue
        for link in page.locator("a[href]:not([download])").evaluate_all("links => links.map(link => link.href)"):
            path = urlsplit(link).path
            if link.startswith(hall + "/") and kind_of(path) not in kinds:
                kinds[kind_of(path)] = path
                waiting.append(path)
    page.close()
    return list(kinds.values())


def kind_of(path: str) -> tuple[str, int]:
    parts = path.strip("/").split("/")
    return parts[0], len(parts)


def shoot(browser: Browser, hall: str, pages: list[str], width: int, theme: Literal["light", "dark"]) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    for path in pages:
        page.goto(urljoin(hall, path))
        # Pictures below the fold are loaded when they come into view.
        page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
        page.wait_for_load_state("networkidle")
        name = path.strip("/").replace("/", "-") or "front"
        page.screenshot(path=SHOTS / f"{name}-{width}-{theme}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main()
