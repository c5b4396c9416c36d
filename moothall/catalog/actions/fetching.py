"""Pictures of an import, fetched one by one by the worker from the addresses in the file."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core import clock, images, pictures, work
from moothall.core.fetch import STRICT, fetch
from moothall.core.refusals import Refusal

from ..models import PictureFetch, ProductPicture
from .products import touch

MOST_TRIES = 3
PAUSE = 20.0  # seconds after the first failure; each next pause is ten times as long
POLICY = STRICT


@work.enrol("pictures", PictureFetch, lease=60)
def fetch_picture(row: PictureFetch) -> None:
    """Put the picture into its place. Where it cannot be had, the place says why, and nothing is tried for ever."""
    if row.tries > MOST_TRIES:
        # Whatever it was took the worker down with it.
        _give_up(row, _("This picture could not be opened."))
        return
    try:
        found = fetch(row.place.source, max_bytes=images.MAX_BYTES, types=("image/*",), policy=POLICY)
        picture = pictures.keep(found.body)
    except images.Unreadable as refusal:
        _give_up(row, refusal.sentence)
    except Refusal as refusal:
        if row.tries >= MOST_TRIES:
            _give_up(row, refusal.sentence)
        else:
            _wait(row)
    else:
        _put(row, picture=picture, failed="")


def _wait(row: PictureFetch) -> None:
    due = clock.now() + timedelta(seconds=PAUSE * 10 ** (row.tries - 1))
    PictureFetch.objects.filter(pk=row.pk, claim=row.claim).update(due=due)


def _give_up(row: PictureFetch, sentence: str) -> None:
    _put(row, failed=sentence[:300])


@transaction.atomic
def _put(row: PictureFetch, **columns: object) -> None:
    if not PictureFetch.objects.filter(pk=row.pk, claim=row.claim).delete()[0]:
        return
    ProductPicture.objects.filter(pk=row.place_id).update(**columns)
    touch(row.place.product)
