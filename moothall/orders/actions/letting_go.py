"""Before one pays anew, what one held before is let go of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.people.models import Profile

from .. import queries
from .paying import abandon


def let_go_of_others(*, by: Profile, key: str) -> None:
    """One's own hold never stands in one's way: what was to be paid before is ended first, at the provider too; not
    what waits for a transfer, as its money may be on the way.
    Where the purchase of this key stands already, nothing is done. Asks the provider: outside any transaction."""
    mine = queries.purchases_of(by)
    if mine.filter(key=key).exists():
        return
    # The other press of the same button may have placed this key's purchase meanwhile: it is not in its own way.
    for other in mine.filter(payment__state=Payment.OPEN, payment__method=Payment.CARD).exclude(key=key):
        try:
            abandon(by=other.buyer, purchase=other)
        except provider.ProviderSilent as error:
            raise Refusal(_("The bank does not answer. Nothing was charged; try again in a minute.")) from error
