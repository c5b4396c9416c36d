"""moothall demo: a town that has lived for some weeks, and its own little bank."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from moothall.config import town
from moothall.config.command import METERS
from moothall.config.management.hall import HallCommand
from moothall.config.serving import THREADS, serve
from moothall.core import daily

MARK = "this-is-a-demo"


class Command(HallCommand):
    help = "Build the demo town, if it is not there yet, and serve it on this machine."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_played():
            self._clear()
            with bank(tells=False):  # nobody serves yet who could be told
                self._build()
        with bank(tells=True):
            self.stdout.write(f"\n  The town is open: {settings.ADDRESS}")
            self.stdout.write(f"  Walk in as somebody who lives here: {settings.ADDRESS}/cast\n")
            self.stdout.flush()
            port = int(settings.ADDRESS.rsplit(":", 1)[1])
            serve(host="127.0.0.1", port=port, processes=1, threads=THREADS, with_worker=True)

    def _clear(self) -> None:
        """A town half built is built anew: the mark is written last."""
        place = Path(settings.VAR)
        found = {one.name for one in place.iterdir()} if place.exists() else set()
        other = {name for name in found if name not in ("secret", "compiled") and not name.startswith(METERS)}
        if other and MARK not in other:
            raise SystemExit(f"{place} is not a demo's folder. Empty it, or name another: MOOTHALL_DEMO=…")
        place.mkdir(parents=True, exist_ok=True)
        (place / MARK).touch()
        connection.close()
        for left in Path(settings.VAR).glob("*.sqlite3*"):
            left.unlink()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.rmtree(Path(settings.VAR) / "backups", ignore_errors=True)

    def _build(self) -> None:
        self.stdout.write("Building the town: five weeks of it, once …")
        self.stdout.flush()
        begun = time.monotonic()
        call_command("migrate", verbosity=0, interactive=False)
        town.build()
        daily.run("check")
        call_command("hall_backup", stdout=StringIO())
        daily.ask("doctor")  # by the worker, once there is one
        _played().write_text(tables())
        self.stdout.write(f"Built in {time.monotonic() - begun:.0f} s.")


def is_played() -> bool:
    """Whether the town stands, by the tables that the program has now: a town of older ones is built anew."""
    return _played().exists() and _played().read_text() == tables()


def _played() -> Path:
    return Path(settings.VAR) / "played"


def tables() -> str:
    """A fingerprint of all migrations."""
    steps = sorted((settings.BASE_DIR / "moothall").glob("*/migrations/*.py"))
    return sha256(b"".join(step.name.encode() + step.read_bytes() for step in steps)).hexdigest()


@contextmanager
def bank(*, tells: bool) -> Iterator[None]:
    """fakepay, as a process of its own for as long as the demo is served."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    port = settings.STRIPE_API.rsplit(":", 1)[1]
    asked = ["--port", port, "--db", str(Path(settings.VAR) / "fakepay.sqlite3")]
    asked += ["--secret", settings.STRIPE_WEBHOOK_SECRET, "--key", settings.STRIPE_KEY]
    asked += ["--webhook", f"{settings.ADDRESS}/hooks/stripe"] if tells else []
    process = subprocess.Popen(
        [sys.executable, "-m", "fakepay", *asked], cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    for _try in range(100):
        if process.poll() is not None:
            raise SystemExit(
                f"The demo's bank at {settings.STRIPE_API} did not start. Is the port taken? Try PORT=8100 make demo."
            )
        try:
            httpx.get(f"{settings.STRIPE_API}/_state", timeout=1)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("The demo's bank does not answer.")
