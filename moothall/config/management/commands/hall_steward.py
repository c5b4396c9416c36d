"""moothall steward HANDLE: give somebody the keys of the hall, or with --end take them back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.config.management.hall import HallCommand
from moothall.people.actions import make_steward
from moothall.people.keys import end_steward
from moothall.people.models import Account


class Command(HallCommand):
    help = "Make somebody a steward, by handle or mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="handle or mail address")
        parser.add_argument("--end", action="store_true", help="take the keys back")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].lstrip("@").lower()
        column = "email" if "@" in name else "profile__handle"
        account = Account.objects.select_related("profile").filter(**{column: name}).first()
        if account is None:
            raise CommandError(f"There is nobody called {name} here.")
        if options["end"]:
            end_steward(account=account)
            self.stdout.write(f"{account.profile.name} is a steward no longer.")
            return
        make_steward(account=account)
        self.stdout.write(f"{account.profile.name} is a steward now.")
