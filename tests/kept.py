"""What takes seconds to make, made once for all tests of a file: each finds it as it was made, its rows too."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest
from django.db import transaction
from django.test import override_settings

Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept(Generic[Made]):
    """What was made, and the folder of its pictures."""

    made: Made
    media: Path

    def fresh(self, settings: Any) -> Made:
        """A copy for one test."""
        settings.MEDIA_ROOT = self.media
        return copy.deepcopy(self.made)


def kept(make: Callable[[], Made]) -> Any:
    """A fixture for a file whose tests all begin with this. It is made in a transaction around theirs."""

    @pytest.fixture(scope="module")
    def made(
        django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Kept[Made]]:
        media = tmp_path_factory.mktemp("media")
        with django_db_blocker.unblock(), transaction.atomic():
            with override_settings(MEDIA_ROOT=media):
                found = make()
            yield Kept(found, media)
            transaction.set_rollback(True)

    return made
