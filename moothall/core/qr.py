"""QR codes, drawn here as SVG that stands inside the page: nothing is asked of another host."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr(text: str, words: str) -> Markup:
    """The text as a QR code, black on white in light and dark; `words` say what it is to who does not see it."""
    drawn = segno.make(text, error="m", micro=False, encoding="utf-8").svg_inline(
        border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True, title=words
    )
    return Markup(drawn.replace("<svg", '<svg role="img"', 1))  # noqa: S704  # nosec B704
