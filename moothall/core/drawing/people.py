"""Faces: skin, hair, head, clothes and what one wears on top, put together into somebody."""

from dataclasses import dataclass

from .hair import HAIR, TOPS, Strands
from .svg import circle, document, layers, line, path, rect

_SKIN = (
    ("#f6d3b8", "#e3b08d"),
    ("#eebd98", "#d79a70"),
    ("#d99f72", "#bd8054"),
    ("#b87a4b", "#985f34"),
    ("#8d5632", "#6e3f21"),
    ("#633a22", "#482714"),
)
_TONES = ("#231a17", "#4a2c1a", "#7c4a23", "#b5662a", "#d9a441", "#8d8d8d", "#e8e4da", "#a8322a")
_PLAIN = ("#2b3a55", "#274e43", "#6b2f2a")
_INK, _LIPS = "#1d1512", "#7a241f"
_HEADS = {
    "oval": "M62 88a38 38 0 0 1 76 0v18a38 38 0 0 1-76 0z",
    "round": "M60 90a40 40 0 0 1 80 0v14a40 40 0 0 1-80 0z",
    "long": "M63 88a37 37 0 0 1 74 0v24q0 37-37 37t-37-37z",
    "square": "M62 88a38 38 0 0 1 76 0v24q0 16-14 26q-6 6-14 6H90q-8 0-14-6q-14-10-14-26z",
    "pointed": "M62 88a38 38 0 0 1 76 0v16q-2 20-24 36q-14 10-28 0q-22-16-24-36z",
}
_NOSES = ("M101 98l-5 15h8", "M95 112q5 5 10 0", "M102 96q4 12 2 15q-4 4-9 1")
_BROWS = ("M76 86q8-6 16-2M108 84q8-4 16 2", "M76 84h15M109 84h15", "M77 82q8-5 15 1M108 83q7-6 15-1")


@dataclass(frozen=True, slots=True)
class Face:
    """One person. skin 0 (lightest) to 5, tone of hair 0 (black) to 7 (red), mouth 0 smile, 1 laugh, 2 half a smile."""

    skin: int
    hair: str
    tone: int
    shirt: str
    ground: str
    extras: str = ""
    mouth: int = 0
    head: str = "oval"
    nose: int = 0


def face(spec: Face) -> str:
    """The person's portrait as SVG, 200 by 200; it may be cut to a circle or to an arch of 5 by 6."""
    return document(0, 0, 200, 200, portrait(spec))


def portrait(spec: Face) -> str:
    """The portrait's shapes, to be set into a larger picture."""
    skin, shade = _SKIN[spec.skin]
    strands = Strands(_TONES[spec.tone], spec.shirt, shade, spec.ground)
    back, front = HAIR[spec.hair](strands)
    return layers(
        rect(0, 0, 200, 200, spec.ground),
        back,
        _shoulders(spec, shade),
        _head(spec, skin, shade),
        _beard(spec),
        _features(spec, shade),
        front,
        _worn(spec),
    )


def _shoulders(spec: Face, shade: str) -> str:
    if spec.hair == "scarf":
        return ""
    top = _PLAIN[spec.tone % 3] if spec.hair in TOPS else spec.shirt
    body = rect(80, 112, 40, 60, shade, 18) + path(
        "M14 204C18 162 58 154 80 150Q100 174 120 150C142 154 182 162 186 204z", top
    )
    if "collar" in spec.extras:
        body += path("M80 148l20 22-24 16-10-30zM120 148l-20 22 24 16 10-30z", "#fff")
    if "apron" in spec.extras:
        body += path("M68 204v-28h64v28z", "#123527") + line("M74 180L79 154M126 180L121 154", "#123527", 8)
    if "stripes" in spec.extras:
        body += line("M34 178q66 22 132 0M24 192q76 24 152 0", "#fff", 5, 0.7)
    return body


def _head(spec: Face, skin: str, shade: str) -> str:
    ears = "" if spec.hair == "scarf" else circle(60, 102, 10, shade) + circle(140, 102, 10, skin)
    cheeks = circle(78, 116, 9, "#e2574c", 0.22) + circle(122, 116, 9, "#e2574c", 0.22)
    freckles = layers(
        *(circle(x, y, 1.6, shade) for x, y in ((72, 110), (79, 114), (85, 109), (115, 109), (121, 114), (128, 110)))
    )
    return ears + path(_HEADS[spec.head], skin) + cheeks + (freckles if "freckles" in spec.extras else "")


def _beard(spec: Face) -> str:
    tone = _TONES[spec.tone]
    out = ""
    if "beard" in spec.extras:
        out += path("M62 104Q66 128 82 120Q100 112 118 120Q134 128 138 104V112C138 158 62 158 62 112z", tone)
    if "tache" in spec.extras:
        out += path("M100 116q-22-4-26 12q18 2 26-4q8 6 26 4q-4-16-26-12z", tone)
    if "goatee" in spec.extras:
        out += path("M88 134q12 8 24 0q2 16-12 18q-14-2-12-18z", tone)
    return out


def _features(spec: Face, shade: str) -> str:
    brow = shade if spec.tone == 6 else _TONES[spec.tone]
    mouths = (
        line("M88 126q12 11 24 0", _LIPS, 4),
        path("M86 123h28q-2 16-14 16t-14-16z", _LIPS) + path("M89 124h22v5H89z", "#fff"),
        line("M90 127q12 5 22-2", _LIPS, 4),
    )
    eyes = circle(84, 98, 4.6, _INK) + circle(116, 98, 4.6, _INK)
    return eyes + line(_BROWS[spec.nose], brow, 3.6) + line(_NOSES[spec.nose], shade, 3.4) + mouths[spec.mouth]


def _worn(spec: Face) -> str:
    out = ""
    if "specs" in spec.extras:
        frames = (line(f"M{x - 15} 98a15 15 0 1 0 30 0a15 15 0 1 0-30 0z", _INK, 3.4) for x in (83, 117))
        out += layers(*frames) + line("M98 97h4", _INK, 3.4)
    if "square" in spec.extras:
        horn = "#f3d25b" if spec.skin > 3 else "#6b2f2a"
        frames = (line(f"M{x - 15} 88h30v16q-2 8-15 8t-15-8z", horn, 3.6) for x in (82, 118))
        out += layers(*frames) + line("M97 94h6", horn, 3.6)
    if "ring" in spec.extras:
        out += circle(58, 118, 5, "#e5b03a") + circle(142, 118, 5, "#e5b03a")
    if "drops" in spec.extras:
        out += path("M58 112l6 14-6 8-6-8zM142 112l6 14-6 8-6-8z", "#0d7a6f")
    if "flower" in spec.extras:
        petals = ((145, 62), (139, 71), (129, 67), (129, 57), (139, 53))
        out += layers(*(circle(x, y, 7, "#fff") for x, y in petals)) + circle(136, 62, 6, "#f2b632")
    if "band" in spec.extras:
        out += line("M60 80Q100 50 140 80", "#e4572e", 8)
    return out


PEOPLE: dict[str, Face] = {
    "mira": Face(1, "bob", 0, "#c2402a", "#f7c548", "specs", 1),
    "tomek": Face(0, "quiff", 3, "#1e5fa8", "#bfe0f2", "beard", 0, "square"),
    "adaeze": Face(5, "afro", 0, "#f2b632", "#c81d53", "ring", 1, "round", 1),
    "jun": Face(1, "crop", 0, "#0d7a6f", "#ffd3dc", "", 0, "oval", 1),
    "salma": Face(2, "scarf", 1, "#4b3fc4", "#ffe39a", "", 1),
    "olwen": Face(0, "long", 7, "#14573f", "#c4eee0", "freckles", 0, "pointed"),
    "harjit": Face(3, "turban", 0, "#e4572e", "#d9d7ff", "beard", 0, "square", 2),
    "beatriz": Face(2, "curls", 1, "#6d2f86", "#ffb877", "ring", 1, "round"),
    "edith": Face(0, "bun", 6, "#2d6a8a", "#e6cfee", "specs", 0, "pointed"),
    "kofi": Face(4, "bald", 0, "#c3da5f", "#2d6a8a", "beard", 1, "square", 1),
    "ines": Face(1, "pony", 2, "#e94f34", "#cfe3c4", "freckles", 0, "long", 2),
    "rowan": Face(0, "beanie", 4, "#c2402a", "#86c1e2", "", 2, "long"),
    "wei": Face(1, "side", 0, "#3a3f47", "#f8cdbb", "specs", 0, "long", 1),
    "noor": Face(3, "braids", 0, "#0d7a6f", "#ffb23e", "", 1),
    "gus": Face(0, "bald", 6, "#a0552b", "#9cc48f", "tache specs", 0, "round", 2),
    "leila": Face(2, "long", 0, "#c81d53", "#e4f0a8", "flower", 0, "oval", 1),
    "ivo": Face(1, "side", 4, "#1d6f72", "#ff9fb2", "collar", 2, "square"),
    "amara": Face(4, "bun", 0, "#fffaf0", "#e4572e", "ring", 0, "pointed", 1),
    "pia": Face(0, "curls", 3, "#1e5fa8", "#ffe39a", "freckles", 1, "round", 2),
    "dan": Face(2, "crop", 1, "#c2402a", "#c9a0d8", "beard", 0, "long", 2),
    "yuki": Face(1, "bob", 5, "#1f6b45", "#f8cdbb", "", 0, "round", 1),
    "femi": Face(5, "crop", 0, "#4b3fc4", "#7fd3bb", "specs collar", 1, "long", 1),
    "hanna": Face(0, "braids", 4, "#a0552b", "#b2adf5", "apron", 0, "round"),
    "raul": Face(3, "quiff", 0, "#f2b632", "#1f6b45", "tache", 0, "long", 2),
    "ana": Face(2, "waves", 1, "#0d7a6f", "#ffdcb8", "drops", 1, "oval", 2),
    "ben": Face(0, "tousled", 2, "#2f5d3a", "#bfe0f2", "stripes", 0, "square", 1),
    "zofia": Face(0, "fringe", 4, "#c81d53", "#d8b48a", "square", 0, "round"),
    "omar": Face(3, "crop", 0, "#1e5fa8", "#f2b632", "goatee", 1, "pointed", 2),
    "marta": Face(1, "fringe", 0, "#e4572e", "#c4eee0", "ring", 2, "pointed", 1),
    "tariq": Face(4, "locks", 0, "#2d6a8a", "#ffd3dc", "goatee", 1, "long", 1),
    "greta": Face(0, "waves", 6, "#6d2f86", "#cfe3c4", "square", 1, "square", 2),
    "lars": Face(0, "cap", 4, "#3a3f47", "#efdfc9", "beard", 0, "square", 1),
    "chidi": Face(5, "tousled", 0, "#c2402a", "#c3da5f", "square", 0, "oval", 1),
    "mei": Face(1, "buns", 0, "#4b3fc4", "#ffb877", "", 1, "round", 1),
    "pablo": Face(2, "tousled", 5, "#14573f", "#f4694a", "tache", 2, "oval", 2),
    "ingrid": Face(0, "pony", 6, "#a0552b", "#86c1e2", "specs apron", 0, "long"),
    "samir": Face(2, "turban", 0, "#1f6b45", "#ffe39a", "tache", 1, "oval", 2),
    "ruth": Face(4, "locks", 1, "#f2b632", "#6d2f86", "drops", 0, "pointed", 1),
    "otto": Face(0, "bald", 5, "#c81d53", "#e6e4dc", "beard square", 1, "long", 2),
    "nia": Face(5, "puffs", 0, "#ff6f59", "#7fd3bb", "ring", 1, "round", 1),
    "kenji": Face(1, "cap", 0, "#e4f0a8", "#4b3fc4", "collar", 0, "pointed", 1),
    "clara": Face(0, "bob", 7, "#2d6a8a", "#e4f0a8", "freckles band", 1, "oval", 2),
    "agnes": Face(1, "bun", 5, "#3a3f47", "#f4694a", "square apron", 2, "long", 1),
    "wanjiru": Face(5, "braids", 0, "#f2b632", "#2d6a8a", "drops", 1, "pointed", 2),
    "emre": Face(1, "tousled", 0, "#6b2f2a", "#cfe3c4", "beard apron", 0, "long", 2),
    "sunita": Face(3, "pony", 0, "#c81d53", "#bfe0f2", "ring", 0, "round", 0),
    "lupe": Face(3, "waves", 0, "#e4572e", "#d9d7ff", "flower", 1, "round", 1),
    "tane": Face(4, "curls", 0, "#0d7a6f", "#efdfc9", "beard", 1, "square", 1),
    "aoife": Face(0, "curls", 7, "#4b3fc4", "#c4eee0", "freckles", 1, "long", 0),
    "nikos": Face(1, "bald", 5, "#1e5fa8", "#ffdcb8", "tache", 0, "square", 1),
    "farah": Face(2, "long", 1, "#6d2f86", "#f4d35e", "square", 2, "oval", 1),
    "bao": Face(1, "quiff", 0, "#c2402a", "#86c1e2", "specs", 1, "oval", 2),
    "anouk": Face(0, "bob", 6, "#0d7a6f", "#ffb23e", "band", 2, "oval", 2),
    "sione": Face(4, "afro", 1, "#1f6b45", "#ff9fb2", "collar", 1, "round", 0),
    "magda": Face(0, "puffs", 2, "#e94f34", "#e6e4dc", "stripes", 0, "pointed", 2),
    "luca": Face(1, "locks", 2, "#2f5d3a", "#e6cfee", "goatee", 0, "oval", 1),
    "yara": Face(2, "scarf", 0, "#0d7a6f", "#ffd3dc", "", 0, "oval", 2),
    "ravi": Face(4, "side", 5, "#a0552b", "#e4f0a8", "specs tache", 1, "long", 1),
    "abebe": Face(5, "bald", 0, "#e94f34", "#c9a0d8", "goatee", 1, "long", 0),
    "isla": Face(0, "braids", 7, "#1f4f69", "#f7c548", "freckles stripes", 1, "round", 1),
}
