"""What is counted of requests, in Prometheus' form. With several web processes each keeps its own in files, and
whichever is asked adds them up: `serve` names the folder before any of them begins."""

from __future__ import annotations

import os
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # its name in the environment is the library's
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_own = CollectorRegistry()
_requests = Counter(
    "moothall_requests",
    "Requests answered, by page name, method and class of status.",
    ["page", "method", "status"],
    registry=_own,
)
_seconds = Histogram(
    "moothall_request_seconds", "Time to answer, by page name.", ["page"], buckets=SECONDS, registry=_own
)
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
# Looked up by name each time, a meter costs more than counting by it. Both of a key are put here at once: threads that
# count the first of their kind at the same moment must not find one without the other.
_meters: dict[tuple[str, str, int], tuple[Callable[[], None], Callable[[float], None]]] = {}


def count(page: str, method: str, status: int, seconds: float) -> None:
    """One answered request: a few microseconds, no database. `page` is the name of an address, never the address."""
    key = (page, method if method in METHODS else "other", status // 100)
    if key not in _meters:
        _meters[key] = _requests.labels(page, key[1], f"{status // 100}xx").inc, _seconds.labels(page).observe
    add, observe = _meters[key]
    add()
    observe(seconds)


def counted() -> CollectorRegistry:
    """A registry with what all web processes counted; the caller may add to it."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_requests)
        registry.register(_seconds)
    return registry
