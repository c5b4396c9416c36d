"""moothall worker: a process for the work in the background; any number of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from moothall.config.serving import work_until_told


class Command(BaseCommand):
    help = "Do the work in the background until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        work_until_told()
