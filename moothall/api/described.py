"""The API's own description: ninja's, with what it cannot know: problems, scopes, examples."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from ninja.schema import NinjaGenerateJsonSchema

from moothall.people.tokens import SCOPES

from . import operations, problems  # noqa: F401 — its operations are enrolled by being read
from .door import api, rooms
from .shapes.plain import ProblemOut

PREFIX = "/api/v1/"
WORDS = {
    400: "It could not be read.",
    401: "No token, or a wrong one.",
    403: "The token was not made for this, or the person may not.",
    404: "Nothing here, or not for you to see.",
    409: "It cannot be done as things stand.",
    413: "Too much at once.",
    415: "Send it in the form that is asked for.",
    422: "A field is missing, unknown or wrong, or the key was used for something else.",
    429: "Too many requests in this minute.",
    503: "The payment provider does not answer; ask again.",
}


def document() -> dict[str, Any]:
    """OpenAPI 3.1 as plain dictionaries."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    found["info"]["description"] = (
        "Everything that can be done in the hall's pages. A token goes with each request that is not public: "
        "`Authorization: Bearer moot_…`. See docs/API.md."
    )
    found["servers"] = [{"url": settings.ADDRESS}]
    found["tags"] = [{"name": room.name, "description": room.words} for room in rooms]
    problem = ProblemOut.model_json_schema(
        ref_template="#/components/schemas/{model}", schema_generator=NinjaGenerateJsonSchema, mode="serialization"
    )
    found["components"]["schemas"] |= problem.pop("$defs") | {"ProblemOut": problem}
    found["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Made under You → Tokens. Scopes: "
            + "; ".join(f"{name}: {SCOPES[name]}" for name in SCOPES),
        }
    }
    for path in found["paths"].values():
        for operation in path.values():
            _finish(operation)
    return found


def _finish(operation: dict[str, Any]) -> None:
    for status, said in operation["responses"].items():
        said["description"] = WORDS.get(int(status), said["description"])
        if int(status) >= 400:
            said["content"] = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
        if status == "429":
            said["headers"] = {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds."}}
    for one in operation.get("parameters", []):
        one["schema"].pop("title", None)


@cache
def described() -> str:
    return json.dumps(document())
