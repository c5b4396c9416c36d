"""A field for several lines, of which what may be typed is what is kept."""

from __future__ import annotations

from typing import Any

from django import forms

from . import text


class Lines(forms.CharField):
    """Text of several lines, in an area of so many rows. Browsers send the end of a line as two letters; it counts as
    the one that it is kept as, so that whatever the page lets somebody type fits."""

    def __init__(self, *, rows: int = 3, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: Any) -> Any:
        return super().to_python(text.folded(value) if isinstance(value, str) else value)
