"""What every answer goes through: refusals become words, personal answers are kept by nobody."""

from __future__ import annotations

from collections.abc import Callable

from csp.utils import build_policy
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moothall.catalog.actions.importing import LARGEST_FILE
from moothall.core.refusals import Refusal
from moothall.people.viewers import SignInFirst, came_from

LARGEST_BODY = LARGEST_FILE + 1_000_000  # a file with the fields of its form
Answer = Callable[[HttpRequest], HttpResponseBase]


def no_endless_bodies(get_response: Answer) -> Answer:
    """Whoever has a token may send files, and they go to the disk before any view looks at them: so their length is
    looked at before anything is read."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or ""
        if said.isascii() and said.isdigit() and (len(said) > 12 or int(said) > LARGEST_BODY):
            sentence = _("This is more than we take at once.")
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def private_answers(get_response: Answer) -> Answer:
    """What does not say that it may be kept is kept by nobody. Pages run what the policy allows and nothing else: it is
    the same for all, and written once."""
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Content-Security-Policy"] = policy
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


class refusals:  # noqa: N801 — a middleware of this house reads as what it does
    """A refusal that no form caught: after a POST a toast on the page one came from, else a page of its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, SignInFirst):
            back = came_from(request) if request.method == "POST" else request.get_full_path()
            return redirect_to_login(back)
        if request.method == "POST":
            messages.error(request, error.sentence)
            return redirect(came_from(request))
        return render(request, "pages/refused.html", {"sentence": error.sentence}, status=error.status)
