"""What the hall itself can be asked: its settings, its database, its disk, its workers, what it does daily."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, work
from .checkup import HEED, WELL, WRONG, Finding, enrol
from .hall import hall
from .hearts import STUCK, pulse
from .models import Daily

GIGABYTE = 1_000_000_000
LITTLE, VERY_LITTLE = 5 * GIGABYTE, 1 * GIGABYTE  # of a disk that is left
BACKUP_AGE = timedelta(days=2)
CHECK_AGE = timedelta(days=2)
SKEW = 2.0  # seconds between this machine's clock and the database's
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "afs", "lustre"}


@enrol("settings")
def settings_are_sound() -> Iterator[Finding]:
    yield from _address()
    yield from _secret()
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        said = _("The address is https, so something stands before the hall; MOOTHALL_PROXIES says that nothing does.")
        yield Finding(_("Proxies"), HEED, said, _("Set it to how many proxies write X-Forwarded-For."))
    if not settings.ACCOUNT_RATE_LIMITS and not settings.LOOPBACK:
        said = _("Passwords may be tried without end.")
        yield Finding(_("Sign-in"), WRONG, said, _("Unset MOOTHALL_NO_LIMITS; it is for tests."))


def _address() -> Iterator[Finding]:
    what, address = _("Address"), settings.ADDRESS
    if settings.HTTPS:
        yield Finding(what, WELL, address)
    elif settings.LOOPBACK:
        state = WELL if hall().demo else HEED
        said = _("%(address)s: this machine only.") % {"address": address}
        yield Finding(what, state, said, "" if hall().demo else _("Set MOOTHALL_ADDRESS to where people reach it."))
    else:
        said = _("%(address)s: passwords and orders travel unprotected.") % {"address": address}
        yield Finding(what, WRONG, said, _("Put a web server with https before it, and set MOOTHALL_ADDRESS."))


def _secret() -> Iterator[Finding]:
    what, place = _("Secret"), Path(settings.VAR) / "secret"
    if len(settings.SECRET_KEY) < 30:
        said = _("It is short enough to be guessed.")
        yield Finding(what, WRONG, said, _("Set MOOTHALL_SECRET to 50 random letters."))
    elif place.exists() and stat.S_IMODE(place.stat().st_mode) & 0o077:
        said = _("%(place)s may be read by others on this machine.") % {"place": place}
        yield Finding(what, WRONG, said, f"chmod 600 {place}")
    else:
        yield Finding(what, WELL, _("Kept where only the hall reads it."))


@enrol("database")
def database_is_sound() -> Iterator[Finding]:
    what = _("Database")
    looks = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    found = list(looks)
    yield Finding(what, WELL, _version())
    yield from found


def _version() -> str:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
        return f"{'SQLite' if sqlite else 'PostgreSQL'} {cursor.fetchone()[0]}"


def _sqlite() -> Iterator[Finding]:
    what = _("SQLite")
    place = str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        full = cursor.execute("PRAGMA synchronous").fetchone()[0]
    in_memory = mode == "memory"
    if not in_memory and (mode != "wal" or full < 2):
        said = _("It runs as %(mode)s, synchronous %(full)s, not as WAL and FULL.") % {"mode": mode, "full": full}
        yield Finding(what, WRONG, said, _("Its folder must be one the hall may write to, on a disk of this machine."))
    elif not in_memory and (kind := file_system(Path(place))) in NETWORK:
        said = _("It lies on a network file system (%(kind)s), where SQLite's locks fail.") % {"kind": kind}
        yield Finding(what, WRONG, said, _("Move it to a disk of this machine, or use PostgreSQL."))
    else:
        yield Finding(what, WELL, _("Its journal is a WAL, and each commit waits for the disk."))


def file_system(place: Path) -> str:
    """The kind of file system a path lies on, as Linux says it; nothing elsewhere."""
    mounts = Path("/proc/mounts")
    lines = [line.split() for line in mounts.read_text().splitlines()] if mounts.exists() else []
    above = [(len(at), kind) for _dev, at, kind, *_rest in lines if place.absolute().is_relative_to(at)]
    return max(above, default=(0, ""))[1]


def _postgresql() -> Iterator[Finding]:
    off = []
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                off.append(name)
    if off:
        said = _("%(names)s is off: a power cut may lose orders that were paid.") % {"names": ", ".join(off)}
        yield Finding(_("PostgreSQL"), WRONG, said, _("Turn it on in postgresql.conf."))


@enrol("migrations")
def migrations_are_applied() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    what = _("Tables")
    if plan:
        names = ", ".join(f"{step.app_label} {step.name}" for step, _back in plan[:5])
        said = _("The database is older than the program: %(names)s.") % {"names": names}
        yield Finding(what, WRONG, said, _("Run moothall setup, then start the hall again."))
    else:
        yield Finding(what, WELL, _("As this version of the program wants them."))


@enrol("disk")
def disk_has_room() -> Iterator[Finding]:
    places = {_("Disk of the data"): Path(settings.VAR), _("Disk of the pictures"): Path(settings.MEDIA_ROOT)}
    seen: set[int] = set()
    for what, place in places.items():
        there = next(one for one in (place.absolute(), *place.absolute().parents) if one.exists())
        if there.stat().st_dev in seen:
            continue
        seen.add(there.stat().st_dev)
        size = shutil.disk_usage(there)
        said = _("%(free)s GB of %(all)s GB are free.") % {
            "free": f"{size.free / GIGABYTE:.1f}",
            "all": f"{size.total / GIGABYTE:.0f}",
        }
        state = WRONG if size.free < VERY_LITTLE else HEED if size.free < LITTLE else WELL
        yield Finding(what, state, said, _("Make room: a full disk takes no orders.") if state != WELL else "")
        if not os.access(there, os.W_OK):
            yield Finding(what, WRONG, _("The hall may not write to it."), f"chown -R … {there}")


@enrol("writing", quick=False)
def pictures_can_be_written() -> Iterator[Finding]:
    what, place = _("Pictures"), Path(settings.MEDIA_ROOT)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"1")
    except OSError as error:
        said = _("%(place)s cannot be written to: %(error)s.") % {"place": place, "error": error.strerror}
        yield Finding(what, WRONG, said, _("Give the folder to the user whom the hall runs as."))
    else:
        sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
        said = _("%(place)s can be written to; it holds %(number)d files, %(size).1f MB.")
        yield Finding(what, WELL, said % {"place": place, "number": len(sizes), "size": sum(sizes) / 1_000_000})


@enrol("workers")
def workers_live() -> Iterator[Finding]:
    what, found = _("Worker"), pulse()
    start = _("Start one: moothall worker, or moothall serve without --no-worker.")
    if found.heard is None:
        yield Finding(what, WRONG, _("No worker is here: no mail leaves, no payment is looked after."), start)
    elif found.silent:
        said = ngettext("No worker for %(n)d minute.", "No worker for %(n)d minutes.", found.minutes)
        yield Finding(what, WRONG, said % {"n": found.minutes}, start)
    else:
        number = sum(found.is_alive(one) for one in found.workers)
        yield Finding(what, WELL, ngettext("%(n)d is at work.", "%(n)d are at work.", number) % {"n": number})
    for heart in found.stuck:
        said = _("%(name)s has held the same %(hand)s for over %(n)d minutes.")
        words = {"name": heart.name, "hand": heart.hand, "n": STUCK.seconds // 60}
        yield Finding(what, HEED, said % words, _("A backup may take long. If it is anything else, end that process."))


@enrol("clock")
def clocks_agree() -> Iterator[Finding]:
    what = _("Clock")
    if connection.vendor == "sqlite":
        yield Finding(what, WELL, _("The database has this machine's."))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    if apart > SKEW:
        said = _("This machine's and the database's are %(n).1f seconds apart.") % {"n": apart}
        yield Finding(what, WRONG, said, _("Let both follow a time server (NTP)."))
    else:
        yield Finding(what, WELL, _("This machine's and the database's agree."))


@enrol("given up")
def nothing_is_given_up() -> Iterator[Finding]:
    counts = {one.name: one.model.objects.exclude(dead=None).count() for one in work.known().values()}
    dead = {name: number for name, number in counts.items() if number}
    what = _("Given up")
    if dead:
        said = ", ".join(f"{name}: {number}" for name, number in dead.items())
        yield Finding(what, HEED, said, _("Look at each under Steward → Work, mend what was wrong, and press Retry."))
    else:
        yield Finding(what, WELL, _("Nothing."))


@enrol("backup")
def backup_is_young() -> Iterator[Finding]:
    what, row = _("Backup"), Daily.objects.filter(name="backup").first()
    do = _("Run moothall backup daily, or name a folder in MOOTHALL_BACKUPS and the hall does.")
    if row is None or row.ended is None or row.well is None:
        yield Finding(what, WRONG, _("There was never one."), do)
    elif not row.well:
        yield Finding(what, WRONG, _("The last one failed: %(said)s") % {"said": " ".join(row.said)})
    else:
        age = clock.now() - row.ended
        said = _("The last one is %(hours)d hours old.") % {"hours": int(age.total_seconds() // 3600)}
        yield Finding(what, WRONG if age > BACKUP_AGE else WELL, said, do if age > BACKUP_AGE else "")


@enrol("check")
def check_was_passed() -> Iterator[Finding]:
    what, row = _("Books and stock"), Daily.objects.filter(name="check").first()
    if row is None or row.ended is None:
        yield Finding(what, HEED, _("They were never checked."), _("Run moothall check; a worker does it daily."))
    elif not row.well:
        yield Finding(what, WRONG, " ".join(row.said), _("Run moothall check, and ask whoever keeps the program."))
    elif clock.now() - row.ended > CHECK_AGE:
        yield Finding(what, HEED, _("They were last checked over two days ago."), _("Is a worker running?"))
    else:
        yield Finding(what, WELL, _("Every invariant held when last checked."))
