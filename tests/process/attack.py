"""What is sent where nobody expects it: odd characters, in addresses, in queries and in every field of every form."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote_from_bytes, urlencode, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from lxml import html

from .hall import HallProcess
from .mould import ROOT

TOO_LONG = 2_500_000
ODD: dict[str, bytes] = {
    "NUL": b"a\0b",
    "controls": bytes(range(1, 32)) + b"\x7f",
    "not UTF-8": b"\xff\xfe",
    "overlong": b"\xc0\x80\xc0\xaf",
    "a lone surrogate": b"\xed\xa0\x80",
    "emoji": "🫖👩‍🍳".encode(),
    "right to left": "\u202egnp.\u2066abc\u200f".encode(),
    "hollow": "\u3164\u200b\u00ad".encode(),
    "long": b"x" * 10_000,
    "a number without end": b"9" * 400,
    "below zero": b"-1",
    "half": b"0.5",
    "a path": "/\0\u202e🫖".encode(),
    "signs": b"'\"<script>%s{{7*7}}../\\;--",
    "nothing": b"",
}
IN_PATHS = {name: odd for name, odd in ODD.items() if odd} | {"dots": b"..", "a slash": b"a/b", "upper": b"ANA"}
QUERY = sorted(
    {
        name
        for file in (ROOT / "moothall").rglob("*.py")
        for name in re.findall(r'GET(?:\.get)?[(\[]"(\w+)"', file.read_text())
    }
    | {"q", "next", "page", "before", "after"}
)
ENDS_SESSIONS = ("logout", "sessions/end", "password", "account/email")


@dataclass(frozen=True)
class Seen:
    """A form on some page, with the values it stood there with."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """Forms of the same kind are tried once."""
        try:
            where = resolve(urlsplit(self.action).path).route
        except Resolver404:
            where = self.action
        return where, tuple(sorted({kind_of(name) for name, _value in self.fields}))


def kind_of(name: str) -> str:
    """Rows of the same table have fields of the same kind."""
    return re.sub(r"\d+|(?<=-)\w{10}$", "*", name)


class Attacker:
    """Sends what no browser would, with the cookies of a person, and keeps what broke."""

    def __init__(self, hall: HallProcess, session: str = "") -> None:
        self.port = hall.ports["web"]
        self.token = "t" * 32
        self.cookies = f"csrf={self.token}" + (f"; session={session}" if session else "")
        self.broke: list[str] = []
        self.sent = 0

    def ask(self, path: str, what: str, body: str | None = None, follow: str = "") -> tuple[int, str, str]:
        """Status, where it leads to, and the page; 5xx is noted. `path` is sent as it is."""
        self.sent += 1
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
            door.request("GET" if body is None else "POST", path, body, headers)
            answer = door.getresponse()
            page = answer.read().decode(errors="replace")
        except ConnectionError:
            # A server may refuse a body that is too long before it has read it, and close. Nothing else may be cut.
            if len(body or "") < TOO_LONG:
                raise
            return 413, "", ""
        finally:
            door.close()
        # That no worker is heard is an answer, to whoever watches over a hall; here none runs.
        if answer.status >= 500 and not path.startswith("/health/worker"):
            self.broke.append(f"{answer.status} {'GET' if body is None else 'POST'} {path[:100]} ({what})")
        return answer.status, answer.headers.get("Location", ""), page

    def send(self, form: Seen, name: str, what: str, odd: bytes) -> None:
        """The form as it stood, with one field of it odd; and the page that it leads to."""
        fields = [(key, odd if key == name else value.encode()) for key, value in form.fields]
        typed = urlencode([("csrfmiddlewaretoken", self.token), *fields])
        if form.method == "GET":
            self.ask(f"{urlsplit(form.action).path}?{typed}", f"{name}: {what}")
            return
        status, led_to, _page = self.ask(form.action, f"{name}: {what}", typed)
        if status in (301, 302, 303) and led_to.startswith("/"):
            self.ask(led_to, f"after {form.action} with {name}: {what}")

    def walk(self, start: list[str], most: int = 150) -> list[Seen]:
        """All forms on the pages that links lead to, one of each kind; a few pages of each kind."""
        waiting, known, kinds = list(start), set(start), dict[str, int]()
        forms: dict[object, Seen] = {}
        while waiting and len(known) < most * 3:
            path = waiting.pop(0)
            status, _led_to, page = self.ask(path, "walking")
            if status != 200 or "<html" not in page:
                continue
            root = html.fromstring(page, base_url=path)
            for form in root.forms:
                seen = _seen(form, path)
                if urlsplit(seen.action).netloc == "":
                    forms.setdefault(seen.kind, seen)
            for link in root.xpath("//a/@href"):
                address = urlsplit(str(link))
                kind = re.sub(r"(?<=/)(?=[^/]*\d)[^/]+", "*", address.path)
                if address.path.startswith("/") and not address.netloc and link not in known and kinds.get(kind, 0) < 3:
                    kinds[kind] = kinds.get(kind, 0) + 1
                    known.add(str(link))
                    waiting.append(f"{address.path}?{address.query}" if address.query else address.path)
        return list(forms.values())


def _seen(form: html.FormElement, path: str) -> Seen:
    fields = []
    for one in form.inputs:
        name, kind = one.get("name"), one.get("type", "")
        if name and name != "csrfmiddlewaretoken" and kind not in ("submit", "file"):
            value = one.get("value", "") if kind in ("radio", "checkbox") else (one.value or "")
            fields.append((name, str(value)))
    return Seen(form.get("action") or path, (form.get("method") or "get").upper(), tuple(dict(fields).items()))


def addresses() -> list[tuple[str, list[str]]]:
    """Every address of the hall with `{}` for what varies, and good values for these."""
    found = []
    for pattern in _patterns(get_resolver().url_patterns, ""):
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        found.append((re.sub(r"<(?:\w+:)?\w+>", "{}", pattern), [GOOD_PARTS.get(name, "1") for name in names]))
    return found


GOOD_PARTS = {"handle": "tidewater", "slug": "pot", "public": "23456789bc", "variant": "23456789bc", "person": "mira"}


def _patterns(entries: list[URLPattern | URLResolver], before: str) -> list[str]:
    found: list[str] = []
    for entry in entries:
        # A regular expression stands for one part of an address as well as anything.
        own = re.sub(r"\(\?P<(\w+)>.*\)", r"<\1>", str(entry.pattern).strip("^$"))
        own = own.replace("\\Z", "").replace("$", "").replace("\\", "")
        found += _patterns(entry.url_patterns, before + own) if isinstance(entry, URLResolver) else [f"/{before}{own}"]
    return found


def odd_paths() -> list[tuple[str, str]]:
    """Every address with every odd thing in each of its places, and what was odd."""
    found = [(quote_from_bytes(b"/" + odd), name) for name, odd in IN_PATHS.items()]
    for (address, good), (name, odd) in product(addresses(), IN_PATHS.items()):
        for place in range(len(good)):
            parts = [*good[:place], quote_from_bytes(odd, safe=""), *good[place + 1 :]]
            found.append((address.format(*parts), name))
    return found
