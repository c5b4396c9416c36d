"""The ground the machine stands on: the town, its shelves, who does a step, and what must hold after each.

A refusal is an answer like any other: it changes nothing. What went through is counted in `DONE`, so that a long run
can show that no rule is refused every time."""

from __future__ import annotations

import copy
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from moothall.config.invariants import offenders
from moothall.core import clock, work
from moothall.core.refusals import Refusal
from moothall.orders import actions
from moothall.orders.models import Order
from moothall.payments import provider
from moothall.payments.models import Payback
from moothall.payments.provider import ProviderSilent
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from moothall.prices import actions as prices
from moothall.prices.queries import Taxed
from tests import town as the_town
from tests.town import lines_of, money, sends

from .till import MemoryTill

NUMBER = st.integers(1, 4)
CHOICE = st.integers(0, 10**6)
WANTED = st.dictionaries(st.integers(0, 3), NUMBER, min_size=1)
CODE = st.sampled_from(["", "TENTH", "three", "WOOL", "NEW"])
REACH = st.sampled_from(["", "public", "followers", "circle"])
PIECES = st.lists(st.integers(0, 3), min_size=2, max_size=3)
PERSON = st.integers(0, 3)
DOORS = (
    *("open_session", "look", "end_session", "give_back", "look_back"),
    *("keep_card", "card_kept", "charge_kept", "charges_of", "forget_card"),
)
KEPT = ("town", "wool", "brands", "guest", "things", "keys", "crowd", "said")
DONE: Counter[str] = Counter()
TRIED: Counter[str] = Counter()


class Ground(RuleBasedStateMachine):
    """Two brands, five people, a guest, four things."""

    morning: ClassVar[Any] = None

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.till = MemoryTill({}, {}, {})
        for name in DOORS:
            self.patch.setattr(provider, name, getattr(self.till, name))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.patch.undo()
        clock.let_go()

    @classmethod
    def wake(cls) -> None:
        """Do what each run begins with once for all of them, in the transaction around them."""
        first = cls()
        first.begin()
        cls.morning = {name: one for name, one in vars(first).items() if name in KEPT}, first.till, clock.now()
        first.block.__exit__(None, None, None)
        first.patch.undo()
        clock.let_go()

    @initialize()
    def begin(self) -> None:
        if self.morning is None:
            self.make_town()
            self.half_a_day()
            return
        kept, till, at = copy.deepcopy(self.morning)
        vars(self).update(kept)
        vars(self.till).update(vars(till))
        clock.move(at)

    def make_town(self) -> None:
        self.town = the_town.make()
        self.wool = self.town.another_brand()
        self.brands = [self.town.brand, self.wool]
        self.guest = people.make_guest(name="Gus")
        # The address that guests of the machine buy with; whoever proved it may claim what they bought.
        account = Account.objects.get(profile=self.town.ana)
        EmailAddress.objects.create(user=account, email="gus@example.org", verified=True)
        people.let_be_found(account=account, findable=True)
        the_town.take_in(by=self.town.mira, brand=self.town.brand, person=self.town.ben, role="seller")
        sends(self.town.brand, "3.99")
        self.things = [
            self.town.variant("Pot", price="38", left=6),
            self.town.variant("Sample", price="0", left=4),
            self.town.variant("Scarf", price="19.99", left=3, brand=self.wool),
            self.town.variant("Hat", price="0.01", left=None, brand=self.wool),
        ]
        self.town.voucher("TENTH", limit=3, each=2)
        self.town.voucher("THREE", percent=None, amount=money("3"), limit=4, each=1, minimum=money("0.01"))
        ola = the_town.owner_of(self.wool)
        prices.make_voucher(by=ola, brand=self.wool, offer=prices.Offer("WOOL", percent=100, limit=2))
        prices.set_taxes(by=ola, brand=self.wool, included=False, rates=[Taxed("GB", 2000, 500)])
        actions.set_imprint(by=self.town.mira, brand=self.town.brand, name=self.town.name())
        self.keys = 0

    def half_a_day(self) -> None:
        """What was done before the first step, so that thirty steps come to the later ones too."""
        raise NotImplementedError

    # ---- who and what a step is about

    def buyer(self, choice: int) -> Profile:
        return (self.town.ana, self.town.ben, self.guest)[choice % 3]

    def person(self, choice: int) -> Profile:
        return (self.town.ana, self.town.ben, self.town.noor, self.town.mira)[choice % 4]

    def account(self, choice: int) -> Account:
        return Account.objects.select_related("profile").get(profile=self.person(choice))

    def one(self, rows: Any, choice: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[choice % len(found)] if found else None

    def owner(self, brand: Profile, choice: int) -> Profile:
        """Mostly somebody who may; now and then a stranger, who is refused. (Hypothesis likes 0 best.)"""
        return self.town.noor if choice % 7 == 6 else the_town.owner_of(brand)

    def seller(self, order: Order, choice: int) -> Profile:
        return self.owner(order.brand, choice)

    def paid_order(self, choice: int) -> Order | None:
        return self.one(Order.objects.filter(state=Order.PAID).select_related("brand", "purchase__buyer"), choice)

    def pieces(self, order: Order, numbers: list[int]) -> dict[int, int]:
        return {line.pk: number for line, number in zip(lines_of(order), numbers, strict=False)}

    def may(self, doing: Callable[[], object]) -> bool:
        """A refusal or a silent till takes all back that was begun."""
        rule = sys._getframe(1).f_code.co_name
        TRIED[rule] += 1
        try:
            with transaction.atomic():
                doing()
        except (Refusal, ProviderSilent):
            return False
        DONE[rule] += 1
        return True

    def will(self, doing: Callable[[], object]) -> bool:
        """The same for what commits piece by piece: what was done before the till fell silent stands."""
        rule = sys._getframe(1).f_code.co_name
        TRIED[rule] += 1
        try:
            doing()
        except (Refusal, work.Later):
            return False
        DONE[rule] += 1
        return True

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

    # ---- always

    @invariant()
    def all_is_well(self) -> None:
        assert offenders() == {}

    @invariant()
    def what_is_done_was_done_at_the_till(self) -> None:
        for payback in Payback.objects.filter(state=Payback.DONE, capture__method="card"):
            assert self.till.refunds[f"payback-{payback.public}-{payback.attempt}"].state == "done"
