"""A reader that missed an act is handed it again; nothing leaves the house so long afterwards."""

from __future__ import annotations

import pytest

from moothall.activity.actions import replay
from moothall.activity.models import Pending
from moothall.core import work
from moothall.outbox.models import Mail
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_a_gap_is_filled_and_nothing_is_sent(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 1})
    Pending.objects.all().delete()
    assert replay("mail buyer: paid") == 1
    work.do_due()
    noted = Mail.objects.get()
    assert (noted.sent, noted.due) == (None, work.NEVER)


def test_what_was_sent_stays_as_it_is(town: Town) -> None:
    town.bought(town.ana, {town.variant(): 1})
    work.do_due()
    before = list(Mail.objects.order_by("pk").values())
    replay("mail buyer: paid")
    work.do_due()
    assert list(Mail.objects.order_by("pk").values()) == before
