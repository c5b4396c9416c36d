"""Keep a picture: drawn anew in sizes, stored by content, once."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from . import images
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
        name = picture.file(width)
        if default_storage.exists(name):
            # Left over from long ago, it might be tidied away before the row names it: it is fresh again.
            Path(default_storage.path(name)).touch()
        else:
            default_storage.save(name, ContentFile(content))
    return Picture.objects.get_or_create(hash=hash, defaults=_columns(picture))[0]


def _columns(picture: Picture) -> dict[str, object]:
    return {name: getattr(picture, name) for name in ("width", "height", "widths", "palette")}
