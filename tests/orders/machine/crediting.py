"""The machine among creditors and former buyers: shares, royalties, payouts; what they ask to be changed."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from moothall.catalog.models import PUBLISHED, Product, Revision, Variant
from moothall.credit import actions
from moothall.credit.models import ROYALTIES, Part, PayoutLine, Royalty, Split
from moothall.credit.queries import last_payout
from moothall.improvements import actions as improvements
from moothall.improvements.models import Improvement
from moothall.ledger.actions import book
from moothall.ledger.queries import balance
from moothall.orders.models import OrderLine
from moothall.people.models import Profile
from tests.credit.ground import IBANS, steward

from .ground import CHOICE, NUMBER, PERSON
from .shaping import Shaping

CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))


class Crediting(Shaping):
    # ---- shares

    def split(self, choice: int) -> Split | None:
        found: Split | None = self.one(Split.objects.select_related("idea__lead"), choice)
        return found

    @rule(choice=CHOICE, by=CHOICE, cuts=CUTS, more=st.sampled_from([0, 0, 0, 1]))
    def propose_shares(self, choice: int, by: int, cuts: tuple[int, int], more: int) -> None:
        """Of three people, what is left to the last; now and then a point too much."""
        idea = self.idea(choice)
        if idea:
            low, high = sorted(cuts)
            points = (low, high - low, 10_000 - high + more)
            named = zip((self.town.ana, self.town.noor, self.town.ben), points, strict=True)
            shares = [actions.Share(one, part) for one, part in named if part]
            self.may(lambda: actions.propose_split(by=self.other(idea.lead, by), idea=idea, parts=shares))

    @rule(choice=CHOICE, who=CHOICE, how=st.sampled_from(["sign", "sign", "sign", "decline", "take back"]))
    def answer_shares(self, choice: int, who: int, how: str) -> None:
        split = self.split(choice)
        part = self.one(Part.objects.filter(split=split).select_related("person"), who) if split else None
        if split is None or part is None:
            return
        if how == "take back":
            self.may(lambda: actions.take_back(by=self.other(split.idea.lead, who), split=split))
        elif how == "decline":
            self.may(lambda: actions.decline(by=self.other(part.person, who), split=split, why="Less for me."))
        else:
            self.may(lambda: actions.sign(by=self.other(part.person, who), split=split))

    # ---- what they bring

    @rule(choice=CHOICE, who=CHOICE, quantity=NUMBER)
    def buy_what_was_made(self, choice: int, who: int, quantity: int) -> None:
        made = Product.objects.filter(state=PUBLISHED).exclude(born="").values("pk")
        rows = Variant.objects.filter(product__in=made, gone=None).select_related("product__brand")
        thing = self.one(rows, choice)
        if thing:
            self.may(lambda: self.town.bought((self.town.noor, self.town.ana)[who % 2], {thing: quantity}))

    @rule(who=PERSON, ends=st.integers(0, 4))
    def say_where_to_pay(self, who: int, ends: int) -> None:
        by = self.person(who)
        if ends == 4:
            self.may(lambda: actions.end_payee(by=by))
        else:
            self.may(lambda: actions.set_payee(by=by, holder=by.name, iban=IBANS[who]))

    @rule(late=st.integers(0, 1))
    def pay_royalties_out(self, late: int) -> None:
        by = steward()
        self.may(lambda: actions.pay_out(by=by, after=max(last_payout() - late, 0)))

    @invariant()
    def royalties_are_what_is_left_of_them(self) -> None:
        """In all books together: what each posted royalty is, less its part of what was given back, by the pennies
        that each share is rounded to; less what was paid out."""
        left, slack = 0, 0
        for one in Royalty.objects.filter(posted__isnull=False).select_related("line"):
            line: OrderLine = one.line
            left += one.amount - (one.amount * line.returned) // line.quantity
            slack += Part.objects.filter(split=one.split_id).count() + 1
        left -= sum(PayoutLine.objects.values_list("amount", flat=True))
        owed = sum(-balance(book(who, ROYALTIES, "GBP")) for who in self.creditors())
        assert abs(owed - left) <= slack, (owed, left)

    def creditors(self) -> list[Profile]:
        return list(Profile.objects.filter(pk__in=Part.objects.values("person")))

    # ---- what is asked

    @rule(choice=CHOICE, who=PERSON)
    def ask_for_a_change(self, choice: int, who: int) -> None:
        product = self.one(Product.objects.filter(state=PUBLISHED).select_related("brand"), choice)
        if product:
            change = improvements.Asked(self.new_words(), "")
            self.may(lambda: improvements.ask(by=self.person(who), product=product, asked=change))

    def asked_for(self, choice: int) -> Improvement | None:
        found: Improvement | None = self.one(Improvement.objects.select_related("product__brand", "by"), choice)
        return found

    @rule(choice=CHOICE, who=PERSON, leaves=st.booleans())
    def ask_for_it_too(self, choice: int, who: int, leaves: bool) -> None:
        one = self.asked_for(choice)
        if one:
            do = improvements.leave if leaves else improvements.join
            self.may(lambda: do(by=self.person(who), improvement=one))

    @rule(choice=CHOICE, by=CHOICE, how=st.sampled_from(["take back", "ask again", "decline", "reopen"]))
    def answer_what_is_asked(self, choice: int, by: int, how: str) -> None:
        one = self.asked_for(choice)
        if one is None:
            return
        if how == "take back":
            self.may(lambda: improvements.take_back(by=self.other(one.by, by), improvement=one))
        elif how == "ask again":
            self.may(lambda: improvements.ask_again(by=self.other(one.by, by), improvement=one))
        elif how == "decline":
            who = self.owner(one.product.brand, by)
            self.may(lambda: improvements.decline(by=who, improvement=one, answer="No."))
        else:
            self.may(lambda: improvements.reopen(by=self.owner(one.product.brand, by), improvement=one))

    @rule(choice=CHOICE, by=CHOICE, taken=st.integers(0, 3))
    def bring_a_revision(self, choice: int, by: int, taken: int) -> None:
        one = self.asked_for(choice)
        if one:
            rows = Improvement.objects.filter(product=one.product).select_related("product").order_by("-pk")
            who, words = self.owner(one.product.brand, by), self.new_words()
            chosen = list(rows.filter(state=Improvement.OPEN) if choice % 4 else rows)[:taken]
            self.may(lambda: improvements.bring_revision(by=who, product=one.product, words=words, taken=chosen))

    @rule(choice=CHOICE, by=CHOICE)
    def take_a_revision_back(self, choice: int, by: int) -> None:
        row = self.one(Revision.objects.select_related("product__brand"), choice)
        if row and choice % 3 == 2:
            who = self.owner(row.product.brand, by)
            self.may(lambda: improvements.take_back_revision(by=who, product=row.product, number=row.number))
