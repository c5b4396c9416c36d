"""The stylesheet that pages link is the one its parts make, and it stays small."""

import re

from moothall.core.palettes import PALETTES, luminance
from moothall.core.styles import LAYERS, STATIC, bundle, is_current


def test_bundle_is_up_to_date() -> None:
    assert is_current(), "run: python -m moothall.core.styles"


def test_bundle_is_small_and_whole() -> None:
    text = bundle()
    assert len(text.encode()) <= 50_000
    assert text.startswith(f"@layer {', '.join(LAYERS)};")
    assert text.count("{") == text.count("}")
    assert not set(re.findall(r"@layer ([\w-]+)\{", text)) - set(LAYERS)


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
