"""The register of things that can be drawn, and the shadow that all of them throw."""

from collections.abc import Callable

from ..palettes import Palette
from .svg import path

Thing = Callable[[Palette], str]
KINDS: dict[str, Thing] = {}


def thing(draw: Thing) -> Thing:
    """Enrols a drawing by its function's name. It stands on y = 396 in a box of 480 and is lit from the left."""
    KINDS[draw.__name__] = draw
    return draw


def shadow(palette: Palette, x: float = 240, width: float = 240, y: float = 396) -> str:
    return path(f"M{x - width / 2:g} {y:g}h{width:g}l70 34h{-width:g}z", palette.deep, 0.16)
