"""Reads what stands in an address behind the question mark, whatever was typed there."""

from __future__ import annotations


def number(text: str | None) -> int | None:
    """A row number as a cursor, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def page_of(text: str | None) -> int:
    """A page number from 1 to 400; anything else is 1."""
    found = number(text)
    return found if found and 0 < found <= 400 else 1
