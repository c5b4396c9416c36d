"""Before one pays anew, what one held before is let go of."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from moothall.core import hot
from moothall.core.refusals import Refusal
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.people.models import Profile

from .. import queries
from ..models import Purchase
from .paying import abandon


def let_go_of_others(*, by: Profile, key: str) -> None:
    """One's own hold never stands in one's way: what was to be paid before is ended first, at the provider too; not
    what waits for a transfer, as its money may be on the way.
    Where the purchase of this key stands already, nothing is done. Asks the provider: outside any transaction."""
    mine = sorted(_open_or_of(by, key), key=lambda one: -one.pk)
    if any(one.key == key for one in mine):
        return
    for other in mine:
        try:
            abandon(by=other.buyer, purchase=other)
        except provider.ProviderSilent as error:
            raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error


@hot.read
def _open_or_of(by: Profile, key: str) -> tuple[QuerySet[Purchase], ...]:
    """What waits to be paid, and what was placed by this key."""
    waiting = queries.unpaid(by).filter(payment__method=Payment.CARD)
    of_key = Purchase.objects.filter(buyer__in=queries.selves(by), key=key)
    return tuple(rows.select_related("payment", "buyer").order_by() for rows in (waiting, of_key))
