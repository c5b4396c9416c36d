"""Cursors: where a list goes on. They hide row numbers, which would tell how much is sold here."""

from __future__ import annotations

from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from hmac import digest
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from .problems import Problem

ROUNDS = 4
HALF = 0xFFFFFFFF


def by_number(rows: QuerySet[Any], cursor: str, limit: int) -> tuple[list[Any], str | None]:
    """A page of rows, newest first by their number, and the cursor of the next or None."""
    rows = rows.order_by("-pk")
    found = list((rows.filter(pk__lt=read(cursor)) if cursor else rows)[: limit + 1])
    return found[:limit], write(found[limit - 1].pk) if len(found) > limit else None


def by_place(rows: QuerySet[Any] | Sequence[Any], cursor: str, limit: int) -> tuple[list[Any], str | None]:
    """A page of rows in the order they are in, and the cursor of the next or None; ten thousand at most."""
    start = min(read(cursor), 10_000) if cursor else 0
    found = list(rows[start : start + limit + 1])
    return found[:limit], write(start + limit) if len(found) > limit else None


def named(public: str) -> int:
    """The number of a row that is named by a cursor of its own; there is nothing where it never was one."""
    try:
        return read(public)
    except Problem as error:
        raise Http404 from error


def write(number: int) -> str:
    return b32encode(_shuffled(number, range(ROUNDS)).to_bytes(8)).decode().rstrip("=").lower()


def read(cursor: str, field: str = "cursor") -> int:
    """The number in a cursor. Refuses what never was one, naming the field it came in."""
    try:
        number = int.from_bytes(b32decode(cursor.upper() + "===")) if len(cursor) == 13 else -1
    except (Error, ValueError):
        number = -1
    found = _shuffled(number, range(ROUNDS - 1, -1, -1), back=True) if number >= 0 else -1
    if not 0 <= found < 2**62:
        raise Problem("bad-input", errors=[{"field": field, "detail": "This is no cursor of ours."}])
    return found


def _shuffled(number: int, rounds: Sequence[int], *, back: bool = False) -> int:
    """A Feistel network (Luby and Rackoff 1988) over 64 bits: each number has one cursor, which looks like no other."""
    left, right = number >> 32, number & HALF
    for n in rounds:
        if back:
            left, right = right ^ _mixed(n, left), left
        else:
            left, right = right, left ^ _mixed(n, right)
    return left << 32 | right


def _mixed(round: int, half: int) -> int:
    return int.from_bytes(digest(_key(settings.SECRET_KEY), bytes([round]) + half.to_bytes(4), "sha256")[:4])


@cache
def _key(secret: str) -> bytes:
    return sha256(f"cursors {secret}".encode()).digest()
