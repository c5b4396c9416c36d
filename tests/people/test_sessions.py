"""What a browser holds of a session is a name, nothing that can be read."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from moothall.core import work
from moothall.outbox.models import Mail
from tests.town import Town, signed_in

pytestmark = pytest.mark.django_db


def test_no_cookie_tells_the_code_that_was_mailed(town: Town) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    work.do_due()
    code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", Mail.objects.latest("pk").text)
    assert code
    assert code.group() not in "".join(morsel.value for morsel in client.cookies.values())
    session = client.cookies["session"].value
    assert re.fullmatch(r"[a-z0-9]{32}", session)


def test_signing_out_everywhere_ends_every_session(town: Town) -> None:
    phone, laptop = signed_in(town.ana), signed_in(town.ana)
    assert laptop.get("/you").status_code == 200
    phone.post("/you/sessions/end")
    assert laptop.get("/you").status_code == 302
    assert phone.get("/you").status_code == 302
