"""Invoices and credit notes: numbers without gap for each brand, and a picture of all that is printed, kept as it was
on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text
from moothall.core.money import portion
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.models import Profile

from .. import verbs
from ..models import Counter, Imprint, Invoice, Order, OrderLine, Refund, RefundLine

AT_ONCE = 500  # papers written in one go
_STEM = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,6}[A-Z0-9])?")
_TAX_NUMBER = re.compile(r"(?=(?:.*\d){3})[A-Za-z0-9][A-Za-z0-9 ./-]{2,18}[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Name:
    """Whom a brand's papers name. `country` is two letters; `stem` stands before each number."""

    legal: str
    street: str
    postcode: str
    town: str
    country: str
    stem: str
    tax_number: str = ""
    small_print: str = ""
    return_days: int = 30


@dataclass(frozen=True, slots=True)
class Charged:
    """What a whole line came to, in minor units: `amount` is what was paid, `tax` the part of it that is tax at `rate`
    (hundredths of a percent), `discount` what was taken off before."""

    amount: int
    tax: int = 0
    rate: int = 0
    discount: int = 0


def charged(line: OrderLine) -> Charged:
    return Charged(line.amount, line.tax, line.tax_rate, line.discount)


@transaction.atomic
def set_imprint(*, by: Profile, brand: Profile, name: Name) -> Imprint:
    """Whom the brand's papers name from now on; those already written stay as they are. What was paid before the first
    imprint gets its invoices soon after, in the order it was paid."""
    if not people.may_own(by, brand):
        raise NotAllowed(_("Only an owner can say whom the papers name."))
    found, _made = Imprint.objects.update_or_create(brand=brand, defaults=_checked(name))
    record(verbs.IMPRINT_SET, by=by, on=brand, brand=brand)
    return found


def _checked(name: Name) -> dict[str, Any]:
    lengths = {"legal": 100, "street": 200, "postcode": 20, "town": 100}
    kept: dict[str, Any] = {key: text.tidy(getattr(name, key))[:most] for key, most in lengths.items()}
    for key in lengths:
        if not kept[key]:
            raise BadInput(_("An invoice needs this."), field=key)
    kept["country"] = text.tidy(name.country).upper()
    if not re.fullmatch("[A-Z]{2}", kept["country"]):
        raise BadInput(_("Choose a country."), field="country")
    kept["stem"] = text.tidy(name.stem).upper()
    if not _STEM.fullmatch(kept["stem"]):
        raise BadInput(_("One to eight letters, digits or inner hyphens, like TW."), field="stem")
    kept["tax_number"] = text.tidy(name.tax_number)
    if kept["tax_number"] and not _TAX_NUMBER.fullmatch(kept["tax_number"]):
        raise BadInput(_("A tax number has 4 to 20 letters and digits, like GB 123 4567 89."), field="tax_number")
    kept["small_print"] = text.tidy(name.small_print, lines=True)
    if len(kept["small_print"]) > 400:
        raise BadInput(_("Four hundred letters at most."), field="small_print")
    if not 0 <= name.return_days <= 365:
        raise BadInput(_("From 0 to 365 days."), field="return_days")
    return kept | {"return_days": name.return_days}


@transaction.atomic
def issue_due(*, brand: Profile) -> list[Invoice]:
    """Write every invoice and credit note that this brand still owes, the earliest first. Twice is once; without an
    imprint nothing is written.

    Whoever writes for a brand waits for the one who writes for it now: so the order of the numbers is that of the
    payments, and a number is taken with the row that bears it or not at all."""
    imprint = Imprint.objects.select_related("brand").filter(brand=brand).first()
    if imprint is None:
        return []
    for sort in (Invoice.INVOICE, Invoice.CREDIT):
        Counter.objects.get_or_create(brand=brand, sort=sort)
    Counter.objects.filter(brand=brand, sort=Invoice.INVOICE).update(next=F("next"))  # the others wait here
    made: list[Invoice] = []
    while orders := _orders_without(brand):
        made += _write(imprint, Invoice.INVOICE, _invoices(imprint, orders))
    while refunds := _refunds_without(brand):
        made += _write(imprint, Invoice.CREDIT, _credits(imprint, refunds))
    return made


def _orders_without(brand: Profile) -> list[Order]:
    written = Invoice.objects.filter(order=OuterRef("pk"), sort=Invoice.INVOICE)
    rows = Order.objects.filter(~Exists(written), brand=brand, state=Order.PAID).select_related("purchase")
    return list(rows.order_by("paid", "pk")[:AT_ONCE])


def _refunds_without(brand: Profile) -> list[Refund]:
    written = Invoice.objects.filter(refund=OuterRef("pk"))
    rows = Refund.objects.filter(~Exists(written), order__brand=brand).select_related("order__purchase")
    return list(rows.order_by("pk")[:AT_ONCE])


def _write(imprint: Imprint, sort: str, papers: Sequence[Invoice]) -> list[Invoice]:
    """Number the papers and keep them; the counter and the rows stand or fall together."""
    counter = Counter.objects.get(brand=imprint.brand, sort=sort)
    taken = Counter.objects.filter(pk=counter.pk, next=counter.next)
    if not taken.update(next=F("next") + len(papers)):
        raise Refusal(_("Somebody else writes the papers of this brand at this moment."))
    for number, paper in enumerate(papers, counter.next):
        paper.number = number
        paper.label = f"{imprint.stem}-{'C' if sort == Invoice.CREDIT else ''}{number:05}"
    return Invoice.objects.bulk_create(papers)


def _invoices(imprint: Imprint, orders: Sequence[Order]) -> list[Invoice]:
    lines: dict[int, list[OrderLine]] = {}
    for line in OrderLine.objects.filter(order__in=[order.pk for order in orders]).order_by("pk"):
        lines.setdefault(line.order_id, []).append(line)
    found = []
    for order in orders:
        rows = [_row(line, line.quantity, charged(line)) for line in lines[order.pk]]
        found.append(_paper(imprint, Invoice.INVOICE, order, rows))
    return found


def _credits(imprint: Imprint, refunds: Sequence[Refund]) -> list[Invoice]:
    lines: dict[int, list[RefundLine]] = {}
    ids = [refund.pk for refund in refunds]
    for part in RefundLine.objects.filter(refund__in=ids).select_related("line").order_by("pk"):
        lines.setdefault(part.refund_id, []).append(part)
    orders = [refund.order_id for refund in refunds]
    taxes = _taxes({part.line for parts in lines.values() for part in parts})
    about = {one.order_id: one for one in Invoice.objects.filter(order__in=orders, sort=Invoice.INVOICE)}
    found = []
    for refund in refunds:
        rows = [_row(part.line, part.quantity, Charged(part.amount, *taxes[part.pk])) for part in lines[refund.pk]]
        of = about[refund.order_id]
        said = {"about": of.label, "about_at": of.data["at"], "reason": refund.reason}
        found.append(_paper(imprint, Invoice.CREDIT, refund.order, rows, refund, said))
    return found


def _taxes(lines: Iterable[OrderLine]) -> dict[int, tuple[int, int]]:
    """The tax and its rate of each part that went back of these lines. What all parts of a line give back is rounded,
    not each alone: so a line that went back in three parts gives back its whole tax."""
    found, gone = {}, {line.pk: 0 for line in lines}
    for part in RefundLine.objects.filter(line__in=gone).select_related("line").order_by("pk"):
        whole, before = charged(part.line), gone[part.line_id]
        gone[part.line_id] = after = before + part.amount
        tax = portion(whole.tax, after, whole.amount) - portion(whole.tax, before, whole.amount) if whole.amount else 0
        found[part.pk] = (tax, whole.rate)
    return found


def _row(line: OrderLine, quantity: int, of: Charged) -> dict[str, Any]:
    return {"title": line.title, "label": line.label, "quantity": quantity, "each": line.price, **asdict(of)}


def _paper(
    imprint: Imprint,
    sort: str,
    order: Order,
    rows: Sequence[dict[str, Any]],
    refund: Refund | None = None,
    said: dict[str, str] | None = None,
) -> Invoice:
    now, purchase, sign = clock.now(), order.purchase, -1 if refund else 1
    seller = {name: getattr(imprint, name) for name in ("legal", "street", "postcode", "town", "country", "tax_number")}
    return Invoice(
        brand=imprint.brand,
        sort=sort,
        order=order,
        refund=refund,
        at=now,
        total=sign * sum(row["amount"] for row in rows),
        tax=sign * sum(row["tax"] for row in rows),
        currency=order.currency,
        data={
            "brand": imprint.brand.name,
            "from": seller,
            "to": {name: getattr(purchase, name) for name in ("name", "street", "postcode", "town", "country")},
            "at": now.date().isoformat(),
            "paid": order.paid.date().isoformat() if order.paid else "",
            "order": order.public,
            "currency": order.currency,
            "lines": list(rows),
            "rates": _rates(rows),
            "small_print": imprint.small_print,
            **(said or {}),
        },
    )


def _rates(rows: Iterable[dict[str, Any]]) -> list[dict[str, int]]:
    """What was charged and its tax for each rate, the highest first."""
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        of = found.setdefault(row["rate"], {"rate": row["rate"], "amount": 0, "tax": 0})
        of["amount"] += row["amount"]
        of["tax"] += row["tax"]
    return [found[rate] for rate in sorted(found, reverse=True)]
