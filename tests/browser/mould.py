"""Two halls to look at in a browser: an empty one, and one in which everything a page can show has happened."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.process.hall import HallProcess
from tests.process.mould import POSTGRES, ROOT, Mould, surroundings

# As a keeper serves it: static files gathered, compressed, named by content.
SERVED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


class Stage(Mould):
    """A database made by one function, of `tests.browser.scene` unless another file is named; the files of its pictures
    lie beside it."""

    def __init__(self, place: Path, maker: str, file: str = "scene") -> None:
        place.mkdir(parents=True)
        self.place, self.casts, self.name = place, 0, f"stage_{maker}_{os.getpid()}"
        if POSTGRES:
            self._tell(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            self._tell(f"CREATE DATABASE {self.name}")
        words = f"from tests.browser import {file}, scene; scene.make({file}.{maker})"
        done = subprocess.run(
            [sys.executable, "-m", "moothall", "manage", "shell", "--verbosity", "0", "-c", words],
            cwd=ROOT,
            env=surroundings(place, self.address(self.name)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.scene: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        if not POSTGRES:
            with sqlite3.connect(place / f"{self.name}.sqlite3") as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def hall(self, place: Path) -> HallProcess:
        return HallProcess(self, place, MEDIA=str(self.place / "media"), STATICFILES=SERVED, USE_FINDERS="0")
