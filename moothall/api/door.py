"""The one door to django-ninja: what every operation goes through, and what its description says of it.

An operation is a short function under a Room's get, post, put, patch or delete; see docs/DEVELOPERS.md."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Annotated, Any, TypeVar, get_type_hints

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja import UploadedFile as Upload
from ninja.errors import HttpError, ValidationError
from ninja.params.models import Form
from pydantic import BaseModel

from moothall.core.refusals import Refusal
from moothall.payments.provider import ProviderSilent
from moothall.people.models import Account, Profile

from . import actions, callers, problems
from .problems import Problem

LONGEST_KEY = 200
HEADER = "Idempotency-Key"
JSON, FORM = "application/json", "multipart/form-data"
Run = TypeVar("Run", bound=Callable[..., Any])
Alt = Annotated[str, Form("", max_length=500, description="What a picture shows, for who does not see it.")]
__all__ = ["Alt", "Asked", "Operation", "Room", "Upload", "api", "operations", "rooms"]


class Asked(HttpRequest):
    """A request at an operation. `me` is there where the operation asks for a scope; `viewer` may be None."""

    me: Profile
    account: Account
    viewer: Profile | None
    scopes: list[str]
    key: str  # of the request, or empty
    ready: Any  # what `before` made


api = NinjaAPI(title="Moothall", version="1", openapi_url=None, docs_url=None, urls_namespace="api")


class Room:
    """The operations of one kind of thing; `scope` is that of a token, empty where none is needed."""

    def __init__(self, name: str, words: str) -> None:
        self.name, self.words = name, words
        rooms.append(self)

    def get(self, path: str, gives: Any, scope: str = "", **more: Any) -> Callable[[Run], Run]:
        return self._opens("GET", path, gives, scope, **more)

    def post(self, path: str, gives: Any, scope: str, **more: Any) -> Callable[[Run], Run]:
        return self._opens("POST", path, gives, scope, **more)

    def put(self, path: str, gives: Any, scope: str, **more: Any) -> Callable[[Run], Run]:
        return self._opens("PUT", path, gives, scope, **more)

    def patch(self, path: str, gives: Any, scope: str, **more: Any) -> Callable[[Run], Run]:
        return self._opens("PATCH", path, gives, scope, **more)

    def delete(self, path: str, gives: Any, scope: str, **more: Any) -> Callable[[Run], Run]:
        return self._opens("DELETE", path, gives, scope, **more)

    def _opens(
        self,
        method: str,
        path: str,
        gives: Any,
        scope: str,
        *,
        status: int = 0,
        spends: bool = False,
        before: Callable[..., Any] | None = None,
        outside: bool = False,
        statuses: tuple[int, ...] = (),
        takes: str = "",
    ) -> Callable[[Run], Run]:
        """`gives` None answers 204. `spends` asks for a key. `before` is done outside the transaction and makes what
        the operation finds as `ready`; an operation that asks the provider itself stands `outside` and must stand
        being done twice."""

        def keep(run: Run) -> Run:
            takes_form = any(one.annotation is Upload for one in _parameters(run))
            has_body = any(_is_shape(one.annotation) for one in _parameters(run))
            one = Operation(
                method=method,
                path=path,
                room=self.name,
                scope=scope,
                run=run,
                status=status or (204 if gives is None else 200),
                spends=spends,
                before=before,
                outside=outside,
                takes=takes or (FORM if takes_form else JSON if has_body else ""),
                statuses=statuses,
                gives=gives,
            )
            operations.append(one)
            api.api_operation(
                [method],
                path,
                auth=[one.let_in],
                response={one.status: None if isinstance(gives, str) else gives},
                operation_id=run.__name__,
                summary=inspect.cleandoc(run.__doc__ or "").split("\n")[0],
                description=inspect.cleandoc(run.__doc__ or ""),
                tags=[self.name],
                openapi_extra=one.extra(),
            )(one.view())
            return run

        return keep


class Operation:
    """One method at one path: who is let in, how it is done once, how its answer is written."""

    def __init__(self, **known: Any) -> None:
        self.method: str = known["method"]
        self.path: str = known["path"]
        self.room: str = known["room"]
        self.scope: str = known["scope"]
        self.run: Callable[..., Any] = known["run"]
        self.status: int = known["status"]
        self.spends: bool = known["spends"]
        self.before: Callable[..., Any] | None = known["before"]
        self.outside: bool = known["outside"]
        self.takes: str = known["takes"]
        self.statuses: tuple[int, ...] = known["statuses"]
        self.gives: Any = known["gives"]
        in_path = {part.strip("{}") for part in self.path.split("/") if part.startswith("{")}
        self.queries = {one.name for one in _parameters(self.run) if one.name not in in_path and not self.takes}
        self.name = self.run.__name__

    @property
    def safe(self) -> bool:
        return self.method == "GET"

    @property
    def problems(self) -> list[int]:
        """Every status that is a no, as the description says."""
        found = {401, 422, 429, *self.statuses}
        found |= {403} if self.scope else set()
        found |= {404} if "{" in self.path else set()
        found |= {409} if not self.safe else set()
        found |= {400, 413, 415} if self.takes else set()
        return sorted(found)

    def extra(self) -> dict[str, Any]:
        token = {"token": [self.scope] if self.scope else []}
        # Each no as a shape of its own for ninja, which it would read and never write, doubles the time to start.
        answers: dict[int, Any] = {code: {"description": ""} for code in self.problems}
        if isinstance(self.gives, str):  # a file, not a shape
            answers[200] = {"content": {self.gives: {"schema": {"type": "string"}}}}
        said: dict[str, Any] = {"security": [token] if self.scope else [{}, token], "responses": answers}
        if not self.safe:
            said["parameters"] = [KEY_PARAMETER | {"required": self.spends}]
        return said

    # ---- before anything is read

    def let_in(self, request: Asked) -> bool:
        """Who asks, how often, by which token, in which form; then ninja reads what was sent."""
        callers.welcome(request, scope=self.scope, safe=self.safe)
        request.key = self._key(request)
        given = (request.content_type or "").lower()
        if self.takes and given != self.takes:
            raise Problem("media-type", _("Send this as %(type)s.") % {"type": self.takes})
        if self.takes == JSON:
            _known_length = len(request.body)  # one that is too long is refused here
        unknown = sorted(set(request.GET) - self.queries)
        if unknown:
            said = _("There is no such parameter.")
            raise Problem("bad-input", errors=[{"field": name[:60], "detail": said} for name in unknown[:20]])
        return True

    def _key(self, request: HttpRequest) -> str:
        key = request.headers.get(HEADER, "")
        if HEADER not in request.headers:
            if self.spends:
                raise Problem("key-missing")
            return ""
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            said = _("An Idempotency-Key has 1 to 200 plain letters.")
            raise Problem("bad-input", said, errors=[{"field": HEADER, "detail": said}])
        return "" if self.safe else key

    # ---- doing it

    def view(self) -> Callable[..., HttpResponseBase]:
        """What ninja calls: the same parameters, with their types told."""

        @functools.wraps(self.run)
        def view(request: Asked, **given: Any) -> HttpResponseBase:
            for value in _texts(given):
                if "\0" in value or (not value.isprintable() and _has_surrogates(value)):
                    raise Problem("bad-input", _("There are characters in it that no text has."))
            if self.safe:
                made = self.run(request, **given)
                return made if isinstance(made, HttpResponseBase) else problems.answer(self.status, _written(made))
            return self._changed(request, given)

        view.__signature__ = inspect.Signature(_parameters(self.run, whole=True))  # type: ignore[attr-defined]
        return view

    def _changed(self, request: Asked, given: dict[str, Any]) -> HttpResponse:
        """Done once for each key; without a key, done."""
        if not request.key:
            self._make_ready(request, given)
            with transaction.atomic() if not self.outside else _nothing():
                said = _written(self.run(request, **given))
            return problems.answer(self.status, said)
        mark: dict[str, Any] = {
            "by": request.me,
            "key": request.key,
            "asked": f"{self.method} {request.get_full_path()}"[:400],
            "body": _fingerprint(request),
        }
        row, again = actions.found_answer(**mark), True
        if row is None:
            self._make_ready(request, given)
            if self.outside:
                status, said = self._try(request, given)
                row, again = actions.keep(**mark, status=status, said=said)
            else:
                row, again = actions.once(**mark, do=lambda: self._try(request, given))
        return problems.answer(row.status, row.said, {"Idempotency-Replayed": "true"} if again else {})

    def _make_ready(self, request: Asked, given: dict[str, Any]) -> None:
        request.ready = self.before(request, **given) if self.before else None

    def _try(self, request: Asked, given: dict[str, Any]) -> tuple[int, str]:
        """Status and body; of a no too, and then nothing of what was tried stands."""
        try:
            with transaction.atomic() if not self.outside else _nothing():
                return self.status, _written(self.run(request, **given))
        except (Refusal, Http404, Problem) as no:
            problem = _problem(no)
            return problem.status, problem.said


rooms: list[Room] = []
operations: list[Operation] = []
KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
    "description": "Sent again with the same key and body, nothing is done twice: the first answer comes back.",
}


class _nothing:  # noqa: N801 — stands where a transaction does not
    def __enter__(self) -> None: ...

    def __exit__(self, *_error: object) -> None: ...


def _parameters(run: Callable[..., Any], *, whole: bool = False) -> list[inspect.Parameter]:
    """With their types read where they are written; ninja would read them here."""
    hints = get_type_hints(run, include_extras=True)
    found = [
        one.replace(annotation=hints.get(one.name, one.annotation))
        for one in inspect.signature(run).parameters.values()
    ]
    return found if whole else found[1:]


def _is_shape(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _written(made: Any) -> str:
    return "" if made is None else str(made.model_dump_json())


def _fingerprint(request: HttpRequest) -> str:
    """The same for the same words, whatever the spaces or a form's boundary were."""
    if (request.content_type or "").lower() == FORM:
        fields = [[name, request.POST.getlist(name)] for name in sorted(request.POST)]
        files = [
            [name, one.name, _hash_of(one)] for name in sorted(request.FILES) for one in request.FILES.getlist(name)
        ]
        return sha256(json.dumps([fields, files]).encode()).hexdigest()
    try:
        body = json.dumps(json.loads(request.body), sort_keys=True) if request.body else ""
    except ValueError:  # an operation that reads no body was sent one
        return sha256(request.body).hexdigest()
    return sha256(body.encode()).hexdigest()


def _hash_of(file: UploadedFile[bytes]) -> str:
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _texts(thing: Any) -> Iterator[str]:
    """Every text in what was sent."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, BaseModel):
        for _name, value in thing:
            yield from _texts(value)
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from _texts(value)


def _has_surrogates(value: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in value)


# ---- every no becomes a problem


def _problem(error: BaseException) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return problems.of_refusal(error)
    if isinstance(error, ProviderSilent):
        return problems.silent(error.seconds)
    if isinstance(error, ValidationError):
        return Problem("bad-input", errors=[_wrong(one) for one in error.errors[:50]])
    if isinstance(error, RequestDataTooBig | TooManyFilesSent):
        return Problem("too-large")
    if isinstance(error, SuspiciousOperation | MultiPartParserError):
        return Problem("unreadable")
    if isinstance(error, Http404):
        return Problem("nothing-here")
    assert isinstance(error, HttpError)
    return Problem(problems.BY_STATUS.get(error.status_code, "unreadable"))


def _wrong(error: dict[str, Any]) -> dict[str, str]:
    """`contact.email`, `pieces.0.quantity`: where in what was sent, and what is wrong with it."""
    place = [str(part) for part in error["loc"][1:]]
    if error["loc"][0] == "body" and len(place) > 0:
        place = place[1:]  # the parameter's own name
    return {"field": ".".join(place)[:200], "detail": str(error["msg"])[:300]}


def _say(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(error).answer()


for kind in (
    Problem,
    Refusal,
    ProviderSilent,
    ValidationError,
    SuspiciousOperation,
    TooManyFilesSent,
    MultiPartParserError,
    Http404,
    HttpError,
):
    api.add_exception_handler(kind, _say)
