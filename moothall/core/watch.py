"""The outermost of what each request goes through: it gets a number, is timed, counted, and written to the log by the
name of its page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from . import meters
from .logs import request_id

Answer = Callable[[HttpRequest], HttpResponseBase]
# Asked by machines beside this one, by number and not by name.
BY_NUMBER = ("/health", "/health/worker", "/metrics")
log = structlog.get_logger("moothall.requests")


class Queries:
    """Counts what is asked of the database while one request is answered."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.number += 1
        return execute(*asked)


def watched(get_response: Answer) -> Answer:
    """The number stands in X-Request-Id, on the page that says that something broke, and in each line of the log."""
    if settings.LOG_REQUESTS:
        get_response = _logged(get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        if request.path_info in BY_NUMBER:
            request.META["moothall.asked_as"] = request.META.get("HTTP_HOST", "")
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        number = os.urandom(5).hex()
        before = request_id.set(number)
        try:
            response = get_response(request)
        finally:
            request_id.reset(before)
        method = request.method or ""
        meters.count(page_of(request, response), method, response.status_code, time.perf_counter() - begun)
        response.headers["X-Request-Id"] = number
        return response

    return answer


def _logged(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        begun, asked = time.perf_counter(), Queries()
        with connection.execute_wrapper(asked):
            response = get_response(request)
        log.info(
            "answered",
            method=request.method if request.method in meters.METHODS else "other",
            page=page_of(request, response),
            status=response.status_code,
            ms=round((time.perf_counter() - begun) * 1000, 1),
            queries=asked.number,
        )
        return response

    return answer


def page_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the address that answered; for a file of ours and for nothing at all a word of their own."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if response.status_code in (200, 206, 304) else "nowhere"
