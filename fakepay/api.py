"""The part of Stripe's REST interface that we use, with keys that make a repeated request safe."""

import base64
import binascii
import hashlib
import hmac
import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from fakepay import keeping, listing, objects, orders, till
from fakepay.faults import ApiFault, Faults
from fakepay.objects import Thing
from fakepay.params import Fields, nest
from fakepay.store import Store
from fakepay.wire import Answer, Refusal, Request, refused, told

LONGEST_KEY = 255
LOST = "_lost"
REASONS = ("duplicate", "fraudulent", "requested_by_customer")


@dataclass(frozen=True)
class Desk:
    """What an act needs beside its fields: the faults in force and the address under which pages are shown."""

    faults: Faults
    base: str


Act = Callable[[Desk, sqlite3.Connection, str, Fields], Thing]


class Api:
    """Answers all paths under /v1."""

    def __init__(self, store: Store, faults: Faults, base: str, key: str) -> None:
        self.store, self.desk, self.key = store, Desk(faults, base), key

    def answer(self, request: Request) -> Answer:
        if not self._knows(request.headers.get("authorization", "")):
            message = "Invalid API Key provided." if "authorization" in request.headers else "No API key provided."
            return refused(Refusal(message, status=401))
        fault = self.desk.faults.take(request.method, request.path)
        if fault is not None and fault.mode in ("500", "429"):
            return _failed(int(fault.mode))
        try:
            answer = self._perform(request)
        except Refusal as refusal:
            answer = refused(refusal)
        return _spoiled(answer, fault)

    def _knows(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                return False
        return scheme.lower() in ("bearer", "basic") and hmac.compare_digest(given.encode(), self.key.encode())

    def _perform(self, request: Request) -> Answer:
        """Effect and remembered answer in one transaction: after a kill both are there, or neither."""
        act, identity = _act_of(request)
        pairs = request.pairs()
        fields = Fields(nest(pairs))
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        if key is not None and not 0 < len(key) <= LONGEST_KEY:
            raise Refusal(f"Idempotency-Key must have 1 to {LONGEST_KEY} characters.", kind="idempotency_error")
        asked = _fingerprint(request, pairs)
        with self.store.transaction() as db:
            till.close_overdue(db)
            if key is not None and (before := _remembered(db, key, asked)) is not None:
                return before
            answer, lost = self._first(db, act, identity, fields)
            if key is not None:
                row = (key, asked, answer.status, answer.body.decode())
                db.execute("INSERT INTO answers (key, request, status, body) VALUES (?, ?, ?, ?)", row)
        return _failed(500) if lost else answer

    def _first(self, db: sqlite3.Connection, act: Act, identity: str, fields: Fields) -> tuple[Answer, bool]:
        """What is answered, and whether its asker is not to hear it this time."""
        wished = fields.texts("expand")
        fields.values.pop("expand", None)
        try:
            thing = act(self.desk, db, identity, fields)
        except Refusal as refusal:
            if refusal.kept:
                return refused(refusal), False
            raise
        lost = bool(thing.pop(LOST, False))
        for path in wished:
            objects.expand(db, thing, path)
        return told(thing), lost


def _remembered(db: sqlite3.Connection, key: str, asked: str) -> Answer | None:
    row = db.execute("SELECT * FROM answers WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if row["request"] != asked:
        message = f"Keys for idempotent requests can only be used with the parameters they were first used with: {key}"
        raise Refusal(message, kind="idempotency_error")
    return told(json.loads(row["body"]), row["status"], {"Idempotent-Replayed": "true"})


def _fingerprint(request: Request, pairs: list[tuple[str, str]]) -> str:
    asked = json.dumps([request.method, request.path, sorted(pairs)])
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


def _failed(status: int) -> Answer:
    if status == 429:
        return refused(Refusal("Too many requests.", status=429, code="rate_limit"))
    return refused(Refusal("Something went wrong at the till.", status=500, kind="api_error"))


def _spoiled(answer: Answer, fault: ApiFault | None) -> Answer:
    """The answer as a fault leaves it; the effect has already happened."""
    if fault is None:
        return answer
    if fault.mode == "500_after":
        return _failed(500)
    if fault.mode == "timeout_after":
        return replace(answer, delay_s=fault.delay_s, ending="hang")
    return replace(answer, ending="cut")


def _create_session(desk: Desk, db: sqlite3.Connection, _: str, fields: Fields) -> Thing:
    if fields.text("mode") == "setup":
        return objects.setup(keeping.open_setup(db, orders.wanted_card(fields)), desk.base)
    return objects.session(till.open_session(db, orders.wanted_session(fields)), desk.base)


def _show_session(desk: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    if keeping.is_setup(identity):
        return objects.setup(objects.find_setup(db, identity), desk.base)
    return objects.session(objects.find_session(db, identity), desk.base)


def _expire_session(desk: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    if keeping.is_setup(identity):
        return objects.setup(keeping.expire(db, identity), desk.base)
    return objects.session(till.expire_session(db, identity), desk.base)


def _create_intent(_: Desk, db: sqlite3.Connection, __: str, fields: Fields) -> Thing:
    row, lost = keeping.charge(db, orders.wanted_charge(fields))
    return objects.intent(row) | ({LOST: True} if lost else {})


def _show_setup_intent(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    return objects.setup_intent(objects.find_setup_intent(db, identity))


def _show_customer(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    return objects.customer(objects.find_customer(db, identity))


def _forget_customer(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    keeping.forget(db, identity)
    return {"id": identity, "object": "customer", "deleted": True}


def _list_intents(_: Desk, db: sqlite3.Connection, __: str, fields: Fields) -> Thing:
    return listing.page(db, "intent_rows", fields, ("customer",)).shown("/v1/payment_intents", objects.intent)


def _show_intent(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only("client_secret")
    return objects.intent(objects.find_intent(db, identity))


def _show_charge(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    return objects.charge(objects.find_charge(db, identity))


def _create_refund(desk: Desk, db: sqlite3.Connection, _: str, fields: Fields) -> Thing:
    fields.only("payment_intent", "amount", "metadata", "reason")
    intent = fields.needed("payment_intent")
    amount = fields.whole("amount", least=1, most=99_999_999)
    reason = fields.one_of("reason", REASONS)
    return objects.refund(till.refund(db, desk.faults.now(), intent, amount, reason, fields.metadata()))


def _show_refund(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    return objects.refund(objects.find_refund(db, identity))


def _show_event(_: Desk, db: sqlite3.Connection, identity: str, fields: Fields) -> Thing:
    fields.only()
    return objects.event(objects.find_event(db, identity))


def _list_sessions(desk: Desk, db: sqlite3.Connection, _: str, fields: Fields) -> Thing:
    page = listing.page(db, "session_rows", fields, ("status", "payment_intent"))
    return page.shown("/v1/checkout/sessions", lambda row: objects.session(row, desk.base))


def _list_refunds(_: Desk, db: sqlite3.Connection, __: str, fields: Fields) -> Thing:
    page = listing.page(db, "refunds", fields, ("payment_intent", "charge"))
    return page.shown("/v1/refunds", objects.refund)


def _list_events(_: Desk, db: sqlite3.Connection, __: str, fields: Fields) -> Thing:
    return listing.page(db, "events", fields, ("type",)).shown("/v1/events", objects.event)


ROUTES: tuple[tuple[str, re.Pattern[str], Act], ...] = (
    ("POST", re.compile("/v1/checkout/sessions()"), _create_session),
    ("GET", re.compile("/v1/checkout/sessions()"), _list_sessions),
    ("GET", re.compile("/v1/checkout/sessions/([^/]+)"), _show_session),
    ("POST", re.compile("/v1/checkout/sessions/([^/]+)/expire"), _expire_session),
    ("POST", re.compile("/v1/payment_intents()"), _create_intent),
    ("GET", re.compile("/v1/payment_intents()"), _list_intents),
    ("GET", re.compile("/v1/payment_intents/([^/]+)"), _show_intent),
    ("GET", re.compile("/v1/setup_intents/([^/]+)"), _show_setup_intent),
    ("GET", re.compile("/v1/customers/([^/]+)"), _show_customer),
    ("DELETE", re.compile("/v1/customers/([^/]+)"), _forget_customer),
    ("GET", re.compile("/v1/charges/([^/]+)"), _show_charge),
    ("POST", re.compile("/v1/refunds()"), _create_refund),
    ("GET", re.compile("/v1/refunds()"), _list_refunds),
    ("GET", re.compile("/v1/refunds/([^/]+)"), _show_refund),
    ("GET", re.compile("/v1/events()"), _list_events),
    ("GET", re.compile("/v1/events/([^/]+)"), _show_event),
)


def _act_of(request: Request) -> tuple[Act, str]:
    for method, pattern, act in ROUTES:
        match = pattern.fullmatch(request.path)
        if match is not None and method == request.method:
            return act, match[1]
    raise Refusal(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)
