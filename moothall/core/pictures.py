"""Keep a picture: drawn anew in sizes, stored by content, once."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage

from . import ids, images
from .models import Picture
from .palettes import PALETTES

BACKGROUNDS = {name: palette.ground for name, palette in PALETTES.items()}


def keep(body: bytes) -> Picture:
    """The picture of these bytes; refuses what is no picture. Files are written before the row, so that no row
    lacks its files."""
    hash = images.name(body)
    found = Picture.objects.filter(hash=hash).first()
    if found:
        return found
    made = images.drawn(body)
    picture = Picture(
        hash=hash,
        width=made.width,
        height=made.height,
        widths=sorted(made.files),
        palette=images.nearest_palette(made.ground, BACKGROUNDS),
    )
    for width, content in made.files.items():
        _write(picture.file(width), content)
    return Picture.objects.get_or_create(hash=hash, defaults=_columns(picture))[0]


def _columns(picture: Picture) -> dict[str, object]:
    return {name: getattr(picture, name) for name in ("width", "height", "widths", "palette")}


def _write(name: str, content: bytes) -> None:
    """Whole or not at all, and fresh where one was left over: what no row names is tidied away by its age."""
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{ids.secret()}")
    half.write_bytes(content)
    half.replace(place)
