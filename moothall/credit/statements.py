"""What royalties come to: a person's statement with its reasons, a brand's products, what is owed to everybody."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from moothall.core.money import Money, percent, precision
from moothall.ideas.models import Idea
from moothall.ledger.actions import PAYABLE
from moothall.ledger.models import Entry
from moothall.orders.models import OrderLine
from moothall.people.models import Profile

from .models import ROYALTIES, Payee, Payout, PayoutLine, Royalty

SALE, REFUND, PAID_OUT = "sale", "refund", "payout"
SMALLEST = 5  # whole units of a currency; less waits for the next time
COLUMNS = ("date", "reason", "thing", "idea", "split", "rate", "amount", "currency", "reference")
PAYOUT_COLUMNS = ("name", "IBAN", "amount", "currency", "reference")


# ---- one person


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a statement: when, why, and how much; above zero is what one got. `royalty` says of which idea, by
    which split; a payout has its `reference` instead."""

    number: int
    at: datetime
    reason: str
    money: Money
    royalty: Royalty | None = None
    reference: str = ""

    @property
    def thing(self) -> str:
        return self.royalty.line.title if self.royalty else ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one currency: what sales brought less what refunds took back, what was paid out, and what is left."""

    earned: Money
    paid: Money

    @property
    def left(self) -> Money:
        return self.earned - self.paid


def entries_of(person: Profile) -> QuerySet[Entry]:
    """The newest first."""
    rows = Entry.objects.filter(book__owner=person, book__name=ROYALTIES)
    return rows.select_related("transaction", "transaction__cause", "book").order_by("-pk")


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """Entries with their reasons, in two queries more."""
    rows = list(entries)
    causes = {row.transaction.cause.of_id for row in rows if row.transaction.cause}
    found = Royalty.objects.filter(line__in=causes).select_related("line__variant__product__brand", "idea", "split")
    royalties = {one.line_id: one for one in found} if causes else {}
    keys = [row.transaction.key for row in rows if row.transaction.cause is None]
    paid = {one.key: one for one in PayoutLine.objects.filter(pk__in=_numbers(keys)).select_related("payout")}
    return [_line(row, royalties, paid) for row in rows]


def _numbers(keys: Iterable[str]) -> list[int]:
    """Of payout lines, as their keys in the ledger have them."""
    return [int(key.rpartition(" ")[2]) for key in keys if key.startswith("payout line ")]


def _line(row: Entry, royalties: dict[int, Royalty], paid: dict[str, PayoutLine]) -> Line:
    money = Money(-row.amount, row.book.currency)
    cause, key, at = row.transaction.cause, row.transaction.key, row.transaction.at
    if cause is None:
        return Line(row.pk, at, PAID_OUT, money, reference=paid[key].reference if key in paid else "")
    reason = SALE if key.startswith("post ") else REFUND
    return Line(row.pk, at, reason, money, royalties.get(cause.of_id))


def sums_of(person: Profile) -> list[Sums]:
    """One for each currency, by its name."""
    rows = Entry.objects.filter(book__owner=person, book__name=ROYALTIES).values("book__currency")
    by_reason = rows.annotate(
        earned=Coalesce(Sum("amount", filter=Q(posting__isnull=False)), 0),
        paid=Coalesce(Sum("amount", filter=Q(posting=None)), 0),
    )
    found = by_reason.order_by("book__currency").values_list("book__currency", "earned", "paid")
    return [Sums(Money(-earned, currency), Money(paid, currency)) for currency, earned, paid in found]


def reason_words(reason: str) -> str:
    return {SALE: _("sale"), REFUND: _("refund"), PAID_OUT: _("paid out")}[reason]


def statement_csv(person: Profile) -> Iterator[str]:
    """The oldest first; amounts with a point, below zero what was taken back or paid out."""
    yield row_of(COLUMNS)
    entries = entries_of(person).order_by("pk")
    last = 0
    while page := list(entries.filter(pk__gt=last)[:500]):
        for one in lines_of(page):
            royalty, about = one.royalty, ["", "", ""]
            if royalty:
                split = royalty.split.number if royalty.split else ""
                about = [safe(royalty.idea.title), str(split), percent(royalty.rate)]
            money = [one.money.plain, one.money.currency, one.reference]
            yield row_of([one.at.date().isoformat(), one.reason, safe(one.thing), *about, *money])
        last = page[-1].pk


def row_of(cells: Sequence[object]) -> str:
    file = StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()


def safe(word: str) -> str:
    """A word that a spreadsheet would take for a formula stands behind an apostrophe."""
    return f"'{word}" if word[:1] in ("=", "+", "-", "@") else word


# ---- a brand


@dataclass(frozen=True, slots=True)
class Sold:
    """What a product that was somebody's idea brought its creditors: `posted` less refunds, and how many sales
    `wait`."""

    idea: Idea
    title: str
    sales: int
    posted: Money
    waits: int
    waiting: Money


def of_brand(brand: Profile) -> list[Sold]:
    """By product and currency, the newest idea first. Nothing of who bought."""
    stands = Entry.objects.filter(
        posting__rule="royalty",
        posting__cause__of_kind=OrderLine.kind,
        posting__cause__of_id=OuterRef("line_id"),
        book__owner=brand,
        book__name=PAYABLE,
    )
    total = stands.order_by().values("posting__cause").annotate(total=Sum("amount")).values("total")
    rows = Royalty.objects.filter(brand=brand).annotate(stands=Coalesce(Subquery(total), 0))
    grouped = rows.values("idea", "currency").annotate(
        sales=Count("pk"),
        sum=Sum("stands"),
        waits=Count("pk", filter=Q(posted=None)),
        waiting=Coalesce(Sum("amount", filter=Q(posted=None)), 0),
    )
    found = list(grouped.order_by("-idea", "currency"))
    ideas = Idea.objects.select_related("concept").in_bulk({one["idea"] for one in found})
    return [
        Sold(
            ideas[one["idea"]],
            _called(ideas[one["idea"]]),
            one["sales"],
            Money(one["sum"], one["currency"]),
            one["waits"],
            Money(one["waiting"], one["currency"]),
        )
        for one in found
    ]


def _called(idea: Idea) -> str:
    return idea.concept.title if idea.concept else str(idea)


# ---- the hall


@dataclass(frozen=True, slots=True)
class Owed:
    """What stands in somebody's book, and where it would be sent."""

    person: Profile
    money: Money
    payee: Payee | None

    @property
    def is_small(self) -> bool:
        return self.money < smallest(self.money.currency)

    @property
    def is_ready(self) -> bool:
        return self.payee is not None and not self.is_small


def smallest(currency: str) -> Money:
    """The smallest amount that is paid out."""
    return Money(SMALLEST * 10 ** precision(currency), currency)


def owed() -> list[Owed]:
    """All whose book is not empty, by their names; below zero is what a refund took back after a payout."""
    rows = Entry.objects.filter(book__name=ROYALTIES, book__owner__isnull=False).order_by()
    sums = rows.values_list("book__owner", "book__currency").annotate(total=Sum("amount")).exclude(total=0)
    found = list(sums)
    people = Profile.objects.in_bulk({owner for owner, _currency, _total in found})
    payees = {one.person_id: one for one in Payee.objects.filter(person__in=people)}
    lines = [Owed(people[owner], Money(-total, currency), payees.get(owner)) for owner, currency, total in found]
    return sorted(lines, key=lambda one: (one.person.name.lower(), one.person.pk, one.money.currency))


def payout_csv(payout: Payout) -> Iterator[str]:
    """The file for the bank."""
    yield row_of(PAYOUT_COLUMNS)
    rows = PayoutLine.objects.filter(payout=payout).select_related("payout").order_by("pk")
    for one in rows.iterator(chunk_size=500):
        yield row_of([safe(one.holder), one.iban, one.money.plain, one.currency, one.reference])


def sums(lines: Iterable[Owed]) -> list[Money]:
    """One for each currency."""
    found: dict[str, Money] = {}
    for one in lines:
        currency = one.money.currency
        found[currency] = found.get(currency, Money(0, currency)) + one.money
    return [found[currency] for currency in sorted(found)]
