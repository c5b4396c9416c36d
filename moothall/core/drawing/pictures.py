"""A thing before one of eight cuts of paper."""

from ..palettes import PALETTES, Palette
from .svg import circle, document, layers, path, rect
from .things import KINDS

GROUNDS = 8


def picture(
    kind: str, palette: str, seed: int = 0, width: int = 480, height: int = 480, ground: int | None = None
) -> str:
    """The SVG of a thing; the seed chooses the ground, unless one of 0 to 7 is named. It stays in the middle."""
    colours = PALETTES[palette]
    x, y = 240 - width / 2, 240 - height / 2
    cut = (seed if ground is None else ground) % GROUNDS
    return document(x, y, width, height, _ground(cut, colours, x, y, width, height), KINDS[kind](colours))


def _ground(cut: int, p: Palette, x: float, y: float, width: float, height: float) -> str:
    floor = rect(x, 396, width, y + height - 396, p.floor)
    foot, right = y + height, x + width
    cuts = (
        lambda: floor,
        lambda: circle(240, 250, 190, p.floor),
        lambda: path(f"M{x:g} {foot:g}V{y + height * 0.72:g}L{right:g} {y + height * 0.36:g}V{foot:g}z", p.floor),
        lambda: path(f"M96 {foot:g}V230a144 144 0 0 1 288 0V{foot:g}z", p.floor),
        lambda: _stripes(p, x, y, width, height),
        lambda: _quarter(p, x, y, width, height),
        lambda: rect(240, y, right - 240, height, p.floor),
        lambda: floor + circle(370, 120, 62, p.accent),
    )
    return rect(x, y, width, height, p.ground) + cuts[cut]()


def _stripes(p: Palette, x: float, y: float, width: float, height: float) -> str:
    return layers(*(rect(x, row, width, 26, p.floor) for row in range(-400, int(y + height), 78) if row > y - 26))


def _quarter(p: Palette, x: float, y: float, width: float, height: float) -> str:
    r = height * 0.62
    sun = circle(x + width * 0.86, y + height * 0.17, height * 0.11, p.accent)
    return path(f"M{x:g} {y + height:g}v{-r:g}a{r:g} {r:g} 0 0 1 {r:g} {r:g}z", p.floor) + sun
