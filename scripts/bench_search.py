"""Measures search: fills a scratch database with products and asks it, with and without a slip, rare and common words.

.venv/bin/python scripts/bench_search.py [--products 20000]
WITH=.venv/bin/python scripts/test-pg scripts/bench_search.py      # the same on PostgreSQL
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 300
COLOURS = "red green blue amber teal moss chalk slate rust ivory plum ochre sand navy coral olive".split()
STUFFS = "oak ash linen wool clay brass felt cork glass cotton walnut steel paper willow leather stone".split()
THINGS = (
    "lamp kettle bowl bench blanket basket cushion candle mirror shelf stool teapot jug notebook apron rug vase tray "
    "spoon board clock satchel scarf mug plate hook broom crate ladder planter"
).split()
SOUNDS = (
    "ba be bi bo da de di do fa fe ka ke ki ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se ta to".split()
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--products", type=int, default=20_000)
    number = asked.parse_args().products
    with tempfile.TemporaryDirectory() as place:
        os.environ.setdefault("MOOTHALL_DATABASE", f"sqlite:///{place}/bench.sqlite3")
        os.environ["MOOTHALL_VAR"] = place
        os.environ["DJANGO_SETTINGS_MODULE"] = "moothall.config.settings"
        sys.path.insert(0, str(ROOT))
        run(number)


def run(number: int) -> None:
    import django  # noqa: PLC0415 — the settings are read from what stands above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from moothall.core import search  # noqa: PLC0415
    from moothall.core.models import Near, Posting, Word  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    lot = random.Random(7)  # noqa: S311 — a bench is drawn by lot
    rare = fill(number, lot)
    begun = time.monotonic()
    indexed = sum(many for _kind, many in search.rebuild())
    print(f"{connection.vendor}: {indexed} things read in {time.monotonic() - begun:.0f} s")
    print(f"{Word.objects.count()} words, {Posting.objects.count()} postings, {Near.objects.count()} shapes")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    both = ("product", "profile")

    def asks(words: Callable[[], str]) -> Callable[[], object]:
        return lambda: search.find(None, words(), both)

    def two() -> str:
        return f"{lot.choice(STUFFS)} {lot.choice(THINGS)}"

    measure("one rare word", asks(lambda: lot.choice(rare)))
    measure("two words", asks(two))
    measure("two words, one slip", asks(lambda: f"{lot.choice(STUFFS)} {slip(lot.choice(THINGS), lot)}"))
    measure("rare word, one slip", asks(lambda: slip(lot.choice(rare), lot)))
    measure("two words, a slip in each", asks(lambda: " ".join(slip(word, lot) for word in two().split())))
    measure("a word of every product", asks(lambda: "handmade"))
    measure("two such words", asks(lambda: "handmade wendham"))
    measure("common and rare", asks(lambda: f"handmade {lot.choice(rare)}"))
    measure("two common, one slip", asks(lambda: "handmaed wendham"))
    measure("nothing", asks(lambda: "qwrtzpl xkcd"))
    measure("completing 1 letter", lambda: search.complete(None, lot.choice(THINGS)[:1], both))
    measure("completing 3 letters", lambda: search.complete(None, lot.choice(THINGS)[:3], both))
    measure("completing a second word", lambda: search.complete(None, f"handmade {lot.choice(THINGS)[:2]}", both))
    pages(lot, rare, two)


def pages(lot: random.Random, rare: Sequence[str], two: Callable[[], str]) -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()

    def opens(address: Callable[[], str]) -> Callable[[], object]:
        def opened() -> None:
            answer = client.get(address())
            if answer.status_code != 200:
                raise SystemExit(f"{address()} answers {answer.status_code}")

        return opened

    measure("page: market", opens(lambda: "/market"), 60)
    measure("page: market, two words", opens(lambda: f"/market?q={two().replace(' ', '+')}"), 60)
    measure("page: market, common word", opens(lambda: "/market?q=handmade"), 60)
    measure("page: search, two words", opens(lambda: f"/search?q={two().replace(' ', '+')}"), 60)
    measure("page: completing", opens(lambda: f"/search/complete?q={lot.choice(rare)[:4]}"), 60)


def fill(number: int, lot: random.Random) -> list[str]:
    """Brands, people and products as bulk rows; gives some rare words that are in titles."""
    from moothall.catalog.models import PUBLISHED, Product, Variant  # noqa: PLC0415
    from moothall.core import clock  # noqa: PLC0415
    from moothall.core.text import slug  # noqa: PLC0415
    from moothall.people.models import BRAND, Profile  # noqa: PLC0415

    names = sorted({"".join(lot.choices(SOUNDS, k=lot.randint(2, 4))) for _n in range(9000)})
    people = [Profile(handle=f"p-{n}", name=f"{lot.choice(names)} {lot.choice(names)}".title()) for n in range(2000)]
    brands = [Profile(handle=f"b-{n}", sort=BRAND, name=f"{name} works".title()) for n, name in enumerate(names[:300])]
    Profile.objects.bulk_create([*people, *brands])
    rows = []
    for n in range(number):
        title = f"{lot.choice(COLOURS)} {lot.choice(STUFFS)} {lot.choice(THINGS)} {lot.choice(names)}".capitalize()
        body = " ".join(["Handmade in Wendham.", *lot.choices(names, k=30), lot.choice(THINGS)])
        tags = ", ".join([lot.choice(COLOURS), lot.choice(STUFFS)])
        like = {"title": title, "body": f"<p>{body}</p>", "tags": tags, "type": lot.choice(THINGS).capitalize()}
        price = lot.randint(200, 20_000)
        state = {"state": PUBLISHED, "published": clock.now(), "currency": "GBP", "lowest": price}
        rows.append(Product(brand=lot.choice(brands), slug=f"{slug(title)[:80]}-{n}", **like, **state))
    Product.objects.bulk_create(rows, batch_size=1000)
    variants = (Variant(product=one, price=one.lowest, currency="GBP", sku=f"SK-{one.pk}") for one in rows)
    Variant.objects.bulk_create(variants, batch_size=1000)
    return [row.title.split()[-1] for row in lot.sample(rows, 400)]


def slip(word: str, lot: random.Random) -> str:
    """The word with two letters swapped, or one wrong, away or too many."""
    n = lot.randrange(len(word) - 1)
    ways = (word[:n] + word[n + 1 :], word[:n] + word[n + 1] + word[n] + word[n + 2 :], word[:n] + "x" + word[n:])
    return lot.choice((*ways, word[:n] + "x" + word[n + 1 :]))


def measure(name: str, ask: Callable[[], object], rounds: int = ROUNDS) -> None:
    times = []
    for _n in range(rounds + 5):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    times = sorted(times[5:])
    print(f"{name:<28} p50 {times[len(times) // 2]:6.1f} ms   p99 {times[int(len(times) * 0.99)]:6.1f} ms")


if __name__ == "__main__":
    main()
