"""A worker's life: it works, does what is slow beside that, and writes a sign of life that a steward sees fail within
a minute."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection

from . import clock, daily, work
from .models import Heart

log = logging.getLogger(__name__)
BEAT = 15.0  # seconds between two signs of life
SILENT = timedelta(seconds=45)  # three beats missed
STUCK = timedelta(minutes=5)  # the same thing in hand for longer is worth a look
FORGOTTEN = timedelta(hours=1)
PATIENCE = 20.0  # seconds that something slow is given to end when the worker is told to stop


def live(stop: threading.Event) -> None:
    """Be a worker until told to stop. The heart has a thread of its own: it beats on while the hands are stuck, and
    tells with what."""
    name, since = f"{socket.gethostname()[:60]} {os.getpid()}", clock.now()
    _try_to_beat(name, since)  # before anything else asks whether somebody works here
    slow = threading.Thread(target=work.run, args=(stop, 1.0), kwargs={"slow": True}, daemon=True, name="slow work")
    heart = threading.Thread(target=_beat_on, args=(stop, name, since), daemon=True, name="heart")
    heart.start()
    slow.start()
    work.run(stop)
    slow.join(PATIENCE)
    heart.join(PATIENCE)


def _beat_on(stop: threading.Event, name: str, since: datetime) -> None:
    while not stop.wait(BEAT):
        close_old_connections()
        _try_to_beat(name, since)
    for _n in range(10):  # others write at this moment too
        try:
            Heart.objects.filter(name=name).delete()
            break
        except Error:
            time.sleep(0.2)
    else:
        log.warning("the database does not take a good-bye")
    connection.close()


def _try_to_beat(name: str, since: datetime) -> None:
    try:
        beat(name, since)
    except Error:
        log.warning("the database does not take a sign of life")


def beat(name: str, since: datetime) -> None:
    """One sign of life. The first one also forgets the long dead and sees that each daily task has its turn."""
    held = work.in_hand()
    hand, begun = held[0] if held else ("", None)
    now = clock.now()
    if not Heart.objects.filter(name=name).update(at=now, since=since, hand=hand, begun=begun):
        Heart.objects.filter(at__lt=now - FORGOTTEN).delete()
        daily.plan()
        Heart.objects.get_or_create(name=name, defaults={"at": now, "since": since, "hand": hand, "begun": begun})


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the workers are: none heard is `silent`, one that holds the same thing for long is `stuck`."""

    workers: Sequence[Heart]
    heard: datetime | None
    now: datetime

    @property
    def silent(self) -> bool:
        return self.heard is None or self.now - self.heard > SILENT

    @property
    def minutes(self) -> int:
        """How long nobody was heard, at least one; nothing when all said good-bye, or nobody ever came."""
        return max(1, int((self.now - self.heard).total_seconds() // 60)) if self.heard else 0

    @property
    def stuck(self) -> list[Heart]:
        held = (one for one in self.workers if one.begun and self.is_alive(one))
        return [one for one in held if one.begun and self.now - one.begun > STUCK]

    def is_alive(self, heart: Heart) -> bool:
        return self.now - heart.at <= SILENT


def pulse() -> Pulse:
    """One query."""
    rows = list(Heart.objects.order_by("-at")[:50])
    return Pulse(rows, rows[0].at if rows else None, clock.now())
