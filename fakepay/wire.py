"""What goes over the wire: one request, one answer, and a refusal in Stripe's form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl

Ending = Literal["whole", "hang", "cut"]
MOST_FIELDS = 1000


class Refusal(Exception):
    """A request that is not granted; `kept` means that the refusal is the lasting answer to its idempotency key."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = False,
        beside: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.beside = beside or {}
        self.message, self.status, self.kind, self.code = message, status, kind, code
        self.param, self.kept = param, kept

    def body(self) -> dict[str, Any]:
        told = {"type": self.kind, "code": self.code, "message": self.message, "param": self.param}
        told |= self.beside
        return {"error": {name: value for name, value in told.items() if value is not None}}


@dataclass(frozen=True)
class Request:
    """One request, its body read to the end; header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def pairs(self) -> list[tuple[str, str]]:
        """The form-encoded fields, from the body of a POST and else from the query."""
        written = self.query
        if self.method == "POST":
            try:
                written = self.body.decode("utf-8")
            except UnicodeDecodeError:
                raise Refusal("The body is not valid UTF-8.") from None
        try:
            return parse_qsl(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            raise Refusal("The request has too many fields.") from None

    def json(self) -> dict[str, Any]:
        try:
            told = json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            raise Refusal("The body is not valid JSON.") from None
        if not isinstance(told, dict):
            raise Refusal("The body is not a JSON object.")
        return told


@dataclass(frozen=True)
class Answer:
    """One answer; `delay_s` and `ending` let a fault hold it back, keep it or cut it in the middle."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0
    ending: Ending = "whole"


def told(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(body).encode(), headers=headers or {})


def refused(refusal: Refusal) -> Answer:
    return told(refusal.body(), refusal.status)
