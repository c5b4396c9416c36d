"""moothall worker: a process for the work in the background; any number of them."""

from __future__ import annotations

from typing import Any

from moothall.config.management.hall import HallCommand
from moothall.config.serving import work_until_told


class Command(HallCommand):
    help = "Do the work in the background until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        work_until_told()
