"""Words that people write to each other, as HTML: a few signs of Markdown, addresses as links, and people by name.

Whatever was written is escaped piece by piece; nothing of it is ever taken for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

LONGEST_ADDRESS = 500
NAMED = re.compile(r"(?<![\w@/.-])@([a-z0-9][a-z0-9-]{1,28}[a-z0-9])(?![\w-])", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"']+", re.IGNORECASE)
_LINE = re.compile(
    rf"(?P<code>`[^`\n]+`)|(?P<address>{_ADDRESS.pattern})|(?P<named>{NAMED.pattern})"
    r"|\*\*(?P<strong>[^*\n]+)\*\*|(?<![\w*])\*(?P<em>[^*\s][^*\n]*)\*(?![\w*])",
    re.IGNORECASE,
)
_CLOSES = ".,;:!?)]}'"


def names_in(words: str) -> list[str]:
    """The handles that are called with @, in order, each once; those within addresses and code are none."""
    return list(dict.fromkeys(_names(words)))


def _names(words: str) -> Iterator[str]:
    for one in _LINE.finditer(words):
        if one["named"]:
            yield one["named"][1:].lower()
        elif one["strong"] or one["em"]:
            yield from _names(one["strong"] or one["em"])


def addresses_in(words: str) -> int:
    """How many addresses of the web stand in it."""
    return len(_ADDRESS.findall(words))


def as_html(words: str, people: Mapping[str, str]) -> Markup:
    """Paragraphs, lists (- ), quotes (> ), **strong**, *stressed*, `code`, links. `people` gives for a handle (in
    lower case) where it leads; who is not in it stays a word."""
    blocks = (_block(block.split("\n"), people) for block in re.split(r"\n\s*\n", words.strip("\n")) if block.strip())
    return Markup("").join(one for parts in blocks for one in parts)


def _block(lines: list[str], people: Mapping[str, str]) -> Iterator[Markup]:
    """Neighbouring lines of one sort become one paragraph, list or quote."""
    start = 0
    for end in range(1, len(lines) + 1):
        sort = _sort(lines[start])
        if end < len(lines) and _sort(lines[end]) == sort:
            continue
        rows = [_inline(line.strip()[len(sort) :].strip(), people) for line in lines[start:end]]
        if sort == "- ":
            yield Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(row) for row in rows))
        else:
            text = Markup("<p>{}</p>").format(Markup("<br>").join(rows))
            yield Markup("<blockquote>{}</blockquote>").format(text) if sort else text
        start = end


def _sort(line: str) -> str:
    begun = line.strip()[:2]
    return "- " if begun in ("- ", "* ") else "> " if begun == "> " else ""


def _inline(line: str, people: Mapping[str, str]) -> Markup:
    return Markup("").join(_pieces(line, people))


def _pieces(line: str, people: Mapping[str, str]) -> Iterable[Markup]:
    end = 0
    for one in _LINE.finditer(line):
        yield escape(line[end : one.start()])
        end = one.end()
        if one["code"]:
            yield Markup("<code>{}</code>").format(one["code"][1:-1])
        elif one["address"]:
            yield _link(one["address"])
        elif one["named"]:
            yield _person(one["named"], people)
        elif one["strong"]:
            yield Markup("<strong>{}</strong>").format(_inline(one["strong"], people))
        else:
            yield Markup("<em>{}</em>").format(_inline(one["em"], people))
    yield escape(line[end:])


def _link(address: str) -> Markup:
    bare = address.rstrip(_CLOSES)
    if bare.count("(") > bare.count(")") and address[len(bare) :].startswith(")"):
        bare += ")"
    if len(bare) > LONGEST_ADDRESS or bare.lower() in ("http://", "https://", "http:/", "https:/"):
        return escape(address)
    link = Markup('<a href="{}" rel="nofollow noopener ugc">{}</a>').format(bare, bare)
    return link + escape(address[len(bare) :])


def _person(named: str, people: Mapping[str, str]) -> Markup:
    where = people.get(named[1:].lower())
    return Markup('<a href="{}">{}</a>').format(where, named) if where else escape(named)
