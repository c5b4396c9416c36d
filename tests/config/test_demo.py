"""The demo clears its own folder before it builds, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moothall.config.management.commands import hall_demo


@pytest.fixture
def place(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR / "media"
    monkeypatch.setattr(hall_demo.connection, "close", lambda: None)
    settings.VAR.mkdir()
    (settings.VAR / "secret").write_text("made when the settings were read")
    return Path(settings.VAR)


def test_a_new_folder_and_a_town_half_built_are_cleared(place: Path) -> None:
    hall_demo.Command()._clear()
    (place / "moothall.sqlite3").write_text("half a town")
    hall_demo.Command()._clear()
    assert {one.name for one in place.iterdir()} == {"secret", hall_demo.MARK}


def test_a_real_hall_is_left_as_it_is(place: Path) -> None:
    (place / "moothall.sqlite3").write_text("a hall with people in it")
    with pytest.raises(SystemExit):
        hall_demo.Command()._clear()
    assert (place / "moothall.sqlite3").read_text() == "a hall with people in it"


def test_a_town_of_older_tables_is_built_anew(place: Path) -> None:
    assert not hall_demo.is_played()
    (place / "played").write_text("of other tables")
    assert not hall_demo.is_played()
    (place / "played").write_text(hall_demo.tables())
    assert hall_demo.is_played()
