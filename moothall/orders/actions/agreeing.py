"""What was agreed somewhere else than in a basket becomes a purchase at that price: what many pledged to buy."""

from __future__ import annotations

from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.catalog.models import Variant
from moothall.core import clock, hot
from moothall.core.refusals import Refusal
from moothall.payments.models import Check, Payment
from moothall.payments.provider import State
from moothall.people.actions import the_hall
from moothall.people.models import Profile
from moothall.prices import queries as prices
from moothall.prices.costs import Ask, Cost, Thing, cost

from .. import verbs
from ..models import BasketLine, Cancellation, Order, Purchase
from ..parcels import Parcel
from . import terms
from .desk import call_off
from .lines import Origin, write_order
from .paying import Contact, settle


@dataclass(frozen=True, slots=True)
class Agreed:
    """So many of one variant at a price each (minor units), and what sending them was said to cost."""

    variant: Variant
    quantity: int
    price: int
    sending: int
    words: str  # of the sending
    origin: Origin


def cost_of(agreed: Agreed, country: str) -> Cost:
    """What it comes to, taxed as the brand taxes there. Zones and rates are not asked: sending was agreed too."""
    variant = agreed.variant
    thing = Thing(agreed.price, agreed.quantity, variant.grams, variant.product.tax)
    rates, included = prices.taxes_at(variant.product.brand, country)
    ask = Ask(agreed.sending, None, agreed.words)
    return cost([thing], currency=variant.currency, ask=ask, rates=rates, included=included)


@transaction.atomic
def place_agreed(*, by: Profile, agreed: Agreed, contact: Contact, key: str, method: str, until: datetime) -> Purchase:
    """A purchase of what was agreed, with its order awaiting payment and its stock held; the same key again gives the
    same one. `method` *kept*: whoever calls charges the card, outside, and settles; *card*: the buyer pays by the
    provider's page as any purchase. Refuses what is sold out."""
    found = Purchase.objects.select_related("payment").filter(buyer=by, key=key).first()
    if found:
        return found
    counted = cost_of(agreed, contact.country)
    expires = until if method == Payment.KEPT else terms.until(method)
    payment = Payment(
        payer=by,
        amount=counted.total.minor,
        currency=counted.currency,
        made=clock.now(),
        method=method,
        expires=expires,
    )
    hot.add(payment)
    purchase = Purchase(buyer=by, key=key, payment=payment, **asdict(contact))
    hot.add(purchase)
    stock.hold(wanted={agreed.variant.pk: agreed.quantity}, owner_kind=Purchase.kind, owner_id=purchase.pk)
    # At the agreed price, whatever it costs on the shelf: this copy of the variant is never saved.
    variant = copy(agreed.variant)
    variant.price = agreed.price
    line = BasketLine(variant=variant, quantity=agreed.quantity, price=agreed.price)
    write_order(purchase, Parcel(variant.product.brand, [line], counted), "", agreed.origin)
    record(verbs.PLACED, by=by, on=purchase, amount=payment.amount, currency=payment.currency)
    hot.add(Check(payment=payment, due=clock.now() + timedelta(seconds=settings.PAYMENT_CHECK_SECONDS)))
    return purchase


@transaction.atomic
def give_up(*, purchase: Purchase) -> bool:
    """The kept card was refused: nothing was charged, and the purchase lapses. False where it was paid or over."""
    payment = Payment.objects.get(pk=purchase.payment_id)
    if payment.method != Payment.KEPT or payment.state != Payment.OPEN:
        return False
    over = State(payment.session, payment.public, False, True, "", 0, payment.currency, "")
    settle(payment=payment, state=over)
    return True


@transaction.atomic
def undo(*, order: Order) -> bool:
    """What many agreed on did not come about: the hall itself gives back what of a paid order was not sent. False where
    nothing was left to give back."""
    if order.state != Order.PAID or Cancellation.objects.filter(order=order).exists():
        return False
    reason = _("Too few could be charged, so this did not come about. All of your money goes back.")
    try:
        with transaction.atomic():
            call_off(by=the_hall(), order=order, reason=reason)
    except Refusal:  # it was sent already: what was sent stays sold
        return False
    return True
