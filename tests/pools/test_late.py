"""Making what was pledged for: milestones all who paid are told of, a day that is kept or the money is offered back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.notices.models import Notice
from moothall.orders import actions as orders
from moothall.orders.models import Order
from moothall.pools import actions, queries
from moothall.pools.models import Milestone, Pledge, Pool, today
from tests.conftest import Till
from tests.ideas.concepts import at_the_gate, by_state, opened
from tests.pools.ground import over
from tests.town import Town, acts, lines_of, mails, take_in


@pytest.fixture
def won(town: Town, fakepay: Till) -> Pool:
    """Three paid for one each, to be delivered eight weeks after the end; one was asked and said nothing."""
    pool = over(opened(town, at_the_gate(town, fakepay, 40, 40, 40, 20), weeks=8))
    work.do_due()
    assert by_state(pool) == {"paid": 3, "unmet": 1}
    return Pool.objects.select_related("product__brand").get(pk=pool.pk)


def paid(pool: Pool) -> list[Pledge]:
    rows = Pledge.objects.filter(pool=pool, purchase__isnull=False).select_related("person", "pool__product")
    return list(rows.order_by("pk"))


def order_of(pledge: Pledge) -> Order:
    return Order.objects.select_related("brand", "purchase").get(purchase=pledge.purchase_id)


def ship(town: Town, pledge: Pledge) -> None:
    order = order_of(pledge)
    line = next(one for one in lines_of(order) if one.variant_id)
    orders.ship(by=town.mira, order=order, pieces={line.pk: line.quantity})


def day_after(pool: Pool) -> None:
    assert pool.late_from is not None
    clock.move(pool.late_from + timedelta(seconds=1))
    work.do_due()
    pool.refresh_from_db()


def told(who: str, subject: str) -> int:
    return sum(mail.subject == subject for mail in mails(f"{who}@example.org"))


# ---- milestones


def test_milestones_are_planned_moved_and_reached_by_the_team(town: Town, won: Pool) -> None:
    step = actions.plan_milestone(by=town.mira, pool=won, words=" The mould is cut ", due=today() + timedelta(days=9))
    later = today() + timedelta(days=20)
    for stranger in (town.ana, town.noor):
        with pytest.raises(NotAllowed):
            actions.plan_milestone(by=stranger, pool=won, words="Mine", due=later)
        with pytest.raises(NotAllowed):
            actions.move_milestone(by=stranger, milestone=step, to=later, why="So")
        with pytest.raises(NotAllowed):
            actions.reach_milestone(by=stranger, milestone=step, note="So")
    for words, due, field in (("", later, "words"), ("x" * 141, later, "words"), ("x", date(2020, 1, 1), "due")):
        with pytest.raises(BadInput) as no:
            actions.plan_milestone(by=town.mira, pool=won, words=words, due=due)
        assert no.value.field == field
    with pytest.raises(BadInput):
        actions.move_milestone(by=town.mira, milestone=step, to=later, why=" ")
    first = step.due
    actions.move_milestone(by=town.mira, milestone=step, to=later, why="The steel came late.")
    actions.move_milestone(by=town.mira, milestone=step, to=later, why="The steel came late.")
    assert (step.due, step.first_due, step.why) == (later, first, "The steel came late.")
    actions.reach_milestone(by=town.mira, milestone=step, note="It pours.")
    actions.reach_milestone(by=town.mira, milestone=step, note="Again.")
    assert (step.note, step.done is not None) == ("It pours.", True)
    with pytest.raises(Refusal):
        actions.move_milestone(by=town.mira, milestone=step, to=first, why="Back")
    assert [len(acts(f"milestone.{verb}")) for verb in ("planned", "moved", "reached")] == [1, 1, 1]
    work.do_due()
    assert told("pledger0", "Done: The mould is cut (Both-hands teapot)") == 1
    assert told("pledger0", "Moved: The mould is cut (Both-hands teapot)") == 1
    assert told("pledger3", "Done: The mould is cut (Both-hands teapot)") == 0, "who did not pay"
    one = paid(won)[0].person
    verbs = Notice.objects.filter(who=one, act__subject_kind=Milestone.kind).values_list("act__verb", flat=True)
    assert sorted(verbs) == ["milestone.moved", "milestone.planned", "milestone.reached"], "one act, one notice"
    assert offenders() == {}


def test_nothing_is_planned_before_it_came_about(town: Town, fakepay: Till) -> None:
    pool = opened(town, at_the_gate(town, fakepay, 40, 40, 40))
    with pytest.raises(Refusal):
        actions.plan_milestone(by=town.mira, pool=pool, words="Soon", due=today())
    with pytest.raises(Refusal):
        actions.bring_out(by=town.mira, pool=pool)
    with pytest.raises(Refusal):
        actions.move_promise(by=town.mira, pool=pool, to=today() + timedelta(days=400), why="So")


# ---- late


def test_on_the_day_after_who_has_not_got_it_is_offered_the_money_once(town: Town, won: Pool) -> None:
    sent, waiting, going = paid(won)
    ship(town, sent)
    assert won.late_from is not None
    clock.move(won.late_from - timedelta(seconds=1))
    work.do_due()
    assert not acts("pledge.late"), "the promised day is a day to the end"
    with pytest.raises(Refusal):
        actions.take_back_money(by=going.person, pledge=going)
    day_after(won)
    work.do_due()
    assert [one.subject_id for one in acts("pledge.late")] == [waiting.pk, going.pk]
    assert told("pledger1", "It is late: Both-hands teapot") == 1
    assert told("pledger0", "It is late: Both-hands teapot") == 0, "theirs is on its way"
    with pytest.raises(NotAllowed):
        actions.take_back_money(by=town.noor, pledge=going)
    actions.take_back_money(by=going.person, pledge=going)
    actions.take_back_money(by=going.person, pledge=going)
    work.do_due()
    assert by_state(won) == {"paid": 2, "returned": 1, "unmet": 1}
    assert len(acts("order.refunded")) == 1
    assert len(acts("pledge.taken_back")) == 1
    assert [line.to_ship for line in lines_of(order_of(going))] == [0] * len(lines_of(order_of(going)))
    with pytest.raises(Refusal):
        ship(town, going)
    won.refresh_from_db()
    assert won.stage == "won", "one who goes ends nothing for the others"
    clock.move(clock.now() + timedelta(days=30))
    work.do_due()
    assert len(acts("pledge.late")) == 2, "said once"
    assert offenders() == {}


def test_what_was_sent_meanwhile_stays_sold(town: Town, won: Pool) -> None:
    day_after(won)
    one = paid(won)[0]
    ship(town, one)
    with pytest.raises(Refusal, match="on its way"):
        actions.take_back_money(by=one.person, pledge=one)
    one.refresh_from_db()
    assert (one.state, len(acts("order.refunded"))) == ("paid", 0)
    assert offenders() == {}


def test_who_goes_below_the_least_ends_nothing(town: Town, won: Pool) -> None:
    day_after(won)
    for one in paid(won):
        actions.take_back_money(by=one.person, pledge=one)
    Pool.objects.filter(pk=won.pk).update(due=clock.now())
    work.do_due()
    won.refresh_from_db()
    assert (won.stage, by_state(won)) == ("won", {"returned": 3, "unmet": 1})
    assert offenders() == {}


def test_the_day_is_moved_once_before_it_is_over_and_whoever_wants_goes_at_once(town: Town, won: Pool) -> None:
    assert won.promised is not None
    first, later = won.promised, won.promised + timedelta(days=30)
    maker = take_in(by=town.mira, brand=town.brand, person=town.noor, role="maker").person
    for stranger in (town.ana, maker):
        with pytest.raises(NotAllowed):
            actions.move_promise(by=stranger, pool=won, to=later, why="So")
    for to, why, field in ((later, " ", "why"), (first, "So", "to"), (first + timedelta(days=1000), "So", "to")):
        with pytest.raises(BadInput) as no:
            actions.move_promise(by=town.mira, pool=won, to=to, why=why)
        assert no.value.field == field
    ship(town, paid(won)[0])
    actions.move_promise(by=town.mira, pool=won, to=later, why="The kiln cracked.")
    work.do_due()
    assert (won.promised, won.first_promised, won.moved_why) == (later, first, "The kiln cracked.")
    assert told("pledger1", "It comes later: Both-hands teapot") == 1
    assert "The kiln cracked." in mails("pledger1@example.org")[-1].text
    assert told("pledger0", "It comes later: Both-hands teapot") == 0
    going = paid(won)[1]
    actions.take_back_money(by=going.person, pledge=going)
    with pytest.raises(Refusal):
        actions.move_promise(by=town.mira, pool=won, to=later + timedelta(days=9), why="Again")
    day_after(won)
    assert [one.subject_id for one in acts("pledge.late")] == [paid(won)[2].pk], "and on the new day it is late again"
    assert offenders() == {}


def test_a_day_that_is_over_is_not_moved(town: Town, won: Pool) -> None:
    day_after(won)
    with pytest.raises(Refusal):
        actions.move_promise(by=town.mira, pool=won, to=today() + timedelta(days=9), why="So")


def test_a_usual_group_buy_promises_nothing_and_is_never_late(town: Town, fakepay: Till) -> None:
    from tests.pools.ground import pledged, pool_of  # noqa: PLC0415

    pool = pool_of(town)
    pledged(town, fakepay, town.ana, pool, 3)
    over(pool)
    over(pool, days=400)
    assert (pool.stage, pool.late, pool.due.year) == ("won", None, 9999)
    assert queries.milestones_of(pool) == []
    with pytest.raises(Refusal):
        actions.plan_milestone(by=town.mira, pool=pool, words="Soon", due=today())
