"""What stewards and buyers do about bank transfers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.core import clock
from moothall.orders import actions, transfers
from moothall.orders.actions.transfers import Account as BankAccount
from moothall.orders.models import Purchase
from moothall.payments.models import Payback, Payment
from moothall.people import actions as people
from moothall.people.models import Account
from tests.town import NOBODY, person

from .ground import Ground

CHOICE = st.integers(0, 10**6)


class Transferring(Ground):
    """The hall has an account from the first transfer on."""

    stella: Any = None

    def steward(self) -> Any:
        if self.stella is None:
            self.stella = person("Stella Ward", "stella")
            people.make_steward(account=Account.objects.get(profile=self.stella))
            actions.set_bank(by=self.stella, account=BankAccount("The Hall", "12-34-56 12345678", days=1))
        return self.stella

    @rule(who=CHOICE, what=st.dictionaries(st.integers(0, 3), st.integers(1, 4), min_size=1))
    def promise(self, who: int, what: dict[int, int]) -> None:
        self.steward()
        buyer = self.buyer(who)
        self.keys += 1
        basket = self.town.basket_of(buyer, {self.things[n]: number for n, number in what.items()})
        self.may(
            lambda: actions.place_order(
                by=buyer,
                basket=basket,
                contact=self.town.contact(buyer.name),
                telling=NOBODY,
                key=str(self.keys),
                method="transfer",
            )
        )

    @rule(choice=CHOICE, more=st.sampled_from([0, 0, 0, -1, 5]), number=st.integers(0, 9))
    def arrive(self, choice: int, more: int, number: int) -> None:
        """For any purchase that costs something, awaited or not; now and then under a number that was there before."""
        payment = self.one(Payment.objects.filter(amount__gt=0), choice)
        by = self.steward()
        if payment:
            self.may(
                lambda: actions.receive_transfer(
                    by=by, payment=payment, amount=payment.amount + more, reference=f"B-{number}"
                )
            )

    @rule(choice=CHOICE)
    def send_back(self, choice: int) -> None:
        payback = self.one(Payback.objects.all(), choice)
        by = self.steward()
        if payback:
            self.may(lambda: actions.send_back(by=by, payback=payback, reference=f"OUT-{choice}"))

    @rule()
    def wait_for_a_day(self) -> None:
        clock.move(clock.now() + timedelta(hours=20))

    @rule(choice=CHOICE)
    def take_the_card(self, choice: int) -> None:
        purchase: Purchase | None = self.one(transfers.awaited(), choice)
        if purchase:
            self.may(lambda: actions.pay_by_card(by=purchase.buyer, purchase=purchase))
