"""Form fields with nested brackets, as Stripe's SDK sends them, read with the refusals Stripe would give."""

import re
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

from fakepay.wire import Refusal

Nested: TypeAlias = "dict[str, str | Nested]"

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
MOST_METADATA, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500
LONGEST_URL = 5000


def nest(pairs: Iterable[tuple[str, str]]) -> Nested:
    """`a[0][b]=c` becomes {"a": {"0": {"b": "c"}}}; `a[]=c` takes the next number."""
    root: Nested = {}
    for name, value in pairs:
        match = NAME.fullmatch(name)
        if match is None:
            raise Refusal(f"Invalid field name: {name}", param=name)
        steps = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        place = root
        for step in steps[:-1]:
            inner = place.setdefault(step or str(len(place)), {})
            if isinstance(inner, str):
                raise Refusal(f"Invalid object: {name}", param=name)
            place = inner
        last = steps[-1] or str(len(place))
        if isinstance(place.get(last), dict):
            raise Refusal(f"Invalid string: {name}", param=name)
        place[last] = value
    return root


class Fields:
    """A level of nested fields that knows its own name, so that a refusal can say which parameter is wrong."""

    def __init__(self, values: Nested, where: str = "") -> None:
        self.values, self.where = values, where

    def name_of(self, name: str) -> str:
        return f"{self.where}[{name}]" if self.where else name

    def only(self, *allowed: str) -> None:
        for name in self.values:
            if name not in allowed:
                param = self.name_of(name)
                raise Refusal(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)

    def text(self, name: str, *, most: int = 500) -> str | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, dict):
            raise Refusal("Invalid string.", param=self.name_of(name))
        if len(value) > most:
            raise Refusal(f"Invalid string: must be at most {most} characters.", param=self.name_of(name))
        return value

    def needed(self, name: str, *, most: int = 500) -> str:
        value = self.text(name, most=most)
        if value is None:
            param = self.name_of(name)
            raise Refusal(f"Missing required param: {param}.", code="parameter_missing", param=param)
        return value

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise Refusal(f"Invalid integer: {value}", code="parameter_invalid_integer", param=self.name_of(name))
        number = int(value)
        if number < least:
            raise Refusal(f"Must be at least {least}.", code="parameter_invalid_integer", param=self.name_of(name))
        if number > most:
            raise Refusal(f"Must be at most {most}.", code="parameter_invalid_integer", param=self.name_of(name))
        return number

    def one_of(self, name: str, allowed: Iterable[str]) -> str | None:
        value, choices = self.text(name), tuple(allowed)
        if value is not None and value not in choices:
            raise Refusal(f"Invalid {name}: must be one of {', '.join(choices)}", param=self.name_of(name))
        return value

    def url(self, name: str) -> str | None:
        value = self.text(name, most=LONGEST_URL)
        if value is not None and not is_address(value):
            raise Refusal("Not a valid URL", code="url_invalid", param=self.name_of(name))
        return value

    def part(self, name: str) -> "Fields":
        value = self.values.get(name, {})
        if isinstance(value, str):
            if value:
                raise Refusal("Invalid object", param=self.name_of(name))
            value = {}
        return Fields(value, self.name_of(name))

    def rows(self, name: str) -> list["Fields"]:
        listed = self.part(name)
        if not all(key.isascii() and key.isdigit() for key in listed.values):
            raise Refusal("Invalid array", param=self.name_of(name))
        return [listed.part(key) for key in sorted(listed.values, key=int)]

    def texts(self, name: str) -> list[str]:
        listed = self.part(name)
        return [listed.needed(key) for key in listed.values]

    def metadata(self) -> dict[str, str]:
        part = self.part("metadata")
        if len(part.values) > MOST_METADATA:
            raise Refusal(f"Metadata can have at most {MOST_METADATA} keys.", param=part.where)
        found: dict[str, str] = {}
        for key in part.values:
            if len(key) > LONGEST_KEY:
                raise Refusal(f"Metadata keys have at most {LONGEST_KEY} characters.", param=part.name_of(key))
            value = part.text(key, most=LONGEST_VALUE)
            if value is not None:
                found[key] = value
        return found


def is_address(value: str) -> bool:
    """Whether it is an absolute web address that may stand in a Location header and in a security policy."""
    if not value.isascii() or not value.isprintable() or re.search(r"[\s<>\"'\\]", value):
        return False
    try:
        parts = urlsplit(value)
        may_be_reached = parts.port != 0
    except ValueError:
        return False
    plain_host = re.fullmatch(r"[A-Za-z0-9.:\[\]_-]+", parts.netloc) is not None
    return may_be_reached and plain_host and parts.scheme in ("http", "https")
