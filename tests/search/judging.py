"""How good an answer is: nDCG@10 with gains of 2^grade - 1 (K. Järvelin and J. Kekäläinen, 2002; C. Burges, 2005),
and which answer came first."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from math import log2
from pathlib import Path

from moothall.catalog.models import Product
from moothall.core import search
from moothall.people.models import Profile
from moothall.people.queries import Viewer

from .questions import Hoped

LOOKED_AT = 10
# The first hits on SQLite, written by `MOOTHALL_FIRSTS=1 pytest -n 0 tests/config/test_town.py tests/search`.
FIRSTS = Path(__file__).with_name("firsts.json")


def answers(words: str, viewer: Viewer = None, limit: int = LOOKED_AT) -> tuple[list[str], list[str]]:
    """What the search page has for these words: slugs of things, @handles of people and brands, best first."""
    found = search.find(viewer, words, [Product.kind, Profile.kind], limit=limit).ids
    slugs = dict(Product.objects.filter(pk__in=found[Product.kind]).values_list("pk", "slug"))
    handles = dict(Profile.objects.filter(pk__in=found[Profile.kind]).values_list("pk", "handle"))
    return [slugs[id] for id in found[Product.kind]], [f"@{handles[id]}" for id in found[Profile.kind]]


def answer(words: str, hoped: Hoped, viewer: Viewer = None) -> list[str]:
    """Of the two lists the one that was asked for; both where nothing should come."""
    things, faces = answers(words, viewer)
    if not hoped:
        return things + faces
    return faces if next(iter(hoped)).startswith("@") else things


def worth(given: Sequence[str], hoped: Hoped) -> float:
    """nDCG@10. Where nothing is right, nothing is worth 1 and anything 0."""
    if not hoped:
        return 0.0 if given else 1.0
    return _gain([hoped.get(name, 0) for name in given]) / _gain(sorted(hoped.values(), reverse=True))


def _gain(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:LOOKED_AT]))


def judge(name: str, questions: Mapping[str, Hoped]) -> float:
    """The mean over these questions, told with those that were answered worst."""
    given = {words: answer(words, hoped) for words, hoped in questions.items()}
    worths = {words: worth(given[words], hoped) for words, hoped in questions.items()}
    mean = sum(worths.values()) / len(worths)
    print(f"\nnDCG@{LOOKED_AT} {name}: {mean:.3f} over {len(worths)} questions")
    for words in sorted(worths, key=lambda one: worths[one]):
        if worths[words] < 1:
            print(f"  {worths[words]:.2f}  {words}: {' '.join(given[words][:4]) or 'nothing'}")
    return mean


def others_first(name: str, questions: Mapping[str, Hoped], vendor: str) -> list[str]:
    """Questions whose first hit is not the one on file. With MOOTHALL_FIRSTS set, SQLite writes the file anew."""
    firsts = {words: next(iter(answer(words, hoped)), "") for words, hoped in questions.items()}
    known = json.loads(FIRSTS.read_text(encoding="utf-8")) if FIRSTS.exists() else {}
    if os.environ.get("MOOTHALL_FIRSTS") and vendor == "sqlite":
        known[name] = firsts
        FIRSTS.write_text(json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return [words for words in questions if firsts[words] != known[name].get(words)]
