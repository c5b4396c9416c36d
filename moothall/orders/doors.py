"""A guest's way back to an order from a mail: a word signed for this one purpose, as nobody signs in."""

from __future__ import annotations

from django.core import signing

from moothall.core import kinds
from moothall.people.models import GUEST

from .models import Purchase

SALT = "the door of a guest's order"


def link(purchase: Purchase) -> str:
    """The order's address; for a guest with the word that opens it."""
    address = kinds.address(Purchase.kind, purchase.pk)
    if purchase.buyer.sort != GUEST:
        return address
    return f"{address}/door?key={signing.Signer(salt=SALT).signature(purchase.public)}"


def opens(purchase: Purchase, key: str) -> bool:
    """Whether this word opens this guest's order."""
    try:
        signing.Signer(salt=SALT).unsign(f"{purchase.public}:{key}")
    except signing.BadSignature:
        return False
    return purchase.buyer.sort == GUEST
