"""What has been here long enough: rows that nothing needs any more, and files that no row names."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.api.actions import forget_answers, forget_spent
from moothall.catalog.models import Import
from moothall.core import clock, pictures
from moothall.core.hall import hall
from moothall.core.hearts import FORGOTTEN
from moothall.core.models import Heart, Picture
from moothall.core.work import NEVER
from moothall.notices.actions import forget_old
from moothall.outbox.models import Mail
from moothall.people.actions import forget_expired
from moothall.talk.actions import forget_withdrawn

# A mail holds an address and what was bought. Its key keeps it from being sent twice; after a week nothing asks for
# that: acts are read once, and what `replay` writes of old ones is never sent.
MAIL_AGE = timedelta(days=7)
FILE_AGE = 24 * 3600  # seconds: a file is written before the row that names it


def old_sessions() -> str:
    forget_expired()
    return _("Sessions that were over are removed, and old counts of who tried what.")


def old_rows() -> str:
    """Mails a week after they were sent, and notes of mails that never were to be; workers that are long gone; what
    people said and took back. In a demo the mailbox is what people come to see."""
    before = clock.now() - MAIL_AGE
    over = Q(sent__lt=before) | Q(sent=None, due=NEVER, dead=None, written__lt=before)
    mails = 0 if hall().demo else Mail.objects.filter(over).delete()[0]
    Heart.objects.filter(at__lt=clock.now() - FORGOTTEN).delete()
    notices = forget_old()
    forget_answers()
    forget_spent()
    forget_withdrawn()
    said = _("%(mails)s mails and %(notices)s notices were old enough to go.")
    return said % {"mails": mails, "notices": notices}


def orphaned_files() -> str:
    """Pictures and files of imports that no row names, a day after they were written: of an upload that broke off or
    was refused, of what was taken back, changed or forgotten."""
    pictures.forget_unnamed(FILE_AGE)
    root, number = Path(settings.MEDIA_ROOT), 0
    for folder in ("pictures", "imports"):
        batch: list[Path] = []
        for path in (root / folder).rglob("*"):
            if path.is_file() and _is_old(path):
                batch.append(path)
            if len(batch) >= 500:
                number += _remove(root, batch)
                batch = []
        number += _remove(root, batch)
    return _("%(number)s files belonged to nothing.") % {"number": number}


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > FILE_AGE


def _remove(root: Path, paths: list[Path]) -> int:
    hashes = {path.stem.partition("-")[0] for path in paths}
    known = set(Picture.objects.filter(hash__in=hashes).values_list("hash", flat=True))
    runs = Import.objects.filter(ended=None).values_list("file", "sorted")
    wanted = {root / name for run in runs for name in run if name}
    wanted |= {one.with_suffix(".lines") for one in wanted}
    number = 0
    for path in paths:
        is_named = path in wanted or path.stem.partition("-")[0] in known
        # Asked again: whoever uploads the same picture at this moment has made its file fresh.
        if not is_named and _is_old(path):
            path.unlink(missing_ok=True)
            number += 1
    return number
