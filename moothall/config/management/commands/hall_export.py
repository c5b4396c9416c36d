"""`moothall export shopify --brand HANDLE [FILE]`: all products of a brand as a file that Shopify and a hall read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from moothall.catalog.exporting import export_shopify
from moothall.catalog.models import Product
from moothall.config.management.hall import HallCommand
from moothall.people.models import BRAND, Profile


class Command(HallCommand):
    help = "Export a brand's products, drafts too, to a file or to the screen."

    def add_arguments(self, parser: CommandParser) -> None:
        # A parser of its own, or no file could follow the brand.
        form = parser.add_subparsers(dest="form", required=True).add_parser("shopify", help="Shopify's product CSV")
        form.add_argument("file", type=Path, nargs="?")
        form.add_argument("--brand", required=True, metavar="HANDLE")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Profile.objects.filter(handle=options["brand"], sort=BRAND, gone=None).first()
        if brand is None:
            raise CommandError(f"There is no brand @{options['brand']}.")
        lines = export_shopify(Product.objects.filter(brand=brand))
        if options["file"] is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        try:
            with options["file"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        except OSError as error:
            raise CommandError(str(error)) from error
