"""The hosted pages where a shopper pays: what is asked of them, and what each answer leads to."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from fakepay import cards, keeping, markup, objects, till
from fakepay.cards import Typed
from fakepay.faults import Faults
from fakepay.store import Store
from fakepay.till import Outcome
from fakepay.wire import Answer, Refusal, Request

HTML = "text/html; charset=utf-8"
STYLE = (Path(__file__).parent / "style.css").read_bytes()
ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    b'<path d="M5 30V15a11 11 0 0 1 22 0v15z" fill="#0c5a3b"/>'
    b'<path d="M12 30V17a4 4 0 0 1 8 0v13z" fill="#f2b632"/></svg>'
)
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "


class Pages:
    """Answers everything a browser asks for."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self.store, self.faults = store, faults

    def answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path == "/style.css":
            return Answer(200, STYLE, "text/css; charset=utf-8", {"Cache-Control": "max-age=300"})
        if request.method == "GET" and request.path in ("/icon.svg", "/favicon.ico"):
            return Answer(200, ICON, "image/svg+xml", {"Cache-Control": "max-age=300"})
        if request.path == "/":
            return _said(200, "This is fakepay", "A test till that shops send people to. There is nothing to do here.")
        match = re.fullmatch(r"/pay/([^/]+?)(/confirm)?", request.path)
        if match is None:
            return _said(404, "There is no such page", "Please go back to the shop and try again.")
        try:
            form = dict(request.pairs()) if request.method == "POST" else {}
            return self._session(match[1], confirming=match[2] is not None, post=request.method == "POST", form=form)
        except Refusal as refusal:
            if refusal.status == 404:
                return _said(404, "There is no such payment", "Please go back to the shop and start again.")
            return _said(refusal.status, "That could not be read", "Please go back and try again.")

    def _session(self, identity: str, *, confirming: bool, post: bool, form: dict[str, str]) -> Answer:
        with self.store.transaction() as db:
            till.close_overdue(db)
            row = _row(db, identity)
        if row["status"] != "open":
            return _closed(row, post)
        if confirming and not keeping.is_setup(identity):
            return self._confirm(row, post, form)
        if not post:
            return _form(200, row, Typed())
        if "fill" in form:
            return _form(200, row, cards.filled(form))
        typed = cards.read(form)
        if typed.wrong:
            return _form(422, row, _forgotten(typed))
        return self._outcome(self.attempt(identity, typed.digits()), identity, typed)

    def attempt(self, identity: str, digits: str) -> Outcome:
        """Pays with that card: the one way in, for the form and for tests without one."""
        with self.store.transaction() as db:
            till.close_overdue(db)
            return keeping.keep(db, identity, digits) if keeping.is_setup(identity) else till.pay(db, identity, digits)

    def step(self, identity: str, granted: bool) -> Outcome:
        with self.store.transaction() as db:
            till.close_overdue(db)
            return till.second_step(db, identity, granted)

    def _confirm(self, row: sqlite3.Row, post: bool, form: dict[str, str]) -> Answer:
        if row["intent_status"] != "requires_action":
            return _elsewhere(f"/pay/{row['id']}", row)
        step = form.get("step")
        if not post or step not in ("confirm", "fail"):
            return Answer(200, markup.confirm_page(row), HTML, _guards(row))
        return self._outcome(self.step(row["id"], step == "confirm"), row["id"], Typed())

    def _outcome(self, outcome: Outcome, identity: str, typed: Typed) -> Answer:
        with self.store.transaction() as db:
            row = _row(db, identity)
        if outcome.kind in ("paid", "already"):
            return _elsewhere(_success(row), row)
        if outcome.kind == "confirm":
            return _elsewhere(f"/pay/{identity}/confirm", row)
        if outcome.kind == "expired":
            return _closed(row, True)
        if outcome.kind == "lost":
            said = _said(504, "No answer in time", "Please look in the shop whether it is paid before you pay again.")
            return replace(said, delay_s=self.faults.now().page_delay_s)
        status = 402 if outcome.kind == "declined" else 422
        if typed.number:
            return _form(status, row, replace(_forgotten(typed), wrong={"number": outcome.message}))
        return _form(status, row, typed, outcome.message)


def _row(db: sqlite3.Connection, identity: str) -> sqlite3.Row:
    """Of a session to pay, or of one that keeps a card."""
    return objects.find_setup(db, identity) if keeping.is_setup(identity) else objects.find_session(db, identity)


def _form(status: int, row: sqlite3.Row, typed: Typed, notice: str = "") -> Answer:
    page = markup.keep_page if keeping.is_setup(row["id"]) else markup.pay_page
    return Answer(status, page(row, typed, notice), HTML, _guards(row))


def _forgotten(typed: Typed) -> Typed:
    """A refused card's number and code are not sent back over the wire; the rest stays as typed."""
    return replace(typed, number="", cvc="")


def _closed(row: sqlite3.Row, post: bool) -> Answer:
    if row["status"] == "complete":
        if post:
            return _elsewhere(_success(row), row)
        return _said(200, "This is paid", "There is nothing more to do here.", (_success(row), "Go to the shop"))
    link = (str(row["cancel_url"]), "Go back to the shop") if row["cancel_url"] else None
    return _said(410, "This payment has expired", "Nothing was charged. Please start again in the shop.", link)


def _success(row: sqlite3.Row) -> str:
    return str(row["success_url"]).replace("{CHECKOUT_SESSION_ID}", row["id"])


def _elsewhere(address: str, row: sqlite3.Row) -> Answer:
    return Answer(303, b"", HTML, {"Location": address, **_guards(row)})


def _said(status: int, title: str, sentence: str, link: tuple[str, str] | None = None) -> Answer:
    return Answer(status, markup.said_page(title, sentence, link), HTML, _guards(None))


def _guards(row: sqlite3.Row | None) -> dict[str, str]:
    """Browsers hold a form's redirect to form-action as well, so the shop's own origin is allowed beside ours."""
    allowed = "'self'"
    if row is not None:
        shop = urlsplit(row["success_url"])
        allowed += f" {shop.scheme}://{shop.netloc}"
    return {"Content-Security-Policy": POLICY + allowed, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
