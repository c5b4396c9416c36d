"""The town on a day of its own, so that nights of changed clocks lie ahead; what its making told is put aside."""

import pytest

from moothall.notices.models import Letter, Notice
from moothall.outbox.models import Mail
from tests import town as the_town
from tests.notices.cast import at, read
from tests.town import Town


@pytest.fixture
def town(db: None) -> Town:
    at("2026-01-02 12:00")
    made = the_town.make()
    read()
    Letter.objects.all().delete()
    Notice.objects.update(on_page=False)
    Mail.objects.all().delete()
    return made
