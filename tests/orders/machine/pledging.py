"""The machine among pledgers: what is gathered, pledged, opened, decided, charged, made and brought out."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from moothall.core import clock
from moothall.ideas import actions as ideas
from moothall.orders import actions as orders
from moothall.payments.models import Payment
from moothall.people.models import Profile
from moothall.pools import actions, queries
from moothall.pools.ladder import Rung
from moothall.pools.models import Milestone, Pledge, Pool, today

from .ground import CHOICE, NUMBER
from .shaping import Shaping

LIMIT = st.sampled_from([2000, 3600, 4000])
FEW = st.integers(0, 5)
WOULD_BE_CHARGED = (Pledge.DUE, Pledge.FAILING, Pledge.PAID, Pledge.RETURNING, Pledge.RETURNED)


class Pledging(Shaping):
    crowd: tuple[Profile, ...] = ()

    def pledger(self, choice: int) -> Profile:
        return (self.town.noor, self.town.ana, self.town.ben, *self.crowd)[choice % (3 + len(self.crowd))]

    def pool(self, choice: int, *stages: str) -> Pool | None:
        rows = Pool.objects.select_related("product__brand")
        found: Pool | None = self.one(rows.filter(stage__in=stages) if stages else rows, choice)
        return found

    def pledge_of(self, choice: int, *states: str) -> Pledge | None:
        rows = Pledge.objects.select_related("person", "pool__product__brand", "purchase__payment")
        found: Pledge | None = self.one(rows.filter(state__in=states) if states else rows, choice)
        return found

    # ---- a pool begins and ends

    @rule(choice=CHOICE, by=CHOICE, ends=st.integers(0, 3))
    def gather_or_end_it(self, choice: int, by: int, ends: int) -> None:
        idea = self.idea(choice)
        if idea:
            do = ideas.end_gathering if ends == 3 else ideas.begin_gathering
            self.may(lambda: do(by=self.other(idea.lead, by), idea=idea))

    @rule(by=CHOICE, most=st.none() | st.integers(2, 6))
    def open_a_pool(self, by: int, most: int | None) -> None:
        """On what is sold already, five days long."""
        thing = self.things[0]
        offer = actions.Offer([Rung(1, 3400), Rung(2, 3000)], clock.now() + timedelta(days=5), most)
        who = self.owner(thing.product.brand, by)
        self.may(lambda: actions.open_pool(by=who, product=thing.product, offer=offer))

    @rule(choice=CHOICE, by=CHOICE)
    def call_a_pool_off(self, choice: int, by: int) -> None:
        pool = self.pool(choice)
        if pool and choice % 4 == 3:
            self.may(lambda: actions.cancel_pool(by=self.owner(pool.product.brand, by), pool=pool))

    @rule(choice=CHOICE, more=st.sampled_from([-5, 2, 2, 2]))
    def a_pool_ends(self, choice: int, more: int) -> None:
        """Or will in five seconds. The worker decides; who is charged is another step."""
        pool = self.pool(choice, Pool.OPEN)
        if pool:
            clock.move(max(clock.now(), pool.ends + timedelta(seconds=more)))
            self.will(lambda: actions.look_after_pool(pool))

    # ---- pledges

    @rule(choice=CHOICE, who=FEW, quantity=NUMBER, limit=LIMIT)
    def pledge(self, choice: int, who: int, quantity: int, limit: int) -> None:
        pool = self.pool(choice, *Pool.TAKING)
        if pool:
            by = self.pledger(who)
            wanted = actions.Wanted(queries.variants_of(pool)[0], quantity, limit)
            contact = self.town.contact(by.name)
            self.may(lambda: actions.pledge(by=by, pool=pool, wanted=wanted, contact=contact))

    @rule(choice=CHOICE, empty=st.integers(0, 4))
    def give_a_card(self, choice: int, empty: int) -> None:
        """One in five is refused when it is charged."""
        pledge = self.pledge_of(choice, Pledge.STARTED)
        if pledge and self.may(lambda: actions.open_card_page(pledge=pledge)):
            pledge.refresh_from_db()
            self.till.give_card(pledge.session, empty == 4)
            self.may(lambda: actions.look_after_card(pledge=pledge))

    @rule(choice=CHOICE)
    def give_a_card_and_tell_nobody(self, choice: int) -> None:
        if self.till.cards:
            self.till.give_card(sorted(self.till.cards)[choice % len(self.till.cards)], False)

    @rule(choice=CHOICE, by=CHOICE)
    def take_a_pledge_back(self, choice: int, by: int) -> None:
        pledge = self.pledge_of(choice)
        if pledge:
            self.may(lambda: actions.withdraw(by=self.other(pledge.person, by), pledge=pledge))

    # ---- charges

    @rule(choice=CHOICE)
    def look_after_a_pledge(self, choice: int) -> None:
        pledge = self.pledge_of(choice, Pledge.DUE, Pledge.FAILING, Pledge.RETURNING)
        if pledge:
            self.will(lambda: actions.look_after(pledge))

    @rule(choice=CHOICE, by=CHOICE, pays=st.booleans())
    def pay_for_a_pledge_by_page(self, choice: int, by: int, pays: bool) -> None:
        pledge = self.pledge_of(choice, Pledge.FAILING)
        if pledge and self.may(lambda: actions.pay_by_page(by=self.other(pledge.person, by), pledge=pledge)):
            pledge.refresh_from_db()
            purchase = pledge.purchase
            if purchase and self.may(lambda: orders.open_page(purchase=purchase)) and pays:
                payment = Payment.objects.get(pk=purchase.payment_id)
                self.till.pay(payment.session)
                orders.settle(payment=payment, state=self.till.sessions[payment.session])

    @invariant()
    def each_pledge_was_charged_once_or_never(self) -> None:
        """At the till, as far as kept cards go: by payment, and to the penny."""
        charged = Counter(one.reference for one in self.till.charges.values())
        assert all(number == 1 for number in charged.values()), charged
        rows = Pledge.objects.filter(purchase__payment__public__in=charged).select_related("purchase__payment", "pool")
        by_payment = {one.purchase.payment.public: one for one in rows if one.purchase}
        for one in self.till.charges.values():
            pledge = by_payment[one.reference]
            assert pledge.state in WOULD_BE_CHARGED
            price = pledge.pool.price or 0
            assert price <= pledge.limit
            before_tax = pledge.quantity * price + pledge.sending
            assert one.amount == before_tax if pledge.tax_included else one.amount >= before_tax

    # ---- making

    @rule(choice=CHOICE, by=CHOICE, how=st.sampled_from(["plan", "move", "reach"]), days=st.integers(-1, 20))
    def make_it(self, choice: int, by: int, how: str, days: int) -> None:
        pool, to = self.pool(choice), today() + timedelta(days=days)
        if pool and how == "plan":
            who = self.owner(pool.product.brand, by)
            self.may(lambda: actions.plan_milestone(by=who, pool=pool, words="Cut", due=to))
        step = self.one(Milestone.objects.select_related("pool__product__brand"), choice)
        if step and how != "plan":
            who = self.owner(step.pool.product.brand, by)
            if how == "move":
                self.may(lambda: actions.move_milestone(by=who, milestone=step, to=to, why="Rain."))
            else:
                self.may(lambda: actions.reach_milestone(by=who, milestone=step, note="Done."))

    @rule(choice=CHOICE, by=CHOICE, days=st.integers(1, 60))
    def promise_a_later_day(self, choice: int, by: int, days: int) -> None:
        pool = self.pool(choice)
        if pool:
            to = (pool.promised or today()) + timedelta(days=days)
            who = self.owner(pool.product.brand, by)
            self.may(lambda: actions.move_promise(by=who, pool=pool, to=to, why="Rain."))

    @rule(choice=CHOICE, by=CHOICE)
    def want_the_money_back(self, choice: int, by: int) -> None:
        pledge = self.pledge_of(choice)
        if pledge:
            self.may(lambda: actions.take_back_money(by=self.other(pledge.person, by), pledge=pledge))

    @rule(choice=CHOICE, by=CHOICE)
    def bring_it_out(self, choice: int, by: int) -> None:
        pool = self.pool(choice, Pool.WON)
        if pool:
            self.may(lambda: actions.bring_out(by=self.owner(pool.product.brand, by), pool=pool))
