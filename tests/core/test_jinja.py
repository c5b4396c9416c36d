"""Templates are compiled once for all processes, and again when they change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from moothall.core.jinja import environment


@pytest.fixture
def compiled(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is compiled from now on, into a folder of the test's own."""
    settings.COMPILED = tmp_path / "compiled"
    found: list[str] = []
    generate = Environment._generate

    def noted(self: Environment, source: Any, name: str, *rest: Any, **more: Any) -> str:
        found.append(name)
        return generate(self, source, name, *rest, **more)

    monkeypatch.setattr(Environment, "_generate", noted)
    return found


def rendered(said: str) -> str:
    """By an environment of its own, as in a process that has just begun."""
    return environment(loader=DictLoader({"said.html": said})).get_template("said.html").render()


def test_what_was_compiled_once_is_not_compiled_again(compiled: list[str]) -> None:
    assert [rendered("One"), rendered("One")] == ["One", "One"]
    assert compiled == ["said.html"]


def test_what_changed_is_compiled_again(compiled: list[str]) -> None:
    assert [rendered("One"), rendered("Two"), rendered("One")] == ["One", "Two", "One"]
    assert len(compiled) > 1


def test_a_file_that_is_no_use_is_made_anew(compiled: list[str], settings: Any) -> None:
    rendered("One")
    for path in settings.COMPILED.glob("*/*"):
        path.write_bytes(b"")
    assert rendered("One") == "One"
