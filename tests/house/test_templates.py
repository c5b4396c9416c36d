"""Every template compiles, escapes, and holds neither script nor style of its own."""

import re

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from tests.house.plan import templates

TEMPLATES = templates()
# Data for search engines is no script: browsers do not run it.
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE),
    "script in an attribute": re.compile(r"\s(hx-)?on[:a-z][\w:-]*\s*=\s*[\"']|javascript:|[\"']js:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|{%-?\s*autoescape\s+false"),
}


def test_jinja_escapes() -> None:
    engine = next(engine for engine in engines.all() if isinstance(engine, Jinja2))
    assert engine.env.from_string("{{ word }}").render(word="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    engine = next(engine for engine in engines.all() if isinstance(engine, Jinja2))
    engine.env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_holds_markup_only(name: str) -> None:
    """Mail has its style in its elements: mail programs know no style sheet, and no policy of ours applies there."""
    text = TEMPLATES[name].read_text(encoding="utf-8")
    found = {what for what, pattern in FORBIDDEN.items() if pattern.search(text)}
    assert not found - ({"inline style"} if "/mail" in name else set())
