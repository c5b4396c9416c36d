"""Sixteen palettes of seven colours: what a picture is painted with, and what the page around it takes from it."""

from dataclasses import dataclass
from hashlib import sha256

DIMMED = 0.9


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    floor: str
    main: str
    shade: str
    accent: str
    deep: str
    paper: str

    @property
    def is_dark(self) -> bool:
        return luminance(self.ground) < 0.2


#           ground  floor   main    shade   accent  deep    paper
_COLOURS = {
    "moss": "#cfe3c4 #9cc48f #1f6b45 #14503a #f2b632 #123527 #fbf6e6",
    "brick": "#f8cdbb #ee9a7b #c2402a #98301f #f4d35e #4a1710 #fff3e6",
    "sky": "#bfe0f2 #86c1e2 #1e5fa8 #174a85 #ffb23e #0f2c4f #fdf8ec",
    "plum": "#e6cfee #c9a0d8 #6d2f86 #532267 #ff8a5c #2f1240 #fff5ec",
    "butter": "#ffe39a #f7c548 #e4572e #b93f1b #1d6f72 #3b2407 #fffaf0",
    "mint": "#c4eee0 #7fd3bb #0d7a6f #085f57 #ff6f59 #06302d #fffaf0",
    "rose": "#ffd3dc #ff9fb2 #c81d53 #9a143f #2a6f97 #480a20 #fff7f0",
    "clay": "#efdfc9 #d8b48a #a0552b #7c3f1e #2e6f5e #3a1d0e #fffaf1",
    "night": "#26356b #19234a #f4b942 #d3922a #ef6f6c #0c1230 #f7f2e3",
    "ink": "#34313d #232129 #f25f3a #c94322 #f3d25b #121118 #f5efe0",
    "pine": "#14573f #0d3d2c #f0c04a #d19b24 #ff8f6b #07231a #f4efdc",
    "lilac": "#d9d7ff #b2adf5 #4b3fc4 #372d9b #ffbf3f #1c1656 #fffaf0",
    "peach": "#ffdcb8 #ffb877 #2d6a8a #1f4f69 #d8432b #11303f #fff9ef",
    "stone": "#e6e4dc #c8c4b7 #3a3f47 #272b31 #e2552f #17191d #fffdf7",
    "lime": "#e4f0a8 #c3da5f #2f5d3a #214529 #ff7847 #15291a #fdfbef",
    "tomato": "#f4694a #dc4a2d #ffe0a3 #f5bd63 #1c3f63 #3f0a03 #fff6e6",
}
PALETTES: dict[str, Palette] = {name: Palette(*colours.split()) for name, colours in _COLOURS.items()}


def palette_for(seed: str) -> str:
    """The palette's name for a handle or a slug: the same on every machine and for ever."""
    names = sorted(PALETTES)
    return names[int.from_bytes(sha256(seed.encode()).digest()[:4]) % len(names)]


def palette_css() -> str:
    """A class `.p-name` for each palette; in the dark the tiles are dimmed by a tenth, as the pictures on them are."""
    rules = [f"  .p-{name} {{ {_properties(palette)} }}" for name, palette in PALETTES.items()]
    return "@layer palettes {\n" + "\n".join(rules) + "\n}\n"


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` after WCAG 2, from 0 (black) to 1 (white)."""
    channels = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in _unit(colour)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _properties(palette: Palette) -> str:
    pairs = {
        "tile": _twin(palette.ground),
        "tile-2": _twin(palette.floor),
        "on-tile": palette.paper if palette.is_dark else palette.deep,
        "deep": palette.deep,
        "on-deep": palette.paper,
        "pop": palette.accent,
        "main": palette.main,
        "on-main": palette.paper if luminance(palette.main) < 0.2 else palette.deep,
    }
    return "; ".join(f"--{name}: {value}" for name, value in pairs.items())


def _twin(colour: str) -> str:
    dimmed = "".join(f"{round(value * 255 * DIMMED):02x}" for value in _unit(colour))
    return f"light-dark({colour}, #{dimmed})"


def _unit(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
