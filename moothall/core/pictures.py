"""Keep a picture: drawn anew in sizes, stored by content, once; later, by the worker, as AVIF too."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import reduce
from operator import or_
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, Q, QuerySet

from . import hot, ids, images, work
from .models import Encoding, Picture
from .palettes import PALETTES
from .refusals import BadInput

_fallen: dict[type[Model], Q] = {}
BACKGROUNDS = {name: palette.ground for name, palette in PALETTES.items()}


def keep(body: bytes) -> Picture:
    """The picture of these bytes; refuses what is no picture."""
    hash = images.name(body)
    known = Picture.objects.filter(hash=hash).first()
    if known:
        _freshen(known)
    return known or keep_drawn(hash, images.drawn(body))


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


def naming() -> list[tuple[type[Model], str]]:
    """The columns of all apps that name a picture. What waits to be drawn names none: it goes with its picture."""
    rows = (one for one in Picture._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete)
    fields = [one.field for one in rows if isinstance(one, ForeignObjectRel) and one.related_model is not Encoding]
    return [(field.model, field.name) for field in fields]


def keep_back(model: type[Model], where: Q) -> None:
    """Say which rows of a table that names pictures do not stand any more: what only they name is shown to nobody."""
    _fallen[model] = where


def is_kept_back(hash: str) -> bool:
    """Whether nothing names the picture of this content but rows that do not stand. One query, save where one of them
    does."""
    if not _of_fallen(hash):
        return False
    return not any(
        model._base_manager.filter(**{f"{column}__hash": hash}).exclude(_fallen.get(model, Q(pk__in=()))).exists()
        for model, column in naming()
    )


@hot.read
def _of_fallen(hash: str) -> QuerySet[Picture]:
    named = (
        Exists(model._base_manager.filter(_fallen[model], **{column: OuterRef("pk")}))
        for model, column in naming()
        if model in _fallen
    )
    return Picture.objects.filter(reduce(or_, named), hash=hash)


def forget_unnamed(age: float) -> int:
    """Let go of pictures that no row names and that nobody sent within so many seconds: the rows, whose files then
    belong to nothing. Says how many."""
    named = [Exists(model._base_manager.filter(**{column: OuterRef("pk")})) for model, column in naming()]
    unnamed = Picture.objects.filter(*(~one for one in named))
    number = 0
    for picture in unnamed.order_by("pk"):
        if _written(picture) > time.time() - age:
            continue
        try:
            with transaction.atomic():
                number += bool(unnamed.filter(pk=picture.pk).delete()[0])
        except IntegrityError:  # named at this moment
            continue
    return number


def _written(picture: Picture) -> float:
    """When its newest file was written or asked for again, in seconds since 1970; 0 where there is none."""
    places = (Path(default_storage.path(name)) for name in picture.files)
    return max((place.stat().st_mtime for place in places if place.exists()), default=0.0)


def _freshen(picture: Picture) -> None:
    """Whoever sends it again is about to name it."""
    for name in picture.files:
        with suppress(FileNotFoundError):
            os.utime(default_storage.path(name))


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
