"""Draws the hall's front, wide and narrow, and the icons of an installed hall into core/static:
`python -m moothall.core.drawing`."""

from pathlib import Path

from . import PEOPLE, hall
from .render import png

STATIC = Path(__file__).parent.parent / "static"
WINDOWS = ("adaeze", "mira", "tomek", "salma", "gus", "olwen", "harjit")
ARCHES = (
    ("bothhands", "sky"),
    ("moth", "night"),
    ("backpack", "tomato"),
    ("pot", "brick"),
    ("radio", "mint"),
    ("umbrella", "rose"),
    ("stool", "lilac"),
)


def fronts() -> dict[str, str]:
    """File name and text of each picture that is kept in static."""
    people = [PEOPLE[name] for name in WINDOWS]
    return {"hall.svg": hall(7, ARCHES, people), "hall-narrow.svg": hall(3, ARCHES, people)}


# The sign of favicon.svg, smaller, on a ground that reaches to the edges: phones cut their own shape out of it.
SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#0c5a3b"/>'
    '<g transform="translate(11 11) scale(.656)"><path fill="#fffefa" d="M10 52V18h44v34H45V37a6.5 6.5 0 0 0-13 0v15h-1'
    'V37a6.5 6.5 0 0 0-13 0v15zM13 11h38v4H13z"/><path fill="#f2b632" d="M20 52V37a4.5 4.5 0 0 1 9 0v15z"/></g></svg>'
)


def icons() -> dict[str, bytes]:
    """File name and PNG of each icon of an installed hall."""
    round_ = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    drawn = {"icon-192.png": (round_, 192), "icon-512.png": (round_, 512), "icon-whole.png": (SIGN, 512)}
    return {name: png(svg, size) for name, (svg, size) in drawn.items()}


if __name__ == "__main__":
    for name, picture in icons().items():
        (STATIC / name).write_bytes(picture)
    for name, text in fronts().items():
        (STATIC / name).write_text(text + "\n", encoding="utf-8")
