"""The pieces of a purchase: taken from the shelf, or from what they were agreed in, and given back there."""

from __future__ import annotations

from moothall.catalog.actions import stock

from ..models import OrderLine, Purchase
from .lines import Origin

AGREED = "agreed "  # what the key of a purchase begins with that no basket became; none that is sent here may


def take_agreed(purchase: Purchase, *, origin: Origin, variant: int, quantity: int) -> None:
    """What was kept for what was agreed is the purchase's from now on, whether it is still on the shelf or not. Where
    nothing was kept it is held like any other; refuses what is sold out."""
    kind, id = origin
    if id is None or not stock.hand_over(owner=(kind, id), to=(Purchase.kind, purchase.pk)):
        stock.hold(wanted={variant: quantity}, owner_kind=Purchase.kind, owner_id=purchase.pk)


def let_go(purchase: Purchase) -> None:
    """It was not paid: its pieces go back on the shelf, or to what they were agreed in, which keeps them as long as it
    said."""
    agreed = OrderLine.objects.filter(order__purchase=purchase, origin_id__isnull=False).order_by("pk").first()
    if agreed is not None and agreed.origin_id is not None:
        stock.hand_over(owner=(Purchase.kind, purchase.pk), to=(agreed.origin_kind, agreed.origin_id))
    stock.release(owner_kind=Purchase.kind, owner_id=purchase.pk)
