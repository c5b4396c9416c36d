"""One file that holds a hall: its database, its pictures, and a manifest with the sum of each part.

The database is taken first and the files after it. Pictures are named by their content and never change, so whatever
the database names is there, also while people go on buying and uploading."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from moothall.catalog.models import Import
from moothall.config.command import version
from moothall.core.models import Picture
from moothall.orders.models import Order
from moothall.people.models import Account, Profile

from . import dump

DAY = 24 * 3600  # seconds
FORM = 1  # of the archive; a reader refuses what it does not know
MANIFEST, SECRET, MEDIA = "manifest.json", "secret", "media/"
OWN = re.compile(r"moothall-\d{8}T\d{6}Z\.tar\.gz")
COUNTED = {"accounts": Account, "profiles": Profile, "orders": Order, "pictures": Picture}


@dataclass(slots=True)
class Made:
    """A backup that lies on the disk."""

    place: Path
    size: int
    files: int
    removed: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        size = f"{self.size / 1_000_000:.1f} MB"
        more = f" Removed {len(self.removed)} older." if self.removed else ""
        return f"{self.place}: the database and {self.files} files, {size}.{more}"


def make(to: Path | None = None, *, with_secret: bool = False, keep: int = 0) -> Made:
    """Write a backup to a file or into a folder, whole or not at all. With `keep`, of those that were named by the hall
    itself in that folder the newest so many stay."""
    place = _place(to)
    place.parent.mkdir(parents=True, exist_ok=True)
    _forget_halves(place.parent)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".backup-") as folder:
        taken = Path(folder) / dump.NAMES[connection.vendor]
        counts = {name: model._default_manager.count() for name, model in COUNTED.items()}
        dump.take(taken)
        half = Path(folder) / "half"
        with half.open("wb") as file:
            files = _write(file, taken, counts, with_secret)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(0o600)
        half.replace(place)
    _sync(place.parent)
    return Made(place, place.stat().st_size, files, _remove_oldest(place.parent, keep))


def _place(to: Path | None) -> Path:
    name = f"moothall-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    if to is None:
        to = Path(settings.BACKUPS or Path(settings.VAR) / "backups")
        to.mkdir(parents=True, exist_ok=True)
    return (to / name if to.is_dir() else to).absolute()


def _forget_halves(folder: Path) -> None:
    """What a backup that was killed left behind."""
    for left in folder.glob(".backup-*"):
        if time.time() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)


def _write(file: IO[bytes], taken: Path, counts: dict[str, int], with_secret: bool) -> int:
    """All parts, the manifest last: that it is there says that all is."""
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
        _add(tar, sums, taken.name, taken)
        for name, path in _media():
            # An import may end meanwhile and take its file along; its run says so when it is gone on with.
            with suppress(FileNotFoundError):
                _add(tar, sums, MEDIA + name, path)
        if with_secret:
            _add_bytes(tar, sums, SECRET, settings.SECRET_KEY.encode())
        manifest = {
            "form": FORM,
            "version": version(),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": migrations(),
            "counts": counts,
            "sums": sums,
        }
        _add_bytes(tar, {}, MANIFEST, json.dumps(manifest, indent=1).encode())
    return sum(name.startswith(MEDIA) for name in sums)


def migrations() -> list[str]:
    """Those that the database has had, as "app name"."""
    return sorted(" ".join(one) for one in MigrationRecorder(connection).applied_migrations())


def _media() -> Iterator[tuple[str, Path]]:
    """Every file beside the database, save those of imports that have ended."""
    root = Path(settings.MEDIA_ROOT)
    runs = Import.objects.filter(ended=None).values_list("file", "sorted")
    wanted = {name for run in runs for name in run if name}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or path.is_symlink() or path.name.startswith("."):
            continue
        if name in wanted or not name.startswith("imports/"):
            yield name, path


class _Summed:
    """A file that is summed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        body = self.file.read(size)
        self.sum.update(body)
        return body


def _add(tar: tarfile.TarFile, sums: dict[str, str], name: str, path: Path) -> None:
    with path.open("rb") as file:
        entry = _entry(name, os.fstat(file.fileno()).st_size)
        summed = _Summed(file)
        tar.addfile(entry, summed)
        sums[name] = summed.sum.hexdigest()


def _add_bytes(tar: tarfile.TarFile, sums: dict[str, str], name: str, body: bytes) -> None:
    tar.addfile(_entry(name, len(body)), io.BytesIO(body))
    sums[name] = hashlib.sha256(body).hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
    return entry


def _sync(folder: Path) -> None:
    """A new name is on the disk only once its folder is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove_oldest(folder: Path, keep: int) -> list[str]:
    if keep < 1:
        return []
    ours = sorted(path for path in folder.iterdir() if OWN.fullmatch(path.name))
    for path in ours[:-keep]:
        path.unlink()
    return [path.name for path in ours[:-keep]]


def read_manifest(body: bytes) -> dict[str, Any]:
    """Refuses what is no manifest of ours."""
    try:
        found = json.loads(body)
        if found["form"] != FORM:
            raise dump.CannotKeep("This backup was made by a newer version of the program. Install that first.")
        if not isinstance(found["sums"], dict) or found["database"] not in dump.NAMES:
            raise KeyError
    except (ValueError, KeyError, TypeError) as error:
        raise dump.CannotKeep("This is no backup of a hall.") from error
    return dict(found)
