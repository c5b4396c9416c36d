"""Things of a printer's shop: ink, type, and what paper becomes."""

import math

from ..palettes import Palette
from .svg import circle, clip, ellipse, group, half, layers, lettering, line, path, rect, ring, rounded
from .things import shadow, thing

WOOD, WOOD_SHADE, WOOD_DEEP = "#d9a25f", "#b97f3f", "#7c4f22"


@thing
def inkpot(p: Palette) -> str:
    return layers(
        shadow(p, 240, 200),
        half("M196 176h88v40q62 22 62 84v66q0 30-30 30H164q-30 0-30-30v-66q0-62 62-84z", p.main, p.shade),
        half(rounded(184, 112, 112, 62, 14), p.deep, p.deep),
        rect(184, 150, 112, 12, p.accent),
        rect(168, 268, 144, 92, p.paper, 8),
        path("M240 282q26 34 26 48a26 26 0 0 1-52 0q0-14 26-48z", p.deep),
        line("M156 250q8-20 28-28", p.paper, 8, 0.7),
    )


@thing
def pen(p: Palette) -> str:
    return layers(
        group(
            layers(
                half("M220 20h40l12 200h-64z", p.main, p.shade),
                rect(204, 216, 72, 40, p.deep, 8),
                path("M208 256h64q10 60-32 146q-42-86-32-146z", p.accent),
                path("M240 256h32q10 60-32 146z", p.deep, 0.22),
                circle(240, 300, 10, p.deep),
                line("M240 306v84", p.deep, 4),
            ),
            "translate(18 -14) rotate(32 240 240)",
        ),
        line("M60 420q36-30 62-2t60-6", p.deep, 9),
    )


@thing
def envelopes(p: Palette) -> str:
    back = layers(rect(0, 0, 300, 200, p.accent, 8), path("M0 8L150 118L300 8", p.deep, 0.18))
    front = layers(
        half(rounded(0, 0, 310, 210, 8), p.paper, p.paper),
        path("M0 204L118 96h74L310 204q0 6-8 6H8q-8 0-8-6z", p.deep, 0.1),
        path("M4 4h302L155 128z", p.main),
        path("M155 4h151L155 128z", p.shade),
        circle(155, 122, 27, p.accent),
        path("M155 108l4 9 10 1-8 7 3 10-9-6-9 6 3-10-8-7 10-1z", p.paper),
    )
    return layers(
        rect(94, 210, 310, 210, p.deep, 8, "rotate(-5 240 300)", 0.16),
        group(back, "translate(112 86) rotate(9 150 100)"),
        group(front, "translate(82 180) rotate(-5 155 105)"),
    )


@thing
def postcards(p: Palette) -> str:
    rain = layers(*(line(f"M{x} {y}l-12 30", p.paper, 7) for x, y in ((60, 50), (110, 34), (160, 60), (214, 40))))
    sea = path("M0 130q36-26 70 0t70 0 70 0 70 0v76H0z", p.deep)
    face = layers(
        rect(0, 0, 290, 206, p.paper, 6),
        rect(12, 12, 266, 182, p.main),
        clip("M12 12h266v182H12z", rain + sea + path("M120 128h70l-12 22h-46zM154 72v52M158 74l34 46h-34z", p.accent)),
    )
    back = layers(
        rect(0, 0, 290, 206, p.paper, 6),
        line("M150 30v146M172 96h92M172 126h92M172 156h60", p.deep, 5, 0.55),
        rect(222, 22, 46, 54, p.accent, 2),
        line("M26 52h96M26 82h82M26 112h96", p.deep, 5, 0.3),
    )
    return layers(
        rect(104, 106, 290, 206, p.deep, 6, "rotate(10 240 210)", 0.16),
        group(back, "translate(108 84) rotate(10 145 103)"),
        rect(94, 226, 290, 206, p.deep, 6, "rotate(-6 240 320)", 0.16),
        group(face, "translate(84 208) rotate(-6 145 103)"),
    )


@thing
def calendar(p: Palette) -> str:
    days = layers(
        *(
            rect(140 + 30 * column, 292 + 26 * row, 18, 14, p.accent if (column, row) == (4, 1) else p.deep, 3)
            for row in range(4)
            for column in range(7)
            if (row, column) > (0, 1) and (row, column) < (3, 4)
        )
    )
    return layers(
        rect(120, 78, 260, 352, p.deep, 6, opacity=0.16),
        rect(108, 66, 264, 352, p.paper, 6),
        half("M108 66h264v196H108z", p.main, p.shade),
        clip(
            "M108 66h264v196H108z",
            circle(300, 130, 42, p.accent) + path("M108 262v-60q60-50 120-8t144-30v98z", p.deep, 0.75),
        ),
        *(line(f"M{x} 54v26", p.deep, 8) for x in range(134, 360, 26)),
        days,
    )


@thing
def map(p: Palette) -> str:
    """Four folds, a river, and a path that goes round it."""
    folds = layers(*(path(f"M{x} 110l76 24v230l-76-24z", p.deep, 0.12) for x in (88, 240)))
    sheet = "M88 110l76 24 76-24 76 24 76-24v230l-76 24-76-24-76 24-76-24z"
    return layers(
        group(path(sheet, p.deep, 0.16), "translate(14 22)"),
        path(sheet, p.paper),
        clip(
            sheet,
            layers(
                path("M60 100h150q-40 70 10 120t-20 180H60z", p.main, 0.9),
                path("M300 90h120v150q-60 20-96-30t-24-120z", p.accent, 0.85),
                line("M230 100q-50 70 4 126t-24 160", p.deep, 16, 0.8),
                line("M118 190q50-30 92 10M254 236q60 20 74 90", p.deep, 5),
            ),
        ),
        folds,
        *(circle(x, y, 6, p.deep) for x, y in ((270, 290), (290, 270), (314, 262), (338, 262))),
        path("M352 206q26 0 26 26q0 20-26 48q-26-28-26-48q0-26 26-26z", p.shade),
        circle(352, 232, 10, p.paper),
    )


@thing
def book(p: Palette) -> str:
    return layers(
        shadow(p, 240, 220),
        rect(152, 92, 200, 300, p.deep, 8),
        rect(160, 100, 190, 284, p.paper, 4),
        *(line(f"M346 {y}v0.1M346 {y + 130}v0.1", p.deep, 3, 0.3) for y in range(120, 250, 18)),
        half("M132 88h190q10 0 10 10v286q0 10-10 10H132z", p.main, p.shade),
        rect(132, 88, 28, 306, p.deep, opacity=0.35),
        rect(184, 128, 122, 96, p.paper, 4),
        line("M202 156h86M202 180h86M202 202h46", p.deep, 7),
        line("M182 316q20-22 40 0t40 0 40 0M182 344q20-22 40 0t40 0 40 0", p.accent, 8),
        path("M290 394v44l-12-12-12 12v-44z", p.accent),
    )


@thing
def ledger(p: Palette) -> str:
    return layers(
        shadow(p, 240, 300),
        path("M60 384V150q90-44 180 0v234q-90-40-180 0z", p.paper),
        path("M420 384V150q-90-44-180 0v234q90-40 180 0z", p.paper),
        path("M240 150q90-44 180 0v234q-90-40-180 0z", p.deep, 0.1),
        path("M60 384q90-40 180 0q90-40 180 0v22q-90-36-180 2q-90-38-180-2z", p.main),
        *(line(f"M84 {y}q66-26 132 0M264 {y}q66-26 132 0", p.deep, 4, 0.4) for y in range(190, 340, 30)),
        line("M176 152v198M356 152v198", p.accent, 4),
        line("M240 150v234", p.deep, 6),
        path("M228 140h24v290l-12-14-12 14z", p.shade),
    )


@thing
def letter(p: Palette) -> str:
    """A block of wood type. What is cut into it stands the wrong way round, as it must."""
    return layers(
        shadow(p, 250, 230),
        path("M120 132l40-44h240l-40 44z", "#f0c890"),
        path("M360 132l40-44v264l-40 44z", WOOD_DEEP),
        half("M120 132h240v264H120z", WOOD, WOOD_SHADE),
        rect(138, 150, 204, 228, p.main, 4),
        clip("M138 150h204v228H138z", rect(240, 100, 200, 300, p.shade)),
        group(lettering("9", 0, 0, 250, p.paper, "middle"), "translate(240 352) scale(-1 1)"),
    )


@thing
def stamp(p: Palette) -> str:
    mark = circle(0, 0, 52, p.accent) + circle(0, 0, 40, p.ground)
    return layers(
        group(mark + line("M-20 2l14 16 28-34", p.accent, 11), "translate(356 372) scale(1 .62)"),
        shadow(p, 200, 180),
        half("M178 96a42 42 0 0 1 84 0q0 30-18 52l10 130h-68l10-130q-18-22-18-52z", WOOD, WOOD_SHADE, 220),
        half(rounded(124, 276, 192, 66, 12), p.main, p.shade, 220),
        rect(136, 342, 168, 32, p.deep, 4),
        rect(144, 372, 152, 22, p.accent, 3),
    )


@thing
def playing_cards(p: Palette) -> str:
    back = layers(
        rect(0, 0, 180, 260, p.paper, 14),
        rect(14, 14, 152, 232, p.main, 8),
        *(circle(42 + 48 * (n % 3), 54 + 50 * (n // 3), 14, p.accent) for n in range(12)),
    )
    front = layers(
        rect(0, 0, 180, 260, p.paper, 14),
        path("M90 66q46 40 46 78a24 24 0 0 1-40 20q0 24 16 34H68q16-10 16-34a24 24 0 0 1-40-20q0-38 46-78z", p.deep),
        lettering("9", 16, 50, 44, p.deep),
        group(lettering("9", 16, 50, 44, p.deep), "rotate(180 90 130)"),
    )
    return layers(
        rect(112, 110, 180, 260, p.deep, 14, "rotate(-14 200 240)", 0.16),
        group(back, "translate(100 96) rotate(-14 90 130)"),
        rect(216, 140, 180, 260, p.deep, 14, "rotate(10 300 270)", 0.16),
        group(front, "translate(202 126) rotate(10 90 130)"),
    )


@thing
def puzzle(p: Palette) -> str:
    return layers(
        group(_piece(p.deep), "translate(106 104)").replace("/>", ' opacity="0.16"/>'),
        group(_piece(p.main), "translate(92 90)"),
        group(_piece(p.accent), "translate(222 90)"),
        group(_piece(p.shade), "translate(92 220)"),
        group(_piece(p.paper), "translate(250 252) rotate(14 65 65)"),
        circle(146, 146, 16, p.paper),
        line("M112 312q22-22 44 0t44 0", p.paper, 8),
        line("M256 190l40-52 36 52", p.deep, 9),
    )


def _piece(colour: str) -> str:
    """A square of 130 with a knob to the right and one below."""
    right = "V46a24 24 0 1 1 0 38V130"
    below = "H84a24 24 0 1 1-38 0H0z"
    return path(f"M0 0H130{right}{below}", colour)


@thing
def pencils(p: Palette) -> str:
    colours = (p.main, p.accent, p.deep, p.shade, p.paper, p.main, p.accent)
    return layers(
        shadow(p, 240, 220),
        *(_pencil(134 + 32 * n, 96 + 22 * math.cos(n * 2.1), colour, p) for n, colour in enumerate(colours)),
        half("M116 250h248l-14 146H130z", p.shade, p.deep),
        rect(110, 238, 260, 24, p.main, 6),
        rect(176, 298, 128, 58, p.paper, 4),
        line("M194 327h92", p.deep, 8),
    )


def _pencil(x: float, y: float, colour: str, p: Palette) -> str:
    tip = path(f"M{x - 14:g} {y:.0f}l14-44 14 44z", "#f0c890") + path(f"M{x - 5:g} {y - 29:.0f}l5-15 5 15z", p.deep)
    return tip + rect(x - 14, round(y), 28, 260, colour) + rect(x + 4, round(y), 10, 260, p.deep, opacity=0.18)


@thing
def wrapping(p: Palette) -> str:
    dots = layers(*(circle(20 + 34 * (n % 2) + 17 * (n // 2 % 2), 26 + 30 * n, 8, p.paper) for n in range(11)))
    return layers(
        shadow(p, 240, 260),
        group(_roll(p.accent, p.deep, p.paper), "rotate(-7 158 420) translate(120 94)"),
        group(_roll(p.shade, p.deep, p.paper) + dots, "translate(202 68)"),
        group(_roll(p.main, p.deep, p.paper), "rotate(7 322 420) translate(284 94)"),
        line("M114 300q126 22 252 0", p.paper, 12),
        path("M240 310q-50-46-64-8t64 8q50-46 64-8t-64 8z", p.paper),
    )


def _roll(colour: str, deep: str, paper: str) -> str:
    body = rect(0, 0, 76, 326, colour) + rect(44, 0, 32, 326, deep, opacity=0.2)
    return body + ellipse(38, 0, 38, 14, paper) + ellipse(38, 0, 18, 6, deep)


@thing
def string(p: Palette) -> str:
    """A ball, wound the way one winds it: round and round, then across."""
    ball = ring(232, 262, 134)
    across = layers(*(line(f"M{60 + 40 * n} 420Q{200 + 20 * n} 260 {100 + 52 * n} 100", p.accent, 7) for n in range(9)))
    round_ = layers(*(line(f"M80 {150 + 30 * n}Q232 {120 + 36 * n} 390 {190 + 30 * n}", p.paper, 6) for n in range(8)))
    return layers(
        shadow(p, 240, 200),
        half(ball, p.main, p.shade, 244),
        clip(ball, layers(across, group(round_, "rotate(-18 232 262)"))),
        line("M338 344q60 60 96 42t-10-52", p.main, 9),
    )


@thing
def reading_glass(p: Palette) -> str:
    return layers(
        rect(70, 110, 230, 300, p.paper, 6, "rotate(-4 180 260)"),
        *(line(f"M96 {y}h170", p.deep, 6, 0.35) for y in range(156, 400, 34)),
        circle(270, 212, 132, p.deep, 0.14),
        group(
            layers(
                rect(246, 300, 30, 40, p.accent),
                half(rounded(238, 330, 46, 142, 20), p.main, p.shade, 262),
            ),
            "rotate(-38 262 204)",
        ),
        circle(262, 204, 122, p.deep),
        circle(262, 204, 104, p.ground),
        clip(ring(262, 204, 104), line("M120 172h320M120 238h320", p.deep, 16) + circle(330, 120, 90, p.paper, 0.5)),
    )


@thing
def almanac(p: Palette) -> str:
    ray = line("M0-74v-26", p.accent, 9)
    rays = layers(*(group(ray, f"rotate({turn})") for turn in range(0, 360, 30)))
    return layers(
        rect(130, 84, 244, 330, p.deep, 4, opacity=0.16),
        rect(116, 70, 244, 330, p.paper, 4),
        rect(132, 86, 212, 298, p.main, 2),
        rect(140, 94, 196, 282, p.paper, 2),
        rect(148, 102, 180, 266, p.main, 2),
        group(rays + circle(0, 0, 58, p.accent), "translate(238 214)"),
        path("M238 156a58 58 0 0 1 0 116q-34-58 0-116z", p.deep),
        line("M176 334h124", p.paper, 9),
    )
