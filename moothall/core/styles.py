"""The one stylesheet every page links: the parts in static/css, put together in the order of their layers."""

import re
import sys
from pathlib import Path

from moothall.core.palettes import palette_css

STATIC = Path(__file__).parent / "static"
TARGET = STATIC / "moothall.css"
LAYERS = ("tokens", "palettes", "base", "layout", "components", "pages")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r" ?([{};]) ?|([:,]) ")
ENDS = re.compile(r"(?<=[{};,])\n")
ONE_FILE = frozenset({"tokens", "base", "layout", "pages"})


def bundle() -> str:
    """The order of layers, then tokens, palettes and every part once, without comments and spare blanks."""
    parts = sorted(path.stem for path in (STATIC / "css").glob("*.css") if path.stem not in ONE_FILE)
    texts = [_text("tokens"), palette_css(), _text("base"), _text("layout"), *map(_text, parts), _text("pages")]
    lines = [AROUND.sub(r"\1\2", line.strip()) for text in texts for line in COMMENT.sub("", text).splitlines()]
    return ENDS.sub("", "\n".join([f"@layer {', '.join(LAYERS)};", *filter(None, lines)])).replace(";}", "}") + "\n"


def is_current() -> bool:
    """Whether the file that pages link is what its parts make."""
    return TARGET.exists() and TARGET.read_text(encoding="utf-8") == bundle()


def _text(name: str) -> str:
    return (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8").replace("url(../", "url(")


if __name__ == "__main__":
    if "--check" not in sys.argv:
        TARGET.write_text(bundle(), encoding="utf-8")
    elif not is_current():
        sys.exit("static/moothall.css is older than its parts. Run: python -m moothall.core.styles")
