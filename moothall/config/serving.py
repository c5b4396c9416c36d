"""Serves the hall: granian in web processes, and the worker as a thread beside them or in processes of its own."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import threading
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import resolve
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from moothall.core import hearts
from moothall.core.hall import hall

from .command import METERS

WITH_WORKER = "MOOTHALL_WITH_WORKER"
# Of each web process. A page asks the database five times and more, and each time another thread may take over: four
# threads answer a third fewer pages a second than two. While one waits for the bank, the other answers. For more,
# there are processes.
THREADS = 2
AHEAD = 20.0  # seconds after the start of a web process until it reads what is not needed for its first pages
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(*, host: str, port: int, processes: int, threads: int, with_worker: bool) -> None:
    """Serve until told to stop. Refuses to open a demo's doors to anybody but this machine."""
    if hall().demo and host not in LOOPBACK:
        raise SystemExit(
            "This hall is a demo: its mailbox and its bank are open to all. It is served on 127.0.0.1 only."
        )
    forget_meters()
    gather_static()
    resolve("/market")  # all pages are read here, once, and not by each web process
    os.environ[WITH_WORKER] = "1" if with_worker else ""
    # Web processes are forked. A child that inherits a connection of SQLite, or worse a lock that a thread held at that
    # moment, can never write: nothing here may hold the database while they are made.
    connections.close_all()
    server = Server(
        "moothall.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backpressure=None,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        websockets=False,
    )
    server.serve()
    shutil.rmtree(Path(settings.VAR) / f"{METERS}{os.getpid()}", ignore_errors=True)


def forget_meters() -> None:
    """What was counted by a `serve` that was killed is of no more use."""
    for place in Path(settings.VAR).glob(f"{METERS}*"):
        number = place.name.removeprefix(METERS)
        if number.isdigit() and not _lives(int(number)):
            shutil.rmtree(place, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def work_beside() -> None:
    """In a web process: the worker as a thread, if `serve` was told so. With several processes there are several."""
    if os.environ.get(WITH_WORKER):
        threading.Thread(target=hearts.live, args=(threading.Event(),), daemon=True, name="worker").start()


def read_ahead() -> None:
    """In a web process: read the API once the first pages are out, so that nobody who asks for it waits for that."""

    def read() -> None:
        resolve("/api/v1/")
        gc.freeze()

    timer = threading.Timer(AHEAD, read)
    timer.daemon = True
    timer.start()


def gather_static() -> None:
    """Static files lie in one folder under names by content; gathered again only when one of them is newer."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [path for path in (settings.BASE_DIR / "moothall").glob("*/static/**/*") if path.is_file()]
    newest = max(path.stat().st_mtime for path in sources)
    if not settings.WHITENOISE_USE_FINDERS and (not manifest.exists() or manifest.stat().st_mtime < newest):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def work_until_told() -> None:
    """A worker process of its own; any number of them may run."""
    stop = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    hearts.live(stop)
