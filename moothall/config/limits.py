"""Under which names tries are counted: keyed hashes, so that no table keeps addresses of the net or of people."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def hashed(key: str, prefix: str, version: int) -> str:
    """The name of a row of the cache."""
    return salted_hmac("moothall.limit", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
