"""Every no of the API: RFC 9457 problem details, one kind for each cause, told on /api."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
# By its name, which is the end of its `type`: status, and when it is said.
KINDS: dict[str, tuple[int, Any]] = {
    "unreadable": (400, gettext_lazy("What was sent is no JSON, or no form, that could be read.")),
    "token": (401, gettext_lazy("There is no token, or it is wrong, over or ended.")),
    "scope": (403, gettext_lazy("The token is good, but was not made for this: `scope` names what it lacks.")),
    "not-allowed": (403, gettext_lazy("The person may not do this here.")),
    "nothing-here": (404, gettext_lazy("There is nothing here, or it is not for you to see.")),
    "method": (405, gettext_lazy("The address is right, the method is not; `Allow` names those that are.")),
    "refused": (409, gettext_lazy("It cannot be done as things stand; `detail` says why, in words for a person.")),
    "too-large": (413, gettext_lazy("More was sent than is taken at once.")),
    "media-type": (415, gettext_lazy("Send `application/json`, or `multipart/form-data` where a file is asked for.")),
    "bad-input": (422, gettext_lazy("A field is missing, unknown or wrong; `errors` names each.")),
    "key-used": (422, gettext_lazy("This Idempotency-Key was sent before with something else.")),
    "key-missing": (422, gettext_lazy("What spends money asks for an Idempotency-Key.")),
    "too-many": (429, gettext_lazy("Too many requests in this minute; `Retry-After` says when to go on.")),
    "broken": (500, gettext_lazy("Something broke here. With an Idempotency-Key it is safe to ask again.")),
    "away": (503, gettext_lazy("The hall cannot reach its database. With an Idempotency-Key it is safe to ask again.")),
    "silent": (503, gettext_lazy("The payment provider does not answer. Nothing was done; ask again.")),
}
BY_STATUS = {status: name for name, (status, _words) in reversed(KINDS.items())}


class Problem(Exception):
    """Raised anywhere in an operation: the answer is this problem."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(kind)
        self.kind, self.detail = kind, detail
        self.headers, self.errors, self.more = dict(headers or {}), list(errors), more

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    @property
    def said(self) -> str:
        """The body, as JSON."""
        words = {
            "type": f"{settings.ADDRESS}/api#{self.kind}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail or str(KINDS[self.kind][1]),
            **self.more,
        }
        return json.dumps(words | ({"errors": self.errors} if self.errors else {}))

    def answer(self) -> HttpResponse:
        return answer(self.status, self.said, self.headers)


def answer(status: int, said: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A response whose body is finished JSON: a problem from 400 on."""
    media_type = MEDIA_TYPE if status >= 400 else "application/json"
    response = HttpResponse(said, status=status, content_type=media_type if said else None)
    if not said:
        del response["Content-Type"]
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def of_refusal(refusal: Refusal) -> Problem:
    """An action's no, with its sentence and its field."""
    kind = {403: "not-allowed", 422: "bad-input"}.get(refusal.status, "refused")
    errors = [{"field": refusal.field, "detail": refusal.sentence}] if refusal.field else []
    return Problem(kind, refusal.sentence, errors=errors)


def silent(seconds: float) -> Problem:
    sentence = _("The bank does not answer. Nothing was charged; try again in a minute.")
    return Problem("silent", sentence, headers={"Retry-After": str(int(seconds))})
