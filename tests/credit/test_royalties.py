"""Each sale posts each creditor's share by cause, a refund takes it back, and late is never too late nor twice."""

from __future__ import annotations

import pytest

from moothall.activity.actions import replay
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.credit import actions, statements
from moothall.credit.models import Royalty, Split
from moothall.ideas.models import Idea
from moothall.ledger.actions import PAYABLE, book
from moothall.ledger.models import Cause, Entry
from moothall.ledger.queries import balance
from moothall.orders.models import Order
from moothall.prices import actions as prices
from moothall.prices.queries import Taxed
from tests.conftest import Till
from tests.credit.ground import all_owed, made, made_of_none, owed_to, refund, signed, sold
from tests.ideas.concepts import at_the_gate, idea_of, opened
from tests.ideas.made import proposed
from tests.pools.ground import over
from tests.town import Town, lines_of, money

pytestmark = pytest.mark.django_db


def payable(town: Town) -> int:
    return -balance(book(town.brand, PAYABLE, "GBP"))


def test_a_sale_brings_each_creditor_their_share(town: Town) -> None:
    idea, pot = made(town, rate=500, price="39.99")
    signed(town, idea, (town.ana, 3333), (town.ben, 3333), (town.noor, 3334))
    order = sold(town, pot, 1)
    # 5 % of 39.99 are 2.00 (1.9995); thirds of it are 66.66, 66.66 and 66.68: the largest remainders are rounded up.
    assert all_owed(town.ana, town.ben, town.noor) == [67, 66, 67]
    assert payable(town) == 3999 - 200
    refund(town, order, 1)
    assert all_owed(town.ana, town.ben, town.noor) == [0, 0, 0]
    assert payable(town) == 0
    assert offenders() == {}


def test_what_many_bought_together_brings_it_too(town: Town, fakepay: Till) -> None:
    """From the pledges that its lead gathered, at the price for all."""
    pool = opened(town, at_the_gate(town, fakepay, 40, 40, 50), price=36)
    signed(town, idea_of(pool), (town.ana, 6000), (town.ben, 4000))
    over(pool)
    work.do_due()
    assert [one.amount for one in Royalty.objects.all()] == [180, 180, 180], "5 % of 36.00 each"
    assert all_owed(town.ana, town.ben) == [324, 216]
    refund(town, Order.objects.select_related("brand", "purchase").order_by("pk")[0], 1)
    assert all_owed(town.ana, town.ben) == [216, 144]
    assert payable(town) == 2 * (3600 - 180)
    assert offenders() == {}


def test_of_part_of_a_sale_that_goes_back_goes_part_of_the_share(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="10")
    signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    order = sold(town, pot, 3)
    assert all_owed(town.ana, town.ben) == [150, 150]
    refund(town, order, 1)
    assert all_owed(town.ana, town.ben) == [100, 100]
    assert payable(town) == 2000 - 200
    assert offenders() == {}


def test_the_royalty_is_of_what_was_paid_without_its_tax(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="36")
    signed(town, idea, (town.ana, 10_000))
    prices.set_taxes(by=town.mira, brand=town.brand, included=True, rates=[Taxed("GB", 2000)])
    town.voucher("TENTH", percent=10)
    order = town.bought(town.noor, {pot: 1}, code="TENTH")
    work.do_due()
    line = lines_of(order)[0]
    assert (line.amount, line.tax) == (3240, 540)
    assert owed_to(town.ana) == 270
    assert offenders() == {}


def test_until_a_split_stands_sales_wait_and_are_posted_once_then(town: Town) -> None:
    idea, pot = made(town, rate=500, price="40")
    first, second = sold(town, pot, 1), sold(town, pot, 2)
    assert (Royalty.objects.filter(posted=None).count(), owed_to(town.ana)) == (2, 0)
    refund(town, second, 1)
    split = actions.propose_split(by=town.ana, idea=idea, parts=_halves(town))
    work.do_due()
    assert owed_to(town.ana) == 0
    actions.sign(by=town.ben, split=split)
    for _twice in range(2):
        work.do_due()
        assert all_owed(town.ana, town.ben) == [200, 200], "of what went back before, only the rest"
    assert Royalty.objects.filter(posted=None).count() == 0
    refund(town, first, 1)
    assert all_owed(town.ana, town.ben) == [100, 100]
    assert offenders() == {}


def _halves(town: Town) -> list[actions.Share]:
    return [actions.Share(one, 5000) for one in (town.ana, town.ben)]


def test_what_was_given_back_whole_before_brings_nothing(town: Town) -> None:
    idea, pot = made(town)
    refund(town, sold(town, pot, 1), 1)
    signed(town, idea, (town.ana, 10_000))
    work.do_due()
    assert owed_to(town.ana) == 0
    assert not Entry.objects.filter(posting__rule="royalty").exists()
    assert offenders() == {}


def test_a_sale_is_shared_by_the_split_that_stood_when_it_was_paid(town: Town) -> None:
    """However late the worker comes."""
    idea, pot = made(town, rate=1000, price="10")
    signed(town, idea, (town.ana, 10_000))
    town.bought(town.noor, {pot: 1})
    signed(town, idea, (town.ana, 2000), (town.ben, 8000))
    town.bought(town.noor, {pot: 1})
    work.do_due()
    assert all_owed(town.ana, town.ben) == [120, 80]
    assert {one.split.number for one in Royalty.objects.all() if one.split} == {1, 2}
    assert offenders() == {}


def test_read_again_nothing_is_posted_twice(town: Town) -> None:
    idea, pot = made(town, price="40")
    signed(town, idea, (town.ana, 10_000))
    sold(town, pot, 1)
    assert replay("royalties") > 0
    Royalty.objects.update(due=clock.now())
    work.do_due()
    assert (owed_to(town.ana), Royalty.objects.count(), Cause.objects.count()) == (200, 1, 1)
    assert offenders() == {}


def test_what_was_nobodys_idea_brings_nobody_anything(town: Town) -> None:
    idea, pot = made(town)
    signed(town, idea, (town.ana, 10_000))
    cup = town.variant("Cup")
    sold(town, cup, 1)
    order = town.bought(town.noor, {pot: 1, cup: 2})
    work.do_due()
    line = next(one for one in lines_of(order) if one.variant == pot)
    assert [one.line_id for one in Royalty.objects.all()] == [line.pk]


@pytest.mark.parametrize("rate", [0, None])
def test_without_a_royalty_on_the_sheet_nothing_is_noted(town: Town, rate: int | None) -> None:
    if rate is None:
        idea = proposed(town.ana)
        pot = made_of_none(town, idea)
    else:
        idea, pot = made(town, rate=rate)
    signed(town, Idea.objects.select_related("lead").get(pk=idea.pk), (town.ana, 10_000))
    sold(town, pot, 1)
    assert not Royalty.objects.exists()
    assert owed_to(town.ana) == 0


def test_a_statement_says_the_reason_of_each_entry(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="10")
    split = signed(town, idea, (town.ana, 7000), (town.ben, 3000))
    order = sold(town, pot, 2)
    refund(town, order, 1)
    lines = statements.lines_of(statements.entries_of(town.ana))
    assert [(one.reason, one.money.minor, one.thing) for one in lines] == [
        ("refund", -70, "Both-hands teapot"),
        ("sale", 140, "Both-hands teapot"),
    ]
    assert {one.royalty.split for one in lines if one.royalty} == {split}
    (sums,) = statements.sums_of(town.ana)
    assert (sums.earned, sums.paid, sums.left) == (money("0.70"), money("0"), money("0.70"))
    rows = list(statements.statement_csv(town.ana))
    assert rows[1].strip().split(",")[1:] == ["sale", *["Both-hands teapot"] * 2, "1", "10", "1.40", "GBP", ""]
    assert rows[2].strip().endswith("-0.70,GBP,")
    assert statements.lines_of(statements.entries_of(town.noor)) == []
    assert "Noor" not in "".join(rows), "who bought is nobody's business"


def test_a_brand_sees_what_each_thing_brought(town: Town) -> None:
    idea, pot = made(town, rate=1000, price="10")
    sold(town, pot, 2)
    (row,) = statements.of_brand(town.brand)
    assert (row.idea, row.sales, row.posted.minor, row.waits, row.waiting.minor) == (idea, 1, 0, 1, 200)
    signed(town, idea, (town.ana, 10_000))
    work.do_due()
    refund(town, sold(town, pot, 1), 1)
    (row,) = statements.of_brand(town.brand)
    assert (row.sales, row.posted.minor, row.waits, row.waiting.minor) == (2, 200, 0, 0)
    assert statements.of_brand(town.another_brand()) == []


def test_a_row_that_lies_is_seen(town: Town) -> None:
    idea, pot = made(town)
    split = signed(town, idea, (town.ana, 5000), (town.ben, 5000))
    sold(town, pot, 1)
    Royalty.objects.update(amount=1)
    Split.objects.filter(pk=split.pk).update(number=2)
    found = set(offenders())
    assert {
        "a royalty is its rate of what was paid for its line less the tax, and goes from the brand that sold it",
        "a posted royalty stands in the books of those whom its split names, together just what it is",
        "of a royalty each creditor has their points of it, to within a penny",
        "the splits of an idea are numbered from 1 without a gap, and one that was replaced has one that stands",
    } <= found
