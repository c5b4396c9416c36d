"""The stylesheet that pages link is the one its parts make, and it stays small."""

import re

from moothall.core.palettes import PALETTES, luminance
from moothall.core.styles import LAYERS, STATIC, bundle, is_current
from tests.house.plan import ROOT


def test_bundle_is_up_to_date() -> None:
    assert is_current(), "run: python -m moothall.core.styles"


def test_bundle_is_small_and_whole() -> None:
    text = bundle()
    assert len(text.encode()) <= 48_000
    assert text.startswith(f"@layer {', '.join(LAYERS)};")
    assert text.count("{") == text.count("}")
    assert not set(re.findall(r"@layer ([\w-]+)\{", text)) - set(LAYERS)


def test_each_class_in_it_is_used() -> None:
    here = [path for sort in ("html", "py", "js") for path in (ROOT / "moothall").rglob(f"*.{sort}")]
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in here)))
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"url\([^)]*\)", "", bundle())))
    composed = {"htmx-request", *(f"p-{name}" for name in PALETTES), *(f"h{number}" for number in range(10))}
    assert not classes - words - composed


def test_every_address_in_it_exists() -> None:
    for address in re.findall(r"url\(([^)]+)\)", bundle()):
        assert (STATIC / address).exists(), address


def test_words_can_be_read_on_every_palette() -> None:
    for name, p in PALETTES.items():
        on_tile = p.paper if p.is_dark else p.deep
        for over, under in ((on_tile, p.ground), (p.paper, p.deep)):
            assert contrast(over, under) >= 4.5, name


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
