"""The machine at the desk: packing, parcels, money back, papers, returns."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.orders import actions
from moothall.orders.models import Refund, Return, ReturnLine, Shipment
from moothall.people.models import Profile

from .ground import CHOICE, PIECES, Ground

WORDS = st.sampled_from(["", "It rattles."])


class Desk(Ground):
    @rule(choice=CHOICE, by=CHOICE, numbers=PIECES)
    def ship(self, choice: int, by: int, numbers: list[int]) -> None:
        order = self.paid_order(choice)
        if order:
            self.may(lambda: actions.ship(by=self.seller(order, by), order=order, pieces=self.pieces(order, numbers)))

    @rule(choice=CHOICE, by=CHOICE, numbers=PIECES, restock=st.booleans())
    def refund(self, choice: int, by: int, numbers: list[int], restock: bool) -> None:
        order = self.paid_order(choice)
        if order:
            self.may(lambda: actions.refund(
                by=self.seller(order, by), order=order, pieces=self.pieces(order, numbers), restock=restock
            ))  # fmt: skip

    @rule(choice=CHOICE, by=CHOICE)
    def cancel(self, choice: int, by: int) -> None:
        order = self.paid_order(choice)
        if order:
            self.may(lambda: actions.cancel(by=self.seller(order, by), order=order, reason="No clay"))

    @rule(choice=CHOICE, by=CHOICE)
    def pack(self, choice: int, by: int) -> None:
        order = self.paid_order(choice)
        if order:
            self.may(lambda: actions.pack(by=self.seller(order, by), order=order))

    @rule(choice=CHOICE, by=CHOICE, tracking=st.sampled_from(["", "AB 1", "AB 2"]))
    def correct_a_parcel(self, choice: int, by: int, tracking: str) -> None:
        parcel = self.one(Shipment.objects.select_related("order__brand"), choice)
        if parcel:
            who = self.seller(parcel.order, by)
            self.may(lambda: actions.correct_parcel(by=who, shipment=parcel, carrier="Post", tracking=tracking))

    @rule(choice=CHOICE, by=CHOICE)
    def ask_the_bank_again(self, choice: int, by: int) -> None:
        refund = self.one(Refund.objects.select_related("order__brand"), choice)
        if refund:
            self.may(lambda: actions.retry_refund(by=self.seller(refund.order, by), refund=refund))

    # ---- papers

    @rule(brand=st.integers(0, 1), by=CHOICE, legal=st.sampled_from(["", "Wool & Sons"]))
    def name_oneself(self, brand: int, by: int, legal: str) -> None:
        of = self.brands[brand]
        who, name = self.owner(of, by), self.town.name(legal=legal)
        self.may(lambda: actions.set_imprint(by=who, brand=of, name=name))

    @rule(brand=st.integers(0, 1))
    def write_papers(self, brand: int) -> None:
        actions.issue_due(brand=self.brands[brand])

    # ---- returns: the buyer

    @rule(choice=CHOICE, stranger=st.booleans(), numbers=PIECES, words=WORDS)
    def ask_to_return(self, choice: int, stranger: bool, numbers: list[int], words: str) -> None:
        order = self.paid_order(choice)
        if order:
            by = self.town.noor if stranger else self.standing(order.purchase.buyer)
            pieces, reason = self.pieces(order, numbers), list(Return.REASONS)[choice % len(Return.REASONS)]
            self.may(lambda: actions.ask_return(by=by, order=order, pieces=pieces, reason=reason, words=words))

    def standing(self, buyer: Profile) -> Profile:
        """Who the guest is by now."""
        buyer.refresh_from_db()
        return buyer.became or buyer

    def back(self, choice: int) -> Any:
        return self.one(Return.objects.select_related("order__brand", "order__purchase__buyer"), choice)

    @rule(choice=CHOICE)
    def send_it_back(self, choice: int) -> None:
        back = self.back(choice)
        if back:
            by = self.standing(back.order.purchase.buyer)
            self.may(lambda: actions.send_return(by=by, back=back, carrier="Post", tracking="CD 3"))

    @rule(choice=CHOICE)
    def keep_it_after_all(self, choice: int) -> None:
        back = self.back(choice)
        if back:
            by = self.standing(back.order.purchase.buyer)
            self.may(lambda: actions.take_back_return(by=by, back=back))

    # ---- returns: the brand

    @rule(choice=CHOICE, by=CHOICE, answer=WORDS)
    def agree(self, choice: int, by: int, answer: str) -> None:
        back = self.back(choice)
        if back:
            self.may(lambda: actions.agree_to_return(by=self.seller(back.order, by), back=back, answer=answer))

    @rule(choice=CHOICE, by=CHOICE, answer=WORDS)
    def decline(self, choice: int, by: int, answer: str) -> None:
        back = self.back(choice)
        if back:
            self.may(lambda: actions.decline_return(by=self.seller(back.order, by), back=back, answer=answer))

    @rule(choice=CHOICE, by=CHOICE)
    def receive(self, choice: int, by: int) -> None:
        back = self.back(choice)
        if back:
            self.may(lambda: actions.receive_return(by=self.seller(back.order, by), back=back))

    @rule(choice=CHOICE, by=CHOICE, all=st.booleans(), numbers=PIECES, answer=WORDS, restock=st.booleans())
    def close(self, choice: int, by: int, all: bool, numbers: list[int], answer: str, restock: bool) -> None:
        back = self.back(choice)
        if back:
            asked = dict(ReturnLine.objects.filter(back=back).values_list("line", "quantity"))
            pieces = asked if all else self.pieces(back.order, numbers)
            who = self.seller(back.order, by)
            self.may(lambda: actions.close_return(by=who, back=back, pieces=pieces, answer=answer, restock=restock))
