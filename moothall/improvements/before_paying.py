"""What somebody who bought a thing before is told of it before they pay for it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from moothall.catalog.models import Revision
from moothall.core import hot
from moothall.orders import queries as orders
from moothall.orders.models import BasketLine
from moothall.people.models import Profile

from .models import Improvement, Voice

NEWEST = 5  # revisions of a thing that are told
BOUGHT, NEW, ASKED = 0, 1, 2  # what a row says


@dataclass(slots=True)
class Told:
    """Of one thing: the revision they have, what is new since, the newest first, and what of it they had asked for."""

    bought: int
    new: list[tuple[int, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def told(viewer: Profile | None, lines: Iterable[BasketLine]) -> dict[int, Told]:
    """By the id of the first line with the thing. Asks nothing where nobody is signed in or nothing in the basket was
    ever revised, else one question for all of it."""
    first: dict[int, int] = {}
    for line in lines:
        if line.variant.product.revision > 1:
            first.setdefault(line.variant.product_id, line.pk)
    if viewer is None or not first:
        return {}
    rows = sorted(_rows(viewer, list(first)), key=lambda row: (row[0], -row[2], row[3]))
    found: dict[int, Told] = {}
    for what, product, number, words in rows:
        if what == BOUGHT:
            found.setdefault(product, Told(number))  # the newest of what they have comes first
        elif product in found and number > found[product].bought:
            if what == NEW:
                found[product].new.append((number, words))
            else:
                found[product].asked.append(words)
    return {first[product]: one for product, one in found.items() if one.new}


@hot.read
def _rows(viewer: Profile, products: list[int]) -> tuple[QuerySet[Any, tuple[int, int, int, str]], ...]:
    """What they have, what is new in later revisions, and which of their own asks those took in: one UNION ALL."""
    kept = (_row(rows, BOUGHT, "variant__product", Value("")) for rows in orders.kept_by(viewer, products))
    later = Revision.objects.filter(product__in=products, number__gt=1)
    later = later.filter(number__gt=F("product__revision") - NEWEST)
    taken = Improvement.objects.filter(product__in=products, state=Improvement.TAKEN, hidden=None)
    taken = taken.filter(pk__in=Voice.objects.filter(person=viewer).values("improvement"))
    return (
        *kept,
        _row(later, NEW, "product", F("words"), "number"),
        _row(taken, ASKED, "product", F("title")),
    )


def _row(
    rows: QuerySet[Any, Any], what: int, product: str, words: Combinable, number: str = "revision"
) -> QuerySet[Any, Any]:
    said: QuerySet[Any, Any] = rows.order_by().annotate(what=Value(what, IntegerField()), said=Cast(words, TextField()))
    return said.values_list("what", product, number, "said")
