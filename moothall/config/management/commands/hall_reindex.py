"""moothall reindex: read everything that can be found into the index anew."""

from __future__ import annotations

from collections import Counter
from typing import Any

from moothall.config.management.hall import HallCommand
from moothall.core import search


class Command(HallCommand):
    help = "Read everything that can be found into the index anew. The hall may be open meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        read: Counter[str] = Counter()
        for kind, number in search.rebuild():
            read[kind] += number
        for kind, number in sorted(read.items()):
            self.stdout.write(f"{number:>8}  {kind}")
