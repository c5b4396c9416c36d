"""moothall replay READER: hand a reader the acts of its verbs again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.activity.actions import readers, replay
from moothall.config.management.hall import HallCommand


class Command(HallCommand):
    help = "Hand a reader every act of its verbs again; it passes over what it knows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reader")
        parser.add_argument("--since", type=int, default=0, help="from this act's id on")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reader"] not in readers():
            raise CommandError("Readers: " + ", ".join(sorted(readers())))
        number = replay(options["reader"], since=options["since"])
        self.stdout.write(f"{number} acts stand to be read again.")
