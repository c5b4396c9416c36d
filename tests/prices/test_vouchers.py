"""Vouchers: a code takes something off its own brand's things, as often as it may; a lapse gives it back."""

from datetime import timedelta

import pytest

from moothall.activity.models import Act
from moothall.config.invariants import offenders
from moothall.core import clock
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions as orders
from moothall.orders import queries
from moothall.orders.models import Basket, Purchase, Refund
from moothall.people import actions as people
from moothall.prices import actions
from moothall.prices.actions import Offer
from moothall.prices.models import Voucher, VoucherCount, VoucherUse
from tests.town import NOBODY, Town, acts, lines_of, money, orders_of, owner_of, said, sends, take_in


def uses() -> list[tuple[int, str]]:
    return list(VoucherUse.objects.order_by("pk").values_list("amount", "state"))


def used(code: str = "POTS") -> int:
    return Voucher.objects.get(code=code).used


def test_so_many_percent_off_the_things_and_nothing_off_sending(town: Town) -> None:
    sends(town.brand, "4.50")
    town.voucher()
    order = town.bought(town.ana, {town.variant(price="9.99"): 1, town.variant("Cup", price="5"): 3}, code="pots")
    assert [(line.discount, line.amount) for line in lines_of(order)] == [(100, 899), (150, 1350), (0, 450)]
    assert (order.total, order.voucher) == (2699, "POTS")
    assert (uses(), used()) == ([(250, "used")], 1)
    assert Basket.objects.get(owner=town.ana).code == ""
    act = acts("voucher.used")[0]
    assert (act.actor, act.subject_id, act.audience, act.data) == (
        town.ana, Voucher.objects.get().pk, "parties", {"amount": 250}
    )  # fmt: skip
    assert offenders() == {}


def test_an_amount_off_is_never_more_than_the_things(town: Town) -> None:
    sends(town.brand, "4.50")
    town.voucher(percent=None, amount=money("50"))
    order = town.bought(town.ana, {town.variant(price="38"): 1}, code="POTS")
    assert (order.total, uses()) == (450, [(3800, "used")])
    assert offenders() == {}


def test_only_its_own_brand_is_lowered(town: Town) -> None:
    wool = town.another_brand()
    town.voucher()
    purchase = town.placed(
        town.ana, {town.variant(price="10"): 1, town.variant("Scarf", price="20", brand=wool): 1}, code="POTS"
    )
    assert [(one.total, one.voucher) for one in orders_of(purchase)] == [(900, "POTS"), (2000, "")]
    assert offenders() == {}


def test_free_from_looks_at_what_is_left_to_pay(town: Town) -> None:
    sends(town.brand, "4", free_from=money("10"))
    town.voucher()
    assert town.bought(town.ana, {town.variant(price="10"): 1}, code="POTS").total == 1300


def test_nothing_left_to_pay_is_paid_at_once(town: Town) -> None:
    town.voucher(percent=100)
    order = orders_of(town.placed(town.ana, {town.variant(price="10"): 1}, code="POTS"))[0]
    assert (order.state, order.total, uses()) == ("paid", 0, [(1000, "used")])
    assert offenders() == {}


def test_a_refund_gives_back_what_was_paid_and_no_more(town: Town) -> None:
    town.voucher(percent=33)
    order = town.bought(town.ana, {town.variant(price="3.33"): 3}, code="POTS")
    for _ in range(3):
        orders.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    assert sum(Refund.objects.values_list("amount", flat=True)) == order.total == 669
    assert used() == 1
    assert offenders() == {}


def test_a_lapse_gives_the_voucher_back_once(town: Town) -> None:
    town.voucher(limit=1, each=1)
    purchase = town.placed(town.ana, {town.variant(): 1}, code="POTS")
    assert (used(), uses()) == (1, [(380, "held")])
    for _ in range(2):
        orders.abandon(by=town.ana, purchase=purchase)
    assert (used(), uses()) == (0, [(380, "released")])
    assert set(VoucherCount.objects.values_list("used", flat=True)) == {0}
    town.bought(town.ben, {town.variant("Cup"): 1}, code="POTS")
    assert used() == 1
    assert offenders() == {}


def test_paid_after_it_lapsed_uses_nothing(town: Town) -> None:
    town.voucher()
    purchase = town.placed(town.ana, {town.variant(): 1}, code="POTS")
    orders.abandon(by=town.ana, purchase=purchase)
    for _ in range(2):
        orders.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert (used(), uses()) == (0, [(380, "released")])
    assert not acts("voucher.used")
    assert offenders() == {}


def test_the_limit_holds_for_all_together(town: Town) -> None:
    town.voucher(limit=1)
    pot, cup = town.variant(), town.variant("Cup")
    mine, theirs = town.basket_of(town.ana, {pot: 1}), town.basket_of(town.ben, {cup: 1})
    for basket, who in ((mine, town.ana), (theirs, town.ben)):
        orders.set_code(basket=basket, by=who, code="POTS")
    town.placed(town.ana, {pot: 1}, code="POTS")
    seen = queries.filled(town.ben, theirs)
    assert (seen.discount, seen.said) == (money("0"), "The voucher POTS is used up.")
    with pytest.raises(Refusal, match="used up"):
        orders.place_order(by=town.ben, basket=theirs, contact=town.contact("Ben Cole"), telling=NOBODY, key="k")
    paid_in_full = orders.place_order(
        by=town.ben, basket=theirs, contact=town.contact("Ben Cole"), telling=NOBODY, key="k", seen=seen.fingerprint
    )
    assert paid_in_full.payment.amount == 3800
    assert offenders() == {}


def test_ones_own_hold_does_not_use_it_up_for_oneself(town: Town) -> None:
    town.voucher(limit=1)
    pot = town.variant()
    town.placed(town.ana, {pot: 1}, code="POTS")
    basket = town.basket_of(town.ana, {pot: 2})
    orders.set_code(basket=basket, by=town.ana, code="POTS")
    assert queries.filled(town.ana, basket).discount == money("7.60")


def test_each_person_so_often_by_who_they_are(town: Town) -> None:
    town.voucher(each=1)
    town.bought(town.ana, {town.variant(): 1}, code="POTS")
    with pytest.raises(Refusal, match="as often as one may"):
        town.placed(town.ana, {town.variant("Cup"): 1}, code="POTS")
    town.bought(town.ben, {town.variant("Mug"): 1}, code="POTS")
    assert used() == 2
    assert offenders() == {}


def test_a_guest_is_known_by_the_mail_address_however_it_is_written(town: Town) -> None:
    town.voucher(each=1)
    town.bought(people.make_guest(name="Ana Guest"), {town.variant(): 1}, code="POTS")
    with pytest.raises(Refusal, match="as often as one may"):
        town.placed(people.make_guest(name="ANA Guest"), {town.variant("Cup"): 1}, code="POTS")
    town.placed(people.make_guest(name="Gus"), {town.variant("Mug"): 1}, code="POTS")
    assert (used(), Purchase.objects.count()) == (2, 2)
    assert not VoucherUse.objects.filter(mail__contains="@").exists()
    assert offenders() == {}


def test_what_the_basket_lacks_is_said_and_nothing_is_taken_off(town: Town) -> None:
    wool = town.another_brand()
    town.voucher(minimum=money("40"))
    basket = town.basket_of(town.ana, {town.variant("Scarf", brand=wool): 1})
    orders.set_code(basket=basket, by=town.ana, code="POTS")
    pot = town.variant(price="38")
    assert "things of Tidewater Kitchen, and there are none" in queries.filled(town.ana, basket).said
    orders.put(basket=basket, variant=pot)
    assert "counts from £40" in queries.filled(town.ana, basket).said
    orders.put(basket=basket, variant=pot)
    filled = queries.filled(town.ana, basket)
    assert (filled.said, filled.discount) == ("", money("7.60"))


@pytest.mark.parametrize(
    ("like", "words"),
    [
        ({"begins": timedelta(days=1)}, "does not count yet"),
        ({"begins": timedelta(days=-2), "ends": timedelta(days=-1)}, "is over"),
    ],
)
def test_only_in_its_time(town: Town, like: dict[str, timedelta], words: str) -> None:
    town.voucher(**{name: clock.now() + when for name, when in like.items()})
    basket = town.basket_of(town.ana, {town.variant(): 1})
    with pytest.raises(Refusal, match=words):
        orders.set_code(basket=basket, by=town.ana, code="POTS")
    with pytest.raises(BadInput, match="no voucher of this name"):
        orders.set_code(basket=basket, by=town.ana, code="POT")


def test_ended_it_counts_no_more_save_for_who_is_paying(town: Town) -> None:
    voucher = town.voucher()
    purchase = town.placed(town.ana, {town.variant(): 1}, code="POTS")
    waiting = town.basket_of(town.ben, {town.variant("Cup"): 1})
    orders.set_code(basket=waiting, by=town.ben, code="POTS")
    for _ in range(2):
        actions.end_voucher(by=town.mira, voucher=voucher)
    assert len(acts("voucher.ended")) == 1
    assert queries.filled(town.ben, waiting).said == "The voucher POTS is over."
    orders.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert uses() == [(380, "used")]
    assert offenders() == {}


def test_a_code_is_one_in_the_hall_and_made_up_where_none_is_given(town: Town) -> None:
    assert town.voucher(" spring-10 ").code == "SPRING-10"
    wool = town.another_brand()
    by = owner_of(wool)
    with pytest.raises(BadInput, match="already"):
        actions.make_voucher(by=by, brand=wool, offer=Offer("Spring-10", percent=5))
    made = actions.make_voucher(by=by, brand=wool, offer=Offer(percent=5))
    assert len(made.code) == 8
    assert made.code == made.code.upper()
    assert [act.subject_id for act in acts("voucher.made")] == list(Voucher.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("offer", "field"),
    [
        (Offer("AB", percent=5), "code"),
        (Offer("-AB", percent=5), "code"),
        (Offer("ÄRGER", percent=5), "code"),
        (Offer("A" * 31, percent=5), "code"),
        (Offer("GOOD"), "percent"),
        (Offer("GOOD", percent=5, amount=money("5")), "percent"),
        (Offer("GOOD", percent=101), "percent"),
        (Offer("GOOD", percent=0), "percent"),
        (Offer("GOOD", amount=money("0")), "amount"),
        (Offer("GOOD", percent=5, limit=0), "limit"),
        (Offer("GOOD", percent=5, each=1_000_001), "each"),
    ],
)
def test_what_cannot_be_a_voucher_is_refused_beside_its_field(town: Town, offer: Offer, field: str) -> None:
    before = Act.objects.count()
    with pytest.raises(BadInput) as refused:
        actions.make_voucher(by=town.mira, brand=town.brand, offer=offer)
    assert refused.value.field == field
    assert not Voucher.objects.exists()
    assert Act.objects.count() == before


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_make_and_end_none(town: Town, role: str) -> None:
    voucher = town.voucher()
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    for by in (town.noor, town.ana, town.brand):
        with pytest.raises(NotAllowed):
            actions.make_voucher(by=by, brand=town.brand, offer=Offer("MINE", percent=100))
        with pytest.raises(NotAllowed):
            actions.end_voucher(by=by, voucher=voucher)
    assert (Voucher.objects.count(), len(acts("voucher.ended"))) == (1, 0)
