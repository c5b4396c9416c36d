"""The API told in words: what can be asked, with what, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from moothall.people.tokens import SCOPES

Described = dict[str, Any]


@require_GET
def api(request: HttpRequest, describe: Callable[[], Described], problems: dict[str, tuple[int, Any]]) -> HttpResponse:
    """`describe` gives the API's OpenAPI document, `problems` its kinds of no: the API stands beside this app."""
    context = {
        "rooms": _rooms(describe),
        "scopes": SCOPES,
        "problems": problems,
        "address": settings.ADDRESS,
        "nav": "api",
    }
    return render(request, "pages/api.html", context)


@require_GET
def api_room(request: HttpRequest, describe: Callable[[], Described], room: str) -> HttpResponse:
    """One of its rooms, each operation with all that it takes and gives."""
    rooms = _rooms(describe)
    found = next((one for one in rooms if one["slug"] == room), None)
    if found is None:
        raise Http404
    return render(request, "pages/api_room.html", {"rooms": rooms, "room": found, "nav": "api"})


@lru_cache(maxsize=1)
def _rooms(describe: Callable[[], Described]) -> list[dict[str, Any]]:
    """By the document's tags, the operations of each."""
    document = describe()
    shapes = document["components"]["schemas"]
    rooms = {tag["name"]: tag | {"slug": slugify(tag["name"]), "operations": []} for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            rooms[one["tags"][0]]["operations"].append(_operation(path, method.upper(), one, shapes))
    return list(rooms.values())


def _operation(path: str, method: str, one: Described, shapes: Described) -> dict[str, Any]:
    body = next(iter(one.get("requestBody", {}).get("content", {}).items()), None)
    good = {status: said for status, said in one["responses"].items() if int(status) < 400}
    answer = next((content for said in good.values() for content in said.get("content", {}).items()), None)
    scope = next((token["token"][0] for token in one["security"] if token.get("token")), "")
    return {
        "id": one["operationId"],
        "method": method,
        "path": path,
        "summary": one["summary"],
        "more": one.get("description", "").removeprefix(one["summary"]).strip(),
        "scope": scope,
        "parameters": [
            _field(param["name"], param["schema"], param["required"], shapes) for param in one["parameters"]
        ],
        "fields": _fields(body[1]["schema"], shapes) if body else [],
        "gives": _fields(answer[1]["schema"], shapes) if answer else [],
        "statuses": [*good, *(status for status in one["responses"] if int(status) >= 400)],
        "curl": _curl(path, method, scope, one, body, shapes),
    }


def _fields(schema: Described, shapes: Described) -> list[dict[str, Any]]:
    whole = _resolved(schema, shapes)
    needed = whole.get("required", [])
    return [_field(name, field, name in needed, shapes) for name, field in whole.get("properties", {}).items()]


def _field(name: str, schema: Described, needed: bool, shapes: Described) -> dict[str, Any]:
    most = schema.get("maxLength") or schema.get("maximum")
    words = schema.get("description", "") or _resolved(schema, shapes).get("description", "")
    return {"name": name, "needed": needed, "type": _type(schema), "most": most, "words": words.split("\n")[0]}


def _type(schema: Described) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1].removesuffix("Out").removesuffix("In")
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", "text"))


def _resolved(schema: Described, shapes: Described) -> Described:
    return shapes[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _curl(path: str, method: str, scope: str, one: Described, body: Any, shapes: Described) -> str:
    """A line to try it with: what is in braces is yours to fill in."""
    words = ["curl" if method == "GET" else f"curl -X {method}"]
    if scope:
        words.append('-H "Authorization: Bearer $TOKEN"')
    if any(param["name"] == "Idempotency-Key" and param["required"] for param in one["parameters"]):
        words.append('-H "Idempotency-Key: $(uuidgen)"')
    if body and body[0] == "application/json":
        example = json.dumps(_example(body[1]["schema"], shapes), ensure_ascii=False)
        words.append(f"--json '{example}'")
    elif body:
        words += [f"-F {name}=@{name}" for name in _resolved(body[1]["schema"], shapes).get("required", [])]
    words.append(f'"{settings.ADDRESS}{path}"')
    return " \\\n  ".join(words)


def _example(schema: Described, shapes: Described) -> Any:
    """What must be sent, at its shortest."""
    whole = _resolved(schema, shapes)
    if "examples" in whole:
        return whole["examples"][0]
    if "anyOf" in whole:
        return _example(whole["anyOf"][0], shapes)
    if whole.get("type") == "object":
        needed = whole.get("required", []) or list(whole.get("properties", {}))[:1]
        return {name: _example(whole["properties"][name], shapes) for name in needed}
    if whole.get("type") == "array":
        return [_example(whole["items"], shapes)]
    return {"integer": 1, "boolean": True}.get(whole.get("type", ""), whole.get("enum", ["…"])[0])
