"""Somebody with a real browser of their own; whatever goes wrong in it is written down."""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.process.hall import HallProcess

PATIENCE = 20_000  # ms; a loaded machine is slow, not wrong
GOOD, DECLINED, SECOND_STEP = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 3220"
expect.set_options(timeout=PATIENCE)


class Visitor:
    """A guest, or with `name` a person of the scene who is signed in. `like` is what Playwright asks of a context."""

    def __init__(self, browser: Browser, hall: HallProcess, name: str = "", **like: Any) -> None:
        self.hall = hall
        self.context = browser.new_context(base_url=hall.address, reduced_motion="reduce", **like)
        self.context.set_default_timeout(PATIENCE)
        if name:
            session = hall.scene["sessions"][name]
            self.context.add_cookies([{"name": "session", "value": session, "url": hall.address, "httpOnly": True}])
        self.wrong: list[str] = []
        self.pages: list[Response] = []
        self.answers: list[Response] = []
        self.page = self.watched(self.context.new_page())

    def watched(self, page: Page) -> Page:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"error on {page.url}: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser tells of every answer of 400 and more; a page that says no is no fault.
        refused = message.text.startswith("Failed to load resource") and _page(message) in self.refusals()
        if message.type in ("error", "warning") and not refused:
            self.wrong.append(f"{message.type} on {self.page.url}: {message.text}")

    def refusals(self) -> set[str]:
        return {urldefrag(page.url).url for page in self.pages if 400 <= page.status < 500}

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.hall.address}/", f"{self.hall.till}/", "data:", "about:")):
            self.wrong.append(f"{self.page.url} asks {request.url}")

    def _answered(self, response: Response) -> None:
        self.answers.append(response)
        if response.request.is_navigation_request():
            self.pages.append(response)
        elif response.status >= 400:
            self.wrong.append(f"{response.status} for {response.url}")
        if response.status >= 500:
            self.wrong.append(f"{response.status} on {response.url}")

    def begin_anew(self) -> None:
        """On a new page, with nothing heard yet; cookies, and what the browser keeps of the hall's files, stay."""
        self.page.close()
        for heard in (self.wrong, self.pages, self.answers):
            heard.clear()
        self.page = self.watched(self.context.new_page())

    def close(self) -> None:
        self.context.close()

    # ---- what one does

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def press(self, name: str, **like: Any) -> None:
        self.page.get_by_role("button", name=name, **like).first.click()

    def follow(self, name: str, **like: Any) -> None:
        self.page.get_by_role("link", name=name, **like).first.click()

    def fill(self, **typed: str) -> None:
        """Fields by their names, as the form sends them."""
        for name, words in typed.items():
            self.page.locator(f"main [name={name}]").fill(words)

    def pay(self, card: str) -> None:
        """On the till's page: the card, and Pay."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("To pay")
        assert self.page.url.startswith(self.hall.till)
        self.fill(number=card, expiry="12/39", cvc="123")
        self.press("Pay")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path


def _page(message: ConsoleMessage) -> str:
    """What it is said of, wherever on it one was led."""
    return str(urldefrag(message.location["url"]).url)
