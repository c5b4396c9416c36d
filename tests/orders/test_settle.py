"""Settling: return, webhooks and the poller, in any order and as often as they like, end in what the till says."""

import itertools
import json
import time
from datetime import timedelta

import pytest
from django.test import Client

from fakepay.webhooks import sign
from moothall.catalog.models import Hold, Variant
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import actions
from moothall.orders.models import BasketLine, Order, Purchase
from moothall.payments import provider
from moothall.payments.models import Capture, Check, Payback, Payment
from tests.conftest import DECLINED, SECRET, Till
from tests.town import Town, acts, orders_of, said

LATER = timedelta(hours=1)


def waiting(town: Town, number: int = 2) -> Purchase:
    return town.placed(town.ana, {town.variant(): number})


def payment_of(purchase: Purchase) -> Payment:
    return Payment.objects.get(pk=purchase.payment_id)


def stood(purchase: Purchase) -> tuple[str, str, str]:
    """How the payment, its order and its hold stand."""
    hold = Hold.objects.get(owner_id=purchase.pk)
    return payment_of(purchase).state, orders_of(purchase)[0].state, hold.state


PAID, LAPSED = ("paid", "paid", "sold"), ("ended", "lapsed", "released")


def come_back(purchase: Purchase) -> None:
    actions.look_after(payment=payment_of(purchase))


def poll(purchase: Purchase) -> None:
    Check.objects.update(due=clock.now())
    work.do_due()


def hear(purchase: Purchase) -> None:
    """The till's webhook, signed as it signs."""
    session = {"object": "checkout.session", "id": payment_of(purchase).session}
    assert deliver({"type": "checkout.session.completed", "data": {"object": session}}) == 204


def deliver(event: object, secret: str = SECRET) -> int:
    body = json.dumps({"object": "event", "id": "evt_1"} | event).encode()  # type: ignore[operator]
    headers = {"HTTP_STRIPE_SIGNATURE": sign(body, secret, int(time.time()))}
    return Client().post("/hooks/stripe", body, content_type="application/json", **headers).status_code


WAYS = (come_back, hear, poll)


@pytest.mark.parametrize(
    "ways", list(itertools.permutations(WAYS)), ids=lambda ways: "-".join(way.__name__ for way in ways)
)
def test_paid_whichever_way_it_is_heard_first_and_however_often(
    town: Town, fakepay: Till, ways: tuple[object, ...]
) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    assert fakepay.pay(payment_of(purchase).session) == "paid"
    for way in (*ways, *ways):
        way(purchase)  # type: ignore[operator]
        assert stood(purchase) == PAID
    assert len(acts("order.paid")) == Capture.objects.count() == 1
    assert fakepay.charged(purchase.payment.public) == 7600
    assert offenders() == {}


def test_paying_empties_the_basket_of_what_was_bought_only(town: Town) -> None:
    pot, mug = town.variant(), town.variant("Mug")
    purchase = town.placed(town.ana, {pot: 2})
    basket = purchase.basket
    assert basket is not None
    actions.put(basket=basket, variant=pot, quantity=3)
    actions.put(basket=basket, variant=mug)
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert dict(BasketLine.objects.values_list("variant_id", "quantity")) == {pot.pk: 3, mug.pk: 1}


def test_nothing_is_paid_before_the_till_says_so(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    assert fakepay.pay(payment_of(purchase).session, DECLINED) == "declined"
    for way in WAYS:
        way(purchase)
    assert stood(purchase) == ("open", "awaiting", "held")
    assert fakepay.pay(payment_of(purchase).session) == "paid"
    come_back(purchase)
    assert stood(purchase) == PAID


def test_the_same_page_for_pressing_twice(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    before = len(fakepay.state()["sessions"])
    pages = {actions.open_page(purchase=purchase) for _ in range(3)}
    Payment.objects.update(session="", page="")  # killed before it was kept
    pages.add(actions.open_page(purchase=purchase))
    assert len(pages) == 1
    assert len(fakepay.state()["sessions"]) == before + 1


def test_a_till_that_does_not_answer_leaves_the_purchase_waiting(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    fakepay.faults(api=[{"path": "/v1/checkout/sessions", "mode": "500", "times": 9}])
    with pytest.raises(provider.ProviderSilent):
        actions.open_page(purchase=purchase)
    assert stood(purchase) == ("open", "awaiting", "held")
    fakepay.faults(reset=True)
    assert actions.open_page(purchase=purchase)


def test_a_page_that_was_made_though_the_answer_was_lost(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    before = len(fakepay.state()["sessions"])
    fakepay.faults(api=[{"path": "/v1/checkout/sessions", "mode": "500_after", "times": 9}])
    with pytest.raises(provider.ProviderSilent):
        actions.open_page(purchase=purchase)
    fakepay.faults(reset=True)
    actions.open_page(purchase=purchase)
    assert len(fakepay.state()["sessions"]) == before + 1


def test_who_does_not_pay_in_time_lapses(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    clock.move(clock.now() + LATER)
    poll(purchase)
    assert stood(purchase) == LAPSED
    assert Variant.objects.get().available == 10
    assert not Check.objects.exists()
    assert fakepay.pay(payment_of(purchase).session) == "expired"
    with pytest.raises(Refusal, match="over"):
        actions.open_page(purchase=purchase)
    assert len(acts("purchase.lapsed")) == 1
    assert offenders() == {}


def test_without_a_page_it_lapses_too(town: Town) -> None:
    purchase = waiting(town)
    poll(purchase)
    assert stood(purchase) == ("open", "awaiting", "held")
    clock.move(clock.now() + LATER)
    poll(purchase)
    assert stood(purchase) == LAPSED


def test_the_poller_waits_longer_and_longer(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    begun = clock.now()
    clock.move(begun)
    pauses = []
    for _ in range(6):
        clock.move(Check.objects.get().due)
        work.do_due()
        row = Check.objects.get()
        pauses.append((row.due - clock.now()).total_seconds())
        assert row.tries == 0
    assert pauses == sorted(pauses)
    assert max(pauses) <= 300


def test_late_words_of_failure_never_overwrite_paid(town: Town) -> None:
    purchase = waiting(town)
    ended = said(purchase, ended=True)
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    Payment.objects.update(session=ended.session)
    for _ in range(2):
        actions.settle(payment=payment_of(purchase), state=ended)
    assert stood(purchase) == PAID
    assert not acts("purchase.lapsed")


def test_paid_in_the_last_moment_is_paid(town: Town, fakepay: Till) -> None:
    """Time is over, but the till was faster: the poller asks it before anything is given up."""
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    fakepay.pay(payment_of(purchase).session)
    clock.move(clock.now() + LATER)
    poll(purchase)
    assert stood(purchase) == PAID


def test_money_for_a_lapsed_purchase_goes_back_by_itself(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    session = payment_of(purchase).session
    Payment.objects.update(session="")  # the hall does not know of the page, and lets go
    clock.move(clock.now() + LATER)
    poll(purchase)
    assert stood(purchase) == LAPSED
    fakepay.pay(session)
    for _ in range(2):
        actions.settle(payment=payment_of(purchase), state=provider.look(session))
    capture = Capture.objects.get()
    assert (capture.use, Payback.objects.get().amount) == (Capture.RETURNED, 7600)
    work.do_due()
    assert Payback.objects.get().state == Payback.DONE
    assert fakepay.charged(purchase.payment.public) == 0
    assert stood(purchase) == LAPSED
    assert len(acts("capture.returned")) == 1
    assert not acts("order.paid")
    assert offenders() == {}


def test_of_two_pages_that_are_paid_one_goes_back(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    first = payment_of(purchase).session
    Payment.objects.update(session="", page="", attempt=2)
    actions.open_page(purchase=purchase)
    second = payment_of(purchase).session
    assert first != second
    for session in (first, second):
        assert fakepay.pay(session) == "paid"
    for session in (second, first, second, first):
        actions.settle(payment=payment_of(purchase), state=provider.look(session))
    work.do_due()
    assert sorted(Capture.objects.values_list("use", flat=True)) == ["kept", "returned"]
    assert fakepay.charged(purchase.payment.public) == 7600
    assert stood(purchase) == PAID
    assert offenders() == {}


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"amount": 7601}, {"currency": "EUR"}])
def test_a_wrong_amount_is_never_an_order(town: Town, wrong: dict[str, object]) -> None:
    purchase = waiting(town)
    state = said(purchase, paid=True, **wrong)
    Payment.objects.update(session=state.session)
    for _ in range(2):
        actions.settle(payment=payment_of(purchase), state=state)
    assert Capture.objects.get().use == Capture.RETURNED
    payback = Payback.objects.get()
    assert (payback.amount, payback.currency) == (state.amount, state.currency)
    # Its page is used up: nobody can pay the purchase any more, and what it held is free.
    assert stood(purchase) == LAPSED
    assert offenders() == {}


def test_a_wrong_amount_by_another_page_leaves_it_waiting(town: Town) -> None:
    purchase = waiting(town)
    Payment.objects.update(session="cs_own")
    actions.settle(payment=payment_of(purchase), state=said(purchase, paid=True, amount=1, session="cs_other"))
    assert stood(purchase) == ("open", "awaiting", "held")
    actions.settle(payment=payment_of(purchase), state=said(purchase, paid=True, intent="pi_own"))
    assert stood(purchase) == PAID
    assert offenders() == {}


def test_the_end_of_another_page_ends_nothing(town: Town) -> None:
    purchase = waiting(town)
    Payment.objects.update(session="cs_own")
    actions.settle(payment=payment_of(purchase), state=said(purchase, ended=True, session="cs_other"))
    assert stood(purchase) == ("open", "awaiting", "held")


def test_what_is_said_of_another_payment_changes_nothing(town: Town) -> None:
    purchase = waiting(town)
    for state in (said(purchase, paid=True, reference="other"), said(purchase, paid=True, intent="")):
        actions.settle(payment=purchase.payment, state=state)
    assert stood(purchase) == ("open", "awaiting", "held")
    assert not Capture.objects.exists()


def test_forged_and_foreign_webhooks_change_nothing(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    session = {"object": "checkout.session", "id": payment_of(purchase).session, "payment_status": "paid"}
    event = {"type": "checkout.session.completed", "data": {"object": session}}
    assert deliver(event, "whsec_of_a_thief") == 400
    assert Client().post("/hooks/stripe", b"{}", content_type="application/json").status_code == 400
    assert deliver({"type": "x"}) == 400
    assert deliver({"type": "charge.refunded", "data": {"object": {"object": "charge", "id": "ch_1"}}}) == 204
    # Signed, but only its name counts: the till itself says that nothing was paid.
    assert deliver(event) == 204
    assert stood(purchase) == ("open", "awaiting", "held")
    assert Client().get("/hooks/stripe").status_code == 405


def test_a_webhook_is_heard_again_when_the_till_was_silent(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    session = payment_of(purchase).session
    fakepay.pay(session)
    fakepay.faults(api=[{"path": "/v1/checkout/sessions/*", "method": "GET", "mode": "500", "times": 9}])
    assert deliver({"type": "x", "data": {"object": {"object": "checkout.session", "id": session}}}) == 503
    fakepay.faults(reset=True)
    hear(purchase)
    assert stood(purchase) == PAID


def test_stopping_frees_what_was_held(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    for _ in range(2):
        actions.abandon(by=town.ana, purchase=purchase)
    assert stood(purchase) == LAPSED
    assert fakepay.pay(payment_of(purchase).session) == "expired"
    assert BasketLine.objects.exists()


def test_stopping_after_paying_is_paid(town: Town, fakepay: Till) -> None:
    purchase = waiting(town)
    actions.open_page(purchase=purchase)
    fakepay.pay(payment_of(purchase).session)
    actions.abandon(by=town.ana, purchase=purchase)
    assert stood(purchase) == PAID


def test_only_the_buyer_stops(town: Town) -> None:
    purchase = waiting(town)
    for stranger in (town.noor, town.mira, town.ben):
        with pytest.raises(NotAllowed):
            actions.abandon(by=stranger, purchase=purchase)
    assert stood(purchase) == ("open", "awaiting", "held")


def test_a_page_made_while_the_purchase_ended_is_closed(
    town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase = waiting(town)
    asked = provider.open_session
    sessions: list[str] = []

    def slow(ask: provider.Ask) -> provider.State:
        state = asked(ask)
        sessions.append(state.session)
        actions.abandon(by=town.ana, purchase=purchase)
        return state

    monkeypatch.setattr(provider, "open_session", slow)
    with pytest.raises(Refusal, match="over"):
        actions.open_page(purchase=purchase)
    assert fakepay.pay(sessions[0]) == "expired"
    assert stood(purchase) == LAPSED


def test_a_paid_purchase_has_no_page(town: Town) -> None:
    purchase = waiting(town)
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    with pytest.raises(Refusal, match="paid already"):
        actions.open_page(purchase=purchase)
    assert Order.objects.get().paid is not None
