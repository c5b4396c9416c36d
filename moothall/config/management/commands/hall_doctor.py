"""`moothall doctor`: how the hall is, in sentences, and what to do; ends with 1 if anything is wrong."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import CommandError, CommandParser

from moothall.config.management.hall import HallCommand
from moothall.core import checkup
from moothall.core.checkup import HEED, WELL, WRONG

SIGNS = {WELL: "ok", HEED: "heed", WRONG: "WRONG"}


class Command(HallCommand):
    help = "Look at everything a hall stands on. Sends nothing, unless --mail names an address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", metavar="ADDRESS", help="send a mail there, to see it arrive")

    def handle(self, *args: Any, **options: Any) -> None:
        found = checkup.findings()
        for one in found:
            self.stdout.write(f"{SIGNS[one.state]:>6}  {one.what}: {one.said}")
            if one.do:
                self.stdout.write(f"{'':>6}  → {one.do}")
        if options["mail"]:
            self._send(options["mail"])
        if any(one.state == WRONG for one in found):
            raise SystemExit(1)

    def _send(self, address: str) -> None:
        words = "If you read this, the hall's mail leaves and arrives."
        try:
            EmailMessage("A mail of the hall's doctor", words, to=[address]).send()
        except OSError as error:  # smtplib's own are among them
            raise CommandError(f"The mail server did not take a mail to {address}: {error}") from error
        self.stdout.write(f"A mail to {address} was handed over.")
