"""A machine that does whatever people could do, in any order; after each step every invariant holds.

The till is one in memory, here and nowhere else, because a real one would cost seconds a run.
MACHINE_RUNS and MACHINE_STEPS say how long."""

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as pace
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from moothall.catalog import actions as catalog
from moothall.catalog.models import Variant
from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import Refusal
from moothall.orders import actions
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Order, Purchase, Share
from moothall.payments import provider
from moothall.payments.models import Check, Payback, Payment
from moothall.payments.provider import Ask, ProviderSilent, Returned, State
from moothall.people import actions as people
from moothall.people.models import Profile
from moothall.prices import actions as prices
from moothall.prices.models import Voucher
from moothall.prices.queries import Taxed
from tests import town as the_town
from tests.orders.transferring import Transferring
from tests.town import lines_of, money, sends

RUNS = int(os.environ.get("MACHINE_RUNS", "50"))
STEPS = int(os.environ.get("MACHINE_STEPS", "30"))


@dataclass
class MemoryTill:
    """What the hall asks of a provider, by the same keys; `silent`, it does what is asked and does not answer."""

    sessions: dict[str, State]
    keys: dict[str, str]
    refunds: dict[str, Returned]
    silent: bool = False
    refuses: bool = False

    def open_session(self, ask: Ask) -> State:
        name = self.keys.setdefault(ask.key, f"cs_{len(self.keys)}")
        fresh = State(name, ask.reference, False, False, "", ask.amount, ask.currency, f"https://till.example/{name}")
        return self._answer(self.sessions.setdefault(name, fresh))

    def look(self, session: str) -> State:
        return self._answer(self.sessions[session])

    def end_session(self, session: str) -> State:
        if not self.sessions[session].paid:
            self.sessions[session] = replace(self.sessions[session], ended=True)
        return self._answer(self.sessions[session])

    def give_back(self, *, intent: str, amount: int, key: str) -> Returned:
        state = "failed" if self.refuses else "done"
        return self._answer(self.refunds.setdefault(key, Returned(f"re_{key}", state, "no" if self.refuses else "")))

    def look_back(self, provider_id: str) -> Returned:
        return self._answer(next(one for one in self.refunds.values() if one.provider_id == provider_id))

    def _answer(self, answer: Any) -> Any:
        if self.silent:
            raise ProviderSilent("silent")
        return answer

    def pay(self, session: str) -> None:
        state = self.sessions[session]
        if not (state.paid or state.ended):
            self.sessions[session] = replace(state, paid=True, intent=f"pi_{session}")


NUMBER = st.integers(1, 4)
CHOICE = st.integers(0, 10**6)
WANTED = st.dictionaries(st.integers(0, 3), NUMBER, min_size=1)
CODE = st.sampled_from(["", "TENTH", "three", "WOOL"])
REACH = st.sampled_from(["", "public", "followers", "circle"])


class Market(Transferring, RuleBasedStateMachine):
    """Two brands, four people, four things. A refusal is an answer like any other: it changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.till = MemoryTill({}, {}, {})
        for name in ("open_session", "look", "end_session", "give_back", "look_back"):
            self.patch.setattr(provider, name, getattr(self.till, name))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.patch.undo()
        clock.let_go()

    @initialize()
    def begin(self) -> None:
        self.town = the_town.make()
        self.guest = people.make_guest(name="Gus")
        wool = self.town.another_brand()
        sends(self.town.brand, "3.99")
        self.things = [
            self.town.variant("Pot", price="38", left=6),
            self.town.variant("Sample", price="0", left=4),
            self.town.variant("Scarf", price="19.99", left=3, brand=wool),
            self.town.variant("Hat", price="0.01", left=None, brand=wool),
        ]
        self.town.voucher("TENTH", limit=3, each=2)
        self.town.voucher("THREE", percent=None, amount=money("3"), limit=4, each=1, minimum=money("0.01"))
        prices.make_voucher(by=the_town.owner_of(wool), brand=wool, offer=prices.Offer("WOOL", percent=100, limit=2))
        prices.set_taxes(by=the_town.owner_of(wool), brand=wool, included=False, rates=[Taxed("GB", 2000, 500)])
        self.keys = 0
        # The day begins with two paid orders and one that waits, so that thirty steps come to the later ones too.
        self.buy(0, {0: 2, 1: 1, 2: 1}, "")
        self.buy(1, {0: 1, 3: 4}, "public")
        self.place(0, {0: 1}, "")
        self.go_to_pay(2)

    # ---- who and what a step is about

    def buyer(self, choice: int) -> Profile:
        return (self.town.ana, self.town.ben, self.guest)[choice % 3]

    def one(self, rows: Any, choice: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[choice % len(found)] if found else None

    def seller(self, order: Order, choice: int) -> Profile:
        """Mostly somebody who may; now and then a stranger, who is refused."""
        return self.town.noor if choice % 7 == 0 else the_town.owner_of(order.brand)

    def paid_order(self, choice: int) -> Order | None:
        return self.one(Order.objects.filter(state=Order.PAID).select_related("brand", "purchase"), choice)

    # ---- buying

    @rule(who=CHOICE, what=WANTED, reach=REACH, code=CODE)
    def place(self, who: int, what: dict[int, int], reach: str, code: str = "") -> None:
        buyer = self.buyer(who)
        circle = self.town.family if reach == "circle" else None
        self.keys += 1
        wanted = {self.things[n]: number for n, number in what.items()}
        _try(
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
            _try(lambda: actions.open_page(purchase=purchase))
            self.pay_for(Payment.objects.get(pk=purchase.payment_id))

    def pay_for(self, payment: Payment) -> None:
        if payment.session:
            self.till.pay(payment.session)
            actions.settle(payment=payment, state=self.till.sessions[payment.session])

    @rule(choice=CHOICE)
    def go_to_pay(self, choice: int) -> None:
        purchase = self.one(Purchase.objects.all(), choice)
        if purchase:
            _try(lambda: actions.open_page(purchase=purchase))

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
            _try(lambda: actions.abandon(by=purchase.buyer, purchase=purchase))

    # ---- the till, the worker, time

    @rule(silent=st.booleans(), refuses=st.booleans())
    def change_the_till(self, silent: bool, refuses: bool) -> None:
        self.till.silent, self.till.refuses = silent, refuses

    @rule()
    def work(self) -> None:
        work.do_due()

    @rule(minutes=st.sampled_from([1, 10, 40]))
    def wait(self, minutes: int) -> None:
        clock.move(clock.now() + timedelta(minutes=minutes))

    # ---- the desk

    @rule(choice=CHOICE, by=CHOICE, numbers=st.lists(st.integers(0, 4), min_size=2, max_size=3))
    def ship(self, choice: int, by: int, numbers: list[int]) -> None:
        order = self.paid_order(choice)
        if order:
            _try(lambda: actions.ship(by=self.seller(order, by), order=order, pieces=_pieces(order, numbers)))

    @rule(choice=CHOICE, by=CHOICE, numbers=st.lists(st.integers(0, 4), min_size=2, max_size=3), restock=st.booleans())
    def refund(self, choice: int, by: int, numbers: list[int], restock: bool) -> None:
        order = self.paid_order(choice)
        if order:
            _try(lambda: actions.refund(
                by=self.seller(order, by), order=order, pieces=_pieces(order, numbers), restock=restock
            ))  # fmt: skip

    @rule(choice=CHOICE, by=CHOICE)
    def cancel(self, choice: int, by: int) -> None:
        order = self.paid_order(choice)
        if order:
            _try(lambda: actions.cancel(by=self.seller(order, by), order=order, reason="No clay"))

    @rule(choice=CHOICE)
    def pack(self, choice: int) -> None:
        order = self.paid_order(choice)
        if order:
            _try(lambda: actions.pack(by=the_town.owner_of(order.brand), order=order))

    @rule(what=st.integers(0, 3), left=st.integers(0, 8))
    def count(self, what: int, left: int) -> None:
        catalog.count(variant=self.things[what], left=left)

    @rule(included=st.booleans(), rate=st.sampled_from([0, 1999, 2000]), sending=st.sampled_from(["0", "3.99"]))
    def ask_otherwise(self, included: bool, rate: int, sending: str) -> None:
        rates = [Taxed("GB", rate)] if rate else []
        prices.set_taxes(by=self.town.mira, brand=self.town.brand, included=included, rates=rates)
        sends(self.town.brand, sending, free_from=money("70"))

    @rule(code=CODE)
    def end_a_voucher(self, code: str) -> None:
        voucher = Voucher.objects.filter(code=code).select_related("brand").first()
        if voucher and self.keys % 5 == 0:
            prices.end_voucher(by=the_town.owner_of(voucher.brand), voucher=voucher)

    # ---- telling

    @rule(choice=CHOICE, reach=st.sampled_from(["public", "followers", "circle"]))
    def share(self, choice: int, reach: str) -> None:
        order = self.paid_order(choice)
        if order:
            lines = [line for line in lines_of(order) if line.variant_id]
            circle = self.town.family if reach == "circle" else None
            _try(lambda: actions.share(
                by=order.purchase.buyer, line=lines[choice % len(lines)], reach=reach, circle=circle, words="Good"
            ))  # fmt: skip

    @rule(choice=CHOICE)
    def take_back(self, choice: int) -> None:
        share = self.one(Share.objects.select_related("by"), choice)
        if share:
            actions.withdraw_share(by=share.by, share=share)

    @rule(who=st.integers(0, 3), whom=st.integers(0, 3))
    def part(self, who: int, whom: int) -> None:
        all = (self.town.ana, self.town.ben, self.town.noor, self.town.brand)
        _try(lambda: people.block(by=all[who], whom=all[whom]))
        _try(lambda: people.unblock(by=all[who], whom=all[whom]))

    @precondition(lambda self: self.town.family.ended is None)
    @rule()
    def end_the_circle(self) -> None:
        people.end_circle(by=self.town.ana, circle=self.town.family)
        self.town.family.refresh_from_db()

    # ---- always

    @invariant()
    def all_is_well(self) -> None:
        assert offenders() == {}

    @invariant()
    def what_is_done_was_done_at_the_till(self) -> None:
        for payback in Payback.objects.filter(state=Payback.DONE, capture__method="card"):
            assert self.till.refunds[f"payback-{payback.public}-{payback.attempt}"].state == "done"


def _pieces(order: Order, numbers: list[int]) -> dict[int, int]:
    return {line.pk: number for line, number in zip(lines_of(order), numbers, strict=False)}


def _try(doing: Any) -> None:
    """A refusal or a silent till takes all back that was begun."""
    try:
        with transaction.atomic():
            doing()
    except (Refusal, ProviderSilent):
        pass


@pytest.mark.django_db
def test_whatever_people_do_the_invariants_hold() -> None:
    every = list(HealthCheck)
    run_state_machine_as_test(
        Market, settings=pace(max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=every)
    )


@pytest.mark.django_db
def test_a_day_after_all_is_settled(settings: Any) -> None:
    """The machine's own till: once it answers again, nothing waits and nothing is held."""
    market = Market()
    try:
        market.begin()
        for n in range(6):
            market.place(n, {0: 1, n % 4: 1}, "public")
            market.go_to_pay(n)
        market.change_the_till(silent=True, refuses=False)
        market.pay(0), market.pay(1), market.work(), market.wait(40), market.work()
        market.change_the_till(silent=False, refuses=False)
        market.wait(40), market.work(), market.wait(40), market.work()
        assert not Check.objects.exists()
        assert not Variant.objects.filter(held__gt=0).exists()
        assert set(Order.objects.values_list("state", flat=True)) == {"paid", "lapsed"}
        assert offenders() == {}
    finally:
        market.teardown()
