"""Tells the shop what happened: signed, in order unless a fault says otherwise, again and again until it is heard."""

import hashlib
import hmac
import http.client
import json
import random
import sqlite3
import ssl
import threading
import time
import traceback
from urllib.parse import urlsplit

from fakepay import objects, till
from fakepay.faults import Faults
from fakepay.store import Store

PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)
MOST_TRIES = 50
PATIENCE_S = 10.0
TICK_S = 0.2


class Messenger(threading.Thread):
    """Delivers the events that wait in the store; what a kill interrupts is delivered again, so at least once."""

    def __init__(self, store: Store, faults: Faults, url: str | None, secret: str) -> None:
        super().__init__(daemon=True, name="webhooks")
        self.store, self.faults, self.url, self.secret = store, faults, url, secret
        self.news = threading.Event()

    def run(self) -> None:
        while True:
            self.news.wait(TICK_S)
            self.news.clear()
            try:
                self.round()
            except sqlite3.Error:
                # A full disk, say: what was not noted is still waiting, and is tried again.
                traceback.print_exc()

    def round(self) -> None:
        """Lets overdue things happen, then tries every event whose time has come once."""
        with self.store.transaction() as db:
            till.close_overdue(db)
            waiting = [] if self.url is None else _due(db)
        for row in self._chosen(waiting):
            if self.faults.now().webhooks == "off":
                return
            heard = self._deliver(row)
            with self.store.transaction() as db:
                _note(db, row, heard)

    def _chosen(self, waiting: list[sqlite3.Row]) -> list[sqlite3.Row]:
        plan, now = self.faults.now(), time.time()
        if plan.webhooks == "off":
            return []
        if plan.webhooks == "late":
            return [row for row in waiting if row["born"] + plan.delay_s <= now]
        if plan.webhooks == "shuffle":
            # Waits until the oldest is ripe, so that there are several to mix.
            ripe = any(row["born"] + plan.delay_s <= now for row in waiting)
            return random.sample(waiting, len(waiting)) if ripe else []
        return waiting

    def _deliver(self, row: sqlite3.Row) -> bool:
        """Sends one event, at the same moment several times if it is to be repeated; True if any was heard."""
        plan = self.faults.now()
        heard: list[bool] = []
        copies = max(1, plan.repeat) if plan.webhooks == "repeat" else 1
        threads = [threading.Thread(target=lambda: heard.append(self._send(row)), daemon=True) for _ in range(copies)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return any(heard)

    def _send(self, row: sqlite3.Row) -> bool:
        body = json.dumps(objects.event(row)).encode()
        parts = urlsplit(self.url or "")
        host = parts.hostname or ""
        door: http.client.HTTPConnection
        if parts.scheme == "https":
            context = ssl.create_default_context()
            door = http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE_S, context=context)
        else:
            door = http.client.HTTPConnection(host, parts.port, timeout=PATIENCE_S)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        signature = sign(body, self.secret, int(time.time()))
        try:
            door.request(
                "POST", path, body, {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature}
            )
            return 200 <= door.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            door.close()


def sign(body: bytes, secret: str, moment: int) -> str:
    """The value of Stripe-Signature: HMAC-SHA256 over the moment, a full stop and the body."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def _due(db: sqlite3.Connection) -> list[sqlite3.Row]:
    waiting = "SELECT * FROM events WHERE delivered IS NULL AND due <= ? AND tries < ? ORDER BY seq LIMIT 200"
    return db.execute(waiting, (time.time(), MOST_TRIES)).fetchall()


def _note(db: sqlite3.Connection, row: sqlite3.Row, heard: bool) -> None:
    now = time.time()
    if heard:
        db.execute("UPDATE events SET tries = tries + 1, delivered = ? WHERE id = ?", (now, row["id"]))
        return
    pause = PAUSES_S[min(row["tries"], len(PAUSES_S) - 1)]
    db.execute("UPDATE events SET tries = tries + 1, due = ? WHERE id = ?", (now + pause, row["id"]))
