"""Things for the garden and the yard."""

from ..palettes import Palette
from .svg import circle, clip, ellipse, group, half, layers, line, path, rect, rounded
from .things import shadow, thing

LEAF, LEAF_LIGHT, LEAF_DEEP = "#2f7a4d", "#3f9763", "#1d5a3b"
WOOD, WOOD_SHADE = "#d9a25f", "#b97f3f"


@thing
def pot(p: Palette) -> str:
    green = LEAF_DEEP if p.main == "#1f6b45" or p.is_dark else LEAF
    return layers(
        shadow(p, 240, 170),
        _leaf(p, 236, -58, 1, green),
        _leaf(p, 244, 58, 1, green),
        _leaf(p, 240, -26, 1.25, LEAF_LIGHT),
        _leaf(p, 240, 28, 1.2, LEAF_LIGHT),
        _leaf(p, 240, 0, 1.36, green),
        half("M150 270h180l-24 126H174z", p.main, p.shade),
        half(rounded(138, 248, 204, 40, 8), p.main, p.shade),
        clip("M150 288h180l-24 108H174z", layers(*(rect(100, y, 300, 10, p.accent) for y in (316, 346)))),
    )


def _leaf(p: Palette, x: float, angle: float, size: float, green: str) -> str:
    whole = path("M0 0C-46-30-46-110 0-150C46-110 46-30 0 0z", green)
    shade = path("M0 0C46-30 46-110 0-150z", p.deep, 0.18)
    return group(whole + shade, f"translate({x:g} 264) rotate({angle:g}) scale({size:g})")


@thing
def birdhouse(p: Palette) -> str:
    return layers(
        rect(228, 330, 24, 200, p.deep),
        half("M136 200h208v150H136z", p.main, p.shade),
        path("M240 92L104 212h272z", p.accent),
        path("M240 92L376 212H240z", p.deep, 0.22),
        circle(240, 252, 36, p.deep),
        rect(236, 300, 9, 30, p.deep, 4),
        group(
            layers(
                path("M0 0q34-44 74-16l22 4-20 12q-4 44-50 40L-18 54z", p.paper),
                circle(58, -4, 4, p.deep),
                path("M96-12l22 10-24 6z", p.accent),
            ),
            "translate(318 148)",
        ),
    )


@thing
def can(p: Palette) -> str:
    return layers(
        shadow(p, 250, 180),
        *(line(f"M{64 - i * 13} {196 + i * 24}v0.1", p.paper, 11) for i in range(3)),
        *(line(f"M{92 - i * 10} {214 + i * 28}v0.1", p.paper, 11) for i in range(3)),
        line("M214 212q20-116 126-58t30 200", p.deep, 18),
        path("M186 330L96 186l22-14 86 84z", p.main),
        path("M70 196l52-40 12 20-46 36z", p.deep),
        half("M176 212h148l22 184H154z", p.main, p.shade, 258),
        rect(168, 204, 164, 20, p.deep, 6),
        rect(160, 330, 180, 16, p.accent),
    )


@thing
def planter(p: Palette) -> str:
    stems = layers(*(line(f"M{x} 290q{bend} -50 {bend} -{high}", LEAF, 11) for x, bend, high in _HERBS))
    heads = layers(*(_bloom(p, x + bend, 282 - high) for x, bend, high in _HERBS))
    leaves = (ellipse(x + bend * 0.4, 256, 14, 36, LEAF_LIGHT, f"rotate({bend} {x} 280)") for x, bend, _ in _HERBS)
    return layers(
        shadow(p, 240, 320),
        stems,
        *leaves,
        heads,
        half("M74 286h332l-18 110H92z", p.main, p.shade),
        rect(62, 276, 356, 26, p.deep, 8),
        *(rect(x, 316, 8, 66, p.paper, 4, opacity=0.35) for x in range(120, 380, 40)),
    )


_HERBS = (
    (110, -20, 70),
    (156, 12, 126),
    (204, -14, 92),
    (246, 16, 148),
    (296, -16, 104),
    (340, 18, 132),
    (374, 20, 66),
)


def _bloom(p: Palette, x: float, y: float) -> str:
    return circle(x, y, 25, p.accent) + circle(x, y, 9, p.paper)


@thing
def axe(p: Palette) -> str:
    return group(
        layers(
            rect(222, 36, 36, 400, WOOD, 16),
            rect(240, 36, 18, 400, WOOD_SHADE, 9),
            rect(222, 350, 36, 86, p.main, 16),
            path("M200 58h78v84h-78q-44 0-92 44q-26-64 0-168q48 40 92 40z", p.deep),
            path("M108 186q-26-64 0-168l22 17q-14 70 0 133z", p.paper),
            circle(240, 408, 7, p.ground),
        ),
        "translate(34 56) scale(.84) rotate(24 240 240)",
    )


@thing
def trowel(p: Palette) -> str:
    return group(
        layers(
            path(rounded(214, 20, 52, 150, 26), p.accent),
            rect(214, 140, 52, 16, p.deep),
            line("M240 168v70", p.deep, 20),
            half("M176 232h128q10 120-64 208q-74-88-64-208z", p.main, p.shade),
            line("M240 252v120", p.deep, 5, opacity=0.35),
            circle(240, 46, 8, p.ground),
        ),
        "rotate(-32 240 236)",
    )


@thing
def beehive(p: Palette) -> str:
    rings = layers(*(half(rounded(x, y, 480 - 2 * x, 62, 31), p.main, p.shade) for x, y in _COILS))
    return layers(
        shadow(p, 240, 260),
        rings,
        *(line(f"M{x + 22} {y + 57}H{458 - x}", p.deep, 5, opacity=0.35) for x, y in _COILS[:-1]),
        path("M206 396v-26a34 34 0 0 1 68 0v26z", p.deep),
        _bee(p, 372, 128),
        _bee(p, 96, 210),
    )


_COILS = ((182, 84), (148, 138), (122, 192), (106, 246), (98, 300), (94, 340))


def _bee(p: Palette, x: float, y: float) -> str:
    return group(
        layers(
            ellipse(-6, -16, 11, 17, p.paper, "rotate(-24 -6 -16)", 0.9),
            ellipse(12, -16, 11, 17, p.paper, "rotate(24 12 -16)", 0.9),
            ellipse(0, 0, 25, 16, "#f2b632"),
            line("M-6-13v26M7-12v24", "#2b1c00", 6),
        ),
        f"translate({x:g} {y:g}) rotate(-12)",
    )


@thing
def lantern(p: Palette) -> str:
    return layers(
        shadow(p, 240, 170),
        line("M170 150Q170 56 240 56T310 150", p.deep, 10),
        circle(240, 262, 130, p.accent, 0.28),
        path("M176 168h128l20 180H156z", p.paper, 0.85),
        path("M240 214q34 42 18 74q-8 14-18 14t-18-14q-16-32 18-74z", "#f6a623"),
        path("M240 250q14 22 7 38q-7 10-14 0q-7-16 7-38z", "#fff3c4"),
        half("M190 112h100l30 60H160z", p.main, p.shade),
        half(rounded(140, 344, 200, 52, 10), p.main, p.shade),
        line("M176 172l-18 172M304 172l18 172", p.deep, 9),
        rect(222, 300, 36, 46, p.paper, 6),
    )
