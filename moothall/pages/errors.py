"""The pages for what went wrong: what it was, and where to go on."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from moothall.core.logs import request_id

from .moved import moved


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _("This was sent in a form we cannot read.")
    if not hasattr(
        request, "user"
    ):  # refused at the door, before anybody looked who asks: a page of ours cannot be drawn
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    return _say(request, 400, sentence)


def forbidden(request: HttpRequest, exception: Exception, reason: str = "") -> HttpResponse:
    return _say(request, 403, _("This is not open to you."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _say(
        request,
        403,
        _("This page was open for too long, or cookies are off. Go back, load it again, and send it once more."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    elsewhere = moved(request) if hasattr(request, "user") else None
    return elsewhere or _say(request, 404, _("There is nothing here, or it is not for you to see."))


def broken(request: HttpRequest) -> HttpResponse:
    """Without any query: the database may be what is broken. Where it cannot be reached or
    written, that passes: a 503."""
    away = _is_away(sys.exc_info()[1])
    said = render_to_string("pages/broken.html", {"number": request_id.get(), "away": away})
    headers = {"Cache-Control": "private, no-store"}  # a middleware that broke is not passed again
    return HttpResponse(said, status=503 if away else 500, headers=headers | ({"Retry-After": "10"} if away else {}))


def _is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, or could not write: the error itself or what it came from."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _say(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "pages/refused.html", {"sentence": sentence}, status=status)
