"""Things for play, music, travel and the wall."""

import math

from ..palettes import Palette
from .svg import circle, clip, ellipse, group, half, layers, lettering, line, path, rect, ring, rounded
from .things import shadow, thing


@thing
def notebook(p: Palette) -> str:
    return layers(
        group(
            layers(
                rect(150, 78, 220, 310, p.deep, 10, opacity=0.2),
                rect(134, 60, 220, 310, p.paper, 10),
                half(rounded(120, 60, 220, 310, 10), p.main, p.shade, 300),
                rect(120, 60, 30, 310, p.deep, 8),
                rect(296, 60, 15, 310, p.accent),
                rect(172, 112, 104, 76, p.paper, 4),
                line("M188 136h72M188 160h48", p.deep, 6),
            ),
            "rotate(-7 240 220)",
        ),
        group(
            layers(
                rect(0, 0, 17, 210, p.accent, 3),
                path("M0 210h17l-8.5 30z", p.paper),
                rect(0, -18, 17, 22, p.deep, 4),
            ),
            "translate(378 130) rotate(14)",
        ),
    )


@thing
def headphones(p: Palette) -> str:
    return layers(
        line("M118 290V240a122 122 0 0 1 244 0v50", p.deep, 26),
        line("M132 208a112 100 0 0 1 216 0", p.accent, 10),
        half(rounded(82, 250, 76, 136, 34), p.main, p.shade, 134),
        half(rounded(322, 250, 76, 136, 34), p.main, p.shade, 350),
        rect(150, 266, 22, 104, p.paper, 11),
        rect(308, 266, 22, 104, p.paper, 11),
        line("M120 386q0 60 60 60h60", p.deep, 7),
    )


@thing
def skateboard(p: Palette) -> str:
    return group(
        layers(
            half(rounded(176, 20, 128, 420, 64), p.main, p.shade),
            clip(
                rounded(176, 20, 128, 420, 64),
                layers(
                    path("M176 150l128-70v60l-128 70zM176 260l128-70v60l-128 70z", p.accent),
                    circle(240, 360, 38, p.paper),
                ),
            ),
            *(rect(x, y, 26, 44, p.deep, 10) for x in (154, 300) for y in (84, 336)),
        ),
        "rotate(32 240 232)",
    )


@thing
def bicycle(p: Palette) -> str:
    return layers(
        shadow(p, 240, 300),
        _wheel(p, 112),
        _wheel(p, 368),
        line("M112 308l74-126h132l50 126M186 182l50 126 82-126M112 308h124M318 182l-14-46", p.main, 15),
        line("M304 136h52q20 0 14 22", p.deep, 12),
        line("M186 182l-10-34", p.deep, 11),
        path("M140 138h76l-14 20h-46z", p.deep),
        path("M52 178h86l-8 76H60z", p.accent),
        rect(48, 168, 94, 16, p.deep, 5),
        circle(236, 308, 22, p.shade),
    )


def _wheel(p: Palette, x: float) -> str:
    return (
        circle(x, 308, 90, p.deep)
        + circle(x, 308, 77, p.paper)
        + circle(x, 308, 77, p.ground, 0.5)
        + circle(x, 308, 12, p.accent)
    )


@thing
def boat(p: Palette) -> str:
    return layers(
        rect(-600, 380, 1700, 300, p.deep, opacity=0.18),
        rect(232, 60, 13, 240, p.deep),
        path("M224 72v206H90z", p.paper),
        path("M256 104v174h112z", p.accent),
        path("M256 104v174h112z", p.deep, 0.1),
        half("M72 300h340q-12 84-92 88H160q-74-6-88-88z", p.main, p.shade),
        rect(72, 300, 340, 18, p.deep, 4),
        *(circle(x, 346, 12, p.paper) for x in (180, 240, 300)),
        path("M245 60l48 14-48 16z", p.main),
    )


@thing
def tent(p: Palette) -> str:
    return layers(
        shadow(p, 240, 330),
        half("M240 92L60 396h360z", p.main, p.shade),
        path("M240 92l-76 304h152z", p.deep),
        path("M240 92l-76 304h-34z", p.accent),
        path("M240 92l76 304h34z", p.paper),
        line("M240 92V58", p.deep, 8),
        path("M240 52l54 16-54 18z", p.accent),
        line("M60 396L20 412M420 396l40 16", p.deep, 6),
    )


@thing
def chess(p: Palette) -> str:
    knight = "M176 334q-10-84 54-124q-40 10-62 30q-28-8-22-40q30-62 92-84l6-36 34 40q62 46 44 214z"
    return layers(
        shadow(p, 240, 180),
        half(knight, p.main, p.shade),
        line("M300 128q36 64 22 176", p.accent, 12),
        circle(226, 156, 9, p.paper),
        line("M160 214l14-8", p.deep, 6),
        half(rounded(152, 326, 176, 30, 12), p.main, p.shade),
        rect(128, 352, 224, 44, p.deep, 12),
        rect(128, 352, 224, 12, p.accent, 6),
    )


@thing
def spinning_top(p: Palette) -> str:
    body = "M94 208q146-66 292 0q-22 92-146 178q-124-86-146-178z"
    bands = layers(
        *(path(f"M60 {y}q180-60 360 0v26q-180-60-360 0z", colour) for y, colour in ((240, p.accent), (292, p.paper)))
    )
    return layers(
        path("M240 386l-14-10h28zM150 398h190l50 24H200z", p.deep, 0.16),
        group(
            layers(
                rect(229, 76, 22, 120, p.deep, 8),
                circle(240, 76, 21, p.accent),
                half(body, p.main, p.shade),
                clip(body, bands),
                path("M226 374h28l-14 32z", p.deep),
            ),
            "rotate(9 240 396)",
        ),
        line("M64 150q-20 50 4 100M418 120q24 44 10 96", p.paper, 8),
    )


@thing
def kite(p: Palette) -> str:
    return layers(
        line("M226 330q-40 40-90 30t-60 60", p.deep, 6),
        *(
            path(f"M{x} {y}l26-14-2 28zM{x} {y}l-26 14 2-28z", colour)
            for x, y, colour in ((196, 354, p.accent), (136, 361, p.main), (92, 394, p.accent))
        ),
        group(
            layers(
                path("M0-190L120-40 0 160-120-40z", p.main),
                path("M0-190L120-40H0z", p.accent),
                path("M0-40h120L0 160z", p.shade),
                path("M0-40H-120L0 160z", p.paper),
                line("M0-190V160M-120-40H120", p.deep, 7),
            ),
            "translate(278 200) rotate(24)",
        ),
        path("M60 120q0-26 30-26q10-24 36-14q30-6 30 22q22 0 22 18z", p.paper, 0.85),
    )


_GUITAR = "M240 214q40 0 46 44q2 26 26 44q30 24 24 66q-10 62-96 62t-96-62q-6-42 24-66q24-18 26-44q6-44 46-44z"


def _strings(p: Palette, body: str, pegs: int) -> str:
    tuners = layers(*(circle(x, y, 8, p.accent) for x in (208, 272) for y in range(8, 8 + pegs * 24, 24)))
    return layers(
        half(body, p.main, p.shade),
        rect(228, 60, 24, 250, p.deep),
        *(rect(228, y, 24, 4, p.paper) for y in range(84, 214, 26)),
        circle(240, 304, 30, p.deep),
        rect(204, 370, 72, 14, p.deep, 4),
        tuners,
        path("M220-6h40l6 72h-52z", p.deep),
        line("M234 0v374M240 0v374M246 0v374", p.paper, 1.5),
    )


@thing
def guitar(p: Palette) -> str:
    return group(_strings(p, _GUITAR, 3) + line("M186 330q-20 26-8 54", p.paper, 9), "rotate(28 240 240)")


@thing
def ukulele(p: Palette) -> str:
    body = "M240 236q34 0 40 34q2 22 20 36q26 20 22 54q-10 56-82 56t-82-56q-4-34 22-54q18-14 20-36q6-34 40-34z"
    flower = layers(*(ellipse(286, 372, 7, 15, p.accent, f"rotate({angle} 286 384)") for angle in range(0, 360, 72)))
    return group(_strings(p, body, 2) + flower + circle(286, 384, 6, p.paper), "rotate(-26 240 240)")


@thing
def camera(p: Palette) -> str:
    return layers(
        shadow(p, 240, 300),
        line("M96 220Q60 90 240 90T384 220", p.shade, 9),
        rect(116, 160, 60, 30, p.deep, 6),
        path("M186 186l16-42h76l16 42z", p.deep),
        half(rounded(76, 180, 328, 216, 26), p.main, p.shade),
        rect(76, 252, 328, 92, p.deep, opacity=0.85),
        circle(240, 294, 86, p.paper),
        circle(240, 294, 68, p.deep),
        circle(240, 294, 44, p.shade),
        circle(224, 276, 13, p.paper, 0.9),
        rect(326, 202, 52, 30, p.accent, 6),
        circle(112, 218, 13, p.accent),
    )


@thing
def blocks(p: Palette) -> str:
    return layers(
        shadow(p, 240, 300),
        half("M90 276h120v120H90z", p.main, p.shade, 150),
        path("M222 276h120v120H222z", p.accent),
        path("M282 276h60v120h-60z", p.deep, 0.14),
        path("M254 396v-40a28 28 0 0 1 56 0v40z", p.ground),
        half("M154 156h120v120H154z", p.paper, p.floor, 214),
        path("M214 48l74 108H140z", p.main),
        path("M214 48l74 108h-74z", p.deep, 0.2),
        circle(150, 336, 30, p.paper),
        circle(214, 216, 30, p.accent),
        half(ring(388, 352, 44), p.main, p.shade, 388),
    )


@thing
def poster_ferry(p: Palette) -> str:
    waves = layers(*(line(f"M{x} 292q12-10 24 0t24 0", p.accent, 5) for x in (140, 210, 280)))
    ship = path("M160 232h160l-26 42H186z", p.paper) + rect(196, 196, 62, 38, p.deep) + rect(226, 166, 18, 34, p.paper)
    return _poster(
        p,
        p.main,
        circle(240, 172, 78, p.accent) + path("M120 252h240v132H120z", p.shade) + ship + waves,
        "THE LAST",
        "FERRY",
    )


@thing
def poster_moon(p: Palette) -> str:
    stars = layers(*(circle(x, y, 4, p.paper) for x, y in ((146, 70), (320, 76), (336, 210), (150, 250), (300, 120))))
    moon = circle(240, 168, 92, p.accent) + circle(276, 146, 80, p.deep)
    return _poster(p, p.deep, moon + path("M200 284h80l-12-70h-56z", p.paper) + stars, "MOON", "MILK")


@thing
def poster_eye(p: Palette) -> str:
    turns = [math.pi * (1.18 + i * 0.107) for i in range(7)]
    rays = layers(*(line(_ray(240, 172, turn, (118, 92), (134, 112)), p.accent, 9) for turn in turns))
    eye = circle(240, 180, 52, p.shade) + circle(240, 180, 26, p.deep) + circle(256, 164, 10, p.paper)
    return _poster(p, p.main, path("M136 180q104-110 208 0-104 110-208 0z", p.paper) + eye + rays, "SEE YOU", "SUNDAY")


@thing
def poster_stairs(p: Palette) -> str:
    colours = (p.shade, p.main)
    steps = layers(*(rect(120 + i * 40, 250 - i * 34, 240 - i * 40, 134 + i * 34, colours[i % 2]) for i in range(6)))
    return _poster(p, p.accent, steps + circle(166, 110, 34, p.paper), "NORTH", "STAIR")


def _ray(x: float, y: float, turn: float, near: tuple[int, int], far: tuple[int, int]) -> str:
    along, down = math.cos(turn), math.sin(turn)
    return f"M{x + along * near[0]:.0f} {y + down * near[1]:.0f}L{x + along * far[0]:.0f} {y + down * far[1]:.0f}"


def _poster(p: Palette, sky: str, art: str, first: str, second: str) -> str:
    sheet = "M120 44h240v340H120z"
    return layers(
        rect(134, 58, 240, 340, p.deep, opacity=0.22),
        rect(110, 34, 260, 360, p.paper),
        clip(sheet, rect(120, 44, 240, 340, sky) + art + rect(120, 300, 240, 84, p.deep)),
        lettering(first, 136, 336, 34, p.paper),
        lettering(second, 136, 372, 40, p.paper if p.accent == p.deep else p.accent),
    )
