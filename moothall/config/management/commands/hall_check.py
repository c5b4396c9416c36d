"""`moothall check`: shows whether every invariant holds; ends with 1 if any does not."""

from __future__ import annotations

from typing import Any

from moothall.config.invariants import offenders, queries, warnings
from moothall.config.management.hall import HallCommand

MOST = 5


class Command(HallCommand):
    help = "Check every invariant of the hall's rows. What only waits for a steward is told as a warning."

    def handle(self, *args: Any, **options: Any) -> None:
        found = offenders()
        for name in queries():
            rows = found.get(name, [])
            self.stdout.write(f"{f'{len(rows)} offenders' if rows else 'ok':>12}  {name}")
            for row in rows[:MOST]:
                self.stdout.write(f"{'':>12}  {', '.join(map(str, row))}")
        for sentence in warnings():
            self.stdout.write(f"{'warning':>12}  {sentence}")
        if found:
            raise SystemExit(1)
