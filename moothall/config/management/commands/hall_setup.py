"""moothall setup: make the database of a new hall, or bring an old one up to date."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from moothall.catalog.models import Product
from moothall.config.management.hall import HallCommand
from moothall.core.hall import change


class Command(HallCommand):
    help = "Make or update the hall's tables, and say what it is called."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the hall's name")
        parser.add_argument("--currency", help="GBP, EUR, …; before anything is sold")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        given = {name: options[name] for name in ("name", "currency") if options[name]}
        if "currency" in given and Product.objects.exclude(currency=given["currency"]).exists():
            raise CommandError("Things are for sale here in another currency already.")
        if given:
            change(**given)
        self.stdout.write("The hall is ready. Serve it: moothall serve")
