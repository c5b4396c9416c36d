"""The demo town: five weeks of Wendham, played through the actions themselves, up to now."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import connection
from django.utils import timezone

from moothall.core import clock, work
from moothall.core.hall import change
from moothall.ideas.actions import weigh_all
from moothall.people.models import PERSON, Profile

from .cast import PEOPLE
from .concepts import COURSES
from .days import WARES, plan
from .painter import Painter
from .stage import Stage
from .ties import BRANDS
from .till import Till
from .upstairs import THOUGHTS
from .wares import CURRENCY, Look

__all__ = ["build", "play"]

HASTE = {
    "sqlite": ("PRAGMA synchronous = OFF", "PRAGMA synchronous = FULL"),
    "postgresql": ("SET synchronous_commit TO OFF", "RESET synchronous_commit"),
}


def build(now: datetime | None = None) -> None:
    """Make this hall the demo town, its five weeks ending at `now`. Needs an empty hall, and fakepay at STRIPE_API."""
    if Profile.objects.filter(sort=PERSON).exists():
        raise ValueError("somebody lives in this hall already; the town is built into an empty one")
    change(demo=True, name="Wendham Hall", place="Wendham", currency=CURRENCY)
    till = Till(settings.STRIPE_API)
    till.open()
    try:
        with _in_haste(), _unsaid():
            play(till, now or timezone.now())
    finally:
        clock.let_go()
        till.let_go()


def play(till: Till, now: datetime) -> None:
    """Let everything happen in the order of time, and at each moment what the worker makes of it: mails, refunds."""
    signs = [Look(*brand.sign) for brand in BRANDS]
    wares = sorted((ware for row in WARES.values() for ware in row), key=lambda ware: -(ware.day or 0))
    looks = [look for ware in wares for look, _alt in ware.looks] + [one.look for one in THOUGHTS]
    looks += [course.thought.look for course in COURSES]
    with Painter([*signs, *looks], [person.handle for person in PEOPLE]) as painter:
        stage = Stage(till, painter)
        for moment, events in groupby(plan(now), key=lambda event: event.at):
            stage.move(moment)
            for event in events:
                event.do(stage)
            stage.rest()
        weigh_all()  # as each night: who came some weeks ago is no newcomer any more
        stage.rest()


@contextmanager
def _in_haste() -> Iterator[None]:
    """Do not wait for the disk at each commit: a town that breaks off is built anew. In a transaction nothing waits."""
    hasten, slow = HASTE[connection.vendor]
    if connection.in_atomic_block:
        yield
        return
    _say(hasten)
    try:
        yield
    finally:
        _say(slow)


@contextmanager
def _unsaid() -> Iterator[None]:
    """One mail of the town cannot arrive, and is tried twelve times: that is told on the steward's page."""
    log = logging.getLogger(work.__name__)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
