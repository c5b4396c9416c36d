"""What is charged, to whom, and what is kept for them meanwhile, when things happen in another order than usual."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from moothall.catalog import actions as catalog
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.models import Hall
from moothall.core.refusals import BadInput, Refusal
from moothall.orders import actions as orders
from moothall.orders.models import Purchase
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.pools import actions
from moothall.pools.models import Pledge, Pool
from moothall.prices import actions as prices
from moothall.prices.queries import Taxed
from tests.conftest import Till
from tests.pools.ground import LADDER, NO_MONEY, over, pledged, pool_of, states
from tests.town import Town, lines_of, orders_of, sends, signed_in, variants_of


def refused(town: Town, fakepay: Till, **other: Any) -> tuple[Pool, Pledge]:
    """Ana's three jugs of eight: it came about, and her card was refused."""
    pool = pool_of(town, town.product("Jug", left=8), LADDER[:2], **other)
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    over(pool)
    made.refresh_from_db()
    assert made.state == "failing"
    return pool, made


def decided(pool: Pool) -> None:
    """Decided, and nobody charged yet."""
    clock.move(pool.ends + timedelta(seconds=2))
    actions.look_after_pool(work.claim(work.known()["pools"])[0])


def shelf(pool: Pool) -> tuple[int, int, int]:
    one = variants_of(pool.product)[0]
    return one.available, one.held, one.sold


def test_who_paid_by_page_is_not_asked_to_pay_again(town: Town, fakepay: Till) -> None:
    """The page told that it is paid before the worker told the pledge."""
    pool, made = refused(town, fakepay)
    purchase = actions.pay_by_page(by=town.ana, pledge=made)
    assert fakepay.pay(orders.open_page(purchase=purchase).rsplit("/", 1)[1]) == "paid"
    orders.look_after(payment=Payment.objects.get(pk=purchase.payment_id))
    assert states(pool) == ["failing"]
    answer = signed_in(town.ana).post(f"/pledges/{made.public}/payment")
    assert (answer.status_code, answer["Location"]) == (302, f"/orders/{purchase.public}")
    assert states(pool) == ["paid"]
    assert Purchase.objects.count() == 2, "the card that was refused, and the page"
    with pytest.raises(Refusal):
        actions.pay_by_page(by=town.ana, pledge=made)
    work.do_due()
    assert fakepay.charged(purchase.payment.public) == 3 * 3400
    assert offenders() == {}


def test_a_cheap_order_under_its_key_pays_no_pledge(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3)
    for key in (f"pledge {made.public} 0", f"agreed pledge {made.public} 0"):
        try:
            cheap = town.placed(town.ana, {town.variant(f"Spoon {key}", price="1"): 1}, key=key)
        except BadInput:
            continue
        Payment.objects.filter(pk=cheap.payment_id).update(expires=clock.now() + timedelta(days=1))
    over(pool)
    made.refresh_from_db()
    assert (made.state, made.purchase.payment.amount if made.purchase else 0) == ("paid", 3 * 3400)
    assert offenders() == {}


@pytest.mark.parametrize("key", ["agreed ", "agreed pledge abc 0"])
def test_a_key_of_the_halls_own_is_refused_at_the_checkout(town: Town, key: str) -> None:
    with pytest.raises(BadInput):
        town.placed(town.ana, {town.variant("Spoon"): 1}, key=key)
    assert not Purchase.objects.exists()


def died(rows: Any) -> None:
    """As work that failed again and again."""
    rows.update(dead=clock.now(), tries=work.MOST_TRIES, error="OSError: no", due=work.NEVER)


def test_what_once_went_dead_is_worked_on_when_its_state_changes(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    good, bad = pledged(town, fakepay, town.ana, pool, 3), pledged(town, fakepay, town.ben, pool, 1, 2700)
    died(Pledge.objects.filter(pool=pool))
    over(pool)
    assert states(pool) == ["paid", "released"]
    for one in (good, bad):
        one.refresh_from_db()
        assert (one.customer, one.dead, one.error) == ("", None, ""), "and its card is forgotten"


def test_taken_back_or_called_off_a_dead_one_is_worked_on(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    back, off = pledged(town, fakepay, town.ana, pool, 1), pledged(town, fakepay, town.ben, pool, 1)
    died(Pledge.objects.filter(pool=pool))
    actions.withdraw(by=town.ana, pledge=back)
    actions.cancel_pool(by=town.mira, pool=pool)
    work.do_due()
    for one in (back, off):
        one.refresh_from_db()
        assert (one.customer, one.dead) == ("", None)


def test_paid_by_page_a_dead_one_is_worked_on(town: Town, fakepay: Till) -> None:
    pool, made = refused(town, fakepay)
    died(Pledge.objects.filter(pool=pool))
    purchase = actions.pay_by_page(by=town.ana, pledge=made)
    assert fakepay.pay(orders.open_page(purchase=purchase).rsplit("/", 1)[1]) == "paid"
    orders.look_after(payment=Payment.objects.get(pk=purchase.payment_id))
    work.do_due()
    made.refresh_from_db()
    assert (made.state, made.customer, made.dead) == ("paid", "", None)


def test_who_has_it_in_hand_no_longer_says_when_it_is_due(town: Town, fakepay: Till) -> None:
    """A worker waits for the bank while the pledge is decided on: what it says of later is about what was before."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3)
    Pledge.objects.filter(pk=made.pk).update(due=clock.now())
    in_hand = work.claim(work.known()["pledges"])
    decided(pool)
    work._again(work.known()["pledges"], in_hand, work.Later(600))
    work.do_due()
    assert states(pool) == ["paid"]


def test_what_is_taken_from_the_shelf_after_the_decision_is_still_owed(town: Town, fakepay: Till) -> None:
    """The pieces are kept already: whether the thing is sold to others is no question any more."""
    pool = pool_of(town, town.product("Jug", left=8), LADDER[:2])
    pledged(town, fakepay, town.ana, pool, 3)
    pledged(town, fakepay, town.ben, pool, 3, card=NO_MONEY)
    decided(pool)
    catalog.withdraw(by=town.mira, product=pool.product)
    work.do_due()
    assert states(pool) == ["paid", "failing"]
    assert shelf(pool) == (2, 3, 3)
    late = Pledge.objects.get(state="failing")
    purchase = actions.pay_by_page(by=town.ben, pledge=late)
    assert fakepay.pay(orders.open_page(purchase=purchase).rsplit("/", 1)[1]) == "paid"
    orders.look_after(payment=Payment.objects.get(pk=purchase.payment_id))
    work.do_due()
    assert (states(pool), shelf(pool)) == (["paid", "paid"], (2, 0, 6))
    assert offenders() == {}


def test_between_two_tries_nobody_else_gets_the_pieces(town: Town, fakepay: Till) -> None:
    pool, made = refused(town, fakepay)
    for _again in range(2):
        orders.abandon(by=town.ana, purchase=actions.pay_by_page(by=town.ana, pledge=made))
        assert shelf(pool) == (5, 3, 0)
        assert offenders() == {}
        with pytest.raises(Refusal):
            town.placed(town.noor, {variants_of(pool.product)[0]: 6})
    clock.move(clock.now() + timedelta(days=4))
    for _round in range(2):
        work.do_due()
        clock.move(clock.now() + timedelta(minutes=5))
    assert (states(pool), shelf(pool)) == (["dropped"], (8, 0, 0)), "and when the grace is over all can have them"
    assert offenders() == {}


def test_a_card_that_is_refused_and_paid_at_the_same_moment_is_paid(
    town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider's word that it was charged after all comes between the look and the giving up."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3)
    asked, give_up = provider.charge_kept, orders.give_up
    heard: list[provider.State] = []

    def charged_and_refused(charge: provider.Charge) -> provider.State:
        heard.append(asked(charge))
        raise provider.CardRefused("late")

    def told_meanwhile(*, purchase: Purchase) -> bool:
        orders.settle(payment=purchase.payment, state=heard[0])
        return give_up(purchase=purchase)

    monkeypatch.setattr(provider, "charge_kept", charged_and_refused)
    monkeypatch.setattr(orders, "give_up", told_meanwhile)
    over(pool)
    made.refresh_from_db()
    assert (made.state, made.purchase is not None) == ("paid", True)
    assert offenders() == {}


def taxed(town: Town, percent: int, *, included: bool) -> None:
    prices.set_taxes(by=town.mira, brand=town.brand, included=included, rates=[Taxed("GB", percent * 100)])


@pytest.mark.parametrize("included", [True, False])
def test_a_tax_that_rises_meanwhile_is_not_charged(town: Town, fakepay: Till, included: bool) -> None:
    taxed(town, 10, included=included)
    sends(town.brand, "4")
    pool = pool_of(town, ladder=LADDER[:1])
    made = pledged(town, fakepay, town.ana, pool, 3)
    told = orders.cost_of(actions.agreed_in(made, 3400), "GB").total.minor
    assert told == (3 * 3400 + 400) * (100 if included else 110) // 100
    taxed(town, 20, included=False)
    over(pool)
    made.refresh_from_db()
    assert made.purchase is not None
    assert made.purchase.payment.amount == told
    order = orders_of(made.purchase)[0]
    assert (order.tax_included, {line.tax_rate for line in lines_of(order)}) == (included, {1000})
    assert offenders() == {}
    Pledge.objects.filter(pk=made.pk).update(limit=3399)
    Payment.objects.filter(pk=made.purchase.payment_id).update(amount=told + 1)
    assert "nobody is charged more in all than they were told, to the penny that taxes are rounded by" in offenders()


def test_the_grace_begins_when_the_card_is_refused(town: Town, fakepay: Till) -> None:
    """The bank does not answer for days: who is told then has as long as everybody."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 3, card=NO_MONEY)
    fakepay.faults(api=[{"path": "/v1/payment_intents", "mode": "500", "times": 1000}])
    over(pool)
    clock.move(pool.ends + timedelta(days=3, hours=2))
    work.do_due()
    assert states(pool) == ["due"]
    fakepay.faults(api=[])
    clock.move(clock.now() + timedelta(hours=2))
    work.do_due()
    assert states(pool) == ["failing"]
    made.refresh_from_db()
    assert made.grace_ends == clock.now() + timedelta(days=3)
    clock.move(clock.now() + timedelta(days=2, hours=23))
    work.do_due()
    purchase = actions.pay_by_page(by=town.ana, pledge=made)
    assert purchase.payment.state == "open"
    clock.move(clock.now() + timedelta(hours=2))
    orders.abandon(by=town.ana, purchase=purchase)
    with pytest.raises(Refusal):
        actions.pay_by_page(by=town.ana, pledge=made)


def test_what_stays_when_a_parcel_leaves_meanwhile_is_given_back(
    town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends below the minimum while the desk ships: what was not sent is looked at again until it is given back."""
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 2)
    pledged(town, fakepay, town.ben, pool, 1, card=NO_MONEY)
    over(pool)

    def not_as_read(**_asked: Any) -> None:
        raise Refusal("There are not that many left to give back.")

    with monkeypatch.context() as patch:
        patch.setattr("moothall.orders.actions.agreeing.call_off", not_as_read)
        over(pool, days=3.1)
        work.do_due()
        assert (pool.stage, states(pool)) == ("ended", ["returning", "dropped"])
    made.refresh_from_db()
    assert made.purchase is not None
    order = orders_of(made.purchase)[0]
    thing = next(line for line in lines_of(order) if line.variant_id)
    orders.ship(by=town.mira, order=order, pieces={thing.pk: 1})
    clock.move(clock.now() + timedelta(minutes=1))
    work.do_due()
    thing.refresh_from_db()
    assert (states(pool), thing.shipped, thing.withheld) == (["returned", "dropped"], 1, 1)
    assert offenders() == {}


def test_the_same_is_asked_of_the_provider_each_time(
    town: Town, fakepay: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another body under the same key is refused there: the thing may be called otherwise by then."""
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    bodies: list[provider.Charge] = []

    def kept(charge: provider.Charge) -> provider.State:
        bodies.append(charge)
        raise provider.ProviderSilent("nothing")

    monkeypatch.setattr(provider, "charge_kept", kept)
    over(pool)
    type(pool.product).objects.filter(pk=pool.product_id).update(title="Another pot")
    clock.move(clock.now() + timedelta(minutes=5))
    work.do_due()
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert bodies[0].words == Hall.objects.get().name
