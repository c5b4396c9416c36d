"""Bank transfers: what arrives pays once or goes back, whatever its amount and time; and it goes back by hand only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.money import Money
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.ledger.actions import BANK, PAYABLE, PROVIDER, REFUNDS_DUE, book
from moothall.ledger.queries import balance
from moothall.orders import actions, transfers
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.orders.models import BasketLine, Order, Purchase
from moothall.payments import bank, provider
from moothall.payments.models import Bank, Capture, Check, Payback, Payment
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.town import NOBODY, Town, acts, lines_of, mails, orders_of, person, said

pytestmark = pytest.mark.django_db
IBAN = "GB29NWBK60161331926819"
DETAILS = BankAccount("Wendham Hall", IBAN, days=7)


@pytest.fixture
def stella() -> Profile:
    steward = person("Stella Ward", "stella")
    people.make_steward(account=Account.objects.get(profile=steward))
    return steward


@pytest.fixture(autouse=True)
def _an_account(town: Town, stella: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.set_bank(by=stella, account=DETAILS)

    def never(*_args: object, **_named: object) -> None:
        raise AssertionError("the provider has nothing to do with a transfer")

    for name in ("open_session", "look", "end_session", "give_back", "look_back"):
        monkeypatch.setattr(provider, name, never)


def placed(town: Town, *, pieces: int = 2, key: str = "k", buyer: Profile | None = None, **like: Any) -> Purchase:
    who = buyer or town.ana
    basket = town.basket_of(who, {town.variant(f"Pot {key}", **like): pieces})
    return actions.place_order(
        by=who, basket=basket, contact=town.contact(who.name), telling=NOBODY, key=key, method="transfer"
    )


def receive(by: Profile, purchase: Purchase, amount: int = 7600, reference: str = "B-1", **like: Any) -> Capture:
    return actions.receive_transfer(by=by, payment=purchase.payment, amount=amount, reference=reference, **like)[0]


def stood(purchase: Purchase) -> tuple[str, str, str]:
    payment = Payment.objects.get(pk=purchase.payment_id)
    return payment.state, payment.method, orders_of(purchase)[0].state


def books(town: Town) -> tuple[int, int, int, int]:
    hall = [balance(book(None, name, "GBP")) for name in (PROVIDER, BANK, REFUNDS_DUE)]
    return hall[0], hall[1], hall[2], balance(book(town.brand, PAYABLE, "GBP"))


# ---- the account


def test_only_a_steward_says_which_account(town: Town) -> None:
    for who in (town.ana, town.mira):
        with pytest.raises(NotAllowed):
            actions.set_bank(by=who, account=BankAccount("Mine", "12-34-56 12345678"))
        with pytest.raises(NotAllowed):
            actions.end_bank(by=who)
    assert Bank.objects.get().holder == "Wendham Hall"
    assert len(acts("bank.set")) == 1


def test_what_looks_like_an_iban_has_to_be_one(stella: Profile) -> None:
    for good in ("de89 3704 0044 0532 0130 00", "FR14 2004 1010 0505 0001 3M02 606", "12-34-56 12345678"):
        actions.set_bank(by=stella, account=BankAccount("Hall", good))
    assert Bank.objects.get().account == "12-34-56 12345678"
    for wrong in (
        "DE89 3704 0044 0532 0130 01",
        "DE89 3704",
        "GB29NWBK60161331926819" * 2,
        "DE98 3704 0044 0532 0130 00",
    ):
        with pytest.raises(BadInput) as refused:
            actions.set_bank(by=stella, account=BankAccount("Hall", wrong))
        assert refused.value.field == "account"


def test_the_same_account_again_is_no_news(stella: Profile) -> None:
    actions.set_bank(by=stella, account=DETAILS)
    assert len(acts("bank.set")) == 1
    actions.end_bank(by=stella)
    actions.end_bank(by=stella)
    assert len(acts("bank.ended")) == 1
    actions.set_bank(by=stella, account=DETAILS)
    assert len(acts("bank.set")) == 2
    assert "GB" not in str([act.data for act in acts("bank.set")])


def test_the_code_for_a_banking_app_is_as_the_banks_agreed() -> None:
    said_ = bank.girocode(
        holder="Käthe Hall", account="DE89370400440532013000", bic="", money=Money(7605, "EUR"), reference="abc"
    )
    assert said_.split("\n") == [
        *("BCD", "002", "1", "SCT", "", "Käthe Hall", "DE89370400440532013000", "EUR76.05", "", "", "abc")
    ]
    for other in ({"money": Money(7605, "GBP")}, {"account": "12-34-56 12345678"}, {"money": Money(0, "EUR")}):
        like = {
            "holder": "H",
            "account": "DE89370400440532013000",
            "bic": "",
            "money": Money(1, "EUR"),
            "reference": "a",
        }
        assert bank.girocode(**(like | other)) == ""  # type: ignore[arg-type]


# ---- placing


def test_placed_it_waits_for_days_and_the_basket_is_empty(town: Town) -> None:
    purchase = placed(town)
    assert stood(purchase) == ("open", "transfer", "awaiting")
    assert timedelta(days=7) <= purchase.payment.expires - clock.now() < timedelta(days=8)
    assert not BasketLine.objects.exists()
    told = transfers.told(purchase)
    assert told
    assert (told.reference, told.bank.written) == (purchase.public, "GB29 NWBK 6016 1331 9268 19")
    with pytest.raises(Refusal, match="by bank transfer"):
        actions.open_page(purchase=purchase)
    assert offenders() == {}


def test_the_way_to_pay_is_part_of_what_a_key_stands_for(town: Town) -> None:
    purchase = placed(town)
    with pytest.raises(BadInput, match="sent before"):
        actions.place_order(
            by=town.ana,
            basket=purchase.basket,
            contact=town.contact(),
            telling=NOBODY,
            key="k",  # type: ignore[arg-type]
        )
    again = actions.place_order(
        by=town.ana,
        basket=purchase.basket,
        contact=town.contact(),
        telling=NOBODY,
        key="k",
        method="transfer",  # type: ignore[arg-type]
    )
    assert again == purchase


def test_no_transfer_where_none_are_taken(town: Town, stella: Profile) -> None:
    waiting = placed(town)
    actions.end_bank(by=stella)
    for method in ("transfer", "cheque"):
        basket = town.basket_of(town.ben, {town.variant(method): 1})
        with pytest.raises(BadInput) as refused:
            actions.place_order(
                by=town.ben, basket=basket, contact=town.contact(), telling=NOBODY, key="x", method=method
            )
        assert refused.value.field == "method"
    assert transfers.told(waiting)  # who was asked is told still
    receive(stella, waiting)
    assert stood(waiting) == ("paid", "transfer", "paid")


def test_nobody_keeps_the_shelves_empty_by_promises(town: Town) -> None:
    for n in range(5):
        placed(town, key=str(n), pieces=1)
    with pytest.raises(Refusal, match="wait for a transfer"):
        placed(town, key="6", pieces=1)


def test_a_new_checkout_lets_go_of_cards_only(town: Town) -> None:
    purchase = placed(town)
    actions.let_go_of_others(by=town.ana, key="new")
    assert stood(purchase) == ("open", "transfer", "awaiting")


# ---- what arrives


def test_the_right_amount_pays_once(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    for _ in range(3):
        receive(stella, purchase)
    assert stood(purchase) == ("paid", "transfer", "paid")
    capture = Capture.objects.get()
    assert (capture.use, capture.method, capture.intent, capture.reference) == (
        "kept",
        "transfer",
        "transfer-B-1",
        "B-1",
    )
    assert capture.day == clock.now().date()
    assert len(acts("order.paid")) == len(acts("transfer.arrived")) == 1
    assert books(town) == (0, 7600, 0, -7600)
    assert offenders() == {}


def test_only_a_steward_notes_what_arrived(town: Town) -> None:
    purchase = placed(town)
    for who in (town.ana, town.mira, town.noor):
        with pytest.raises(NotAllowed):
            receive(who, purchase)
    assert stood(purchase) == ("open", "transfer", "awaiting")


def test_a_wrong_amount_goes_back_and_the_buyer_may_send_again(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    for n, amount in enumerate((7599, 7601, 1)):
        assert receive(stella, purchase, amount, f"B-{n}").use == Capture.RETURNED
    assert stood(purchase) == ("open", "transfer", "awaiting")
    assert [row.amount for row in Payback.objects.order_by("pk")] == [7599, 7601, 1]
    receive(stella, purchase, 7600, "B-9")
    assert stood(purchase) == ("paid", "transfer", "paid")
    work.do_due()
    assert set(Payback.objects.values_list("state", flat=True)) == {"due"}
    assert offenders() == {}


def test_money_for_what_is_paid_or_over_goes_back(town: Town, stella: Profile) -> None:
    paid, over = placed(town, key="a"), placed(town, key="b")
    receive(stella, paid)
    actions.abandon(by=town.ana, purchase=over)
    for n, purchase in enumerate((paid, over)):
        assert receive(stella, purchase, 7600, f"late-{n}").use == Capture.RETURNED
    assert (stood(paid)[0], stood(over)[0]) == ("paid", "ended")
    assert transfers.to_send_back().count() == 2
    assert offenders() == {}


def test_one_reference_of_the_bank_is_one_arrival(town: Town, stella: Profile) -> None:
    one, other = placed(town, key="a"), placed(town, key="b")
    receive(stella, one)
    for purchase, amount in ((other, 7600), (one, 7601)):
        with pytest.raises(Refusal) as refused:
            receive(stella, purchase, amount)
        assert refused.value.field == "reference"
    assert stood(other) == ("open", "transfer", "awaiting")
    assert Capture.objects.count() == 1
    assert offenders() == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**12},
        {"reference": " \x00"},
        {"reference": "x" * 141},
        {"day": date(2999, 1, 1)},
        {"day": date(1999, 1, 1)},
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(town: Town, stella: Profile, wrong: dict[str, Any]) -> None:
    purchase = placed(town)
    with pytest.raises(BadInput) as refused:
        receive(stella, purchase, **wrong)
    assert refused.value.field == next(iter(wrong))
    assert stood(purchase) == ("open", "transfer", "awaiting")


def test_it_may_pay_what_was_to_be_paid_by_card_by_now(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    actions.pay_by_card(by=town.ana, purchase=purchase)
    assert stood(purchase) == ("open", "card", "awaiting")
    receive(stella, purchase)
    assert stood(purchase) == ("paid", "transfer", "paid")
    # The card is charged all the same: that is what goes back by itself.
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    assert Capture.objects.get(method="card").use == Capture.RETURNED
    assert Payback.objects.get().due <= clock.now()
    assert books(town) == (0, 7600, 0, -7600)
    assert offenders() == {}


def test_what_was_paid_by_card_stands_in_the_providers_book(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    for _ in range(2):
        actions.pay_by_card(by=town.ana, purchase=purchase)
    assert len(acts("purchase.by_card")) == 1
    actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    receive(stella, purchase)
    assert books(town) == (7600, 0, 0, -7600)
    assert transfers.to_send_back().count() == 1
    with pytest.raises(Refusal, match="paid already"):
        actions.pay_by_card(by=town.ana, purchase=purchase)
    assert offenders() == {}


def test_only_the_buyer_changes_how(town: Town) -> None:
    purchase = placed(town)
    with pytest.raises(NotAllowed):
        actions.pay_by_card(by=town.noor, purchase=purchase)


# ---- time


def test_it_lapses_after_its_days_and_its_things_are_in_the_basket_again(town: Town) -> None:
    purchase = placed(town)
    begun = clock.now()
    for hours in range(1, 24 * 7, 5):
        clock.move(begun + timedelta(hours=hours))
        work.do_due()
        assert stood(purchase) == ("open", "transfer", "awaiting")
    clock.move(purchase.payment.expires + timedelta(minutes=2))
    work.do_due()
    assert stood(purchase) == ("ended", "transfer", "lapsed")
    assert not Check.objects.exists()
    assert BasketLine.objects.get().quantity == 2
    assert Variant.objects.get().available == 10
    ours = [mail.subject for mail in mails("ana@example.org") if purchase.public in mail.subject]
    assert ours[0].startswith("Please send £76 by")
    assert ours[1:] == [
        f"Not here yet: your transfer for order {purchase.public}",
        f"Order {purchase.public} was not paid",
    ]
    assert offenders() == {}


def test_the_first_mail_says_all_that_a_bank_asks(town: Town) -> None:
    purchase = placed(town)
    work.do_due()
    [mail] = mails("ana@example.org")
    for face in (mail.text, mail.html):
        for words in ("£76", "Wendham Hall", "GB29 NWBK 6016 1331 9268 19", purchase.public):
            assert words in face


def test_who_lets_go_gets_no_mail_that_says_so(town: Town) -> None:
    purchase = placed(town)
    actions.abandon(by=town.ana, purchase=purchase)
    clock.move(clock.now() + timedelta(days=9))
    work.do_due()
    assert not [mail for mail in mails("ana@example.org") if purchase.public in mail.subject]
    assert BasketLine.objects.get().quantity == 2


def test_a_wrong_amount_is_said_with_what_to_do(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    receive(stella, purchase, 7000)
    work.do_due()
    mail = mails("ana@example.org")[-1]
    assert mail.subject == "£70 of yours goes back"
    assert "It was to be £76. Please send the whole of it once more" in mail.text


# ---- what goes back


def refunded(town: Town, stella: Profile, pieces: int = 1) -> tuple[Order, Payback]:
    purchase = placed(town)
    receive(stella, purchase)
    [order] = orders_of(purchase)
    refund = actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: pieces})
    return order, refund.payback


def test_a_refund_waits_for_a_steward_and_never_asks_the_provider(town: Town, stella: Profile) -> None:
    order, payback = refunded(town, stella)
    clock.move(clock.now() + timedelta(days=3))
    work.do_due()
    actions.pay_back(Payback.objects.select_related("capture").get(pk=payback.pk))
    payback.refresh_from_db()
    assert payback.state == Payback.DUE
    assert books(town) == (0, 7600, -3800, -3800)
    for reference in ("OUT-1", "OUT-2"):
        actions.send_back(by=stella, payback=payback, reference=reference)
    payback.refresh_from_db()
    assert (payback.state, payback.provider_id) == ("done", "OUT-1")
    assert books(town) == (0, 3800, 0, -3800)
    assert len(acts("refund.paid")) == len(acts("transfer.returned")) == 1
    work.do_due()
    subjects = [mail.subject for mail in mails("ana@example.org")]
    assert subjects[-1] == "£38 is on its way back to you"
    assert "to the account you paid from" in next(one.text for one in mails() if "goes back to you" in one.subject)
    assert "card" not in next(one.text for one in mails() if "goes back to you" in one.subject)
    assert Order.objects.get(pk=order.pk).state == Order.PAID
    assert offenders() == {}


def test_a_cancelled_order_goes_back_by_hand_too(town: Town, stella: Profile) -> None:
    purchase = placed(town)
    receive(stella, purchase)
    actions.cancel(by=town.mira, order=orders_of(purchase)[0], reason="No clay")
    [row] = transfers.to_send_back()
    [back] = transfers.backs([row])
    assert (back.purchase, back.row.amount, back.refund and back.refund.reason) == (purchase, 7600, "No clay")
    actions.send_back(by=stella, payback=row, reference="OUT-1")
    assert books(town) == (0, 0, 0, 0)
    assert offenders() == {}


def test_only_a_steward_sends_back_and_only_what_came_by_transfer(town: Town, stella: Profile) -> None:
    _order, payback = refunded(town, stella)
    with pytest.raises(NotAllowed):
        actions.send_back(by=town.mira, payback=payback, reference="OUT-1")
    for wrong in ("", " \x00", "x" * 141):
        with pytest.raises(BadInput):
            actions.send_back(by=stella, payback=payback, reference=wrong)
    order = town.bought(town.ben, {town.variant("Mug"): 1})
    by_card = actions.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}).payback
    with pytest.raises(Refusal, match="by itself"):
        actions.send_back(by=stella, payback=by_card, reference="OUT-1")
    assert set(Payback.objects.values_list("state", flat=True)) == {"due"}
    assert offenders() == {}


def test_what_is_noted_says_no_names_in_the_log(town: Town, stella: Profile) -> None:
    _order, payback = refunded(town, stella)
    actions.send_back(by=stella, payback=payback, reference="OUT-1")
    for act in acts("transfer.arrived") + acts("transfer.returned"):
        assert set(act.data) <= {"capture", "payback", "amount"}
        assert act.actor == stella
