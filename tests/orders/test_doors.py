"""A guest who bought on one machine opens the order on another by the mail."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from moothall.core import work
from moothall.outbox.models import Mail
from moothall.people.actions import make_guest
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_the_mail_lets_the_guest_in_and_nobody_else(town: Town) -> None:
    order = town.bought(make_guest(name="Gil Guest"), {town.variant(): 1})
    work.do_due()
    thanks = Mail.objects.get(key=f"paid {order.purchase.public}")
    door = re.search(r"/orders/\S+/door\?key=\S+", thanks.text)
    assert door
    phone = Client()
    address = f"/orders/{order.purchase.public}"
    assert phone.get(address).status_code == 404
    assert phone.get(f"{address}/door?key=guessed").status_code == 404
    assert phone.get(door.group()).status_code == 200
    assert phone.get(address).status_code == 404, "opening the link alone lets nobody in: scanners open links"
    assert phone.post(door.group()).headers["Location"] == address
    assert phone.get(address).status_code == 200


def test_a_members_order_has_no_such_door(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 1})
    work.do_due()
    assert "door" not in Mail.objects.get(key=f"paid {order.purchase.public}").text
    assert Client().get(f"/orders/{order.purchase.public}/door?key=x").status_code == 404
