"""What the hall writes to its log: lines for people or JSON for machines, and of nobody who lives here a word.

An exception's message may hold whatever somebody typed, so only those of kinds that speak of code and machine are
written; of a foreign library's line, what stands in its program and not what was filled in."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextvars import ContextVar
from pathlib import Path
from traceback import FrameSummary, extract_tb
from types import TracebackType
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, InterfaceError, OperationalError
from jinja2 import TemplateNotFound, UndefinedError

HOUSE = Path(__file__).resolve().parent.parent.parent
# Their messages name tables, attributes and files of the program, never what is in a row or a form.
SAYS = (
    OperationalError,
    InterfaceError,
    AttributeError,
    NameError,
    ImportError,
    UndefinedError,
    TemplateNotFound,
    ImproperlyConfigured,
    RecursionError,
    MemoryError,
)

request_id: ContextVar[str] = ContextVar("request_id", default="")
Event = MutableMapping[str, Any]

structlog.configure(
    processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def json_lines() -> logging.Formatter:
    """A formatter: one JSON object on each line."""
    return structlog.stdlib.ProcessorFormatter(processors=[_plain, _as_json])


def plain_lines() -> logging.Formatter:
    """A formatter for people: time, level, where, what; a traceback below it."""
    return structlog.stdlib.ProcessorFormatter(processors=[_plain, _as_text])


def _plain(_logger: Any, _method: str, event: Event) -> Event:
    """What may be written of a record, in the order in which it is read."""
    record: logging.LogRecord = event.pop("_record")
    ours = event.pop("_from_structlog")
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    plain: Event = {"at": _at(record), "level": record.levelname.lower(), "from": record.name}
    plain["event"] = event.pop("event") if ours or record.name.startswith("moothall") else _template(record)
    if request_id.get():
        plain["request"] = request_id.get()
    if ours:
        plain.update(event)
    found = sys.exc_info() if error is True else error
    if isinstance(found, tuple) and found[1] is not None:
        plain["errors"] = [_told(one, trace) for one, trace in _chain(found[1])]
    return plain


def _template(record: logging.LogRecord) -> str:
    """What stands in the program: `"%s: %s"` of Django's own says nothing, so its status is said instead."""
    if status := getattr(record, "status_code", None):
        return f"answered {status}"
    return str(record.msg) if "%" not in str(record.msg)[:3] else record.name


def _at(record: logging.LogRecord) -> str:
    return logging.Formatter().formatTime(record, "%Y-%m-%dT%H:%M:%S%z")


def _chain(error: BaseException) -> Iterator[tuple[BaseException, TracebackType | None]]:
    """The error and what it came from, the last first; each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one, one.__traceback__
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _told(error: BaseException, trace: TracebackType | None) -> Event:
    kind = type(error)
    told: Event = {"error": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")}
    if isinstance(error, OSError):
        told["said"] = error.strerror or ""
    elif isinstance(error, SAYS):
        told["said"] = _unquoted(error, str(error).split("\n")[0][:300])
    told["frames"] = [f"{_place(one)}:{one.lineno} {one.name}" for one in extract_tb(trace)]
    return told


def _unquoted(error: BaseException, said: str) -> str:
    """A database quotes what it could not read, and that may be what somebody searched for."""
    return re.sub(r"[\"'`].*", "…", said) if isinstance(error, Error) else said


def _place(frame: FrameSummary) -> str:
    path = Path(frame.filename)
    parts = path.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return str(path.relative_to(HOUSE)) if path.is_relative_to(HOUSE) else path.name


def _as_json(_logger: Any, _method: str, event: Event) -> str:
    return json.dumps(event, default=str, ensure_ascii=False)


def _as_text(_logger: Any, _method: str, event: Event) -> str:
    errors = event.pop("errors", [])
    head = [event.pop(name) for name in ("at", "level", "from", "event")]
    rest = " ".join(f"{name}={value}" for name, value in event.items())
    lines = [f"{head[0]} {head[1].upper()} {head[2]}: {head[3]}{f' ({rest})' if rest else ''}"]
    for one in errors:
        lines.append("Traceback:" if one is not errors[0] else "Traceback (most recent call last):")
        lines += [f"  {frame}" for frame in one["frames"]]
        lines.append(f"{one['error']}: {one['said']}" if one.get("said") else one["error"])
    return "\n".join(lines)
