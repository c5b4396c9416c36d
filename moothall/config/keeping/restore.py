"""A hall from a backup: every part is looked at before anything is touched, then the files, then the database."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from moothall.config.invariants import offenders
from moothall.core.hall import hall
from moothall.core.hearts import pulse
from moothall.core.models import Heart
from moothall.people.models import PERSON, Profile

from . import dump
from .backup import MANIFEST, MEDIA, SECRET, read_manifest

Say = Callable[[str], None]


def bring_back(source: Path, *, force: bool, say: Say) -> bool:
    """Make this hall what the backup holds; says in sentences what was done, and whether every invariant holds.

    Refuses a hall that has people in it or is open, unless forced; a file that is no backup, is torn or changed, is of
    the other database, or of a newer version."""
    if not force:
        _refuse_what_lives()
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media, prefix=".restore-") as folder:
        place = Path(folder)
        manifest = _unpack(source, place)
        _refuse_other(manifest)
        say(f"The backup of {manifest['made']}, version {manifest['version']}, is whole.")
        say(f"{_files_back(place, media)} files are back.")
        dump.put_back(place / dump.NAMES[connection.vendor])
        say(f"The database is back: {_counts(manifest)}.")
        _secret_back(place, say)
    # Who was erased since the backup was made is erased again between these two, from a list that lies outside of
    # backups: the step belongs here once the hall can erase somebody.
    return _bring_up(say) and _holds(say)


def _refuse_what_lives() -> None:
    try:
        people = Profile.objects.filter(sort=PERSON).count()
        is_open = not pulse().silent
    except DatabaseError:  # a database without tables is an empty place
        return
    if people:
        raise dump.CannotKeep(f"{people} people live in this hall. To replace it by the backup: --force")
    if is_open:
        raise dump.CannotKeep("A worker of this hall is running. Stop the hall first, or say --force.")


def _unpack(source: Path, place: Path) -> dict[str, Any]:
    """Each part into the folder; refuses names that lead out of it, parts that are missing, changed or too many."""
    sums: dict[str, str] = {}
    try:
        with tarfile.open(source, "r:gz") as tar:
            for entry in tar:
                path = PurePosixPath(entry.name)
                if not entry.isreg() or path.is_absolute() or ".." in path.parts:
                    raise dump.CannotKeep(f"{entry.name!r} does not belong into a backup.")
                sums[entry.name] = _write(tar, entry, place / path)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise dump.CannotKeep(f"{source} cannot be read as a backup: {error}") from error
    sums.pop(MANIFEST, None)
    manifest = read_manifest((place / MANIFEST).read_bytes() if (place / MANIFEST).exists() else b"")
    named: dict[str, str] = manifest["sums"]
    wrong = sorted(name for name in sums.keys() | named.keys() if sums.get(name) != named.get(name))
    if wrong:
        said = f"{len(wrong)} parts are not what they were, the first is {wrong[0]}."
        raise dump.CannotKeep(f"{said} Take another backup.")
    return manifest


def _write(tar: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    source, sum = tar.extractfile(entry), hashlib.sha256()
    assert source is not None
    with path.open("wb") as file:
        while body := source.read(1_000_000):
            sum.update(body)
            file.write(body)
    return sum.hexdigest()


def _refuse_other(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise dump.CannotKeep(f"This backup is of {manifest['database']}, and this hall has {connection.vendor}.")
    known = {" ".join(one) for one in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := set(manifest["migrations"]) - known:
        said = f"This backup is of version {manifest['version']}, and this program is older: it lacks {min(newer)}."
        raise dump.CannotKeep(f"{said} Install that version first.")


def _files_back(place: Path, media: Path) -> int:
    """Files that are there already and are named by no row are left; a daily task removes them."""
    number = 0
    for path in sorted((place / MEDIA).rglob("*")):
        if path.is_file():
            there = media / path.relative_to(place / MEDIA)
            there.parent.mkdir(parents=True, exist_ok=True)
            path.replace(there)
            number += 1
    return number


def _secret_back(place: Path, say: Say) -> None:
    if not (place / SECRET).exists():
        say("The secret was not in it: everybody signs in anew, unless it is still the old one.")
        return
    there = Path(settings.VAR) / SECRET
    there.touch(mode=0o600)
    there.write_bytes((place / SECRET).read_bytes())
    set_by = " MOOTHALL_SECRET is set and counts instead." if os.environ.get("MOOTHALL_SECRET") else ""
    say(f"The secret is back in {there}.{set_by}")


def _bring_up(say: Say) -> bool:
    call_command("migrate", verbosity=0, interactive=False)
    Heart.objects.all().delete()  # these beat in the hall that the backup was taken of
    hall.cache_clear()
    say("Its tables are as this version wants them.")
    return True


def _holds(say: Say) -> bool:
    found = offenders()
    for name, rows in found.items():
        say(f"BROKEN, {len(rows)} rows: {name}")
    if not found:
        say("Every invariant holds.")
    return not found


def _counts(manifest: dict[str, Any]) -> str:
    return ", ".join(f"{number} {name}" for name, number in manifest["counts"].items())
