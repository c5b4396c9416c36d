"""Refunds: in part or whole, never more than was paid, in the ledger at once and at the bank soon."""

import pytest

from moothall.activity.models import Act
from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger.actions import PAYABLE, PROVIDER, REFUNDS_DUE, book
from moothall.ledger.queries import balance
from moothall.orders import actions, queries
from moothall.orders.models import Allocation, Order, Refund
from moothall.payments.models import Payback, Payment
from tests.conftest import Till
from tests.town import Town, acts, lines_of, mails, orders_of, sends, take_in


@pytest.fixture
def order(town: Town) -> Order:
    sends(town.brand, "4")
    return town.bought(town.ana, {town.variant(price="38"): 3})


def refunded(town: Town, order: Order, *numbers: int, **other: object) -> Refund:
    pieces = {line.pk: number for line, number in zip(lines_of(order), numbers, strict=False)}
    return actions.refund(by=town.mira, order=order, pieces=pieces, **other)  # type: ignore[arg-type]


def books(town: Town) -> tuple[int, int, int]:
    """At the provider, payable to the brand, refunds due."""
    mine = book(town.brand, PAYABLE, "GBP")
    return balance(book(None, PROVIDER, "GBP")), balance(mine), balance(book(None, REFUNDS_DUE, "GBP"))


def test_a_part_goes_back(town: Town, order: Order) -> None:
    assert books(town) == (11_800, -11_800, 0)
    made = refunded(town, order, 1, reason=" Chipped  rim ")
    assert (made.amount, made.reason, made.payback.amount, made.payback.state) == (3800, "Chipped rim", 3800, "due")
    assert Allocation.objects.get().refunded == 3800
    assert books(town) == (11_800, -8000, -3800)
    act = acts("order.refunded")[0]
    assert (act.actor, act.hand, act.subject_id, act.data) == (
        town.brand, town.mira, made.pk, {"order": order.pk, "amount": 3800}
    )  # fmt: skip
    assert offenders() == {}


def test_of_unsent_pieces_fewer_are_sent(town: Town, order: Order) -> None:
    refunded(town, order, 1)
    pot = lines_of(order)[0]
    assert (pot.returned, pot.withheld, pot.to_ship, pot.to_return) == (1, 1, 2, 2)
    with pytest.raises(Refusal):
        actions.ship(by=town.mira, order=order, pieces={pot.pk: 3})
    actions.ship(by=town.mira, order=order, pieces={pot.pk: 2})
    refunded(town, order, 2)
    pot = lines_of(order)[0]
    assert (pot.returned, pot.withheld, pot.to_return) == (3, 1, 0)
    assert offenders() == {}


def test_in_parts_until_all_is_back(town: Town, order: Order) -> None:
    for numbers in ((1,), (0, 1), (2,)):
        refunded(town, order, *numbers)
    assert books(town) == (11_800, 0, -11_800)
    whole = queries.whole(Order.objects.get(pk=order.pk))
    assert (whole.stage, whole.left.minor) == ("refunded", 0)
    with pytest.raises(Refusal):
        refunded(town, order, 1)
    assert offenders() == {}


def test_the_whole_at_once(town: Town, order: Order) -> None:
    assert refunded(town, order, 3, 1).amount == 11_800
    assert offenders() == {}


def test_back_on_the_shelf_only_if_said(town: Town, order: Order) -> None:
    refunded(town, order, 1)
    assert _shelf() == (7, 3)
    refunded(town, order, 2, restock=True)
    assert _shelf() == (9, 1)
    assert offenders() == {}


def _shelf() -> tuple[int, int]:
    return Variant.objects.values_list("available", "sold")[0]


@pytest.mark.parametrize("numbers", [(4,), (3, 2), (-1,), (0, 0), ()])
def test_too_much_or_nothing_is_refused_and_changes_nothing(town: Town, order: Order, numbers: tuple[int, ...]) -> None:
    before = Act.objects.count(), books(town)
    with pytest.raises(Refusal):
        refunded(town, order, *numbers)
    assert (Act.objects.count(), books(town)) == before
    assert not Refund.objects.exists()
    assert not Payback.objects.exists()
    assert Allocation.objects.get().refunded == 0
    assert [line.returned for line in lines_of(order)] == [0, 0]


def test_the_limit_of_the_line_holds_though_the_order_has_more(town: Town) -> None:
    order = town.bought(town.ana, {town.variant(price="1"): 1, town.variant("Dear", price="99"): 1})
    with pytest.raises(Refusal, match="not that many"):
        refunded(town, order, 2)
    assert Allocation.objects.get().refunded == 0


def test_anothers_line_is_refused(town: Town, order: Order) -> None:
    other = town.bought(town.ben, {town.variant("Other"): 1})
    with pytest.raises(BadInput):
        actions.refund(by=town.mira, order=order, pieces={lines_of(other)[0].pk: 1})
    assert not Refund.objects.exists()


@pytest.mark.parametrize("role", ["", "agent", "maker", "marketer"])
def test_strangers_and_the_buyer_refund_nothing(town: Town, order: Order, role: str) -> None:
    if role:
        take_in(by=town.mira, brand=town.brand, person=town.noor, role=role)
    for by in (town.noor, town.ana):
        with pytest.raises(NotAllowed):
            actions.refund(by=by, order=order, pieces={lines_of(order)[0].pk: 1})
    assert not Refund.objects.exists()


def test_what_was_not_paid_is_not_given_back(town: Town) -> None:
    order = orders_of(town.placed(town.ana, {town.variant(): 1}))[0]
    with pytest.raises(Refusal, match="not paid"):
        refunded(town, order, 1)


def at_the_till(town: Town, fakepay: Till) -> Order:
    """An order that was really paid there."""
    purchase = town.placed(town.ana, {town.variant(price="38"): 3})
    actions.open_page(purchase=purchase)
    assert fakepay.pay(Payment.objects.get(pk=purchase.payment_id).session) == "paid"
    actions.look_after(payment=Payment.objects.get(pk=purchase.payment_id))
    return orders_of(purchase)[0]


def test_the_bank_is_asked_once_and_the_books_follow(town: Town, fakepay: Till) -> None:
    order = at_the_till(town, fakepay)
    refunded(town, order, 1)
    for _ in range(2):
        work.do_due()
    assert Payback.objects.get().state == Payback.DONE
    assert books(town) == (7600, -7600, 0)
    assert fakepay.charged(order.purchase.payment.public) == 7600
    assert len(acts("refund.paid")) == 1
    assert offenders() == {}


def test_a_lost_answer_pays_once(town: Town, fakepay: Till) -> None:
    order = at_the_till(town, fakepay)
    refunded(town, order, 1)
    fakepay.faults(api=[{"path": "/v1/refunds", "mode": "500_after", "times": 9}])
    work.do_due()
    waiting = Payback.objects.get()
    assert waiting.state == Payback.DUE
    assert waiting.error
    fakepay.faults(reset=True)
    Payback.objects.update(due=clock.now())
    work.do_due()
    assert Payback.objects.get().state == Payback.DONE
    assert fakepay.charged(order.purchase.payment.public) == 7600
    assert offenders() == {}


def test_a_slow_bank_is_asked_again(town: Town, fakepay: Till) -> None:
    order = at_the_till(town, fakepay)
    fakepay.faults(refunds="pending", refund_delay_s=600)
    refunded(town, order, 1)
    work.do_due()
    payback = Payback.objects.get()
    assert (payback.state, payback.tries, bool(payback.provider_id)) == (Payback.DUE, 0, True)
    assert books(town) == (11_400, -7600, -3800)
    assert offenders() == {}


def test_what_the_bank_refuses_stays_owed_and_is_told(town: Town, fakepay: Till) -> None:
    order = at_the_till(town, fakepay)
    made = refunded(town, order, 1)
    actions.pay_back(made.payback)
    stolen = town.bought(town.ben, {town.variant("Other"): 1})  # the till knows nothing of its money
    failed = refunded(town, stolen, 1)
    for _ in range(2):
        work.do_due()
    payback = Payback.objects.get(pk=failed.payback_id)
    assert (payback.state, bool(payback.said)) == (Payback.FAILED, True)
    assert books(town)[2] == -3800
    assert len(acts("refund.failed")) == 1
    assert [mail.subject for mail in mails("mira@example.org") if "failed" in mail.subject] == [
        f"A refund failed: order {stolen.public}"
    ]
    assert offenders() == {}
