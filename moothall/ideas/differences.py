"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_WORDS = re.compile(r"\s+|[^\s]+")
_MOST = 1200  # words and spaces of one text; what is longer is shown whole, before and after


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    sort: str
    words: str


def between(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; those that stayed and came are the text after, those that stayed and went the text
    before. By the longest matching blocks (J. W. Ratcliff and D. E. Metzener, 1988)."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > _MOST:
        return _pieces([(GONE, before), (NEW, after)] if before != after else [(SAME, after)])
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((SAME, "".join(new[c:d])))
        else:
            found += [(GONE, "".join(old[a:b])), (NEW, "".join(new[c:d]))]
    return _pieces(found)


def _pieces(found: list[tuple[str, str]]) -> list[Piece]:
    """What went and what came in one piece each, where nothing but a space stayed between: "old words" and "new words",
    not a word of each by turns."""
    pieces: list[Piece] = []
    gone = new = gap = ""
    for sort, words in found:
        if sort == SAME and not words.isspace():
            pieces += [Piece(GONE, gone), Piece(NEW, new), Piece(SAME, gap + words)]
            gone = new = gap = ""
        elif sort == SAME:
            gap += words
        else:
            if gap and (gone or new):
                gone, new = gone + gap, new + gap
            elif gap:
                pieces.append(Piece(SAME, gap))
            gap = ""
            gone, new = gone + (words if sort == GONE else ""), new + (words if sort == NEW else "")
    pieces += [Piece(GONE, gone), Piece(NEW, new), Piece(SAME, gap)]
    return [one for one in pieces if one.words]
