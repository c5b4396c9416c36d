"""What a buyer and a brand may see of a sale afterwards: papers, returns, what still may come back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.db.models import Exists, OuterRef, QuerySet

from moothall.core.money import Money
from moothall.people.models import Profile

from .models import Imprint, Invoice, Order, Refund
from .queries import orders_at

# ---- papers


def imprint_of(brand: Profile) -> Imprint | None:
    return Imprint.objects.filter(brand=brand).first()


def papers_of(orders: Iterable[Order]) -> dict[int, list[Invoice]]:
    """Invoices and credit notes by order, the oldest first; without what is printed on them."""
    found: dict[int, list[Invoice]] = {}
    rows = Invoice.objects.filter(order__in=[order.pk for order in orders]).defer("data").order_by("pk")
    for paper in rows:
        found.setdefault(paper.order_id, []).append(paper)
    return found


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
