"""Things that stand, hang and lie in a house."""

import math

from ..palettes import Palette
from .svg import circle, clip, ellipse, group, half, layers, line, path, rect, ring, rounded
from .things import shadow, thing


@thing
def lamp(p: Palette) -> str:
    return layers(
        shadow(p, 200, 150),
        path("M296 214L410 396H180z", p.accent, 0.85),
        line("M190 380L132 246L262 128", p.deep, 13),
        circle(132, 246, 15, p.accent),
        half("M118 396q0-34 72-34t72 34z", p.main, p.shade, 190),
        group(
            layers(
                half("M-74 58q0-96 74-96t74 96z", p.main, p.shade, 0),
                rect(-14, -62, 28, 30, p.deep, 8),
                rect(-74, 54, 148, 9, p.deep),
            ),
            "translate(288 168) rotate(-24)",
        ),
    )


@thing
def pendant(p: Palette) -> str:
    return layers(
        path("M120 262L40 520H440L360 262z", p.paper, 0.55),
        rect(237, -500, 6, 660, p.deep),
        rect(220, 128, 40, 36, p.deep, 6),
        circle(240, 262, 30, p.accent),
        half("M96 262a144 122 0 0 1 288 0z", p.main, p.shade),
        rect(90, 256, 300, 14, p.deep, 7),
    )


@thing
def moth(p: Palette) -> str:
    return layers(
        shadow(p, 240, 180),
        rect(222, 220, 36, 160, p.paper),
        rect(240, 220, 18, 160, p.deep, opacity=0.22),
        path("M150 396q4-34 90-34t90 34z", p.deep),
        half("M84 236a156 136 0 0 1 312 0q-78 26-156 26t-156-26z", p.main, p.shade),
        ellipse(240, 240, 110, 15, p.accent),
        ellipse(180, 158, 34, 15, p.paper, "rotate(-28 180 158)"),
    )


@thing
def stool(p: Palette) -> str:
    return layers(
        shadow(p, 240, 220),
        path("M150 190h30l-28 206h-26z", p.main),
        path("M330 190h-30l28 206h26z", p.shade),
        path("M226 190h28v190h-28z", p.deep),
        line("M146 306h188", p.accent, 14),
        half("M104 168h272v18q-40 34-136 34T104 186z", p.main, p.shade),
        ellipse(240, 168, 136, 34, p.accent),
        ellipse(240, 166, 92, 20, p.paper),
    )


@thing
def chair(p: Palette) -> str:
    return layers(
        shadow(p, 240, 200),
        path("M138 250h24l-14 146h-22z", p.deep),
        path("M318 250h24l12 146h-22z", p.deep),
        half("M150 60q90-26 180 0l-12 150H162z", p.main, p.shade),
        rect(176, 104, 128, 14, p.paper, 7),
        rect(172, 140, 136, 14, p.paper, 7),
        path("M162 208h22v60h-22zM296 208h22v60h-22z", p.deep),
        path("M126 246h228l16 44H110z", p.accent),
        rect(110, 288, 260, 14, p.deep, 6),
    )


@thing
def candle(p: Palette) -> str:
    return layers(
        shadow(p, 240, 180),
        circle(240, 116, 92, p.accent, 0.35),
        path("M240 62q38 44 22 76-10 18-22 18t-22-18q-16-32 22-76z", p.accent),
        path("M240 100q16 24 8 40-8 12-16 0-8-16 8-40z", p.paper),
        rect(237, 150, 6, 30, p.deep),
        half(rounded(196, 176, 88, 170, 8), p.paper, p.floor),
        half("M140 340h200q-8 56-60 56h-80q-52 0-60-56z", p.main, p.shade),
        line("M340 356q52-10 46 24t-52 14", p.shade, 13),
    )


@thing
def clock(p: Palette) -> str:
    turns = [(math.cos(i * math.pi / 6), math.sin(i * math.pi / 6)) for i in range(12)]
    marks = (f"M{240 + x * 100:.0f} {236 + y * 100:.0f}L{240 + x * 116:.0f} {236 + y * 116:.0f}" for x, y in turns)
    tick = layers(*(line(mark, p.deep, 9) for mark in marks))
    return layers(
        circle(252, 250, 156, p.deep, 0.2),
        half(ring(240, 236, 156), p.main, p.shade),
        circle(240, 236, 130, p.paper),
        tick,
        line("M240 236l-50-44", p.deep, 14),
        line("M240 236l66-58", p.deep, 9),
        line("M240 236l14 84", p.accent, 6),
        circle(240, 236, 15, p.accent),
    )


@thing
def shelf(p: Palette) -> str:
    iso = layers(
        *(
            path(f"M{x} {y}h{w}v{h}h-{w}z", f)
            for x, y, w, h, f in (
                (112, 96, 26, 76, p.accent),
                (140, 84, 22, 88, p.main),
                (164, 104, 30, 68, p.paper),
                (300, 208, 26, 76, p.main),
                (328, 196, 22, 88, p.accent),
            )
        )
    )
    return layers(
        shadow(p, 240, 300),
        iso,
        group(
            layers(
                path("M0 0h60l-8 44H8z", p.main),
                layers(
                    *(
                        ellipse(30 + dx, -26, 11, 30, "#3f9763", f"rotate({a} {30 + dx} 0)")
                        for dx, a in ((-12, -24), (0, 0), (12, 24))
                    )
                ),
            ),
            "translate(290 128)",
        ),
        circle(150, 250, 34, p.shade),
        circle(150, 250, 19, p.ground),
        rect(124, 330, 100, 46, p.accent, 6),
        rect(244, 320, 80, 56, p.paper, 4),
        path("M92 60h16v336H92zM372 60h16v336h-16zM92 172h296v16H92zM92 284h296v16H92zM92 376h296v16H92z", p.deep),
    )


@thing
def radio(p: Palette) -> str:
    holes = layers(*(circle(132 + i * 26, 250 + j * 26, 8, p.deep) for i in range(5) for j in range(5)))
    return layers(
        shadow(p, 240, 310),
        line("M350 180L414 60", p.deep, 8),
        circle(414, 60, 11, p.accent),
        line("M150 190q0-56 90-56t90 56", p.deep, 14),
        half(rounded(84, 190, 312, 206, 28), p.main, p.shade, 290),
        holes,
        rect(282, 224, 88, 40, p.paper, 6),
        line("M300 232v24M316 240v16M332 232v24M348 240v16", p.deep, 4),
        rect(310, 226, 5, 36, p.accent),
        circle(326, 326, 42, p.accent),
        circle(326, 326, 28, p.paper),
        line("M326 326l14-18", p.deep, 7),
    )


@thing
def soap(p: Palette) -> str:
    return layers(
        path("M120 350l120-60 180 60-120 60z", p.deep, 0.16),
        _block(120, 246, p.main, p.shade, p.deep),
        _block(120, 164, p.accent, p.paper, p.floor),
        ellipse(240, 164, 44, 20, p.deep, opacity=0.85),
        circle(350, 110, 24, p.paper, 0.8),
        circle(384, 154, 12, p.paper, 0.8),
        circle(100, 130, 16, p.paper, 0.8),
    )


def _block(x: float, y: float, top: str, left: str, right: str) -> str:
    sides = path("M0 0l120 60v76L0 76z", left) + path("M240 0L120 60v76l120-60z", right)
    return group(path("M0 0l120-60 120 60-120 60z", top) + sides, f"translate({x:g} {y:g})")


@thing
def vase(p: Palette) -> str:
    return layers(
        shadow(p, 240, 140),
        line("M236 190Q220 120 160 92M242 190Q244 110 250 60M246 190Q270 130 330 110", "#2f7a4d", 8),
        *(circle(x, y, 27, p.accent) + circle(x, y, 10, p.paper) for x, y in ((158, 88), (250, 54), (334, 104))),
        ellipse(206, 134, 10, 26, "#3f9763", "rotate(-50 206 134)"),
        ellipse(282, 146, 10, 26, "#3f9763", "rotate(46 282 146)"),
        half(_VASE, p.main, p.shade),
        clip(
            _VASE,
            rect(100, 284, 280, 16, p.paper)
            + line("M120 330l30-22 30 22 30-22 30 22 30-22 30 22 30-22 30 22", p.paper, 9),
        ),
    )


_VASE = "M206 180h68q-4 44 26 66q44 34 44 82q0 46-46 68H182q-46-22-46-68q0-48 44-82q30-22 26-66z"


@thing
def mirror(p: Palette) -> str:
    return layers(
        path("M142 408V210a110 110 0 0 1 220 0v198z", p.deep, 0.18),
        half("M126 396V196a114 114 0 0 1 228 0v200z", p.main, p.shade),
        path("M150 374V198a90 90 0 0 1 180 0v176z", p.paper),
        clip(
            "M150 374V198a90 90 0 0 1 180 0v176z",
            path("M120 330L300 90h44L150 350zM190 374L350 160v40L230 374z", p.floor, 0.55),
        ),
        rect(112, 384, 256, 22, p.deep, 8),
        circle(240, 82, 15, p.accent),
    )


@thing
def table(p: Palette) -> str:
    return layers(
        shadow(p, 240, 330),
        path("M92 214h30l-10 182H84zM358 214h30l8 182h-28z", p.deep),
        path("M150 214h20l-4 140h-18zM310 214h20l2 140h-18z", p.shade),
        rect(74, 212, 332, 38, p.shade, 4),
        half(rounded(48, 184, 384, 34, 12), p.main, p.shade, 300),
        rect(206, 222, 68, 18, p.accent, 9),
        half("M176 126h56l-6 58h-44z", p.paper, p.floor, 204),
        line("M206 126q-20-40-34-50M206 126q2-40 20-56", "#2f7a4d", 6),
        circle(170, 72, 14, p.accent),
        circle(228, 66, 14, p.accent),
        path("M282 158h74q0 26-37 26t-37-26z", p.accent),
    )


@thing
def bookends(p: Palette) -> str:
    spines = (
        (136, 190, 34, p.main),
        (172, 160, 28, p.accent),
        (202, 206, 40, p.paper),
        (244, 148, 32, p.deep),
        (278, 182, 30, p.shade),
    )
    return layers(
        shadow(p, 240, 320),
        *(rect(x, y, width, 384 - y, colour, 4) for x, y, width, colour in spines),
        *(rect(x + 6, y + 22, width - 12, 8, p.floor, 3) for x, y, width, _ in spines),
        path("M76 384V262q0-44 52-44v166z", p.accent),
        path("M404 384V262q0-44-52-44v166z", p.accent),
        path("M404 384V262q0-44-52-44v166z", p.deep, 0.2),
        rect(312, 198, 30, 188, p.main, 4),
        rect(318, 222, 18, 8, p.floor, 3),
        rect(56, 382, 368, 16, p.deep, 6),
    )


@thing
def coat_rack(p: Palette) -> str:
    coat = "M116 170q22 22 44 26l22 190H50l22-190q22-4 44-26z"
    stripes = layers(*(rect(222, y, 40, 18, p.paper) for y in (216, 256, 296)))
    return layers(
        half(rounded(48, 84, 384, 58, 14), p.main, p.shade, 300),
        *(rect(x - 7, 116, 14, 52, p.deep, 7) + circle(x, 168, 13, p.accent) for x in (116, 242, 362)),
        path(coat, p.accent),
        clip(coat, rect(116, 160, 90, 240, p.deep, opacity=0.14)),
        rect(113, 196, 6, 190, p.deep),
        *(rect(x, 300, 36, 9, p.deep, 4) for x in (68, 128)),
        rect(222, 172, 40, 178, p.main, 4),
        stripes,
        *(line(f"M{x} 352v22", p.main, 6) for x in (227, 237, 247, 257)),
        path("M312 244q2-70 50-70t50 70z", p.deep),
        rect(312, 222, 100, 20, p.accent),
        rect(288, 240, 148, 18, p.deep, 9),
    )


@thing
def cushion(p: Palette) -> str:
    form = "M96 118Q240 148 384 118Q356 240 384 372Q240 344 96 372Q124 240 96 118z"
    stripes = layers(*(rect(x, 90, 20, 320, p.accent if i % 2 else p.paper) for i, x in enumerate(range(130, 360, 48))))
    return layers(
        shadow(p, 250, 270, 384),
        half(form, p.main, p.shade),
        clip(form, stripes),
        clip(form, rect(240, 90, 200, 320, p.deep, opacity=0.12)),
        *(circle(x, y, 15, p.deep) for x, y in ((94, 116), (386, 116), (94, 374), (386, 374))),
    )


@thing
def blanket(p: Palette) -> str:
    folds = ((302, p.main, p.shade), (220, p.accent, p.main), (138, p.paper, p.floor))
    return layers(
        shadow(p, 240, 320),
        *(half(rounded(80, y, 320, 88, 40), light, shade, 330) for y, light, shade in folds),
        *(line(f"M120 {y + 44}H392", p.deep, 5, opacity=0.3) for y, _, _ in folds),
        *(rect(x, 138, 18, 88, p.main, opacity=0.85) for x in (140, 176)),
        *(line(f"M{x} 392v22", p.shade, 7) for x in range(110, 390, 28)),
    )


@thing
def rug(p: Palette) -> str:
    weave = "M120 70h240v330H120z"
    fringe = layers(*(line(f"M{x} 58v12M{x} 400v14", p.paper, 6) for x in range(130, 360, 20)))
    lozenges = layers(
        *(
            path(f"M240 {y}l72 46-72 46-72-46z", colour)
            for y, colour in ((96, p.accent), (188, p.paper), (280, p.accent))
        )
    )
    cores = layers(*(path(f"M240 {y}l36 23-36 23-36-23z", p.deep) for y in (119, 211, 303)))
    edges = rect(120, 70, 18, 330, p.deep) + rect(342, 70, 18, 330, p.deep)
    return group(
        path("M134 84h240v330H134z", p.deep, 0.18) + fringe + half(weave, p.main, p.shade) + edges + lozenges + cores,
        "rotate(-6 240 236)",
    )


@thing
def basket(p: Palette) -> str:
    body = "M92 222h296l-30 174H122z"
    weave = layers(
        *(
            rect(x + (22 if row % 2 else 0), 236 + row * 30, 24, 20, p.paper, 6, opacity=0.45)
            for row in range(6)
            for x in range(80, 400, 44)
        )
    )
    return layers(
        shadow(p, 240, 260),
        line("M130 226Q130 76 240 76T350 226", p.shade, 20),
        circle(190, 206, 44, "#d8432b"),
        circle(262, 196, 48, p.accent),
        circle(326, 212, 36, "#7aa33c"),
        half(body, p.main, p.shade),
        clip(body, weave),
        rect(78, 208, 324, 30, p.deep, 14),
    )


@thing
def broom(p: Palette) -> str:
    return group(
        layers(
            rect(230, -10, 20, 270, p.accent, 10),
            half("M196 252h88l46 156H150z", p.main, p.shade),
            *(
                line(f"M{240 + step * 0.5:g} 300L{240 + step:g} 402", p.deep, 5, opacity=0.35)
                for step in range(-70, 71, 28)
            ),
            rect(190, 244, 100, 34, p.deep, 8),
            line("M186 306h108", p.paper, 8),
            circle(240, 12, 5, p.ground),
        ),
        "rotate(20 240 240)",
    )
