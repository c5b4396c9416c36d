"""Which of the hall's books holds money, by the way it came."""

from __future__ import annotations

from moothall.ledger import actions as ledger
from moothall.ledger.models import Book
from moothall.payments.models import Payment


def till(method: str, currency: str) -> Book:
    """The provider's book, or that of the hall's own bank account."""
    return ledger.book(None, ledger.BANK if method == Payment.TRANSFER else ledger.PROVIDER, currency)
