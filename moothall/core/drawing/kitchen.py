"""Things of the kitchen and the table."""

from ..palettes import Palette
from .svg import circle, clip, ellipse, group, half, layers, line, path, rect, ring, rounded
from .things import shadow, thing


@thing
def teapot(p: Palette) -> str:
    return layers(
        shadow(p, 236, 210),
        line("M330 240q96-6 82 62t-92 52", p.deep, 22),
        path("M156 300Q96 290 92 214l-30-8 24-18q40 4 46 42t42 44z", p.main),
        half(ring(240, 292, 108), p.main, p.shade),
        clip(
            ring(240, 292, 108),
            layers(
                rect(100, 286, 300, 20, p.accent),
                rect(100, 314, 300, 8, p.accent),
            ),
        ),
        path("M176 198q64-44 128 0z", p.accent),
        circle(240, 164, 17, p.deep),
        rect(186, 388, 108, 12, p.deep, 6),
        line("M160 272q10-36 38-52", p.paper, 10),
    )


@thing
def bothhands(p: Palette) -> str:
    spout = "M156 316Q92 312 82 222l-34-14 30-20q44 10 50 50t46 46z"
    return layers(
        shadow(p, 240, 210),
        line("M152 214Q150 78 240 78T328 214", p.deep, 22),
        line("M196 79q44-10 88 0", p.accent, 22),
        path(spout, p.main),
        group(path(spout, p.shade), "translate(480 0) scale(-1 1)"),
        half(ring(240, 292, 108), p.main, p.shade),
        clip(
            ring(240, 292, 108),
            layers(
                rect(100, 286, 300, 20, p.accent),
                rect(100, 314, 300, 8, p.accent),
            ),
        ),
        path("M176 200q64-44 128 0z", p.accent),
        circle(240, 168, 16, p.deep),
        rect(186, 388, 108, 12, p.deep, 6),
        line("M160 272q10-36 38-52", p.paper, 10),
    )


@thing
def mug(p: Palette) -> str:
    st = layers(*(line(f"M{x} 150q-18-26 0-50t0-50", p.paper, 12) for x in (186, 230, 274)))
    return layers(
        shadow(p, 230, 170),
        st,
        line("M312 238q84-12 80 54t-88 58", p.shade, 24),
        half("M134 190h192v150q0 56-56 56h-80q-56 0-56-56z", p.main, p.shade, 230),
        clip(
            "M134 190h192v150q0 56-56 56h-80q-56 0-56-56z",
            layers(
                circle(150, 330, 58, p.accent),
                circle(272, 260, 42, p.paper),
                rect(134, 190, 192, 14, p.deep),
            ),
        ),
    )


@thing
def kettle(p: Palette) -> str:
    return layers(
        shadow(p, 240, 230),
        line("M156 196q0-116 84-116t84 116", p.deep, 18),
        path("M340 260l76-64 18 20-68 96z", p.shade),
        half("M116 372q-14-176 124-180 138 4 124 180-2 24-30 24H146q-28 0-30-24z", p.main, p.shade),
        ellipse(240, 196, 60, 14, p.deep),
        circle(240, 176, 16, p.accent),
        rect(122, 352, 236, 18, p.accent),
        line("M154 318q4-74 50-92", p.paper, 12),
    )


@thing
def pan(p: Palette) -> str:
    return group(
        layers(
            rect(330, 218, 178, 30, p.deep, 15),
            circle(484, 233, 7, p.ground),
            path(ring(232, 240, 142), p.deep),
            circle(232, 240, 118, p.shade),
            path("M150 226q-6-70 66-62 46-26 82 26 44 40-2 84-34 52-90 24-70-4-56-72z", p.paper),
            circle(226, 234, 36, p.accent),
            circle(216, 222, 9, p.paper),
            *(circle(x, y, 4, p.deep) for x, y in ((180, 200), (284, 232), (250, 290), (186, 266))),
        ),
        "translate(-28 0) rotate(-18 240 240)",
    )


@thing
def bowl(p: Palette) -> str:
    return layers(
        shadow(p, 240, 180),
        layers(
            *(
                circle(x, y, q, f)
                for x, y, q, f in ((170, 216, 54, p.accent), (300, 210, 60, "#d8432b"), (236, 186, 58, "#e7b63a"))
            )
        ),
        line("M236 130q4-22 22-30", p.deep, 8),
        half("M76 226h328q-8 128-116 150v20h-96v-20Q84 354 76 226z", p.main, p.shade),
        clip(
            "M76 226h328q-8 128-116 150v20h-96v-20Q84 354 76 226z",
            layers(*(line(f"M{x} 290q15-24 30 0t30 0", p.paper, 7) for x in range(60, 420, 60))),
        ),
    )


@thing
def grinder(p: Palette) -> str:
    return layers(
        shadow(p, 240, 190),
        line("M240 120V86h120", p.deep, 12),
        circle(366, 82, 22, p.accent),
        half("M172 190q4-72 68-72t68 72z", p.paper, p.floor),
        rect(160, 184, 160, 20, p.deep, 6),
        half(rounded(150, 200, 180, 176, 10), p.main, p.shade),
        rect(182, 270, 116, 76, p.shade, 6),
        circle(240, 308, 12, p.accent),
        rect(132, 370, 216, 26, p.deep, 8),
    )


@thing
def bottle(p: Palette) -> str:
    return layers(
        shadow(p, 240, 130),
        rect(212, 66, 56, 54, p.deep, 10),
        half("M204 116h72v26q44 24 44 78v140q0 36-36 36h-88q-36 0-36-36V220q0-54 44-78z", p.main, p.shade),
        clip(
            "M160 220h160v140H160z",
            layers(
                rect(160, 236, 160, 96, p.paper),
                path("M160 332l52-60 36 34 34-46 60 72z", p.accent),
                circle(284, 262, 13, p.main),
            ),
        ),
        line("M182 224q4-36 26-50", p.paper, 8),
    )


@thing
def breadboard(p: Palette) -> str:
    w = "#d9a25f"
    w2 = "#b97f3f"
    return layers(
        shadow(p, 240, 320, 380),
        group(
            layers(
                half(rounded(60, 236, 360, 140, 34), w, w2, 250),
                circle(382, 306, 17, p.ground),
                line("M92 268h180M92 300h130M92 344h220", p.paper, 4, opacity=0.45),
            ),
            "",
        ),
        half("M104 262Q92 150 200 142t128 60q20 42-4 60z", "#a85a24", "#8a4518", 230),
        path("M262 262q-12-100 34-104t44 104z", "#f6deb2"),
        path("M276 262q-8-78 20-82t28 82z", "#fbeed2"),
        *(line(f"M{x} 172l20 34", "#f0c98c", 8) for x in (150, 190, 228)),
        group(
            layers(
                rect(0, 0, 16, 130, p.deep, 6),
                path("M0-130h16v130H0q-10-66 0-130z", p.paper),
            ),
            "translate(378 240) rotate(24)",
        ),
    )


@thing
def plate(p: Palette) -> str:
    fish = "M134 236q56-62 136-22q28 14 44 22l44-36q-10 36 0 72l-44-36q-84 60-136 36q-30-14-44-36z"
    return layers(
        circle(254, 254, 164, p.deep, 0.18),
        half(ring(240, 236, 164), p.main, p.shade),
        circle(240, 236, 138, p.paper),
        circle(240, 236, 112, p.ground, 0.6),
        path(fish, p.main),
        line("M200 214q18 22 0 46M236 212q16 24 0 52M270 224q10 14 0 28", p.accent, 6),
        circle(166, 230, 7, p.paper),
    )


@thing
def honey(p: Palette) -> str:
    jar = rounded(136, 150, 208, 246, 44)
    return layers(
        shadow(p, 240, 190),
        half(jar, "#f0a92c", "#d58a17"),
        clip(jar, rect(136, 150, 208, 40, p.paper, opacity=0.5)),
        half(rounded(150, 106, 180, 54, 12), p.main, p.shade),
        rect(150, 138, 180, 10, p.deep, opacity=0.25),
        path(rounded(166, 222, 148, 112, 10), p.paper),
        path("M240 240l34 20v36l-34 20-34-20v-36z", p.accent),
        line("M240 254v48M222 266l36 24M258 266l-36 24", p.deep, 5),
        line("M158 220v110", "#fff3c4", 9),
    )


@thing
def jam(p: Palette) -> str:
    jar = rounded(142, 176, 196, 220, 34)
    scallops = "q-24-12-36 2q-18-14-34 0q-22-16-44 0q-22-16-44 0q-22-16-44 0q-14-14-34 0q-10-12-32-2z"
    cloth = "M120 178q120-40 240 0l14 40" + scallops
    checks = layers(*(rect(x, y, 16, 16, p.accent) for x in range(110, 380, 32) for y in (128, 160, 192)))
    return layers(
        shadow(p, 240, 180),
        half(jar, "#c8324a", "#9c2038"),
        rect(176, 262, 128, 88, p.paper, 8),
        circle(226, 302, 17, "#c8324a"),
        circle(256, 310, 17, "#9c2038"),
        line("M226 286q10-20 30-14M256 294q-4-14 0-22", "#2f7a4d", 5),
        path("M158 178q-2-56 82-56t82 56z", p.main),
        clip("M158 178q-2-56 82-56t82 56z", checks),
        path(cloth, p.main),
        clip(cloth, checks),
        line("M150 180q90 26 180 0", p.deep, 9),
        line("M160 250v90", p.paper, 8, opacity=0.7),
    )


@thing
def tea_tin(p: Palette) -> str:
    return layers(
        shadow(p, 240, 190),
        half(rounded(136, 138, 208, 258, 14), p.main, p.shade),
        rect(136, 138, 208, 20, p.deep, opacity=0.25),
        path(rounded(146, 84, 188, 62, 14), p.accent),
        rect(240, 84, 94, 62, p.deep, 14, opacity=0.14),
        circle(240, 82, 15, p.deep),
        circle(240, 278, 76, p.paper),
        path("M240 216q58 40 0 122q-58-82 0-122z", "#2f7a4d"),
        line("M240 240v96M240 280l18-16M240 300l-18-18", p.paper, 5),
        line("M158 182v180", p.paper, 7, opacity=0.6),
    )


@thing
def cheese(p: Palette) -> str:
    front = "M76 252l328 30v104H76z"
    return layers(
        rect(52, 380, 376, 22, p.deep, 10),
        path("M76 252Q200 130 372 168l32 114z", "#f9d976"),
        half(front, "#f2b632", "#e09d1c", 300),
        *(
            clip(front, circle(x, y, r, "#c98412"))
            for x, y, r in ((150, 320, 30), (262, 356, 26), (338, 308, 22), (212, 284, 15))
        ),
        *(ellipse(x, y, 19, 9, "#e4b93f") for x, y in ((238, 208), (318, 222), (180, 236))),
        line("M76 252v134", p.main, 14),
        line("M408 112l-60 62", p.deep, 7),
        path("M408 62l40 30-44 30-12-28z", p.accent),
    )


@thing
def loaf(p: Palette) -> str:
    crust = "M70 340q-10-150 170-154q180 4 170 154q-2 36-40 40H110q-38-4-40-40z"
    cuts = layers(*(line(f"M{x} 216q34 30 26 92", "#f6deb2", 14) for x in (140, 214, 288)))
    return layers(
        shadow(p, 240, 330, 388),
        path("M36 366q204-40 408 0l-30 40H66z", p.main),
        line("M66 392q174-34 348 0", p.paper, 7),
        half(crust, "#b9692a", "#8f4c1a", 290),
        clip(crust, cuts),
        *(
            circle(x, y, 4, "#f6deb2")
            for x, y in ((120, 300), (196, 336), (270, 340), (352, 300), (330, 260), (106, 340))
        ),
        line("M160 128q-16-22 0-42t0-42M236 118q-16-22 0-42t0-42M312 128q-16-22 0-42t0-42", p.paper, 10),
    )


@thing
def jug(p: Palette) -> str:
    body = "M158 108h150l30-18 4 62q-22 30-12 62q40 60 18 132q-12 50-48 50H176q-40 0-50-50q-14-76 26-132q16-40 6-106z"
    return layers(
        shadow(p, 240, 180),
        line("M150 156q-84-10-84 78t78 86", p.shade, 22),
        half(body, p.main, p.shade),
        clip(body, path("M100 262q70-34 140 0t140 0v44q-70 34-140 0t-140 0z", p.paper)),
        clip(body, circle(240, 344, 17, p.accent) + circle(180, 352, 11, p.accent) + circle(300, 348, 11, p.accent)),
        ellipse(240, 110, 76, 12, p.deep),
        line("M180 200q-24 40-24 76", p.paper, 9, opacity=0.8),
    )


@thing
def mill(p: Palette) -> str:
    body = "M196 176h88q-10 60 14 96q24 40 20 124H162q-4-84 20-124q24-36 14-96z"
    return layers(
        shadow(p, 240, 160),
        half(body, p.main, p.shade),
        rect(160, 342, 160, 16, p.accent),
        path(rounded(178, 144, 124, 40, 14), p.accent),
        rect(240, 144, 62, 40, p.deep, 14, opacity=0.16),
        half("M184 148q-8-72 56-76q64 4 56 76z", p.main, p.shade),
        circle(240, 58, 19, p.deep),
        *(circle(x, y, 7, p.deep) for x, y in ((368, 390), (392, 376), (352, 374), (108, 388), (92, 394))),
        line("M200 300q-12 24-12 50", p.paper, 8, opacity=0.8),
    )


@thing
def spoons(p: Palette) -> str:
    crock = "M138 226h204l-16 170H154z"
    wood, shaded = "#d9a25f", "#b97f3f"
    return layers(
        shadow(p, 240, 190),
        group(
            rect(-8, 0, 16, 210, wood, 8) + ellipse(0, -16, 32, 46, wood) + ellipse(0, -18, 19, 31, shaded),
            "translate(182 106) rotate(-14)",
        ),
        group(
            rect(-8, 0, 16, 210, shaded, 8)
            + path("M-30-62h60l-10 76h-40z", shaded)
            + rect(-4, -46, 8, 46, p.ground, 4),
            "translate(252 96) rotate(3)",
        ),
        group(
            rect(-7, 0, 14, 200, p.deep, 7) + line("M0 0q-40-40-24-74q24-30 48 0q16 34-24 74M0 0v-84", p.deep, 6),
            "translate(316 116) rotate(16)",
        ),
        half(crock, p.main, p.shade),
        clip(
            crock, rect(100, 262, 280, 12, p.accent) + line("M120 320q20-26 40 0t40 0t40 0t40 0t40 0t40 0", p.paper, 9)
        ),
        rect(126, 214, 228, 26, p.deep, 10),
    )
