"""At the deadline it is decided once: who counted is charged once at the price for all, nobody else ever."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fakepay.webhooks import sign
from moothall.activity.actions import record
from moothall.catalog.models import Hold
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import actions as orders
from moothall.orders.models import Order, OrderLine, Purchase
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.people.actions import the_hall
from moothall.pools import actions, readers, verbs
from moothall.pools.models import Pledge, Pool
from tests.conftest import SECRET, Till
from tests.pools.ground import LADDER, LOST, NO_MONEY, OWNER_WANTED, crowd, over, pledged, pool_of, states
from tests.town import Town, acts, mails, orders_of, sends, variants_of


def charged(till: Till) -> list[int]:
    """What was taken of kept cards and not given back, by pledge."""
    state = till.state()
    own = {intent["id"] for intent in state["payment_intents"] if intent["customer"]}
    rows = [one for one in state["charges"] if one["payment_intent"] in own]
    return [one["amount"] - one["amount_refunded"] for one in rows]


@pytest.fixture
def before(fakepay: Till) -> int:
    """How many charges the till has from other tests."""
    return len(charged(fakepay))


def test_too_few_and_nobody_is_charged(town: Town, fakepay: Till, before: int) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 2)
    assert (over(pool).stage, states(pool)) == ("lost", ["released"])
    work.do_due()
    assert len(charged(fakepay)) == before
    assert not Purchase.objects.exists()
    assert "Too few pledged" in mails("ana@example.org")[-1].text
    assert len(acts("pool.lost")) == 1
    assert offenders() == {}


def test_each_is_charged_once_at_the_price_for_all(town: Town, fakepay: Till, before: int) -> None:
    sends(town.brand, "4")
    pool = pool_of(town)
    for one, quantity in ((town.ana, 4), (town.ben, 2)):
        pledged(town, fakepay, one, pool, quantity)
    low = pledged(town, fakepay, town.noor, pool, 1, 2700)
    assert over(pool).stage == "won"
    for _again in range(3):
        clock.move(clock.now() + timedelta(minutes=5))
        work.do_due()
    pool.refresh_from_db()
    assert (pool.price, pool.pieces, pool.people, states(pool)) == (3100, 6, 2, ["paid", "paid", "released"])
    assert sorted(charged(fakepay)[before:]) == [2 * 3100 + 400, 4 * 3100 + 400]
    rows = [(order.state, order.total, order.purchase.buyer) for order in Order.objects.order_by("-total")]
    assert rows == [("paid", 12_800, town.ana), ("paid", 6600, town.ben)]
    line = OrderLine.objects.filter(variant__isnull=False).order_by("pk")[0]
    assert (line.price, line.origin_kind, line.origin_id) == (3100, "pledge", Pledge.objects.order_by("pk")[0].pk)
    assert acts("pledge.released")[0].subject_id == low.pk
    assert {mail.subject for mail in mails("ana@example.org")} >= {"It came about: Pot for £31"}
    assert len(acts("pool.won")) == 1
    assert {payment.method for payment in Payment.objects.all()} == {"card"}
    assert not {one.customer for one in Pledge.objects.all()} - {""}, "and the cards are forgotten"
    assert offenders() == {}


def test_it_is_decided_by_the_clock_of_the_database(town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose own clock is ahead decides nothing."""
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    ahead = pool.ends + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: ahead)
    row = work.claim(work.known()["pools"])[0]
    with pytest.raises(work.Later):
        actions.look_after_pool(row)
    pool.refresh_from_db()
    assert (pool.stage, states(pool)) == ("open", ["standing"])


def test_what_is_on_the_shelf_is_kept_for_those_who_came_first(town: Town, fakepay: Till) -> None:
    product = town.product("Jug", left=8)
    pool = pool_of(town, product, LADDER[:2])
    for one in crowd(4):
        pledged(town, fakepay, one, pool, 2)
    shelf = variants_of(product)[0]
    town.bought(town.ana, {shelf: 3})
    over(pool)
    assert (pool.stage, pool.price, states(pool)) == ("won", 3400, ["paid", "paid", "released", "released"])
    shelf.refresh_from_db()
    assert (shelf.available, shelf.held, shelf.sold) == (1, 0, 7)
    assert offenders() == {}


@pytest.mark.parametrize("card", [NO_MONEY, OWNER_WANTED])
def test_after_a_refused_card_one_pays_by_page(town: Town, fakepay: Till, card: str) -> None:
    product = town.product("Jug", left=8)
    pool = pool_of(town, product, LADDER[:2])
    made = pledged(town, fakepay, town.ana, pool, 3, card=card)
    over(pool)
    shelf = variants_of(product)[0]
    assert (states(pool), shelf.available, shelf.held) == (["failing"], 5, 3), "its pieces stay kept"
    assert Payment.objects.get().state == "ended"
    assert "refused" in mails("ana@example.org")[-1].text
    with pytest.raises(NotAllowed):
        actions.pay_by_page(by=town.ben, pledge=made)
    purchase = actions.pay_by_page(by=town.ana, pledge=made)
    assert actions.pay_by_page(by=town.ana, pledge=made) == purchase, "pressed twice it is one"
    page = orders.open_page(purchase=purchase)
    assert fakepay.pay(page.rsplit("/", 1)[1]) == "paid"
    orders.look_after(payment=Payment.objects.get(pk=purchase.payment_id))
    work.do_due()
    assert states(pool) == ["paid"]
    assert fakepay.charged(purchase.payment.public) == 3 * 3400
    assert offenders() == {}


def test_a_page_that_was_not_paid_may_be_tried_again(town: Town, fakepay: Till) -> None:
    product = town.product("Jug", left=8)
    pool = pool_of(town, product, LADDER[:2])
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    over(pool)
    first = actions.pay_by_page(by=town.ana, pledge=made)
    orders.abandon(by=town.ana, purchase=first)
    clock.move(clock.now() + timedelta(minutes=2))
    work.do_due()
    assert (states(pool), variants_of(product)[0].held) == (["failing"], 3)
    second = actions.pay_by_page(by=town.ana, pledge=made)
    assert second != first
    assert offenders() == {}


def test_below_the_minimum_after_the_grace_all_are_refunded(town: Town, fakepay: Till, before: int) -> None:
    pool = pool_of(town)
    good = pledged(town, fakepay, town.ana, pool, 2)
    bad = pledged(town, fakepay, town.ben, pool, 2, card=NO_MONEY)
    over(pool)
    assert (pool.stage, states(pool)) == ("won", ["paid", "failing"])
    over(pool, days=2.9)
    assert (pool.stage, states(pool)) == ("won", ["paid", "failing"])
    over(pool, days=3.1)
    work.do_due()
    pool.refresh_from_db()
    assert (pool.stage, states(pool)) == ("ended", ["returned", "dropped"])
    assert charged(fakepay)[before:] == [0]
    with pytest.raises(Refusal):
        actions.pay_by_page(by=town.ben, pledge=bad)
    good.refresh_from_db()
    assert good.purchase is not None
    assert [order.state for order in orders_of(good.purchase)] == ["paid"]
    assert len(acts("order.refunded")) == 1
    assert len(acts("pool.ended")) == 1
    assert "could not be charged in time" in " ".join(mail.text for mail in mails("ben@example.org"))
    assert offenders() == {}


def test_with_enough_paid_who_did_not_pay_is_left_out(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    pledged(town, fakepay, town.ben, pool, 3, card=NO_MONEY)
    over(pool, days=0)
    over(pool, days=3.1)
    work.do_due()
    pool.refresh_from_db()
    assert (pool.stage, pool.price, states(pool)) == ("won", 3100, ["paid", "dropped"])
    assert offenders() == {}


@pytest.mark.parametrize("fault", ["500_after", "timeout_after", "cut_body", "500", "429"])
def test_an_answer_that_is_lost_charges_once(
    town: Town, fakepay: Till, before: int, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moothall.payments.provider.TIMEOUT", 1)
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    fakepay.faults(api=[{"path": "/v1/payment_intents", "mode": fault, "times": 2, "delay_s": 15}])
    over(pool)
    for _again in range(3):
        clock.move(clock.now() + timedelta(minutes=5))
        work.do_due()
    assert states(pool) == ["paid"]
    assert charged(fakepay)[before:] == [3 * 3400]
    assert offenders() == {}


def test_a_key_that_the_provider_forgot_charges_once(
    town: Town, fakepay: Till, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Charged, never told, and asked again when keys are long gone: it is looked for first."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3, card=LOST)
    asked = provider.charge_kept

    def and_dies(charge: provider.Charge) -> object:
        asked(charge)
        raise work.Later(60)

    monkeypatch.setattr(provider, "charge_kept", and_dies)
    over(pool)
    assert states(pool) == ["due"]

    def new_key(charge: provider.Charge) -> object:
        raise AssertionError("it was charged: nothing is to be asked for")

    monkeypatch.setattr(provider, "charge_kept", new_key)
    clock.move(clock.now() + timedelta(days=2))
    work.do_due()
    made.refresh_from_db()
    assert made.state == "paid"
    assert charged(fakepay)[before:] == [3 * 3400]


def test_the_word_of_the_provider_is_enough(town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Charged, and the worker died before it heard: the provider tells, and nobody else does."""
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    asked = provider.charge_kept

    def and_dies(charge: provider.Charge) -> object:
        asked(charge)
        raise work.Later(6000)

    monkeypatch.setattr(provider, "charge_kept", and_dies)
    over(pool)
    intent = fakepay.state()["payment_intents"][-1]
    body = json.dumps({"data": {"object": intent}}).encode()
    for secret, status, state in (("whsec_of_nobody", 400, "open"), (SECRET, 204, "paid"), (SECRET, 204, "paid")):
        signature = {"Stripe-Signature": sign(body, secret, int(time.time()))}
        answer = Client().post("/hooks/stripe", body, content_type="application/json", headers=signature)
        assert (answer.status_code, Payment.objects.get().state) == (status, state)
    work.do_due()
    assert states(pool) == ["paid"]
    assert offenders() == {}


def test_while_a_card_is_charged_nobody_stops_or_pays_it_twice(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    fakepay.faults(api=[{"path": "/v1/payment_intents", "mode": "500", "times": 2}])
    over(pool)
    purchase = Purchase.objects.select_related("payment").get()
    assert purchase.payment.state == "open"
    for act in (lambda: orders.open_page(purchase=purchase), lambda: orders.abandon(by=town.ana, purchase=purchase)):
        with pytest.raises(Refusal):
            act()
    town.placed(town.ana, {town.variant("Spoon"): 1})
    orders.let_go_of_others(by=town.ana, key="another")
    purchase.payment.refresh_from_db()
    assert purchase.payment.state == "open"
    assert Hold.objects.filter(owner_kind="purchase", owner_id=purchase.pk).get().state == "held"
    assert offenders() == {}


def test_all_are_told(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    over(pool)
    work.do_due()
    to_mira = [mail.text for mail in mails("mira@example.org")]
    assert any("Your group buy came about" in words for words in to_mira)
    assert not mails("noor@example.org")


def test_many_are_told_in_one_go(town: Town) -> None:
    """Everybody else waits to write meanwhile."""
    pool = pool_of(town)
    Pledge.objects.bulk_create(
        Pledge(
            pool=pool,
            person=one,
            variant=variants_of(pool.product)[0],
            quantity=1,
            limit=3400,
            state=Pledge.RELEASED,
            email=f"{one.handle}@example.org",
        )
        for one in crowd(40)
    )
    Pool.objects.filter(pk=pool.pk).update(stage=Pool.LOST, decided=clock.now(), pieces=40, people=40)
    with transaction.atomic():
        act = record(verbs.LOST, by=the_hall(), on=pool, brand=town.brand)
    with CaptureQueriesContext(connection) as asked:
        readers.tell_decided(act)
    assert len(asked) <= 8
    readers.tell_decided(act)
    assert len({mail.key for mail in mails() if "Too few pledged" in mail.text}) == 40
