"""How acts about group buys are told. No till is asked: a pledge gets the names of a card as the provider would say."""

from __future__ import annotations

from datetime import timedelta

from moothall.core import clock
from moothall.orders import actions as orders
from moothall.payments.provider import Kept, State
from moothall.people.models import Profile
from moothall.pools import actions
from moothall.pools.actions import charging, deciding, pledging
from moothall.pools.models import Pledge, Pool
from tests.notices.cast import put_aside
from tests.pools.ground import begun, pool_of
from tests.town import Town


def _in(town: Town, pool: Pool, who: Profile, quantity: int, limit: int = 0) -> Pledge:
    made = begun(town, who, pool, quantity, limit)
    Pledge.objects.filter(pk=made.pk).update(session=f"cs_{made.public}")
    made.refresh_from_db()
    kept = Kept(f"cs_{made.public}", made.public, True, False, "", "cus_1", "pm_1", "visa", "4242")
    pledging._stand(made, kept)
    made.refresh_from_db()
    return made


def _closed(pool: Pool) -> Pool:
    clock.move(max(pool.deadline + timedelta(seconds=1), clock.now()))
    deciding._decide(Pool.objects.get(pk=pool.pk))
    decided: Pool = Pool.objects.get(pk=pool.pk)
    return decided


def come_about(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    _in(town, pool, town.ana, 3)
    put_aside()
    _closed(pool)
    return {"ana": "It came about: Pot", "mira": "Your group buy came about: Pot"}


def stay_above_a_limit(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    _in(town, pool, town.ana, 3)
    _in(town, pool, town.noor, 1, 2700)
    put_aside()
    _closed(pool)
    return {
        "ana": "It came about: Pot",
        "mira": "Your group buy came about: Pot",
        "noor": "Your pledge was let go, and nothing is charged: Pot",
    }


def be_too_few(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    _in(town, pool, town.ana, 1)
    put_aside()
    _closed(pool)
    return {
        "ana": "Too few pledged, so nothing is charged: Pot",
        "mira": "Your group buy did not reach its minimum: Pot",
    }


def call_it_off(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    _in(town, pool, town.ana, 1)
    put_aside()
    actions.cancel_pool(by=town.mira, pool=pool)
    return {"ana": "Called off, so nothing is charged: Pot"}


def refuse_a_card(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    made = _in(town, pool, town.ana, 3)
    _closed(pool)
    put_aside()
    _refuse(made)
    return {"ana": "Your card was refused. Pay by another: Pot"}


def _refuse(made: Pledge) -> None:
    found = charging._pledge(made.pk)
    purchase = charging._purchase_of(found)
    assert purchase is not None
    charging._refused(found, purchase)


def not_pay_in_time(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    made = _in(town, pool, town.ana, 3)
    _closed(pool)
    _refuse(made)
    put_aside()
    charging._drop(charging._pledge(made.pk))
    return {"ana": "Your pledge could not be charged in time: Pot"}


def come_to_nothing(town: Town) -> dict[str, str]:
    pool = pool_of(town)
    good, bad = _in(town, pool, town.ana, 2), _in(town, pool, town.ben, 2)
    pool = _closed(pool)
    purchase = charging._purchase_of(charging._pledge(good.pk))
    assert purchase is not None
    payment = purchase.payment
    paid = State("pi_1", payment.public, True, False, "pi_1", payment.amount, payment.currency, "")
    orders.settle(payment=payment, state=paid)
    actions.mark_paid(purchase=purchase)
    _refuse(bad)
    charging._drop(charging._pledge(bad.pk))
    put_aside()
    deciding._wind_up(pool)
    return {
        "ana": "It came to nothing, and your money goes back: Pot",
        "mira": "Too few could be charged in your group buy: Pot",
    }


STORIES = [
    come_about,
    stay_above_a_limit,
    be_too_few,
    call_it_off,
    refuse_a_card,
    not_pay_in_time,
    come_to_nothing,
]
