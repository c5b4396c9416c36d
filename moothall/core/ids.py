"""Short random public ids: addresses carry these, never row numbers."""

import secrets

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # no vowels, no look-alikes


def short() -> str:
    """Ten letters, some 48 bits: fit for addresses that are also guarded by `visible_to`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def secret() -> str:
    """Thirty letters, some 144 bits: who knows it may use it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(30))
