"""Fifteen and more ways to wear one's hair: what lies behind the head, and what before it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from .svg import circle, layers, line, path, rect


@dataclass(frozen=True, slots=True)
class Strands:
    """The colours a head of hair is made of: hair itself, cloth, the skin's shade for folds, the ground for creases."""

    hair: str
    cloth: str
    fold: str
    ground: str


Style = Callable[[Strands], tuple[str, str]]
TOPS = frozenset({"scarf", "turban", "beanie", "cap"})
_CAP = "M56 100C48 36 152 36 144 100C142 84 136 74 128 70Q100 62 72 70C64 74 58 84 56 100z"


def _crop(s: Strands) -> tuple[str, str]:
    return "", path(_CAP, s.hair)


def _side(s: Strands) -> tuple[str, str]:
    return "", path("M56 102C44 34 150 26 146 98C142 84 134 78 128 66Q104 84 74 74Q62 84 56 102z", s.hair)


def _quiff(s: Strands) -> tuple[str, str]:
    crest = "M58 96C52 60 66 56 68 48C78 22 150 26 146 62C146 76 144 84 143 96"
    return "", path(crest + "C138 80 132 74 122 72C100 70 78 66 70 76Q62 82 58 96z", s.hair)


def _tousled(s: Strands) -> tuple[str, str]:
    tufts = layers(
        *(
            circle(x, y, r, s.hair)
            for x, y, r in ((66, 66, 14), (80, 52, 17), (100, 46, 18), (122, 52, 17), (136, 66, 13))
        )
    )
    return "", tufts + path("M57 98C50 30 150 30 143 98Q138 80 122 78Q110 70 98 78Q84 70 74 80Q60 82 57 98z", s.hair)


def _bob(s: Strands) -> tuple[str, str]:
    return rect(44, 36, 112, 112, s.hair, 52), path("M58 98C48 28 152 28 142 98Q138 72 100 72T58 98z", s.hair)


def _fringe(s: Strands) -> tuple[str, str]:
    straight = "M57 94C48 26 152 26 143 94Q138 86 132 86H68Q62 86 57 94z"
    return path("M46 84C46 24 154 24 154 84V156H46z", s.hair), path(straight, s.hair)


def _long(s: Strands) -> tuple[str, str]:
    parted = "M58 104C54 60 78 48 104 50C136 52 146 76 142 104C136 86 122 74 112 62C100 82 72 84 58 104z"
    return path("M100 32C40 32 42 90 38 190H162C158 90 160 32 100 32z", s.hair), path(parted, s.hair)


def _waves(s: Strands) -> tuple[str, str]:
    back = (
        "M100 30C48 30 40 74 44 96Q28 112 40 130Q30 148 46 164H154Q170 148 160 130Q172 112 156 96C160 74 152 30 100 30z"
    )
    return path(back, s.hair), path(
        "M58 102C50 62 70 46 92 48C128 44 148 68 142 102C138 84 126 76 118 66C98 86 70 78 58 102z", s.hair
    )


def _bun(s: Strands) -> tuple[str, str]:
    return circle(100, 28, 22, s.hair), path(_CAP, s.hair)


def _buns(s: Strands) -> tuple[str, str]:
    return circle(62, 40, 18, s.hair) + circle(138, 40, 18, s.hair), path(_CAP, s.hair)


def _afro(s: Strands) -> tuple[str, str]:
    return circle(100, 76, 66, s.hair), path("M58 98C50 30 150 30 142 98Q136 72 100 72T58 98z", s.hair)


def _puffs(s: Strands) -> tuple[str, str]:
    return circle(48, 62, 28, s.hair) + circle(152, 62, 28, s.hair), path(_CAP, s.hair)


def _curls(s: Strands) -> tuple[str, str]:
    turns = [math.pi * (0.95 + i * 0.137) for i in range(9)]
    back = layers(*(circle(100 + math.cos(turn) * 46, 78 + math.sin(turn) * 42, 24, s.hair) for turn in turns))
    return back, layers(*(circle(x, y, 15, s.hair) for x, y in ((70, 64), (90, 56), (112, 56), (132, 64))))


def _locks(s: Strands) -> tuple[str, str]:
    ropes = layers(
        *(
            line(f"M{x} 70Q{x + bend} 120 {x + bend} 168", s.hair, 15)
            for x, bend in ((54, -10), (66, -4), (134, 4), (146, 10))
        )
    )
    front = path(_CAP, s.hair) + layers(
        *(line(f"M{x} 46L{x + lean} 72", s.hair, 13) for x, lean in ((74, -8), (92, -2), (110, 4), (126, 8)))
    )
    return ropes, front


def _bald(s: Strands) -> tuple[str, str]:
    return "", path("M64 70Q100 34 136 70Q100 56 64 70z", "#ffffff", 0.14)


def _braids(s: Strands) -> tuple[str, str]:
    back = layers(*(line(f"M{x} 96q{bend} 40 0 84", s.hair, 22) for x, bend in ((54, -10), (146, 10))))
    return back, path("M56 104C48 36 152 36 144 104C142 80 120 68 100 50C80 68 58 80 56 104z", s.hair)


def _pony(s: Strands) -> tuple[str, str]:
    return path("M134 60q52 10 34 92q-22-4-34-50z", s.hair), path(_CAP, s.hair)


def _scarf(s: Strands) -> tuple[str, str]:
    back = "M100 30C44 30 44 84 46 110C48 150 30 160 26 200H174C170 160 152 150 154 110C156 84 156 30 100 30z"
    frame = "M100 30C46 30 46 80 48 108C52 150 148 150 152 108C154 80 154 30 100 30z"
    opening = "M100 58C71 58 62 76 63 100C65 128 80 140 100 140S135 128 137 100C138 76 130 58 100 58z"
    return path(back, s.cloth), path(frame + opening, s.cloth, holed=True) + line(
        "M50 130Q100 176 150 130", s.fold, 3, 0.35
    )


def _turban(s: Strands) -> tuple[str, str]:
    wound = path("M52 88C44 26 156 26 148 88Q124 62 100 74Q76 62 52 88z", s.cloth)
    return "", wound + line("M100 74Q84 44 64 52M100 74Q116 44 136 52", s.ground, 4)


def _beanie(s: Strands) -> tuple[str, str]:
    return "", path("M54 84C50 22 150 22 146 84z", s.cloth) + rect(48, 70, 104, 22, s.hair, 10) + circle(
        100, 30, 10, s.hair
    )


def _cap(s: Strands) -> tuple[str, str]:
    sides = path("M56 104V74h14l-4 16zM144 104V74h-14l4 16z", s.hair)
    crown = path("M52 78C48 28 152 28 148 78Q100 64 52 78z", s.cloth)
    return "", sides + crown + path("M64 72Q112 56 160 78Q164 88 148 86Q108 72 66 82z", s.cloth) + line(
        "M64 76Q110 62 154 82", "#123527", 3, 0.3
    )


HAIR: dict[str, Style] = {
    "afro": _afro,
    "bald": _bald,
    "beanie": _beanie,
    "bob": _bob,
    "braids": _braids,
    "bun": _bun,
    "buns": _buns,
    "cap": _cap,
    "crop": _crop,
    "curls": _curls,
    "fringe": _fringe,
    "locks": _locks,
    "long": _long,
    "pony": _pony,
    "puffs": _puffs,
    "quiff": _quiff,
    "scarf": _scarf,
    "side": _side,
    "tousled": _tousled,
    "turban": _turban,
    "waves": _waves,
}
