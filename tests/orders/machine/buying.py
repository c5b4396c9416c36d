"""The machine buys: baskets, checkouts, all that a till may say, and at what time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.orders import actions
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Basket, BasketLine, Purchase
from moothall.payments.models import Payment
from moothall.payments.provider import State
from moothall.people import actions as people

from .ground import CHOICE, CODE, NUMBER, PERSON, REACH, WANTED, Ground


class Buying(Ground):
    @rule(who=CHOICE, what=WANTED, reach=REACH, code=CODE)
    def place(self, who: int, what: dict[int, int], reach: str, code: str = "") -> None:
        buyer = self.buyer(who)
        circle = self.town.family if reach == "circle" else None
        self.keys += 1
        wanted = {self.things[n]: number for n, number in what.items()}
        self.may(
            lambda: self.town.placed(
                buyer, wanted, telling=Telling(reach, circle, "Mine" if reach else ""), key=str(self.keys), code=code
            )
        )

    @rule(who=CHOICE, what=WANTED, reach=REACH, code=CODE)
    def buy(self, who: int, what: dict[int, int], reach: str, code: str = "") -> None:
        """All the way at once."""
        self.place(who, what, reach, code)
        purchase = Purchase.objects.order_by("pk").last()
        if purchase:
            self.may(lambda: actions.open_page(purchase=purchase))
            self.pay_for(Payment.objects.get(pk=purchase.payment_id))

    def pay_for(self, payment: Payment) -> None:
        if payment.session:
            self.till.pay(payment.session)
            actions.settle(payment=payment, state=self.till.sessions[payment.session])

    @rule(choice=CHOICE)
    def go_to_pay(self, choice: int) -> None:
        purchase = self.one(Purchase.objects.all(), choice)
        if purchase:
            self.may(lambda: actions.open_page(purchase=purchase))

    @rule(choice=CHOICE)
    def pay(self, choice: int) -> None:
        """At the till, whatever the hall thinks; it may hear of it later, or never."""
        if self.till.sessions:
            self.till.pay(sorted(self.till.sessions)[choice % len(self.till.sessions)])

    @rule(choice=CHOICE, times=st.integers(1, 2))
    def hear(self, choice: int, times: int) -> None:
        """A webhook or a return, of any session that ever was, also twice."""
        if not self.till.sessions:
            return
        state = self.till.sessions[sorted(self.till.sessions)[choice % len(self.till.sessions)]]
        for _ in range(times):
            actions.settle(payment=Payment.objects.get(public=state.reference), state=state)

    @rule(choice=CHOICE)
    def pay_by_another_page(self, choice: int) -> None:
        """A second session of the same payment, paid: nobody knows how it came to be."""
        payment = self.one(Payment.objects.filter(amount__gt=0), choice)
        if payment:
            name = f"cs_stray_{len(self.till.sessions)}"
            state = State(name, payment.public, True, False, f"pi_{name}", payment.amount, payment.currency, "")
            self.till.sessions[name] = state
            actions.settle(payment=payment, state=state)

    @rule(choice=CHOICE, amount=NUMBER)
    def pay_a_wrong_amount(self, choice: int, amount: int) -> None:
        payment = self.one(Payment.objects.filter(state=Payment.OPEN).exclude(session=""), choice)
        if payment and not (self.till.sessions[payment.session].ended or self.till.sessions[payment.session].paid):
            wrong = replace(
                self.till.sessions[payment.session], paid=True, intent=f"pi_{payment.session}", amount=amount
            )
            self.till.sessions[payment.session] = wrong
            actions.settle(payment=payment, state=wrong)

    @rule(choice=CHOICE)
    def stop(self, choice: int) -> None:
        purchase = self.one(Purchase.objects.select_related("buyer"), choice)
        if purchase:
            self.may(lambda: actions.abandon(by=purchase.buyer, purchase=purchase))

    @rule(choice=CHOICE)
    def look(self, choice: int) -> None:
        """Who comes back from the till without a word, and the poller."""
        payment = self.one(Payment.objects.all(), choice)
        if payment:
            self.may(lambda: actions.look_after(payment=payment))

    @rule(who=CHOICE)
    def let_go(self, who: int) -> None:
        """Before one pays anew."""
        self.may(lambda: actions.let_go_of_others(by=self.buyer(who), key="another"))

    # ---- the basket

    def basket(self, who: int) -> Basket:
        return actions.basket_for(owner=self.buyer(who), token=f"token-of-{self.buyer(who).pk}")

    @rule(who=CHOICE, what=PERSON, quantity=st.integers(0, 40))
    def put(self, who: int, what: int, quantity: int) -> None:
        variant = self.things[what]
        variant.refresh_from_db()
        self.may(lambda: actions.put(basket=self.basket(who), variant=variant, quantity=quantity))

    @rule(who=CHOICE, choice=CHOICE, quantity=st.integers(0, 100))
    def set_quantity(self, who: int, choice: int, quantity: int) -> None:
        line = self.one(BasketLine.objects.filter(basket=self.basket(who)).select_related("variant"), choice)
        if line:
            self.may(lambda: actions.set_quantity(basket=line.basket, variant=line.variant, quantity=quantity))

    @rule(who=CHOICE, country=st.sampled_from(["GB", "FR", "XX"]))
    def set_country(self, who: int, country: str) -> None:
        self.may(lambda: actions.set_country(basket=self.basket(who), country=country))

    @rule(who=CHOICE, code=CODE)
    def set_code(self, who: int, code: str) -> None:
        self.may(lambda: actions.set_code(basket=self.basket(who), by=self.buyer(who), code=code))

    @rule(who=CHOICE)
    def pay_for_the_basket(self, who: int) -> None:
        """As it stands, with whatever was put into it."""
        self.keys += 1
        buyer, key = self.buyer(who), str(self.keys)
        contact = self.town.contact(buyer.name)
        self.may(
            lambda: actions.place_order(by=buyer, basket=self.basket(who), contact=contact, telling=Telling(), key=key)
        )

    @rule(who=st.integers(0, 1), what=PERSON, quantity=NUMBER)
    def sign_in_with_a_basket(self, who: int, what: int, quantity: int) -> None:
        variant = self.things[what]
        variant.refresh_from_db()

        def do() -> None:
            actions.put(basket=actions.basket_for(owner=None, token="tab"), variant=variant, quantity=quantity)
            actions.adopt_basket(owner=self.buyer(who), token="tab")

        self.may(do)

    @rule(choice=CHOICE, who=CHOICE)
    def buy_again(self, choice: int, who: int) -> None:
        order = self.paid_order(choice)
        if order:
            buyer = self.buyer(who)
            self.may(lambda: actions.buy_again(by=buyer, basket=self.basket(who), order=order))

    # ---- guests

    @rule(who=PERSON)
    def prove_an_address(self, who: int) -> None:
        """What the guest bought becomes Ana's; the next guest comes."""
        by = self.town.ana if who < 3 else self.town.noor
        if self.may(lambda: actions.adopt_guests(by=by, email="gus@example.org")):
            self.guest.refresh_from_db()
            if self.guest.became_id:
                self.guest = people.make_guest(name="Gus")
