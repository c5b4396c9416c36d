"""`moothall restore FILE`: make this hall what a backup holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.config.keeping.dump import CannotKeep
from moothall.config.keeping.restore import bring_back
from moothall.config.management.hall import HallCommand


class Command(HallCommand):
    help = "Bring database and pictures back from a backup, bring them up to date, and check every invariant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="also over a hall with people in it, or an open one")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            holds = bring_back(options["file"], force=options["force"], say=self.stdout.write)
        except (CannotKeep, OSError) as error:
            raise CommandError(str(error)) from error
        if not holds:
            raise SystemExit(1)
