"""A worker killed with signal 9 in the middle of an import: the next one ends it, and nothing is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.test_shopify import ROOT, rows_of

PRODUCTS = 300
SETUP = """
from moothall.people import actions, models
me = actions.join(account=models.Account(email="ola@example.org"), name="Ola Nord", handle="ola").profile
actions.open_brand(by=me, name="North Wool", handle="north-wool")
"""
COUNT = """
import json
from moothall.activity.models import Act
from moothall.catalog.models import Import, ImportLine, Product, Variant
from moothall.core import clock
runs = list(Import.objects.order_by("pk").values("rows", "done", "added", "same", "wrong"))
# The lease of the dead ends.
Import.objects.filter(ended=None).update(due=clock.now())
print(json.dumps({"runs": runs, "products": Product.objects.count(), "variants": Variant.objects.count(),
    "lines": ImportLine.objects.count(), "made": Act.objects.filter(verb="product.made").count(),
    "imported": Act.objects.filter(verb="products.imported").count()}))
"""


class Hall:
    """A hall of the test's own, in processes of its own."""

    def __init__(self, place: Path) -> None:
        database = f"sqlite:///{place}/hall.sqlite3"
        places = {"MOOTHALL_VAR": str(place), "MOOTHALL_MEDIA": str(place / "media"), "MOOTHALL_DATABASE": database}
        self.environment = {**os.environ, **places}
        self.run("manage", "migrate", "--verbosity", "0")
        self.ask(SETUP)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-u", "-m", "moothall", *words]

    def run(self, *words: str) -> str:
        done = subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        )
        return done.stdout

    def ask(self, script: str) -> str:
        return self.run("manage", "shell", "--no-imports", "--command", script)

    def counts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask(COUNT))
        return found


@pytest.mark.crash
def test_a_killed_import_is_brought_to_its_end(tmp_path: Path) -> None:
    hall, file, small = Hall(tmp_path / "hall"), tmp_path / "products.csv", tmp_path / "small.csv"
    file.write_bytes(rows_of(*(f"p{n},Product {n},Size,{size},5" for n in range(PRODUCTS) for size in "SML")))
    small.write_bytes(rows_of("p0,Product 0,Size,S,5", "p0,,,M,5", "p0,,,L,5"))
    asked = hall.command("import", "shopify", str(file), "--brand", "north-wool")
    with subprocess.Popen(asked, cwd=ROOT, env=hall.environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        for line in worker.stdout:
            if not line.startswith("0 of"):
                break
        worker.kill()
    dead = hall.counts()
    (run,) = dead["runs"]
    assert 0 < run["done"] < run["rows"] == PRODUCTS * 3
    assert run["added"] == dead["products"] == dead["made"] == dead["lines"] == run["done"] / 3 == dead["variants"] / 3
    said = hall.run("import", "shopify", str(small), "--brand", "north-wool")
    assert said.endswith("Imported 1 products: 0 added, 0 changed, 1 the same, 0 refused.\n")
    after = hall.counts()
    assert after["runs"][0] == {"rows": PRODUCTS * 3, "done": PRODUCTS * 3, "added": PRODUCTS, "same": 0, "wrong": 0}
    assert (after["products"], after["variants"], after["made"]) == (PRODUCTS, PRODUCTS * 3, PRODUCTS)
    assert (after["lines"], after["imported"]) == (PRODUCTS + 1, 2)
    assert not list((tmp_path / "hall/media/imports").iterdir())
