"""Whatever stands in the hall's texts, nothing of it runs in anybody's browser, and no browser tells another host.

Every address of the hall is opened by whoever may see it, in a town whose texts are all payloads: without the
Content-Security-Policy, so that the pages alone keep it off; and with it, where it must find nothing to hold back."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from urllib.parse import quote, urlsplit

import httpx
import pytest
from django.apps import apps
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from tests.pages.test_pages import LEADS_ON, NO_PAGES
from tests.pages.test_permissions import ROWS
from tests.process.hall import PLAIN, HallProcess
from tests.process.mould import Mould

from .hostile import CAST
from .mould import Stage
from .payloads import EVERYWHERE, PAYLOADS, chunks
from .visitor import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.once]

OF_A_KIND = int(os.environ.get("HOSTILE_PAGES", "1"))  # pages opened of each kind by each person; all, for long
CANARY = (
    "window.hit = (n) => console.error(`hit ${n}`); window.print = window.open = () => console.error('hit: opened')"
)
# What would run, or ask another host, if somebody pressed it or if it came to be looked at.
SCAN = """() => {
    const found = [], own = new Set([location.origin, TILL]), safe = ["http:", "https:", "mailto:", "otpauth:"];
    const leads = ["href", "src", "action", "formaction", "data", "xlink:href", "poster", "ping", "srcset"];
    for (const one of document.querySelectorAll("*")) {
        const name = one.localName;
        if (["iframe", "object", "embed", "base", "style", "frame", "applet", "math", "foreignobject"].includes(name))
            found.push(`<${name}>`);
        if (name === "script" && !one.src.startsWith(location.origin)) found.push(one.outerHTML);
        if (name === "meta" && one.httpEquiv) found.push(one.outerHTML);
        for (const { name: key, value } of one.attributes) {
            if (/^(on|hx-on|data-hx-on|style$|srcdoc$)/i.test(key)) found.push(`${key}=${value}`);
            if (!leads.includes(key) || (name === "a" && key === "href")) continue;
            try {
                if (!own.has(new URL(value || ".", location.href).origin) && !value.startsWith("data:image/"))
                    found.push(`${name} ${key}=${value}`);
            } catch { found.push(`${name} ${key}=${value}`); }
        }
        if (name === "a" && one.hasAttribute("href") && !safe.includes(one.protocol))
            found.push(one.outerHTML);
    }
    return { found, links: [...document.links].filter((one) => one.origin === location.origin).map((one) =>
        one.pathname + one.search) };
}"""

# Fills a form with what the browser would refuse; says whether there was anything to fill.
TYPE = """(form, words) => {
    const kinds = ["text", "email", "search", "url", "tel", "textarea"];
    const fields = [...form.elements].filter((one) => kinds.includes(one.type) && one.name);
    for (const one of fields) { one.removeAttribute("maxlength"); one.value = words; }
    form.noValidate = true;
    return fields.length > 0;
}"""


@pytest.fixture(scope="module")
def stage(tables: Mould, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.of(tmp_path_factory, tables, "town", "hostile")


@pytest.fixture(scope="module")
def hall(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallProcess]:
    hall = stage.hall(tmp_path_factory.mktemp("hostile") / "hall")
    hall.open("web")
    yield hall
    hall.close()


class Watched:
    """A person's browser in which nothing may be heard of the payloads."""

    def __init__(self, browser: Browser, hall: HallProcess, name: str, *, policy: bool) -> None:
        self.hall, self.name, self.policy = hall, name, policy
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.files: set[str] = set()
        self.context: BrowserContext = browser.new_context(
            base_url=hall.address, reduced_motion="reduce", bypass_csp=not policy, service_workers="block"
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(CANARY)
        if name:
            session = hall.scene["sessions"][name]
            self.context.add_cookies([{"name": "session", "value": session, "url": hall.address, "httpOnly": True}])
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("dialog", self._asked_by)
        self.page.on("popup", lambda popup: self.tell(f"popup {popup.url}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def tell(self, what: str) -> None:
        self.wrong.append(f"{self.name or 'guest'} on {self.page.url}: {what[:300]}")

    def _heard(self, message: ConsoleMessage) -> None:
        if "hit" in message.text or "Content Security Policy" in message.text:
            self.tell(message.text)

    def _asked_by(self, dialog: Dialog) -> None:
        self.tell(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.hall.address}/", f"{self.hall.till}/", "data:image/", "about:")):
            self.tell(f"asks {url}")

    def open(self, path: str) -> list[str]:
        """Look at one page; gives where its links lead."""
        answer = self.page.goto(path)
        if answer is not None and answer.status >= 500:
            self.tell(f"answers {answer.status}")
        return self.look()

    def look(self) -> list[str]:
        said = self.page.evaluate(SCAN.replace("TILL", f"{self.hall.till!r}"))
        for one in said["found"]:
            self.tell(one)
        return list(said["links"])

    def walk(self, start: list[str], most: int) -> None:
        """From link to link, `most` pages of each kind."""
        waiting, known, kinds = list(start), set(start), Counter[str]()
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path)
            if kind in NO_PAGES:
                self.files.add(path)
                continue
            if not kind or (kinds[kind] >= most and path not in start):
                continue
            kinds[kind] += 1
            self.seen.add(kind)
            fresh = [one for one in self.open(path) if one not in known]
            known.update(fresh)
            waiting += fresh
        self.is_well()

    def type_everywhere(self, path: str) -> None:
        """Into every field of a form of each kind there; what comes back shows what was typed, or went on."""
        self.page.goto(path)
        led = self.page.locator("main form").evaluate_all(
            "forms => forms.map((one) => one.getAttribute('action') || '')"
        )
        for n in {kind_of(action): n for n, action in enumerate(led)}.values():
            self.page.goto(path)
            form = self.page.locator("main form").nth(n)
            if form.evaluate(TYPE, EVERYWHERE):
                with self.page.expect_navigation():
                    form.evaluate("form => form.requestSubmit()")
                self.look()
        self.is_well()

    def type_into_the_search(self, words: str) -> None:
        self.page.goto("/")
        box = self.page.locator("form[data-complete] [name=q]").first
        box.press_sequentially(words)
        self.page.locator("[role=option]").first.wait_for()
        self.look()
        self.is_well()

    def fetch(self, path: str) -> httpx.Response:
        cookies = {one["name"]: one["value"] for one in self.context.cookies()}
        return httpx.get(f"{self.hall.address}{path}", cookies=cookies, timeout=60, verify=PLAIN)

    def is_well(self) -> None:
        assert not self.wrong, "\n".join(self.wrong[:40])

    def close(self) -> None:
        self.context.close()


def kind_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


ASKED = quote(EVERYWHERE)
START = {
    "": f"""/ /ideas /search?q={ASKED} /search?only=talk&q={ASKED}
        /market?q={ASKED}&brand={ASKED}&type={ASKED}&price={ASKED} /brands?q={ASKED}
        /account/login/?next={ASKED} /account/signup/ /account/password/reset/ /account/inactive/ /account/login/code/
        /mailbox /cast /ui /hall /offline /api /@tidewater /@ana /join/INVITATION /{ASKED} /@{ASKED} /media/{ASKED}
        /@tidewater/talk""",
    "ana": """/ /ideas /ideas/new /moderation /you/reports
        /you /you/orders /you/notices /you/notices/choices /you/tokens /you/circles /you/privacy /you/security
        /you/friends /you/brands/new /account/email/ /basket /checkout /you/security/app /you/security/codes
        /you/security/passkeys/new /account/password/change/ /account/reauthenticate/ /account/logout/ /@tidewater
        /you/royalties /you/royalties/account /ideas/SHARED/credit /@person-2 /comments/SAID/edit /posts/new""",
    "ben": "/ /@ben /posts/SPOKEN/edit /you /you/notices /you/reports /@ana /you/circles /you/tokens /basket /checkout"
    " /@tidewater/SLUG /@tidewater/SLUG/improvements /improvements/ASKED /decisions/tidewater",
    "mira": "/ /you/notices /desk/tidewater "
    + " ".join(
        f"/desk/tidewater/{one}" for one in "products imports returns papers royalties vouchers team shop tax".split()
    )
    + " /desk/tidewater/improvements /desk/tidewater/products/SLUG/revisions /desk/tidewater/pools/WON/making"
    + "".join(f" /desk/brand-{n}/shop" for n in range(1, 7)),
    "noor": "/ideas/IDEA /you/security /you/tokens /you/circles",
    "stella": f"/steward /steward?q={ASKED} /steward/work /steward/mail /steward/health /steward/reports"
    " /steward/transfers /steward/paybacks /steward/paybacks?done=1 /steward/bank /steward/royalties"
    + "".join(f" /steward/people/person-{40 + n}" for n in range(len(chunks(500)))),
    "person-1": "/ /ideas /ideas/IDEA /gates/GATE /gates/GATE/argue /you/tokens /you/security /you/notices",
}
WITH_POLICY = ("", "ana", "mira", "stella")
assert {*START} <= {"", *CAST}
# Pages that no link leads to, and why nothing is to be seen there.
NOT_WALKED = {
    "no_mail": "its address is signed, in a mail; it shows nothing that somebody wrote",
    "stop_notices": "its address is signed, in a mail; it shows nothing that somebody wrote",
    "mfa_reauthenticate": "asks for a code and shows nothing else",
    "mfa_reauthenticate_webauthn": "asks for a passkey and shows nothing else",
    "account_password_reset_completed": "says that it is done",
}


TYPED = {
    "": ["/account/login/", "/account/signup/", "/account/password/reset/", "/account/login/code/", "/steward"],
    "ana": [
        *("/you", "/you/circles", "/you/friends", "/you/brands/new", "/you/tokens", "/checkout", "/account/email/"),
        "/you/royalties/account",
    ],
    "mira": [f"/desk/tidewater/{one}" for one in ("products/new", "shop", "papers", "vouchers", "zones/new", "tax")],
}
# Columns that hold no payload, and why. What is in none of these lists has to be filled, with all that fits.
OURS = {
    **dict.fromkeys(("*.public", "*.claim", "*.hash", "*.key", "*.mark", "*.token"), "made by chance or reckoned"),
    **dict.fromkeys(("*.state", "*.sort", "*.currency", "*.palette", "*.country", "*.reach"), "a word of the hall's"),
    **dict.fromkeys(("*.channel", "*.kind", "*_kind", "*.role", "*.tax", "*.result", "*.share_reach"), "the same"),
    **dict.fromkeys(("activity.*", "ledger.*", "auth.*", "contenttypes.*"), "ids, numbers and words of the hall's"),
    **dict.fromkeys(("payments.Payment.*", "payments.Capture.method"), "the provider's ids, and how it is paid"),
    "payments.Bank.bic": "looks like a BIC",
    **dict.fromkeys(("*.handle", "*.slug", "*.code", "orders.Order.voucher", "*.stem", "*.tax_number"), "few letters"),
    **dict.fromkeys(("core.Picture.*", "core.Heart.*", "core.Daily.*", "*.period", "*.what"), "the hall's own"),
    **dict.fromkeys(("people.SignIn.*", "people.Limit.*", "*.password", "account.EmailConfirmation.*"), "never shown"),
    **dict.fromkeys(("core.Word.*", "core.Near.*", "core.Stale.*"), "single words, never shown"),
    **dict.fromkeys(("payments.Check.error", "core.Encoding.error", "notices.Letter.error"), "shown as the others are"),
    **dict.fromkeys(("notices.Notice.*", "notices.Choice.*", "notices.Hours.*", "*.scopes"), "chosen from a list"),
    **dict.fromkeys(("api.Answer.*", "api.Spent.*", "orders.Purchase.body"), "only ever JSON, or a hash"),
    **dict.fromkeys(("catalog.Import.file", "catalog.Import.sorted", "orders.Invoice.label"), "names the hall gives"),
    **dict.fromkeys(("catalog.Import.refused", "catalog.ImportLine.said", "outbox.Mail.headers"), "the hall's words"),
    **dict.fromkeys(("pools.Pledge.session", "pools.Pledge.page", "pools.Pledge.card*"), "the provider's names"),
    **dict.fromkeys(("pools.Pledge.customer", "pools.Pledge.last4", "pools.*.error"), "the provider's, or the hall's"),
    "ideas.Gate.heard": "only ever numbers",
    **dict.fromkeys(("ideas.Idea.stage", "ideas.Contribution.part", "ideas.Backing.*"), "a word of the hall's"),
    **dict.fromkeys(("pools.Pool.stage", "catalog.Product.born"), "a word of the hall's"),
    **dict.fromkeys(("credit.Split.record", "credit.Royalty.error", "credit.*.iban"), "a hash, the hall's, an IBAN"),
    **dict.fromkeys(("ideas.Standing.by", "ideas.Weighing.error"), "the hall's"),
    "polls.Poll.shown": "a word of the hall's",
    "polls.Poll.error": "the hall's",
    "prices.VoucherUse.mail": "a hash",
    "prices.VoucherCount.who": "a hash or an id",
    "orders.Return.reason": "chosen from a list",
}
SOME = {
    **dict.fromkeys(("*.email", "outbox.Mail.to"), "what passes for a mail address"),
    "catalog.Product.body": "what is left of it is clean HTML",
    "catalog.Product.handle": "an import's",
    "catalog.ImportLine.slug": "a file's handle, whatever it is",
    **dict.fromkeys(("core.Hall.*", "payments.Bank.*"), "one row"),
    **dict.fromkeys(("payments.Capture.intent", "payments.Payback.provider_id"), "of transfers, a steward's words"),
    "outbox.Mail.*": "made of the others",
    "pools.Pledge.sending_words": "made of a zone's",
    **dict.fromkeys(("orders.OrderLine.title", "orders.OrderLine.label"), "made of a product's"),
    "credit.PayoutLine.holder": "made of a payee's",
    "mfa.Authenticator.data": "passkeys have forty letters",
}


def test_every_column_is_filled(stage: Stage) -> None:
    """A new one fails here until the hostile town fills it, or a list says why not."""
    told: set[str] = set()
    for column, held in stage.scene["held"].items():
        reasons = {one for one in (*OURS, *SOME) if fnmatch(column, one)}
        told |= reasons
        some = column in SOME or not reasons & {*OURS}
        most = apps.get_model(*column.split(".")[:2])._meta.get_field(column.split(".")[2]).max_length or 10_000
        fitting = {n for n, one in enumerate(PAYLOADS) if len(one) <= most}
        if reasons and some:
            assert held, f"{column}: {SOME[max(reasons & {*SOME})]}, and nothing of it"
        elif reasons:
            assert not held, f"{column} is written by somebody after all"
        else:
            assert not fitting - set(held), f"{column} lacks {sorted(fitting - set(held))}"
    assert told == {*OURS, *SOME}
    assert len(PAYLOADS) >= 100


@pytest.mark.parametrize("policy", [False, True], ids=["policy off", "policy on"])
def test_nothing_runs_on_any_page(browser: Browser, hall: HallProcess, policy: bool) -> None:
    """With the policy a page of each kind for each person; without it several, and every address of the hall."""
    seen: set[str] = set()
    for who, start in START.items():
        if policy and who not in WITH_POLICY:
            continue
        watched = Watched(browser, hall, who, policy=policy)
        for name in ("invitation", "slug", "asked", "idea", "gate", "shared", "spoken", "said", "won"):
            start = start.replace(name.upper(), hall.scene[name])
        watched.walk(start.split(), 1 if policy else OF_A_KIND)
        if not policy:
            _files_are_files(watched)
        seen |= watched.seen
        watched.close()
    pages = {name for name, _address, get, _post in ROWS if set(get) - set("-n")} - {*NO_PAGES}
    assert policy or pages - seen - LEADS_ON - {*NOT_WALKED} == set()


def test_what_is_typed_and_what_is_offered(browser: Browser, hall: HallProcess) -> None:
    """Forms that come back with what was typed, and the list under the search box."""
    for who, pages in TYPED.items():
        watched = Watched(browser, hall, who, policy=False)
        for path in pages:
            watched.type_everywhere(path)
        for words in ("svg onl", "img sr"):
            watched.type_into_the_search(words)
        watched.close()


def test_mails(browser: Browser, hall: HallProcess) -> None:
    watched = Watched(browser, hall, "", policy=False)
    for html in hall.scene["html"]:
        watched.page.set_content(html)
        found = watched.page.evaluate(SCAN.replace("TILL", f"{hall.address!r}"))["found"]
        wrong = [one for one in found if not one.startswith(("style=", "<style>"))]
        assert not wrong, wrong
    assert len(hall.scene["html"]) > 50
    watched.is_well()
    watched.close()


def _files_are_files(watched: Watched) -> None:
    """What is no page is told to be none, so that no browser takes it for one."""
    for path in sorted(watched.files)[:40]:
        answer = watched.fetch(path)
        kind = answer.headers["Content-Type"]
        assert answer.status_code == 200, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert "html" not in kind, path
        assert "svg" not in kind, path
        assert kind != "application/pdf" or answer.content.startswith(b"%PDF-"), path


def test_the_api_says_it_is_json(hall: HallProcess) -> None:
    api = httpx.Client(base_url=hall.address, timeout=60, headers={"Authorization": f"Bearer {hall.scene['token']}"})
    told = api.get("/api/v1/openapi.json").json()["paths"]
    named = {"{brand}": "tidewater", "{handle}": "person-3", "{slug}": hall.scene["slug"]}
    asked = 0
    for path in (path for path, by in told.items() if "get" in by):
        for name, value in named.items():
            path = path.replace(name, value)
        answer = api.get(path)
        assert answer.headers["Content-Type"].startswith(("application/json", "application/problem+json", "text/csv"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        asked += answer.status_code == 200 and "hit(" in answer.text
    assert asked > 8, asked
