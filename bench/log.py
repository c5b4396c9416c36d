"""Fills the log of a filled hall with millions of acts, as if everybody had shared things for years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from moothall.activity.models import Act, Latest
from moothall.core import clock
from moothall.orders.models import Share
from moothall.people.models import Circle, CircleMember, Follow, Profile

COLUMNS = "at actor_id verb subject_kind subject_id audience reach reach_id channel data".split()
CHUNK = 50_000


@transaction.atomic
def fill(acts: int, followed: int = 500) -> None:
    """So many acts by everybody in turn, some far more often than others; the reader follows `followed` of them, a
    third of what these told is for followers only. Fifty people tell a tenth of what they tell to a circle of theirs,
    and the reader is in ten of these."""
    lot = random.Random(11)  # noqa: S311  # nosec B311
    shares: dict[int, list[int]] = {}
    for pk, by in Share.objects.order_by("pk").values_list("pk", "by"):
        shares.setdefault(by, []).append(pk)
    people = sorted(shares)
    # Zipf's law with exponent 1/2: the first person says some hundred times what the last one says.
    often = [1 / (n + 1) ** 0.5 for n in range(len(people))]
    lot.shuffle(often)
    reader = Profile.objects.get(handle="reader")
    known = set(Follow.objects.filter(follower=reader).values_list("source", flat=True))
    more = [one for one in people if one not in known and one != reader.pk][: max(0, followed - len(known))]
    Follow.objects.bulk_create(Follow(follower=reader, source_id=one) for one in more)
    circles = _circles(reader, lot.sample(people, 50))
    _write(_rows(acts, people, often, shares, circles, lot))
    Latest.objects.all().delete()
    newest = Act.objects.exclude(reach="").values_list("actor", "channel", "reach", "reach_id").annotate(Max("pk"))
    Latest.objects.bulk_create(
        (Latest(source_id=a, channel=c, reach=r, reach_id=i, act_id=pk) for a, c, r, i, pk in newest), batch_size=5000
    )


def _circles(reader: Profile, people: list[int]) -> dict[int, int]:
    """A circle for each of them, by person."""
    circles = Circle.objects.bulk_create(Circle(owner_id=one, name="Close") for one in people)
    CircleMember.objects.bulk_create(CircleMember(circle=one, person=reader) for one in circles[:10])
    return {one.owner_id: one.pk for one in circles}


def _rows(
    acts: int,
    people: list[int],
    often: list[float],
    shares: dict[int, list[int]],
    circles: dict[int, int],
    lot: random.Random,
) -> Iterator[tuple[Any, ...]]:
    begun = clock.now() - timedelta(days=1000)
    step = timedelta(days=999) / acts
    done = 0
    while done < acts:
        for actor in lot.choices(people, often, k=min(CHUNK, acts - done)):
            done += 1
            reach = ("public", "public", "followers")[done % 3]
            about = shares[actor][done % len(shares[actor])]
            circle = circles.get(actor, 0) if done % 10 == 0 else 0
            told = ("circle", circle) if circle else (reach, 0)
            yield begun + step * done, actor, "share.given", "share", about, "subject", *told, "", "{}"


def _write(rows: Iterator[tuple[Any, ...]]) -> None:
    table = Act._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {table}")
            return
        sql = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(sql, chunk)
