"""Buying the same again: what can still be bought goes into the basket, and what cannot is said with its reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.catalog import queries as catalog
from moothall.core.refusals import Refusal
from moothall.people.models import Profile

from ..models import Basket, BasketLine, Order, OrderLine
from .basket import put


@transaction.atomic
def buy_again(*, by: Profile | None, basket: Basket, order: Order) -> tuple[int, list[str]]:
    """Put the order's things into the basket at today's prices. Says how many different things were put in, and a
    sentence for each that was not, or not in full. Pressed twice it is in the basket once."""
    added = 0
    said: list[str] = []
    for line in OrderLine.objects.filter(order=order, variant__isnull=False).select_related("variant").order_by("pk"):
        try:
            added += _again(by, basket, line, said)
        except Refusal as refusal:
            said.append(refusal.sentence)
    return added, said


def _again(by: Profile | None, basket: Basket, line: OrderLine, said: list[str]) -> int:
    variant = catalog.sellable(by, line.variant.public) if line.variant else None
    if variant is None:
        raise Refusal(_("%(title)s is no longer sold.") % {"title": line.title})
    if variant.sold_out:
        raise Refusal(_("%(title)s is sold out.") % {"title": line.title})
    wanted = min(line.quantity, variant.available) if variant.tracked else line.quantity
    there = BasketLine.objects.filter(basket=basket, variant=variant).values_list("quantity", flat=True).first() or 0
    if wanted > there:
        put(basket=basket, variant=variant, quantity=wanted - there)
    if wanted < line.quantity:
        words = ngettext("Of %(title)s there is one left.", "Of %(title)s there are %(left)s left.", wanted)
        said.append(words % {"title": line.title, "left": wanted})
    return 1
