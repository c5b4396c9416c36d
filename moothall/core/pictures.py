"""Keep a picture: drawn anew in sizes, stored by content, once; later, by the worker, as AVIF too."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from . import ids, images, work
from .models import Encoding, Picture
from .palettes import PALETTES
from .refusals import BadInput

BACKGROUNDS = {name: palette.ground for name, palette in PALETTES.items()}


def keep(body: bytes) -> Picture:
    """The picture of these bytes; refuses what is no picture."""
    hash = images.name(body)
    return Picture.objects.filter(hash=hash).first() or keep_drawn(hash, images.drawn(body))


def keep_sent(given: UploadedFile[bytes]) -> Picture:
    """The picture of an uploaded file; one that is too large is refused before it is read. Refusals belong to the field
    `picture`."""
    if (given.size or 0) > images.MAX_BYTES:
        raise BadInput(images.too_large(), field="picture")
    try:
        return keep(given.read())
    except BadInput as refusal:
        raise BadInput(refusal.sentence, field="picture") from refusal


def keep_drawn(hash: str, made: images.Drawn) -> Picture:
    """The picture that was drawn of the bytes of this name. Files are written before the row, so that no row lacks its
    files."""
    picture = Picture(
        hash=hash,
        width=made.width,
        height=made.height,
        widths=sorted(made.files),
        palette=images.nearest_palette(made.ground, BACKGROUNDS),
    )
    for width, content in made.files.items():
        _write(picture.file(width), content)
    kept, new = Picture.objects.get_or_create(hash=hash, defaults=_columns(picture))
    if new:
        Encoding.objects.create(picture=kept)
    return kept


@work.enrol("avif", Encoding, lease=120, slow=True)
def encode(row: Encoding) -> None:
    """Draw the picture's files as AVIF, from our own WebP: never from what somebody sent. Where that saves nothing the
    picture stays as it is."""
    picture = row.picture
    webp = {width: _read(picture.file(width)) for width in picture.widths}
    made = {width: images.as_avif(content) for width, content in webp.items()}
    if sum(map(len, made.values())) >= sum(map(len, webp.values())):
        made = {}
    for width, content in made.items():
        _write(picture.file(width, "avif"), content)
    with transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(avif=sorted(made))
        row.delete()


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def _columns(picture: Picture) -> dict[str, object]:
    return {name: getattr(picture, name) for name in ("width", "height", "widths", "palette")}


def _write(name: str, content: bytes) -> None:
    """Whole or not at all, and fresh where one was left over: what no row names is tidied away by its age."""
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{ids.secret()}")
    half.write_bytes(content)
    half.replace(place)
