"""`moothall backup [FILE]`: the whole hall in one file, also while it is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.config.keeping import backup
from moothall.config.keeping.dump import CannotKeep
from moothall.config.management.hall import HallCommand
from moothall.core import clock, daily
from moothall.core.daily import Outcome


class Command(HallCommand):
    help = "Write database, pictures and a manifest into one file. The hall may be open meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="a file, or a folder; else MOOTHALL_BACKUPS")
        parser.add_argument("--with-secret", action="store_true", help="take the secret along that signs cookies")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="remove all but the newest N of its own")

    def handle(self, *args: Any, **options: Any) -> None:
        began = clock.now()
        try:
            made = backup.make(options["file"], with_secret=options["with_secret"], keep=options["keep"])
        except (CannotKeep, OSError) as error:
            daily.note("backup", Outcome(False, [str(error)]), began=began)
            raise CommandError(str(error)) from error
        daily.note("backup", Outcome(True, [made.sentence]), began=began)
        self.stdout.write(made.sentence)
