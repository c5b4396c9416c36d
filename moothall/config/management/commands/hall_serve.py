"""moothall serve: web processes, and the worker beside them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from moothall.config.management.hall import HallCommand
from moothall.config.serving import THREADS, serve


class Command(HallCommand):
    help = "Serve the hall."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="web processes")
        parser.add_argument("--threads", type=int, default=THREADS, help="threads of each web process")
        parser.add_argument("--no-worker", action="store_true", help="leave the background to `moothall worker`")

    def handle(self, *args: Any, **options: Any) -> None:
        serve(
            host=options["host"],
            port=options["port"],
            processes=options["processes"],
            threads=options["threads"],
            with_worker=not options["no_worker"],
        )
