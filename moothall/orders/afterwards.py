"""What a buyer and a brand may see of a sale afterwards: papers, returns, what still may come back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from moothall.core import clock, hot
from moothall.core.money import Money
from moothall.people.models import Profile

from .models import Imprint, Invoice, Order, Purchase, Refund, Return, ReturnLine
from .queries import Whole, orders_at
from .records import RETURN_DAYS

# ---- papers


def imprint_of(brand: Profile) -> Imprint | None:
    return Imprint.objects.filter(brand=brand).first()


def papers_of(orders: Iterable[Order]) -> dict[int, list[Invoice]]:
    """Invoices and credit notes by order, the oldest first; without what is printed on them."""
    found: dict[int, list[Invoice]] = {}
    for paper in _papers([order.pk for order in orders]):
        found.setdefault(paper.order_id, []).append(paper)
    return found


@hot.read
def _papers(orders: Sequence[int]) -> QuerySet[Invoice]:
    return Invoice.objects.filter(order__in=orders).defer("data").order_by("pk")


def papers_at(person: Profile, brand: Profile) -> QuerySet[Invoice]:
    """All papers of a brand, the newest first, for those of its team who see its orders."""
    rows = Invoice.objects.filter(brand=brand, order__in=orders_at(person, brand).order_by())
    return rows.select_related("order").order_by("-at", "-pk")


def papers_due(brand: Profile) -> int:
    """How many papers are still to be written: those of paid orders and refunds that have none."""
    invoices = Invoice.objects.filter(order=OuterRef("pk"), sort=Invoice.INVOICE)
    credits = Invoice.objects.filter(refund=OuterRef("pk"))
    orders = Order.objects.filter(~Exists(invoices), brand=brand, state=Order.PAID)
    return orders.count() + Refund.objects.filter(~Exists(credits), order__brand=brand).count()


COLUMNS = ("number", "date", "order", "about", "net", "tax", "total", "currency", "name", "country")


def ledger_of(papers: QuerySet[Invoice]) -> Iterator[str]:
    """Papers as rows of a CSV file for the bookkeeper, the oldest first; amounts with a point, of a credit note
    below zero."""
    yield _csv(COLUMNS)
    for paper in papers.order_by("at", "pk").iterator(chunk_size=500):
        money = [Money(minor, paper.currency).plain for minor in (paper.total - paper.tax, paper.tax, paper.total)]
        to = paper.data["to"]
        said = [paper.label, paper.data["at"], paper.order.public, paper.data.get("about", "")]
        yield _csv([*said, *money, paper.currency, _safe(to["name"]), to["country"]])


def _csv(row: Sequence[str]) -> str:
    file = StringIO()
    csv.writer(file).writerow(row)
    return file.getvalue()


def _safe(word: str) -> str:
    """A name that a spreadsheet would take for a formula stands behind an apostrophe."""
    return f"'{word}" if word[:1] in ("=", "+", "-", "@") else word


# ---- returns


@dataclass(slots=True)
class Back:
    """A return with its things."""

    row: Return
    lines: list[ReturnLine]


def backs(rows: Iterable[Return]) -> list[Back]:
    """Returns with their things, in one query more."""
    found = {row.pk: Back(row, []) for row in rows}
    for line in _lines_back(list(found)):
        found[line.back_id].lines.append(line)
    return list(found.values())


def returns_of(orders: Iterable[Order]) -> dict[int, list[Back]]:
    """Returns by order, the oldest first."""
    found: dict[int, list[Back]] = {}
    for back in backs(_returns([order.pk for order in orders])):
        found.setdefault(back.row.order_id, []).append(back)
    return found


@hot.read
def _returns(orders: Sequence[int]) -> QuerySet[Return]:
    return Return.objects.filter(order__in=orders).order_by("pk")


@hot.read
def _lines_back(returns: Sequence[int]) -> QuerySet[ReturnLine]:
    return ReturnLine.objects.filter(back__in=returns).select_related("line").order_by("pk")


def returns_at(person: Profile, brand: Profile) -> QuerySet[Return]:
    """All returns to a brand, the newest first, for those of its team who see its orders."""
    rows = Return.objects.filter(order__in=orders_at(person, brand).order_by())
    return rows.select_related("order__brand", "order__purchase").order_by("-pk")


def returns_in(purchases: QuerySet[Purchase]) -> QuerySet[Return]:
    rows = Return.objects.filter(order__purchase__in=purchases.order_by())
    return rows.select_related("order__brand", "order__purchase")


WAITS = (Return.ASKED, Return.SENT, Return.ARRIVED)  # for the brand to do something


def count_waiting(brands: QuerySet[Profile]) -> QuerySet[Profile]:
    """The brands, each with the number of returns that wait for its team as `returns_waiting`."""
    waiting = Return.objects.filter(order__brand=OuterRef("pk"), state__in=WAITS).order_by()
    number = waiting.values("order__brand").annotate(number=Count("pk")).values("number")
    return brands.annotate(returns_waiting=Coalesce(Subquery(number), 0))


def may_come_back(whole: Whole, days: int | None) -> dict[int, int]:
    """How many of each line may still be asked back, by the line's id; lines with none are left out.

    `days` is how long after sending the brand takes things back, or None while it has said nothing."""
    since = clock.now() - timedelta(days=RETURN_DAYS if days is None else days)
    fresh: dict[int, int] = {}
    for shipment, rows in whole.shipments:
        for row in rows if shipment.at >= since else []:
            fresh[row.line_id] = fresh.get(row.line_id, 0) + row.quantity
    left = {line.pk: min(fresh.get(line.pk, 0), line.kept) - line.asked for line in whole.things}
    return {pk: number for pk, number in left.items() if number > 0}


def return_days(brands: Iterable[int]) -> dict[int, int]:
    """How long brands take things back, by the brand's id; of those that said nothing, nothing."""
    return dict(_days(list(brands)))


@hot.read
def _days(brands: Sequence[int]) -> QuerySet[Imprint, tuple[int, int]]:
    return Imprint.objects.filter(brand__in=brands).values_list("brand", "return_days")
