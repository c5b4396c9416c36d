"""Somebody's own page tells what they chose to tell, and nothing untrue of who looks."""

from __future__ import annotations

import pytest
from django.test import Client

from moothall.orders.actions.paying import Telling
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_a_stranger_is_not_told_that_they_follow(town: Town) -> None:
    town.bought(town.ana, {town.variant("Lidded pot"): 1}, telling=Telling("public", words="It does not drip."))
    page = Client().get("/@ana").content.decode()
    assert "It does not drip." in page
    assert "You follow" not in page


def test_who_told_nothing_yet_has_a_page_that_says_so(town: Town) -> None:
    page = Client().get("/@noor").content.decode()
    assert "joined the hall" not in page
    assert "Nothing to see" in page
