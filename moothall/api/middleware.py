"""Every answer under /api: a no is a problem, wherever it came from; what is left of the minute is said."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from . import problems
from .problems import Problem

Answer = Callable[[HttpRequest], HttpResponseBase]
PLACE = "/api/"


def problems_only(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith(PLACE):
            return response
        if response.status_code >= 400 and response.get("Content-Type", "") != problems.MEDIA_TYPE:
            kept = {name: response[name] for name in ("Allow", "Retry-After") if response.has_header(name)}
            kind = problems.BY_STATUS.get(response.status_code, "unreadable")
            if response.status_code >= 500:
                kind = "away" if response.status_code == 503 else "broken"
            problem = Problem(kind, headers=kept).answer()
            for name, value in response.items():  # what the middleware within has said of every answer
                if name.lower() not in ("content-type", "content-length", "refresh"):
                    problem.headers.setdefault(name, value)
            problem.headers.setdefault("Cache-Control", "private, no-store")
            response = problem
        for name, value in getattr(request, "limits", {}).items():
            response.headers.setdefault(name, value)
        return response

    return answer
