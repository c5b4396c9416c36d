"""What a page costs in the process: queries, and CPU time a request, through all middleware, without a socket."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection

from moothall.people.models import Account
from moothall.people.sessions import open_session


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request: how many queries, median and 99th percentile of CPU milliseconds."""

    queries: int
    cpu_ms: float
    cpu_p99_ms: float


def signed_in(handle: str) -> str:
    """The cookie of a browser in which this person is signed in."""
    account = Account.objects.get(profile__handle=handle)
    return f"session={open_session(account, 'Bench')}"


class Door:
    """The hall as a WSGI application, asked in this very process."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()

    def get(self, path: str, cookie: str = "") -> bytes:
        """The body of a page that must be there."""
        address, _mark, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": cookie,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        said: list[str] = []
        answer = self.application(environ, lambda status, headers, error=None: said.append(status))  # type: ignore[arg-type]
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not said[0].startswith("200"):
            raise RuntimeError(f"{path} answered {said[0]}")
        return body


def cost(ask: Callable[[], object], times: int = 200) -> Cost:
    """Of something asked again and again, warm."""
    for _n in range(10):
        ask()
    spent = []
    for _n in range(times):
        begun = time.process_time()
        ask()
        spent.append((time.process_time() - begun) * 1000)
    return Cost(queries(ask), statistics.median(spent), statistics.quantiles(spent, n=100)[98])


def queries(ask: Callable[[], object]) -> int:
    asked = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        ask()
    return asked
