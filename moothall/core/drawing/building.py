"""The moot hall: people talk in the windows upstairs, things are traded in the arches downstairs."""

from collections.abc import Sequence

from ..palettes import PALETTES
from .people import Face, portrait
from .svg import circle, clip, document, group, layers, line, path, rect
from .things import KINDS

BAY = 200
_SKY, _SUN, _ROOF, _TILE = "#ffe39a", "#e94f34", "#a8382a", "#8c2c20"
_WALL, _BEAM, _GREEN, _OCHRE = "#fff6e6", "#123527", "#14573f", "#c3923a"


def hall(bays: int, things: Sequence[tuple[str, str]], people: Sequence[Face]) -> str:
    """The front of a hall; a thing (kind, palette) and a person for each bay: every hall has its own."""
    width = bays * BAY + 80
    return document(
        0,
        -8,
        width,
        832,
        rect(0, -8, width, 834, _SKY),
        circle(width - 170, 130, 78, _SUN),
        _roof(width),
        _tower(width // 2),
        _upstairs(width, bays, people),
        _downstairs(bays, things),
        rect(0, 822, width, 3, _GREEN),
        _talk(int(width * 0.27), "#fff"),
        _talk(int(width * 0.72), "#bfe0f2"),
    )


def _roof(width: int) -> str:
    form = f"M20 300L120 150H{width - 120}L{width - 20} 300z"
    rows = (
        rect((row % 2) * 24 + i * 48, 168 + row * 26, 30, 9, _TILE, 4) for row in range(5) for i in range(width // 48)
    )
    return path(form, _ROOF) + clip(form, layers(*rows))


def _tower(x: int) -> str:
    walls = path(f"M{x - 62} 150V66L{x} 8l62 58v84z", _WALL) + path(f"M{x} 8l62 58v84h-62z", "#efdcc0")
    clock = circle(x, 106, 28, _GREEN) + circle(x, 106, 22, _WALL) + line(f"M{x} 106v-13M{x} 106l9 6", _BEAM, 4)
    return walls + path(f"M{x - 78} 74L{x} -4l78 78z", _GREEN) + clock


def _upstairs(width: int, bays: int, people: Sequence[Face]) -> str:
    wall = rect(40, 300, width - 80, 230, _WALL) + rect(28, 292, width - 56, 18, _BEAM)
    posts = layers(*(rect(33 + i * BAY, 310, 14, 220, _BEAM) for i in range(bays + 1)))
    windows = layers(*(_window(40 + i * BAY, people[i]) for i in range(bays)))
    return wall + posts + windows + rect(28, 526, width - 56, 22, _OCHRE) + rect(28, 540, width - 56, 12, _BEAM)


def _window(x: int, person: Face) -> str:
    frame = path(f"M{x + 22} 520V400a78 78 0 0 1 156 0V520z", _BEAM)
    inside = rect(x + 20, 330, 160, 200, person.ground) + group(portrait(person), f"translate({x + 20} 352) scale(.8)")
    return frame + clip(f"M{x + 32} 512V400a68 68 0 0 1 136 0V512z", inside) + rect(x + 18, 506, 164, 16, _BEAM, 3)


def _downstairs(bays: int, things: Sequence[tuple[str, str]]) -> str:
    arches = layers(*(_arch(40 + i * BAY, *things[i]) for i in range(bays)))
    columns = (
        rect(31 + i * BAY, 640, 18, 184, "#c9a86d") + rect(23 + i * BAY, 632, 34, 14, "#a8834a", 3)
        for i in range(bays + 1)
    )
    return arches + layers(*columns)


def _arch(x: int, kind: str, palette: str) -> str:
    p = PALETTES[palette]
    thing = group(KINDS[kind](p), f"translate({x + 8} 618) scale(.385)")
    inside = rect(x, 540, BAY, 300, p.ground) + rect(x, 770, BAY, 60, p.floor) + thing
    stone = rect(x, 552, BAY, 272, "#f1e0c2") + path(f"M{x + 6} 824V650a94 94 0 0 1 188 0V824z", "#d9bf92")
    return stone + clip(f"M{x + 16} 822V650a84 84 0 0 1 168 0V822z", inside)


def _talk(x: int, colour: str) -> str:
    bubble = path(f"M{x - 60} 236h120q14 0 14 14v26q0 14-14 14h-84l-22 22v-22h-14q-14 0-14-14v-26q0-14 14-14z", colour)
    return bubble + rect(x - 48, 250, 92, 7, _BEAM, 3) + rect(x - 48, 264, 60, 7, _BEAM, 3)
