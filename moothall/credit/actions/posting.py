"""What a sale brings those who shaped the thing: noted when it is paid, posted to the ledger once a split stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from moothall.core import clock, work
from moothall.core.money import portion
from moothall.ideas.actions.locking import lock
from moothall.ideas.models import Idea
from moothall.ledger import actions as ledger
from moothall.orders.models import Order, OrderLine

from .. import queries
from ..models import ROYALTIES, Part, Royalty
from ..shares import WHOLE, portions

RULE = "royalty"


@transaction.atomic
def note_sales(*, order: int) -> None:
    """Note the royalty of each line of a paid order that is an idea made: at the rate of the accepted sheet, of what
    the buyer paid for the line less its tax. Twice is once."""
    rows = OrderLine.objects.filter(order=order, order__state=Order.PAID, variant__isnull=False)
    lines = list(rows.select_related("variant", "order").order_by("pk"))
    products = {line.variant.product_id for line in lines if line.variant}
    made = dict(Idea.objects.filter(concept__in=products).values_list("concept_id", "pk"))
    rates = queries.rates(made.values()) if made else {}
    found = []
    for line in lines:
        idea = made.get(line.variant.product_id) if line.variant else None
        rate = rates.get(idea or 0, 0)
        amount = portion(line.amount - line.tax, rate, WHOLE)
        if idea and amount > 0:
            found.append(
                Royalty(
                    line=line,
                    idea_id=idea,
                    brand_id=line.order.brand_id,
                    rate=rate,
                    amount=amount,
                    currency=line.currency,
                    sold=line.order.paid or clock.now(),
                    due=clock.now(),
                )
            )
    Royalty.objects.bulk_create(found, ignore_conflicts=True)


@work.enrol("royalties", Royalty, batch=20, lease=60)
def post_royalties(rows: Sequence[Royalty]) -> None:
    for row in rows:
        post_royalty(royalty=row)


@transaction.atomic
def post_royalty(*, royalty: Royalty) -> None:
    """Post it to the books by its split: the brand owes less, each creditor is owed their part. Where no split stands
    yet it waits until one does. Twice is once; of a line that was given back meanwhile the ledger posts the rest."""
    lock(royalty.idea_id)  # no split comes to stand between the question and the change
    row = Royalty.objects.select_related("line", "brand").get(pk=royalty.pk)
    split = queries.split_for(row) if row.posted is None else None
    if split is None:
        Royalty.objects.filter(pk=row.pk).update(**work.anew(work.NEVER))
        return
    parts = list(Part.objects.filter(split=split).select_related("person").order_by("person_id"))
    amounts = portions(row.amount, [part.points for part in parts])
    shares = [
        ledger.Share(ledger.book(part.person, ROYALTIES, row.currency), -amount)
        for part, amount in zip(parts, amounts, strict=True)
        if amount
    ]
    ledger.post(
        of_kind=OrderLine.kind,
        of_id=row.line_id,
        whole=row.line.amount,
        currency=row.currency,
        rule=RULE,
        balancing=ledger.Share(ledger.book(row.brand, ledger.PAYABLE, row.currency), row.amount),
        shares=shares,
    )
    Royalty.objects.filter(pk=row.pk).update(split=split, posted=clock.now(), **work.anew(work.NEVER))
