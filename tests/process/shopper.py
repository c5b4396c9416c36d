"""Somebody with a browser: cookies of their own, real pages, the forms that stand on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from lxml import html

from .hall import PLAIN, HallProcess

GOOD, DECLINED = "4242424242424242", "4000000000000002"
HOME = {
    "email": "gil@example.org",
    "name": "Gil Guest",
    "street": "1 Pier",
    "postcode": "TR26 1AA",
    "town": "St Ives",
    "country": "GB",
}


@dataclass
class Form:
    """A form as it stood on a page, with what was typed into it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Shopper:
    """A guest, or with `name` a person of the town who is signed in."""

    def __init__(self, hall: HallProcess, name: str = "") -> None:
        self.hall = hall
        limits = httpx.Limits(max_keepalive_connections=0)  # a process that was killed left no half-open connection
        self.web = httpx.Client(base_url=hall.address, timeout=90, verify=PLAIN, limits=limits)
        if name:
            self.web.cookies.set("session", hall.scene["sessions"][name], domain="127.0.0.1")

    def get(self, path: str) -> httpx.Response:
        answer = self.web.get(path, follow_redirects=True)
        assert answer.status_code < 500, (path, answer.status_code)
        return answer

    def post(self, form: Form, **typed: str) -> httpx.Response:
        """Send a form; where it leads to is left to the caller."""
        answer = self.web.post(form.action, data=form.fields | typed)
        assert answer.status_code < 500, (form.action, answer.status_code)
        return answer

    def form(self, path: str, action: str) -> Form:
        return form_in(self.get(path), action)

    def put(self, name: str, quantity: int = 1) -> None:
        answer = self.post(self.form(self.hall.scene["pages"][name], "/basket/lines"), quantity=str(quantity))
        assert answer.status_code == 302, answer.text

    def set_quantity(self, name: str, quantity: int) -> None:
        public = self.hall.one("SELECT public FROM catalog_variant WHERE id = ?", self.hall.scene["variants"][name])
        form = self.form("/basket", f"/basket/lines/{public}")
        assert self.post(form, quantity=str(quantity)).status_code == 302

    def checkout(self, **typed: str) -> Form:
        """The checkout page, filled in and not yet sent."""
        form = self.form("/checkout", "/checkout")
        form.fields |= HOME | typed
        return form

    def pay(self, page: str, card: str = GOOD) -> str:
        """At the till: the address it sends one back to, or nothing when the card is refused."""
        assert page.startswith(self.hall.till), page
        typed = {"number": card, "expiry": "12/39", "cvc": "123"}
        answer = self.web.post(page, data=typed)
        assert answer.status_code in (303, 402, 410), answer.text
        return answer.headers.get("location", "")

    def buy(self, name: str, quantity: int = 1) -> str:
        """All of it; the order's public id."""
        self.put(name, quantity)
        page = self.post(self.checkout()).headers["location"]
        answer = self.get(self.pay(page))
        return public_in(answer)


def form_in(answer: httpx.Response, action: str) -> Form:
    """The form that is sent there, or that a button sends there."""
    page = html.fromstring(answer.text)
    pressed = page.xpath("//button[@formaction=$action]/@form", action=action)
    for form in page.forms:
        sent_to = urlsplit(str(form.action or answer.url.path)).path
        if sent_to == action or (form.get("id") and form.get("id") in pressed):
            return Form(action, {name: value or "" for name, value in form.form_values()} | _nothing_chosen(form))
    raise AssertionError(f"no form to {action} on {answer.url}")


def _nothing_chosen(form: Any) -> dict[str, str]:
    """A radio that is chosen and says nothing: lxml would send "on" for it, a browser sends nothing."""
    return {one.get("name"): "" for one in form.xpath(".//input[@type='radio' and @checked and @value='']")}


def sentence_in(answer: httpx.Response) -> str:
    """The sentence by which a page says no, or tells something in passing."""
    page: Any = html.fromstring(answer.text)
    found = page.xpath("//*[@role='alert' or @role='status' or contains(@class, 'toast')]")
    return " ".join(" ".join(one.text_content().split()) for one in found)


def headline(answer: httpx.Response) -> str:
    page: Any = html.fromstring(answer.text)
    return str(page.findtext(".//h1") or "").strip()


def public_in(answer: httpx.Response) -> str:
    """The public id of the order whose page this is."""
    parts = answer.url.path.split("/")
    assert parts[1] == "orders", answer.url
    return parts[2]


def session_of(page: str) -> str:
    return page.rsplit("/", 1)[1]
