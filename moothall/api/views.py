"""The description of the API, and the answer where nothing is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from .described import described
from .door import api
from .problems import Problem, answer

V1: Any = api.urls


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """All of it as OpenAPI 3.1."""
    return answer(200, described())


@csrf_exempt
def nothing(request: HttpRequest, **_given: str) -> HttpResponse:
    return Problem("nothing-here").answer()
