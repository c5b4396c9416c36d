"""Paying out: what is owed, to whom has an account, once, and what is below zero is carried over."""

from __future__ import annotations

import pytest

from moothall.config.invariants import offenders
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.credit import actions, statements
from moothall.credit.models import Payee, Payout, PayoutLine
from moothall.ledger.actions import BANK, book
from moothall.ledger.queries import balance
from moothall.people.models import Profile
from tests.credit.ground import IBANS, all_owed, made, owed_to, refund, signed, sold, steward
from tests.rows import state
from tests.town import Town, acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def stella(town: Town) -> Profile:
    return steward()


def account(who: Profile, n: int = 0) -> None:
    actions.set_payee(by=who, holder=who.name, iban=IBANS[n])


def test_an_account_is_an_iban_kept_without_spaces(town: Town) -> None:
    kept = actions.set_payee(by=town.ana, holder="Ana Lima", iban="gb29 nwbk 6016 1331 9268 19")
    assert (kept.holder, kept.iban) == ("Ana Lima", IBANS[0])
    actions.set_payee(by=town.ana, holder="Ana Lima", iban=IBANS[0])
    assert len(acts("payee.set")) == 1
    assert acts("payee.set")[0].data == {}
    before = state()
    wrong = [("Ana", "GB29NWBK60161331926818", "iban"), ("Ana", "12-34-56", "iban"), ("Ana", "", "iban")]
    wrong += [("", IBANS[0], "holder"), ("x" * 71, IBANS[0], "holder")]
    for holder, iban, field in wrong:
        with pytest.raises(BadInput) as refused:
            actions.set_payee(by=town.ana, holder=holder, iban=iban)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        actions.set_payee(by=town.brand, holder="Tidewater", iban=IBANS[0])
    assert state() == before


def test_an_account_is_forgotten_whenever_one_likes(town: Town) -> None:
    account(town.ana)
    for _twice in range(2):
        actions.end_payee(by=town.ana)
    assert not Payee.objects.exists()
    assert len(acts("payee.ended")) == 1


def test_all_that_is_ready_is_paid_once(town: Town, stella: Profile) -> None:
    idea, pot = made(town, rate=1000, price="100")
    signed(town, idea, (town.ana, 5500), (town.ben, 4000), (town.noor, 500))
    sold(town, pot, 1)
    assert all_owed(town.ana, town.ben, town.noor) == [550, 400, 50]
    sold(town, pot, 1)
    account(town.ana)
    account(town.noor, 1)
    ready = [(str(one.person), one.money.minor) for one in statements.owed() if one.is_ready]
    assert ready == [("Ana Lima", 1100)], "Ben gave no account, and of Noor's it is too little"
    paid = actions.pay_out(by=stella, after=0)
    sold(town, pot, 1)
    assert actions.pay_out(by=stella, after=0) == paid, "pressed twice, whatever was sold between, it is the one"
    assert all_owed(town.ana, town.ben, town.noor) == [550, 1200, 150]
    assert balance(book(None, BANK, "GBP")) == -1100
    assert list(PayoutLine.objects.values_list("person__handle", "holder", "iban", "amount")) == [
        ("ana", "Ana Lima", IBANS[0], 1100)
    ]
    assert len(acts("payout.made")) == 1
    assert acts("payout.made")[0].data == {"number": 1, "lines": 1}
    assert actions.pay_out(by=stella, after=1).number == 2
    assert offenders() == {}


def test_the_file_for_the_bank_is_the_same_each_time(town: Town, stella: Profile) -> None:
    idea, pot = made(town, rate=1000, price="100")
    signed(town, idea, (town.ana, 10_000))
    sold(town, pot, 1)
    actions.set_payee(by=town.ana, holder="=Ana", iban=IBANS[0])
    paid = actions.pay_out(by=stella, after=0)
    said = list(statements.payout_csv(paid))
    line = PayoutLine.objects.get()
    assert said == ["name,IBAN,amount,currency,reference\r\n", f"'=Ana,{IBANS[0]},10.00,GBP,ROYALTY-1-{line.pk}\r\n"]
    actions.set_payee(by=town.ana, holder="Ana Lima", iban=IBANS[1])
    actions.end_payee(by=town.ana)
    assert list(statements.payout_csv(paid)) == said, "it is kept as it was sent"


def test_what_went_back_after_a_payout_is_carried_over(town: Town, stella: Profile) -> None:
    idea, pot = made(town, rate=1000, price="100")
    signed(town, idea, (town.ana, 10_000))
    account(town.ana)
    order = sold(town, pot, 1)
    actions.pay_out(by=stella, after=0)
    refund(town, order, 1)
    assert owed_to(town.ana) == -1000
    (row,) = statements.owed()
    assert (row.money.minor, row.is_small, row.is_ready) == (-1000, True, False)
    with pytest.raises(Refusal, match="nothing to be sent"):
        actions.pay_out(by=stella, after=1)
    sold(town, pot, 2)
    actions.pay_out(by=stella, after=1)
    assert list(PayoutLine.objects.order_by("pk").values_list("amount", flat=True)) == [1000, 1000]
    (sums,) = statements.sums_of(town.ana)
    assert (sums.earned.minor, sums.paid.minor, sums.left.minor) == (2000, 2000, 0)
    reasons = [(one.reason, one.money.minor) for one in statements.lines_of(statements.entries_of(town.ana))]
    assert reasons == [("payout", -1000), ("sale", 2000), ("refund", -1000), ("payout", -1000), ("sale", 1000)]
    assert offenders() == {}


def test_only_stewards_pay_and_only_what_they_see(town: Town, stella: Profile) -> None:
    idea, pot = made(town, rate=1000, price="100")
    signed(town, idea, (town.ana, 10_000))
    account(town.ana)
    sold(town, pot, 1)
    before = state()
    for who in (town.ana, town.mira):
        with pytest.raises(NotAllowed):
            actions.pay_out(by=who, after=0)
    for after in (-1, 1, 7):
        with pytest.raises(BadInput):
            actions.pay_out(by=stella, after=after)
    assert state() == before


def test_where_nothing_is_owed_no_payout_is_made(town: Town, stella: Profile) -> None:
    with pytest.raises(Refusal, match="nothing to be sent"):
        actions.pay_out(by=stella, after=0)
    assert not Payout.objects.exists()


def test_from_five_pounds_on(town: Town, stella: Profile) -> None:
    idea, pot = made(town, rate=1000, price="49.90")
    signed(town, idea, (town.ana, 10_000))
    account(town.ana)
    sold(town, pot, 1)
    with pytest.raises(Refusal):
        actions.pay_out(by=stella, after=0)
    assert owed_to(town.ana) == 499
    assert statements.smallest("GBP").minor == 500
    assert statements.smallest("JPY").minor == 5
