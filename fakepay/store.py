"""The till's memory: one SQLite file in which every effect is on the disk before anyone is told of it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'expired')),
    amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL, lines TEXT NOT NULL,
    success_url TEXT NOT NULL, cancel_url TEXT, client_reference_id TEXT, customer_email TEXT,
    metadata TEXT NOT NULL, intent_metadata TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS sessions_open ON sessions (expires_at) WHERE status = 'open';
CREATE TABLE IF NOT EXISTS intents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    session TEXT UNIQUE REFERENCES sessions (id), created INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('requires_payment_method', 'requires_action', 'succeeded', 'canceled')),
    amount INTEGER NOT NULL, currency TEXT NOT NULL, metadata TEXT NOT NULL, last4 TEXT, failure TEXT,
    customer TEXT REFERENCES customers (id), payment_method TEXT REFERENCES methods (id));
CREATE INDEX IF NOT EXISTS intents_of_customer ON intents (customer) WHERE customer IS NOT NULL;
CREATE TABLE IF NOT EXISTS setups (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, setup_intent TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'expired')),
    success_url TEXT NOT NULL, cancel_url TEXT, client_reference_id TEXT, customer_email TEXT,
    metadata TEXT NOT NULL, setup_metadata TEXT NOT NULL,
    customer TEXT REFERENCES customers (id), payment_method TEXT REFERENCES methods (id));
CREATE INDEX IF NOT EXISTS setups_open ON setups (expires_at) WHERE status = 'open';
CREATE TABLE IF NOT EXISTS customers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, email TEXT,
    deleted INTEGER);
CREATE TABLE IF NOT EXISTS methods (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id), later TEXT NOT NULL, last4 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS charges (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    payment_intent TEXT NOT NULL UNIQUE REFERENCES intents (id), created INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL, last4 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refunds (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    charge TEXT NOT NULL REFERENCES charges (id), payment_intent TEXT NOT NULL REFERENCES intents (id),
    created INTEGER NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    reason TEXT, metadata TEXT NOT NULL, settles_at REAL, settles_to TEXT);
CREATE INDEX IF NOT EXISTS refunds_of_charge ON refunds (charge);
CREATE INDEX IF NOT EXISTS refunds_pending ON refunds (settles_at) WHERE status = 'pending';
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
    type TEXT NOT NULL, object TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    born REAL NOT NULL, due REAL NOT NULL, delivered REAL);
CREATE INDEX IF NOT EXISTS events_waiting ON events (seq) WHERE delivered IS NULL;
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE VIEW IF NOT EXISTS session_rows AS
    SELECT sessions.*, intents.id AS payment_intent, intents.status AS intent_status
    FROM sessions LEFT JOIN intents ON intents.session = sessions.id;
CREATE VIEW IF NOT EXISTS intent_rows AS
    SELECT intents.*, charges.id AS latest_charge
    FROM intents LEFT JOIN charges ON charges.payment_intent = intents.id;
CREATE VIEW IF NOT EXISTS charge_rows AS
    SELECT charges.*, (SELECT COALESCE(SUM(refunds.amount), 0) FROM refunds
        WHERE refunds.charge = charges.id AND refunds.status <> 'failed') AS refunded
    FROM charges;
"""

# Whole or not at all: killed on the way, the file is as it was.
NEWER = """
PRAGMA legacy_alter_table = ON;
BEGIN IMMEDIATE;
DROP VIEW IF EXISTS session_rows; DROP VIEW IF EXISTS intent_rows; DROP VIEW IF EXISTS charge_rows;
ALTER TABLE intents RENAME TO older;
CREATE TABLE intents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    session TEXT UNIQUE REFERENCES sessions (id), created INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('requires_payment_method', 'requires_action', 'succeeded', 'canceled')),
    amount INTEGER NOT NULL, currency TEXT NOT NULL, metadata TEXT NOT NULL, last4 TEXT, failure TEXT,
    customer TEXT REFERENCES customers (id), payment_method TEXT REFERENCES methods (id));
INSERT INTO intents SELECT *, NULL, NULL FROM older;
DROP TABLE older;
COMMIT;
PRAGMA legacy_alter_table = OFF;
"""


class Store:
    """One connection behind one lock: requests take turns, so that a key or a session is never worked on twice."""

    def __init__(self, path: Path) -> None:
        self._turn = threading.Lock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        # Without FULL a committed charge may be gone after a loss of power.
        self._db.execute("PRAGMA synchronous = FULL")
        if self._is_older():
            self._bring_up_to_date()
        self._db.executescript(SCHEMA)
        self._db.execute("PRAGMA foreign_keys = ON")

    def _is_older(self) -> bool:
        """Whether the file was made when every intent was of a session."""
        names = {row["name"] for row in self._db.execute("PRAGMA table_info(intents)")}
        return bool(names) and "customer" not in names

    def _bring_up_to_date(self) -> None:
        try:
            self._db.executescript(NEWER)
        except sqlite3.Error:
            self._db.close()  # which takes back what was begun
            raise

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done inside is kept together, or nothing of it if an exception leaves the block."""
        with self._turn:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
