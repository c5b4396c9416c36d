"""To pledge, to change it, to take it back: counted once, private, and never after the deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import actions as people
from moothall.pools import actions, queries
from moothall.pools.ladder import Rung
from moothall.pools.models import Pledge, Pool, Tier
from tests.conftest import Till
from tests.pools.ground import LADDER, begun, crowd, over, pledged, pool_of, states, wanted
from tests.town import Town, acts, mails, sends, take_in, variants_of


def counted(pool: Pool) -> tuple[int, int]:
    pool.refresh_from_db()
    return pool.pieces, pool.people


def test_it_is_opened_and_told_to_followers(town: Town) -> None:
    pool = pool_of(town, words="  With a lid. ")
    assert (pool.minimum, pool.most, pool.stage, pool.words) == (3, None, "open", "With a lid.")
    assert pool.due == pool.deadline, "the worker decides it"
    act = acts("pool.opened")[0]
    assert (act.actor, act.hand, act.reach, act.subject_id) == (town.brand, town.mira, "public", pool.pk)
    assert queries.visible_ids(None, [pool.pk]) == {pool.pk}
    assert offenders() == {}


@pytest.mark.parametrize(
    ("ladder", "field"),
    [
        ((), "rungs"),
        (((3, 3400), (6, 3400)), "rungs"),
        (((3, 3400), (3, 3100)), "rungs"),
        (((6, 3100), (3, 3400)), "rungs"),
        (((3, 3800),), "rungs"),
        (((0, 3000),), "rungs"),
        (((3, 0),), "rungs"),
        (tuple((n, 3000 - n) for n in range(1, 8)), "rungs"),
    ],
)
def test_prices_that_do_not_fall_are_refused(town: Town, ladder: tuple[tuple[int, int], ...], field: str) -> None:
    with pytest.raises(BadInput) as no:
        pool_of(town, ladder=ladder)
    assert no.value.field == field
    assert not Pool.objects.exists()


def test_no_more_is_promised_than_is_in_stock(town: Town) -> None:
    product = town.product("Jug", left=8)
    with pytest.raises(BadInput):
        pool_of(town, product)
    assert pool_of(town, product, LADDER[:2]).most == 8


def test_one_at_a_time_by_the_brand_alone(town: Town) -> None:
    product = town.product("Jug", left=None)
    offer = actions.Offer([Rung(2, 3000)], clock.now() + timedelta(hours=1))
    for stranger in (town.noor, town.ana):
        with pytest.raises(NotAllowed):
            actions.open_pool(by=stranger, product=product, offer=offer)
    pool_of(town, product)
    with pytest.raises(Refusal):
        pool_of(town, product)
    draft = town.product("Draft", published=False)
    with pytest.raises(Refusal):
        actions.open_pool(by=town.mira, product=draft, offer=offer)
    for hours in (-1, 24 * 91):
        late = actions.Offer([Rung(2, 3000)], clock.now() + timedelta(hours=hours))
        pan = town.product(f"Pan {hours}", left=None)
        with pytest.raises(BadInput):
            actions.open_pool(by=town.mira, product=pan, offer=late)


def test_the_database_holds_what_the_action_says(town: Town) -> None:
    pool = pool_of(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tier.objects.create(pool=pool, pieces=20, price=2700)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(stage=Pool.WON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(most=1)


def test_it_counts_once_the_card_is_there(town: Town, fakepay: Till) -> None:
    sends(town.brand, "4")
    pool = pool_of(town)
    intents = len(fakepay.state()["payment_intents"])
    made = begun(town, town.ana, pool, 2)
    assert (made.state, made.sending, counted(pool)) == ("started", 400, (0, 0))
    page = actions.open_card_page(pledge=made)
    made.refresh_from_db()
    assert actions.open_card_page(pledge=made) == page
    assert actions.look_after_card(pledge=made).state == "started"
    assert fakepay.pay(page.rsplit("/", 1)[1]) == "paid"
    for _twice in range(2):
        made = actions.look_after_card(pledge=made)
    assert (made.state, made.last4, made.card_brand, counted(pool)) == ("standing", "4242", "visa", (2, 1))
    assert [(act.actor, act.audience, act.reach) for act in acts("pledge.made")] == [(town.ana, "parties", "")]
    assert len(fakepay.state()["payment_intents"]) == intents, "nothing is asked for, let alone charged"
    work.do_due()
    assert "4242" in mails("ana@example.org")[-1].text
    assert offenders() == {}


def test_the_worker_finds_a_card_whose_owner_did_not_come_back(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = begun(town, town.ana, pool)
    session = actions.open_card_page(pledge=made).rsplit("/", 1)[1]
    assert fakepay.pay(session) == "paid"
    clock.move(clock.now() + timedelta(minutes=1))
    work.do_due()
    assert (states(pool), counted(pool)) == (["standing"], (1, 1))


def test_changed_it_counts_as_it_is_now(town: Town, fakepay: Till) -> None:
    pool = pool_of(town, most=10)
    made = pledged(town, fakepay, town.ana, pool, 2)
    again = begun(town, town.ana, pool, 5, 2900)
    assert (again.pk, again.state, again.limit, counted(pool)) == (made.pk, "standing", 2900, (5, 1))
    begun(town, town.ana, pool, 1)
    assert counted(pool) == (1, 1)
    with pytest.raises(Refusal):
        begun(town, town.ana, pool, 11)
    assert counted(pool) == (1, 1)
    assert len(acts("pledge.changed")) == 2
    assert offenders() == {}


def test_taken_back_it_counts_no_more_and_the_card_is_forgotten(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made = pledged(town, fakepay, town.ana, pool, 2)
    customer = made.customer
    with pytest.raises(NotAllowed):
        actions.withdraw(by=town.noor, pledge=made)
    for _twice in range(2):
        actions.withdraw(by=town.ana, pledge=made)
    assert (states(pool), counted(pool), len(acts("pledge.withdrawn"))) == (["withdrawn"], (0, 0), 1)
    work.do_due()
    made.refresh_from_db()
    assert (made.customer, made.card) == ("", "")
    assert customer not in {one["id"] for one in fakepay.state()["customers"]}
    pledged(town, fakepay, town.ana, pool)
    assert (states(pool), counted(pool)) == (["withdrawn", "standing"], (1, 1)), "and one may come again"
    assert offenders() == {}


def test_from_the_deadline_on_nothing_changes(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    made, late = pledged(town, fakepay, town.ana, pool), begun(town, town.ben, pool)
    session = actions.open_card_page(pledge=late).rsplit("/", 1)[1]
    clock.move(pool.ends)
    assert fakepay.pay(session) == "paid"
    late.refresh_from_db()
    assert actions.look_after_card(pledge=late).state == "withdrawn", "a card that came too late counts for nothing"
    for act in (
        lambda: actions.withdraw(by=town.ana, pledge=made),
        lambda: begun(town, town.ana, pool, 3),
        lambda: begun(town, town.noor, pool),
        lambda: actions.cancel_pool(by=town.mira, pool=pool),
    ):
        with pytest.raises(Refusal):
            act()
    assert (states(pool), counted(pool)) == (["standing", "withdrawn"], (1, 1))


def test_no_more_than_there_are(town: Town, fakepay: Till) -> None:
    pool = pool_of(town, ladder=LADDER[:1], most=3)
    first, second = begun(town, town.ana, pool, 2), begun(town, town.ben, pool, 2)
    for made in (first, second):
        assert fakepay.pay(actions.open_card_page(pledge=made).rsplit("/", 1)[1]) == "paid"
        made.refresh_from_db()
        actions.look_after_card(pledge=made)
    assert (states(pool), counted(pool)) == (["standing", "withdrawn"], (2, 1))
    with pytest.raises(Refusal):
        begun(town, town.noor, pool, 2)
    assert offenders() == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": 100}, "quantity"),
        ({"limit": 2699}, "limit"),
        ({"limit": 3401}, "limit"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(town: Town, wrong: dict[str, int], field: str) -> None:
    pool = pool_of(town)
    with pytest.raises(BadInput) as no:
        begun(town, town.ana, pool, **wrong)
    assert no.value.field == field
    with pytest.raises(BadInput):
        begun(town, town.ana, pool, variant=variants_of(town.product("Other"))[0])
    assert not Pledge.objects.exists()


def test_the_brand_does_not_carry_its_own(town: Town) -> None:
    pool = pool_of(town)
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="agent")
    for one in (town.mira, town.ben, town.brand):
        with pytest.raises(NotAllowed):
            actions.pledge(by=one, pool=pool, wanted=wanted(pool), contact=town.contact())
    people.block(by=town.noor, whom=town.brand)
    with pytest.raises(NotAllowed):
        begun(town, town.noor, pool)


def test_who_came_with_whom_is_counted_for_the_one_who_asked(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    mine = pledged(town, fakepay, town.ana, pool)
    theirs = [pledged(town, fakepay, one, pool, came_with=mine.public) for one in crowd(3)]
    assert {one.came_with for one in theirs} == {mine}
    assert (queries.came_with(mine), queries.came_with(theirs[0])) == (3, 0)


def test_called_off_nobody_is_charged(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 5)
    with pytest.raises(NotAllowed):
        actions.cancel_pool(by=town.ana, pool=pool)
    for _twice in range(2):
        actions.cancel_pool(by=town.mira, pool=pool)
    work.do_due()
    assert (over(pool).stage, states(pool), len(acts("pool.cancelled"))) == ("cancelled", ["released"], 1)
    assert "called the group buy of Pot off" in mails("ana@example.org")[-1].text
    assert offenders() == {}


def test_how_it_stands_is_told_without_whom(town: Town, fakepay: Till) -> None:
    pool = pool_of(town)
    for one, limit in zip(crowd(2), (3400, 2700), strict=True):
        pledged(town, fakepay, one, pool, 2, limit)
    pool.refresh_from_db()
    stand = queries.stand_of(pool)
    assert [(step.pieces, step.price.minor, step.lack) for step in stand.steps] == [
        (3, 3400, 1),
        (6, 3100, 4),
        (10, 2700, 6),
    ]
    assert (stand.reached, stand.words) == (None, "1 more, and it is £34 for all.")


def test_what_counts_as_one_pledge_is_said_alike_everywhere() -> None:
    """The states are written into the constraints as they were when those were made."""
    rules: dict[str, Any] = {one.name: one for one in Pledge._meta.constraints}
    written = {name: set(dict(rules[name].condition.children)["state__in"]) for name in ("one_pledge", "pledge_state")}
    assert written == {"one_pledge": set(queries.OWN), "pledge_state": set(Pledge.STATES)}
    assert set(queries.OWN) | set(queries.COUNTED) <= set(Pledge.STATES)


def test_a_pool_without_its_prices_says_so(town: Town) -> None:
    """Rather than that it costs nothing."""
    pool = pool_of(town)
    for name in ("lowest", "first"):
        with pytest.raises(AttributeError):
            getattr(pool, name)
    (known,) = queries.open_on(pool.product)
    assert known.lowest.minor == LADDER[-1][1]
