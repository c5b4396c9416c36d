"""Draws the hall's front, wide and narrow, into core/static: `python -m moothall.core.drawing`."""

from pathlib import Path

from . import PEOPLE, hall

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


if __name__ == "__main__":
    for name, text in fronts().items():
        (STATIC / name).write_text(text + "\n", encoding="utf-8")
