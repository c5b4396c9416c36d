"""Somebody's own page tells what they chose to tell, and nothing untrue of who looks."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.town import Town

pytestmark = pytest.mark.django_db


def test_a_stranger_is_not_told_that_they_follow(town: Town) -> None:
    page = Client().get("/@ana").content.decode()
    assert "joined the hall" in page
    assert "You follow" not in page
