"""The till's clock: this machine's own, unless a door has set it."""

import time

_standing: float | None = None


def now() -> float:
    """Seconds since 1970, by which everything at the till is dated and overdue."""
    return time.time() if _standing is None else _standing


def stand(at: float | None) -> None:
    """Stand at a moment until told otherwise; None follows the machine's clock again."""
    global _standing
    _standing = at
