"""Money through the whole house: whatever brands ask, tax and give off, what is paid is what was shown, refunds in any
split end at what was charged, and papers and books say the same to the penny.

Each hall is reckoned twice: by the house, and here by hand. MONEY_CASES says how many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from random import Random

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from moothall.catalog import actions as catalog
from moothall.catalog.models import REDUCED, STANDARD, ZERO, Variant
from moothall.config.invariants import offenders
from moothall.core.money import Money
from moothall.core.refusals import Refusal
from moothall.ledger import actions as ledger
from moothall.ledger.queries import balance
from moothall.orders import actions, queries
from moothall.orders.actions.paying import Telling
from moothall.orders.models import Allocation, Invoice, Order, OrderLine, Purchase, RefundLine
from moothall.payments.models import Payment
from moothall.people import actions as people
from moothall.people.models import Profile
from moothall.prices import actions as prices
from moothall.prices.queries import Taxed
from tests.town import Town, lines_of, orders_of, owner_of, said, variants_of

CASES = max(10, int(os.environ.get("MONEY_CASES", "100")) // 5)

HANDFUL = st.integers(0, 500) | st.integers(0, 10**7)


@dataclass(frozen=True)
class Ware:
    price: int
    quantity: int
    grams: int
    sort: str


@dataclass(frozen=True)
class Asks:
    """What a brand asks: for its wares, for a parcel up to so many grams and above, and by which taxes."""

    wares: Sequence[Ware]
    light: int
    heavy: int
    up_to: int
    free_from: int | None
    included: bool
    standard: int
    reduced: int | None


@dataclass(frozen=True)
class Gift:
    """The voucher of one brand, by its place."""

    place: int
    percent: int | None
    amount: int
    minimum: int


WARES = st.builds(
    Ware,
    price=HANDFUL,
    quantity=st.integers(1, 5),
    grams=st.sampled_from([0, 1, 499, 500, 2000]),
    sort=st.sampled_from([STANDARD, REDUCED, ZERO]),
)
ASKS = st.builds(
    Asks,
    wares=st.lists(WARES, min_size=1, max_size=3),
    light=st.integers(0, 1000),
    heavy=st.integers(0, 3000),
    up_to=st.sampled_from([1, 500, 4000]),
    free_from=st.none() | HANDFUL.filter(bool),
    included=st.booleans(),
    standard=st.sampled_from([0, 700, 1999, 2000]),
    reduced=st.none() | st.sampled_from([0, 500, 833]),
)
GIFT = st.none() | st.builds(
    Gift,
    place=st.integers(0, 2),
    percent=st.none() | st.integers(1, 100),
    amount=HANDFUL.filter(bool),
    minimum=HANDFUL,
)


@pytest.mark.django_db
@pace(max_examples=CASES)
@given(brands=st.lists(ASKS, min_size=1, max_size=3), gift=GIFT, lot=st.randoms(use_true_random=False))
def test_to_the_penny(town: Town, brands: list[Asks], gift: Gift | None, lot: Random) -> None:
    with transaction.atomic():
        sellers = [opened(town, n, asks) for n, asks in enumerate(brands)]
        code = given_off(sellers, gift)
        purchase = bought(town, sellers, brands, code)
        for brand, asks in zip(sellers, brands, strict=True):
            as_by_hand(purchase, brand, asks, gift if gift and sellers[gift.place % len(sellers)] == brand else None)
        assert Payment.objects.get(pk=purchase.payment_id).amount == sum(one.total for one in orders_of(purchase))
        given_back(purchase, lot, until=lot.random())
        on_paper(sellers)
        given_back(purchase, lot, until=2)
        on_paper(sellers)
        for order in orders_of(purchase):
            assert Allocation.objects.get(order=order).refunded == order.total
            left = Invoice.objects.filter(order=order).aggregate(total=Sum("total"), tax=Sum("tax"))
            assert left == {"total": 0, "tax": 0}, "what is given back whole leaves nothing on paper, nor tax"
        assert offenders() == {}
        transaction.set_rollback(True)


# ---- the hall


def opened(town: Town, n: int, asks: Asks) -> Profile:
    brand = people.open_brand(by=town.mira, name=f"Brand {n}", handle=f"brand-{n}")
    free = Money(asks.free_from, "GBP") if asks.free_from else None
    rates = [
        prices.Row(Money(asks.light, "GBP"), up_to_grams=asks.up_to, free_from=free),
        prices.Row(Money(asks.heavy, "GBP"), free_from=free),
    ]
    prices.make_zone(by=town.mira, brand=brand, plan=prices.Plan("Here", countries=["GB"], rates=rates))
    elsewhere = prices.Plan("Elsewhere", rates=[prices.Row(Money(99_999, "GBP"))])
    prices.make_zone(by=town.mira, brand=brand, plan=elsewhere)
    taxes = [Taxed("GB", asks.standard, asks.reduced), Taxed("FR", 2000)]
    prices.set_taxes(by=town.mira, brand=brand, included=asks.included, rates=taxes)
    actions.set_imprint(by=town.mira, brand=brand, name=town.name())
    return brand


def given_off(sellers: Sequence[Profile], gift: Gift | None) -> str:
    if gift is None:
        return ""
    brand = sellers[gift.place % len(sellers)]
    amount = None if gift.percent else Money(gift.amount, "GBP")
    offer = prices.Offer("GIFT", percent=gift.percent, amount=amount, minimum=Money(gift.minimum, "GBP"))
    return prices.make_voucher(by=owner_of(brand), brand=brand, offer=offer).code


def bought(town: Town, sellers: Sequence[Profile], brands: Sequence[Asks], code: str) -> Purchase:
    """Paid as it was shown."""
    wanted: dict[Variant, int] = {}
    for brand, asks in zip(sellers, brands, strict=True):
        for n, ware in enumerate(asks.wares):
            kinds = [catalog.Kind(Money(ware.price, "GBP"), grams=ware.grams)]
            made = catalog.make_product(
                by=town.mira, brand=brand, words=catalog.Words(f"Ware {n}", kinds=kinds, tax=ware.sort)
            )
            catalog.publish(by=town.mira, product=made)
            wanted[variants_of(made)[0]] = ware.quantity
    basket = town.basket_of(town.ana, wanted)
    actions.set_code(basket=basket, by=town.ana, code=code)
    shown = queries.filled(town.ana, basket, "GB")
    # A voucher that does not count is said before it is paid, and the buyer presses again.
    seen = shown.fingerprint
    purchase = actions.place_order(
        by=town.ana, basket=basket, contact=town.contact(), telling=Telling(), key="once", seen=seen
    )
    assert purchase.payment.amount == shown.total.minor
    assert shown.total == shown.things - shown.discount + shown.shipping + shown.tax_added
    if purchase.payment.amount:
        actions.settle(payment=purchase.payment, state=said(purchase, paid=True))
    return purchase


# ---- by hand


def as_by_hand(purchase: Purchase, brand: Profile, asks: Asks, gift: Gift | None) -> None:
    order = Order.objects.get(purchase=purchase, brand=brand)
    lines = lines_of(order)
    wares, sending = lines[: len(asks.wares)], lines[len(asks.wares) :]
    whole = sum(ware.price * ware.quantity for ware in asks.wares)
    less = 0
    if gift and whole and whole >= gift.minimum:
        less = half_up(Fraction(whole * gift.percent, 100)) if gift.percent else min(whole, gift.amount)
    grams = sum(ware.grams * ware.quantity for ware in asks.wares)
    asked = asks.light if grams <= asks.up_to else asks.heavy
    if asks.free_from is not None and whole - less >= asks.free_from:
        asked = 0
    rates = {STANDARD: asks.standard, REDUCED: asks.standard if asks.reduced is None else asks.reduced, ZERO: 0}
    assert sum(line.discount for line in lines) == less
    assert sum(line.price for line in sending) == asked
    assert [line.tax_rate for line in wares] == [rates[ware.sort] for ware in asks.wares]
    tax = 0
    for rate in {line.tax_rate for line in lines}:
        paid = sum(line.price * line.quantity - line.discount for line in lines if line.tax_rate == rate)
        told = half_up(Fraction(paid * rate, 10_000 + rate * asks.included))
        assert sum(line.tax for line in lines if line.tax_rate == rate) == told
        tax += told
    assert order.total == sum(line.amount for line in lines) == whole - less + asked + tax * (not asks.included)


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


# ---- back again


def given_back(purchase: Purchase, lot: Random, *, until: float) -> None:
    """Pieces of any lines, in any order, until so much of all is back (2: everything), then not a penny more.

    Of a line that costs less pennies than it has pieces, the last ones may owe nothing."""
    while waiting := [line for line in all_lines(purchase) if line.part_of(line.to_return)]:
        back, whole = (
            Allocation.objects.filter(order__purchase=purchase).aggregate(Sum("refunded"), Sum("amount")).values()
        )
        if back >= until * whole:
            return
        order = lot.choice(waiting).order
        mine = [line for line in waiting if line.order_id == order.pk]
        pieces = {line.pk: lot.randint(1, line.to_return) for line in lot.sample(mine, lot.randint(1, len(mine)))}
        owed = sum(line.part_of(pieces.get(line.pk, 0)) for line in mine)
        if not owed:  # pieces of a line that costs less than they are many
            pieces, owed = (
                {line.pk: line.to_return for line in mine},
                sum(line.part_of(line.to_return) for line in mine),
            )
        made = actions.refund(by=owner_of(order.brand), order=order, pieces=pieces)
        assert made.amount == owed
        assert made.amount == RefundLine.objects.filter(refund=made).aggregate(all=Sum("amount"))["all"]
    for line in all_lines(purchase):
        with pytest.raises(Refusal):
            actions.refund(by=owner_of(line.order.brand), order=line.order, pieces={line.pk: line.to_return + 1})


def all_lines(purchase: Purchase) -> list[OrderLine]:
    return [line for order in orders_of(purchase) for line in lines_of(order)]


def on_paper(sellers: Sequence[Profile]) -> None:
    """Invoices less credit notes are what is kept, and that is what the brand's book says; so are all their lines."""
    for brand in sellers:
        actions.issue_due(brand=brand)
        papers = list(Invoice.objects.filter(brand=brand))
        kept = Allocation.objects.filter(order__brand=brand).aggregate(amount=Sum("amount"), back=Sum("refunded"))
        told = sum(paper.total for paper in papers)
        assert told == kept["amount"] - kept["back"]
        assert told == -balance(ledger.book(brand, ledger.PAYABLE, "GBP"))
        for paper in papers:
            sign = -1 if paper.refund_id else 1
            for parts in (paper.data["lines"], paper.data["rates"]):
                assert paper.total == sign * sum(one["amount"] for one in parts)
                assert paper.tax == sign * sum(one["tax"] for one in parts)
        assert sum(paper.tax for paper in papers) >= 0
