"""`moothall import shopify FILE --brand HANDLE`: bring products into a brand's shop, and wait until that is done."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.catalog import queries
from moothall.catalog.actions import begin_import
from moothall.catalog.models import Import
from moothall.config.management.hall import HallCommand
from moothall.core import work
from moothall.core.refusals import Refusal
from moothall.people.models import BRAND, OWNER, PERSON, Member, Profile

SHOWN = 20  # lines of the report, before it is only counted


class Command(HallCommand):
    help = "Import products into a brand's shop. The run is the same as one begun at the desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("form", choices=["shopify"], help="the form of the file")
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, metavar="HANDLE")
        parser.add_argument("--by", metavar="HANDLE", help="who imports; an owner of the brand if nothing is said")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Profile.objects.filter(handle=options["brand"], sort=BRAND, gone=None).first()
        if brand is None:
            raise CommandError(f"There is no brand @{options['brand']}.")
        file: Path = options["file"]
        try:
            run = begin_import(by=_who(brand, options["by"]), brand=brand, name=file.name, body=file.read_bytes())
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        self._report(self._finished(run))

    def _finished(self, run: Import) -> Import:
        """Work on the run until it has ended; another worker may have taken a slice of it meanwhile."""
        imports, said = work.known()["imports"], -1
        while True:
            busy = work.do_some(imports)
            now: Import = Import.objects.get(pk=run.pk)
            if now.done != said and now.rows:
                said = now.done
                self.stdout.write(f"{now.done} of {now.rows} rows")
            if now.ended:
                return now
            if now.dead:
                raise CommandError(f"The import failed: {now.error}")
            if not busy:
                time.sleep(0.25)

    def _report(self, run: Import) -> None:
        if run.refused:
            raise CommandError(run.refused)
        told = queries.lines_of(run).exclude(said="")
        for line in told[:SHOWN]:
            self.stdout.write(f"row {line.row} {line.slug} {line.result}: {line.said}")
        if (more := told.count() - SHOWN) > 0:
            self.stdout.write(f"… and {more} more, all at the brand's desk")
        total = run.added + run.changed + run.same + run.wrong
        parts = f"{run.added} added, {run.changed} changed, {run.same} the same, {run.wrong} refused"
        self.stdout.write(f"Imported {total} products: {parts}.")


def _who(brand: Profile, handle: str | None) -> Profile:
    if handle:
        person = Profile.objects.filter(handle=handle, sort=PERSON, gone=None).first()
    else:
        owner = Member.objects.filter(brand=brand, role=OWNER).select_related("person").order_by("id").first()
        person = owner.person if owner else None
    if person is None:
        raise CommandError(f"There is no person @{handle}." if handle else "This brand has no owner.")
    return person
