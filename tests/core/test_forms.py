"""What may be typed into an area of several lines is what may be kept."""

from __future__ import annotations

import ast

import pytest
from django import forms

from moothall.core.forms import Lines
from tests.house.plan import place, sources


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_end_of_a_line_is_one_letter_however_it_is_sent(end: str) -> None:
    field = Lines(max_length=5)
    assert field.clean(f"ab{end}cd") == "ab\ncd"
    with pytest.raises(forms.ValidationError):
        field.clean(f"ab{end}cde")


def test_what_nobody_changed_is_no_change_though_a_browser_sent_it() -> None:
    assert not Lines().has_changed("ab\ncd", "ab\r\ncd")


def test_every_area_of_ours_is_such_a_field() -> None:
    areas = [
        f"{place(path)}:{node.lineno}"
        for path in sources("moothall")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "Textarea"
    ]
    assert len(areas) == 1, areas
    assert areas[0].startswith("moothall/core/forms.py")
