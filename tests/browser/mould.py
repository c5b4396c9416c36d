"""The halls to look at in a browser: an empty one, and one in which everything a page can show has happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.once import once
from tests.process.hall import HallProcess
from tests.process.mould import Mould

# As a keeper serves it: static files gathered, compressed, named by content.
SERVED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


class Stage(Mould):
    """A database made by one function of `tests.browser.scene`, or of another file; the files of its pictures lie
    beside it."""

    @classmethod
    def of(cls, factory: pytest.TempPathFactory, tables: Mould, maker: str, file: str = "scene") -> Stage:
        words = f"from tests.browser import {file}, scene; scene.make({file}.{maker})"
        command = ["moothall", "manage", "shell", "--verbosity", "0", "-c", words]
        return cls(once(factory, f"stage-{maker}", lambda place: cls.make(place, f"stage_{maker}", command, tables)))

    def hall(self, place: Path) -> HallProcess:
        return HallProcess(self, place, MEDIA=str(self.place / "media"), STATICFILES=SERVED, USE_FINDERS="0")
