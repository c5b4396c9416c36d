"""Things to wear and to carry."""

from ..palettes import Palette
from .svg import circle, clip, group, half, layers, line, path, rect, ring, rounded
from .things import shadow, thing


@thing
def backpack(p: Palette) -> str:
    return layers(
        shadow(p, 240, 200),
        line("M206 96v-16q0-24 34-24t34 24v16", p.deep, 15),
        rect(118, 250, 36, 120, p.shade, 18),
        rect(326, 250, 36, 120, p.deep, 18),
        half(rounded(136, 92, 208, 304, 62), p.main, p.shade),
        path("M136 168q0-76 62-76h84q62 0 62 76v34q-104 44-208 0z", p.accent),
        clip("M136 168q0-76 62-76h84q62 0 62 76v34q-104 44-208 0z", rect(240, 60, 200, 200, p.deep, 0, opacity=0.14)),
        path(rounded(164, 268, 152, 100, 20), p.paper),
        rect(164, 300, 152, 9, p.deep),
        rect(184, 190, 15, 78, p.deep, 5),
        rect(281, 190, 15, 78, p.deep, 5),
        rect(230, 296, 20, 34, p.accent, 6),
    )


@thing
def raincoat(p: Palette) -> str:
    drops = layers(
        *(
            line(f"M{x} {y}l-8 26", p.paper, 6)
            for x, y in ((80, 90), (136, 40), (370, 70), (420, 150), (60, 230), (432, 290), (96, 330))
        )
    )
    return layers(
        drops,
        shadow(p, 240, 170, 404),
        path("M168 156L96 318l44 22 52-84z", p.main),
        path("M312 156l72 162-44 22-52-84z", p.shade),
        half("M172 146q68-40 136 0l44 258H128z", p.main, p.shade),
        half("M172 162Q158 64 240 56q82 8 68 106-68 40-136 0z", p.main, p.shade),
        path("M196 148q-4-58 44-62 48 4 44 62-44 22-88 0z", p.deep),
        rect(237, 170, 6, 234, p.deep),
        *(circle(222, y, 8, p.accent) for y in (204, 254, 304)),
        rect(160, 318, 54, 12, p.deep, 4),
        rect(268, 318, 54, 12, p.deep, 4),
    )


@thing
def jumper(p: Palette) -> str:
    body = "M176 96q64 34 128 0l92 44-26 210-56-6 2-96V396H164V248l2 96-56 6L84 140z"
    teeth = "".join(f"l26 {-24 if i % 2 else 24}" for i in range(13))
    rows = ((196, p.accent), (232, p.paper), (318, p.accent))
    zig = layers(*(line(f"M84 {y}{teeth}", colour, 12) for y, colour in rows))
    return layers(
        shadow(p, 240, 160),
        half(body, p.main, p.shade),
        clip(
            body,
            layers(
                zig,
                rect(150, 376, 180, 30, p.deep),
                rect(60, 320, 70, 50, p.deep, 0, "rotate(8 95 345)"),
                rect(352, 320, 70, 50, p.deep, 0, "rotate(-8 380 345)"),
            ),
        ),
        line("M176 96q64 40 128 0", p.deep, 16),
    )


@thing
def umbrella(p: Palette) -> str:
    segs = [
        ("M240 76Q96 96 64 250q40-30 80 0Q152 140 240 76z", p.main),
        ("M240 76Q150 150 144 250q44-34 96 0z", p.accent),
        ("M240 76q90 74 96 174-52-34-96 0z", p.shade),
        ("M240 76q144 20 176 174-40-30-80 0Q328 140 240 76z", p.paper),
    ]
    return layers(
        line("M240 60V380q0 40-34 40t-34-36", p.deep, 13),
        *(path(d, f) for d, f in segs),
        line("M240 76V52", p.deep, 11),
    )


@thing
def specs(p: Palette) -> str:
    return layers(
        line("M84 214L50 160M396 214l34-54", p.main, 20),
        circle(156, 246, 84, p.main),
        circle(156, 246, 58, p.paper),
        circle(324, 246, 84, p.shade),
        circle(324, 246, 58, p.paper),
        line("M226 226q14-14 28 0", p.deep, 18),
        path("M120 280l64-68 18 10-66 72z", p.accent, 0.8),
        path("M288 280l64-68 18 10-66 72z", p.accent, 0.8),
    )


@thing
def hat(p: Palette) -> str:
    return layers(
        circle(240, 100, 40, p.paper),
        half("M108 310q-4-190 132-192 136 2 132 192z", p.main, p.shade),
        clip(
            "M108 310q-4-190 132-192 136 2 132 192z",
            layers(
                *(
                    line(
                        f"M{x} 320q{(240 - x) * 0.2:.0f}-120 {(240 - x) * 0.6:.0f}-210",
                        p.accent if i % 2 else p.deep,
                        9,
                        opacity=0.8,
                    )
                    for i, x in enumerate(range(130, 370, 36))
                )
            ),
        ),
        rect(90, 286, 300, 82, p.accent, 24),
        *(line(f"M{x} 300v54", p.deep, 4, opacity=0.4) for x in range(116, 380, 25)),
    )


@thing
def boots(p: Palette) -> str:
    one = layers(
        half("M0 0h92v176q8 22 60 26 32 6 32 44H0z", p.main, p.shade, 56),
        rect(0, 240, 188, 26, p.deep, 6),
        rect(-6, 0, 104, 34, p.accent, 8),
        *(line(f"M60 {y}h34", p.paper, 7) for y in (70, 104, 138)),
    )
    return layers(
        shadow(p, 250, 280),
        group(one, "translate(200 112)"),
        group(one, "translate(96 130)"),
    )


@thing
def apron(p: Palette) -> str:
    d = "M182 110h116q4 76 68 92l-18 208H132L114 202q64-16 68-92z"
    return layers(
        line("M186 114q-6-76 54-76t54 76", p.deep, 13),
        line("M116 214q-60 20-70 70M364 214q60 20 70 70", p.deep, 11),
        half(d, p.main, p.shade),
        clip(d, layers(*(rect(x, 100, 12, 330, p.paper, opacity=0.28) for x in range(100, 400, 44)))),
        path(rounded(174, 264, 132, 88, 10), p.accent),
        rect(237, 264, 6, 88, p.deep),
        group(rect(-8, -60, 16, 90, p.paper, 6), "translate(206 268) rotate(-8)"),
    )


@thing
def scarf(p: Palette) -> str:
    tail = "M262 150h92l26 250h-96z"
    other = "M150 176h92l-34 196h-92z"
    loop = "M120 112q120-64 240 0q30 20 20 56q-10 30-52 34H152q-42-4-52-34q-10-36 20-56z"
    stripes = (("M100 300h320v24H100zM100 344h320v14H100z", p.paper), ("M100 226h320v16H100z", p.accent))
    fringe = layers(
        *(line(f"M{x} 402v24", p.shade, 7) for x in range(292, 382, 18)),
        *(line(f"M{x} 374l-4 22", p.main, 7) for x in range(122, 208, 18)),
    )
    return layers(
        fringe,
        path(other, p.main),
        clip(other, layers(*(path(d, colour) for d, colour in stripes))),
        path(tail, p.shade),
        clip(tail, layers(*(path(d, colour) for d, colour in stripes))),
        half(loop, p.main, p.shade),
        path("M176 150q64 30 128 0q-10-32-64-34t-64 34z", p.deep),
        line("M130 140q110 76 220 0", p.deep, 6, opacity=0.3),
    )


@thing
def gloves(p: Palette) -> str:
    hand = "M0 250V112Q0 0 62 0T124 112v20l30-26q26-14 34 8q6 18-14 40l-50 50v46z"
    one = layers(
        half(hand, p.main, p.shade, 72),
        clip(
            hand,
            line("M-10 96l22-22 22 22 22-22 22 22 22-22 22 22", p.accent, 12)
            + line("M-10 136l22-22 22 22 22-22 22 22 22-22 22 22", p.paper, 10),
        ),
        rect(-10, 236, 146, 60, p.accent, 16),
        *(line(f"M{x} 248v36", p.deep, 4, opacity=0.4) for x in range(8, 130, 20)),
    )
    return group(one, "translate(262 88) rotate(7)") + group(one, "translate(218 88) scale(-1 1) rotate(7)")


@thing
def socks(p: Palette) -> str:
    foot = "M0 0h96v176q6 22 54 34q46 12 46 52q0 34-40 34H66q-66 0-66-62z"
    one = layers(
        half(foot, p.main, p.shade, 60),
        clip(
            foot,
            layers(*(rect(-10, y, 240, 20, p.paper) for y in (64, 104, 144)))
            + circle(20, 290, 58, p.accent)
            + circle(196, 268, 46, p.accent),
        ),
        rect(-8, -8, 112, 44, p.accent, 12),
        *(line(f"M{x} 0v28", p.deep, 4, opacity=0.35) for x in range(8, 100, 16)),
    )
    return shadow(p, 250, 260) + group(one, "translate(204 78) rotate(6)") + group(one, "translate(106 100)")


@thing
def tote(p: Palette) -> str:
    bag = "M104 176h272l16 220H88z"
    return layers(
        shadow(p, 240, 300),
        line("M176 190V110q0-50 64-50t64 50v80", p.deep, 14),
        path(bag, p.paper),
        clip(bag, rect(320, 160, 120, 260, p.deep, opacity=0.12)),
        path("M104 176h272l2 26H102z", p.deep, 0.14),
        path("M166 350V288a74 74 0 0 1 148 0v62z", p.main),
        path("M192 350v-60a48 48 0 0 1 96 0v60z", p.accent),
        path("M218 350v-58a22 22 0 0 1 44 0v58z", p.deep),
        line("M170 186v22M310 186v22", p.deep, 14),
    )


@thing
def wallet(p: Palette) -> str:
    return group(
        layers(
            rect(96, 150, 300, 210, p.deep, 22, opacity=0.2),
            rect(110, 112, 250, 120, p.accent, 10),
            rect(128, 96, 250, 120, p.paper, 10),
            rect(128, 120, 250, 20, p.deep, opacity=0.7),
            half(rounded(80, 150, 304, 204, 20), p.main, p.shade, 260),
            line("M98 170H366M98 336H366", p.paper, 4, opacity=0.6),
            path("M300 214h112q22 0 22 34t-22 34H300q-30 0-30-34t30-34z", p.deep),
            circle(310, 248, 14, p.accent),
        ),
        "rotate(-7 240 240)",
    )


@thing
def belt(p: Palette) -> str:
    coil = ring(226, 246, 140)
    return layers(
        circle(240, 262, 142, p.deep, 0.18),
        half(coil, p.main, p.shade),
        circle(226, 246, 98, p.paper),
        circle(226, 246, 92, p.shade),
        circle(226, 246, 54, p.deep),
        line("M226 106H400", p.main, 46),
        line("M240 92H396M240 120H396", p.paper, 3, opacity=0.7),
        *(circle(x, 106, 6, p.deep) for x in (286, 318, 350)),
        rect(384, 64, 62, 84, p.accent, 14),
        rect(400, 82, 30, 48, p.ground, 6),
        line("M398 106h40", p.deep, 8),
    )
