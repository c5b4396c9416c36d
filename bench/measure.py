"""Measures inside one process what pages, the feed and the readers cost, and prints it as JSON.

python -m bench.measure pages        of the hall that MOOTHALL_VAR names
python -m bench.measure feed ACTS    fills its log first
python -m bench.measure readers
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench import ideas, log, pages, town  # noqa: E402
from bench.shops import BUYERS  # noqa: E402
from moothall.activity import actions as activity  # noqa: E402
from moothall.activity import verbs  # noqa: E402
from moothall.activity.models import Act, Pending  # noqa: E402
from moothall.catalog import queries as catalog  # noqa: E402
from moothall.catalog.models import Product  # noqa: E402
from moothall.core import keeping, search, work  # noqa: E402
from moothall.core.hall import hall  # noqa: E402
from moothall.feed import queries as feed  # noqa: E402
from moothall.people.models import Account, Profile  # noqa: E402


def prepare(products: int, people: int) -> None:
    """An own hall, filled once."""
    call_command("migrate", verbosity=0)
    if not Account.objects.exists():
        town.fill(town.Size(products, people))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        list(search.rebuild())
    hall()


def of_pages() -> dict[str, Any]:
    """Warm and cold, signed in, with friends who have the thing."""
    cookie, door = pages.signed_in("reader"), pages.Door()

    def product() -> None:
        door.get("/@brand-0/thing-0", cookie)

    def cold() -> None:
        keeping.forget()
        catalog.forget()
        product()

    warm, fresh = pages.cost(product), pages.cost(cold, 60)
    market = pages.cost(lambda: door.get("/market", cookie))
    home = pages.cost(lambda: door.get("/", cookie))
    ideas.fill(Product.objects.count() // 40)
    list_of_ideas = pages.cost(lambda: door.get("/ideas", cookie))
    idea, loud = (pages.cost(partial(door.get, ideas.address(title), cookie)) for title in (ideas.QUIET, ideas.LOUD))
    page = door.get("/@brand-0/thing-0", cookie)
    return {
        "product_queries": warm.queries,
        "product_cpu_ms": warm.cpu_ms,
        "product_cold_queries": fresh.queries,
        "product_cold_cpu_ms": fresh.cpu_ms,
        "market_queries": market.queries,
        "market_cpu_ms": market.cpu_ms,
        "home_queries": home.queries,
        "home_cpu_ms": home.cpu_ms,
        "ideas_queries": list_of_ideas.queries,
        "ideas_cpu_ms": list_of_ideas.cpu_ms,
        "idea_queries": idea.queries,
        "idea_cpu_ms": idea.cpu_ms,
        "idea_10000_comments_queries": loud.queries,
        "idea_10000_comments_cpu_ms": loud.cpu_ms,
        "product_html_kb": len(page) / 1000,
    }


def of_feed(acts: int) -> dict[str, Any]:
    """The first ten pages of home of somebody who follows five hundred, in a log of so many acts."""
    if Act.objects.count() < acts:
        log.fill(acts)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    gc.collect()
    gc.freeze()  # as in a web process: else it looks through all that was imported, in the midst of a page
    reader = Profile.objects.get(handle="reader")
    spent: dict[int, list[float]] = {number: [] for number in range(1, 11)}
    for _turn in range(105):
        before = None
        for number in spent:
            begun = time.process_time()
            page = feed.home(reader, before=before)
            spent[number].append((time.process_time() - begun) * 1000)
            if len(page.items) != feed.PAGE:
                raise RuntimeError(f"page {number} has {len(page.items)} items")
            before = page.older
    warm = {number: times[5:] for number, times in spent.items()}
    p99 = {number: statistics.quantiles(times, n=100)[98] for number, times in warm.items()}
    key = f"feed_cpu_p99_ms_{'postgresql' if connection.vendor == 'postgresql' else 'sqlite'}"
    return {
        key: max(p99.values()),
        f"{key}_by_page": {str(number): round(p99[number], 2) for number in (1, 2, 10)},
        f"{key.replace('p99', 'p50')}": statistics.median([one for times in warm.values() for one in times]),
        "acts": Act.objects.count(),
    }


def of_readers(acts: int = 4000) -> dict[str, Any]:
    """Acts that one worker reads in a second: claimed, each in its savepoint, with a row written for each."""
    verb = verbs.Verb("bench.said", "{actor} said {subject}", verbs.PUBLIC)
    reader = Profile.objects.get(handle="reader")

    @activity.reads("bench", verb)
    def read(act: Act) -> None:
        Profile.objects.filter(pk=act.actor_id).update(words=f"read {act.pk}")

    with transaction.atomic():
        for _n in range(acts):
            activity.record(verb, by=reader, on=reader)
    begun = time.perf_counter()
    work.do_due()
    spent = time.perf_counter() - begun
    if Pending.objects.filter(reader="bench").exists():
        raise RuntimeError("not all acts were read")
    return {"readers_acts_per_s": acts / spent}


def main() -> None:
    what, *numbers = sys.argv[1:]
    known: dict[str, Callable[..., dict[str, Any]]] = {"pages": of_pages, "feed": of_feed, "readers": of_readers}
    prepare(int(os.environ["BENCH_PRODUCTS"]), int(os.environ["BENCH_PEOPLE"]))
    if what == "sessions":
        names = ["reader", *(f"person-{n}" for n in range(1, BUYERS))]
        print(json.dumps({"sessions": [pages.signed_in(name).partition("=")[2] for name in names]}))
        return
    print(json.dumps(known[what](*map(int, numbers))))


if __name__ == "__main__":
    main()
