"""Words as the index keeps them: folded letters, English plurals beside their singular, slips of one letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ..text import LETTERS

LONGEST = 32  # letters of a word; what is longer is cut, in things and in questions alike
SHORTEST_NEAR = 4  # letters of a word in which a slip is forgiven
STOP = frozenset("a an and at by for from in is it of on or the to with".split())
_ACCENTS = re.compile("[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
# Thai, Lao, Burmese, Khmer, kana and Han are written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_ELSE = re.compile(r"[^a-z0-9\-_.]+")
_JOINTS = re.compile(r"[-_.]+")


def fold(text: str) -> list[str]:
    """The words of a text in their order, in lower case and without accents; of words joined by hyphens, as in
    TW-POT-01, each part and then the whole; of scripts without spaces each two neighbours and the last sign."""
    return [word for run in _runs(text) for word in _all_of(run)]


def asked(text: str) -> list[str]:
    """The words of a question: parts of joined words, and pairs of signs, without what `fold` adds to them."""
    return [word for run in _runs(text) for part in run for word in _pairs(part, whole=False)]


def stem(word: str) -> str:
    """The singular of an English plural, else the word. Three rules: berries → berry; boxes, dishes, glasses → box,
    dish, glass; pots → pot, but not glass, iris, bus. A name that loses its s is kept beside, so nothing is lost."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def shapes(word: str) -> set[str]:
    """The word less each of its letters: two words one slip apart share one, or one is a shape of the other.
    (Symmetric deletion: W. Garbe, SymSpell, 2012.)"""
    return {word[:n] + word[n + 1 :] for n in range(len(word))} if len(word) >= SHORTEST_NEAR else set()


def is_slip(one: str, other: str) -> bool:
    """Whether one wrong, missing, additional or swapped letter lies between two words (Damerau–Levenshtein 1)."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    n = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[n:] == long[n + 1 :]
    swapped = short[n + 1 : n + 2] + short[n : n + 1] == long[n : n + 2]
    return short[n + 1 :] == long[n + 1 :] or (swapped and short[n + 2 :] == long[n + 2 :])


def _runs(text: str) -> Iterator[list[str]]:
    """What stands between spaces and signs, each as the parts that its joints hold together."""
    for run in _plain(_POSSESSIVE.sub("", text)).split():
        if parts := [part for part in _JOINTS.split(run) if part]:
            yield parts


def _plain(text: str) -> str:
    """Lower letters and digits without accents, joints, and spaces for all else."""
    if text.isascii():
        return _ELSE.sub(" ", text.lower())
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    composed = unicodedata.normalize("NFC", _ACCENTS.sub("", lower))
    return "".join(char if char in "-_." or _is_letter(char) else " " for char in composed)


@lru_cache(maxsize=5000)
def _is_letter(char: str) -> bool:
    # Vowel signs of many scripts are marks, and belong to the word all the same.
    return unicodedata.category(char)[0] in "LMN"


def _all_of(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield from _pairs(part, whole=True)
    if len(parts) > 1:
        yield "".join(parts)[:LONGEST]


def _pairs(part: str, *, whole: bool) -> Iterator[str]:
    place = 0
    for run in _UNSPACED.finditer(part):
        if part[place : run.start()]:
            yield part[place : run.start()][:LONGEST]
        signs, place = run[0], run.end()
        yield from (signs[n : n + 2] for n in range(len(signs) - 1))
        if whole or len(signs) == 1:
            yield signs[-1]
    if part[place:]:
        yield part[place:][:LONGEST]
