"""From SVG to PNG, with the poster face beside this module and no font of the machine; and on to what a hall keeps."""

from pathlib import Path

import resvg_py

from .. import images
from .svg import LETTERING

FONT = Path(__file__).parent / "fonts" / "bricolage-poster.ttf"


def png(svg: str, width: int) -> bytes:
    """The picture as PNG, width pixels wide."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, skip_system_fonts=True, font_files=[str(FONT)], font_family=LETTERING
        )
    )


def drawn(svg: str, width: int) -> tuple[str, images.Drawn]:
    """The picture's name and its files in all sizes: what `pictures.keep_drawn` takes. Other processes can call it, as
    it needs no settings and no database."""
    body = png(svg, width)
    return images.name(body), images.drawn(body)
