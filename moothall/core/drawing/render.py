"""From SVG to PNG, with the poster face beside this module and no font of the machine."""

from pathlib import Path

import resvg_py

from .svg import LETTERING

FONT = Path(__file__).parent / "fonts" / "bricolage-poster.ttf"


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, width pixels wide."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, skip_system_fonts=True, font_files=[str(FONT)], font_family=LETTERING
        )
    )
