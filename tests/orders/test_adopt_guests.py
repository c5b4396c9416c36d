"""What was bought as a guest becomes its member's once the address is proved, and nobody else's."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from moothall.config.invariants import offenders
from moothall.core import work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import actions, queries
from moothall.orders.models import Order, Purchase
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.town import Town, acts, lines_of, mails, signed_in


@pytest.fixture(autouse=True)
def _no_limits(db: None) -> None:
    cache.clear()


def bought_as_guest(town: Town, email: str, guest: Profile | None = None) -> Order:
    """A paid order of a guest who gave this address."""
    guest = guest or people.make_guest(name="Gil Guest")
    order = town.bought(guest, {town.variant(): 1})
    Purchase.objects.filter(pk=order.purchase_id).update(email=email)
    return Order.objects.select_related("purchase__buyer", "brand").get(pk=order.pk)


def prove(who: Profile, email: str) -> None:
    account = Account.objects.get(profile=who)
    EmailAddress.objects.update_or_create(email=email, defaults={"user": account, "verified": True})


def theirs(who: Profile) -> list[int]:
    return [order.pk for order in queries.orders_of(who)]


def test_with_the_address_proved_the_order_is_theirs(town: Town) -> None:
    order = bought_as_guest(town, "gil@example.org")
    prove(town.ben, "gil@example.org")
    assert actions.adopt_guests(by=town.ben, email="GIL@Example.org") == 1
    assert actions.adopt_guests(by=town.ben, email="gil@example.org") == 0
    assert theirs(town.ben) == [order.pk]
    [act] = acts("guest.adopted")
    assert (act.actor, act.subject_id, act.data) == (town.ben, order.purchase.buyer_id, {})
    actions.share(by=town.ben, line=lines_of(order)[0], reach="public")
    actions.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    back = actions.ask_return(by=town.ben, order=order, pieces={lines_of(order)[0].pk: 1}, reason="mind")
    assert back.by == town.ben
    page = signed_in(town.ben).get(f"/orders/{order.purchase.public}").content.decode()
    assert "You bought this as a guest." in page
    assert order.purchase.public in signed_in(town.ben).get("/you/orders").content.decode()
    assert offenders() == {}


def test_an_address_that_is_not_proved_adopts_nothing(town: Town) -> None:
    order = bought_as_guest(town, "gil@example.org")
    with pytest.raises(NotAllowed):
        actions.adopt_guests(by=town.noor, email="gil@example.org")
    account = Account.objects.get(profile=town.noor)
    EmailAddress.objects.create(user=account, email="gil@example.org", verified=False)
    with pytest.raises(NotAllowed):
        actions.adopt_guests(by=town.noor, email="gil@example.org")
    replayed = bought_as_guest(town, "gil@example.org")
    work.do_due()
    assert theirs(town.noor) == []
    assert not Profile.objects.exclude(became=None).exists()
    assert signed_in(town.noor).get(f"/orders/{order.purchase.public}").status_code == 404
    assert signed_in(town.noor).get(f"/orders/{replayed.purchase.public}").status_code == 404


def test_of_two_members_only_the_one_who_proved_it(town: Town) -> None:
    bought_as_guest(town, "gil@example.org")
    prove(town.ben, "gil@example.org")
    with pytest.raises(NotAllowed):
        actions.adopt_guests(by=town.noor, email="gil@example.org")
    actions.adopt_guests(by=town.ben, email="gil@example.org")
    # Whoever proves it later finds nothing of what is somebody's already.
    EmailAddress.objects.filter(email="gil@example.org").delete()
    prove(town.noor, "gil@example.org")
    assert actions.adopt_guests(by=town.noor, email="gil@example.org") == 0
    assert theirs(town.noor) == []
    assert len(theirs(town.ben)) == 1


def test_who_is_no_guest_stays_who_they_are(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(): 1})
    Purchase.objects.filter(pk=order.purchase_id).update(email="gil@example.org")
    prove(town.ben, "gil@example.org")
    assert actions.adopt_guests(by=town.ben, email="gil@example.org") == 0
    for by, guest in ((town.ben, town.ana), (town.brand, people.make_guest(name="Gil"))):
        with pytest.raises(NotAllowed):
            people.adopt_guest(by=by, guest=guest)


def test_a_guest_who_bought_with_another_address_too_stays_a_guest(town: Town) -> None:
    first = bought_as_guest(town, "gil@example.org")
    bought_as_guest(town, "other@example.org", first.purchase.buyer)
    prove(town.ben, "gil@example.org")
    assert actions.adopt_guests(by=town.ben, email="gil@example.org") == 0
    assert theirs(town.ben) == []


def test_a_later_purchase_as_a_guest_is_found_too(town: Town) -> None:
    prove(town.ana, "ana@example.org")
    guest = people.make_guest(name="Ana Lima")  # whose contact is ana@example.org
    order = town.bought(guest, {town.variant(): 1})
    assert theirs(town.ana) == []
    work.do_due()
    assert theirs(town.ana) == [order.pk]
    assert offenders() == {}


def test_an_adopted_guest_buys_no_more_as_one(town: Town) -> None:
    """The browser that bought as a guest may be in other hands: what is bought there next is not the member's."""
    order = bought_as_guest(town, "gil@example.org")
    guest = order.purchase.buyer
    prove(town.ben, "gil@example.org")
    actions.adopt_guests(by=town.ben, email="gil@example.org")
    guest.refresh_from_db()
    with pytest.raises(Refusal):
        town.placed(guest, {town.variant("Cup"): 1})
    client = Client()
    session = client.session
    session["guest"] = guest.public
    session.save()
    client.cookies["session"] = session.session_key
    client.post("/basket/lines", {"variant": town.variant("Jug", price="0").public, "quantity": "1"})
    typed = {"email": "eve@example.org", "name": "Eve", "street": "1 Pier", "postcode": "TR26", "town": "St Ives",
             "country": "GB", "key": "k"}  # fmt: skip
    assert client.post("/checkout", typed).status_code == 302
    made = Purchase.objects.get(email="eve@example.org")
    assert made.buyer != guest
    assert len(theirs(town.ben)) == 1


def test_a_sign_up_code_brings_what_was_bought_before(town: Town) -> None:
    order = bought_as_guest(town, "gil@example.org")
    client = Client()
    typed = {"email": "Gil@Example.org", "password1": "slow green kettle", "name": "Gil Hook", "handle": "gil-hook"}
    assert client.post("/account/signup/", typed).status_code == 302
    gil = Profile.objects.get(handle="gil-hook")
    assert theirs(gil) == []
    wrong = client.post("/account/confirm-email/", {"code": "000000"})
    assert wrong.status_code == 200
    assert theirs(gil) == []
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mails("gil@example.org")[-1].text, re.MULTILINE)
    assert code
    assert client.post("/account/confirm-email/", {"code": code[1]}).status_code == 302
    assert theirs(gil) == [order.pk]
    assert offenders() == {}
