"""`{% keep key, … %} … {% endkeep %}` in a template: what stands between is made once for each key and kept in the
process. Only for what everybody may see alike: nothing personal, nothing for members only, no token. The keys must hold
all that it depends on; a thing's `touched` moves with everything shown of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.utils.translation import get_language
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

MOST = 5_000  # pieces in a process, a few kilobytes each

_kept: OrderedDict[Hashable, Any] = OrderedDict()
T = TypeVar("T")
_lock = Lock()


class Keep(Extension):
    tags = {"keep"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        keys: list[nodes.Expr] = [nodes.Const(f"{parser.name}:{line}")]
        while parser.stream.current.type != "block_end":
            keys.append(parser.parse_expression())
            parser.stream.skip_if("comma")
        body = parser.parse_statements(("name:endkeep",), drop_needle=True)
        language = nodes.Call(
            nodes.Getattr(nodes.ContextReference(), "get", "load"), [nodes.Const("language")], [], None, None
        )
        return nodes.CallBlock(self.call_method("_said", [language, *keys]), [], [], body).set_lineno(line)

    def _said(self, language: str | None, *keys: Any, caller: Callable[[], str]) -> str:
        key = (language or get_language(), *keys)
        return kept(key, caller)


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made under this key, or what is made now. The key says in which language, too."""
    with _lock:
        said: T | None = _kept.get(key)
        if said is not None:
            _kept.move_to_end(key)
            return said
    said = make()
    with _lock:
        _kept[key] = said
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return said


def forget() -> None:
    """Forget all that was kept: for tests, and to measure a cold page."""
    with _lock:
        _kept.clear()
