"""What was agreed somewhere else than in a basket becomes a purchase at that price: what many pledged to buy."""

from __future__ import annotations

from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.models import STANDARD, Variant
from moothall.core import clock, hot
from moothall.core.refusals import Refusal
from moothall.payments.models import Check, Payment
from moothall.payments.provider import State
from moothall.people.actions import the_hall
from moothall.people.models import Profile
from moothall.prices import queries as prices
from moothall.prices.costs import Ask, Cost, Taxing, Thing, cost

from .. import verbs
from ..models import BasketLine, Cancellation, Order, OrderLine, Purchase
from ..parcels import Parcel
from . import terms
from .desk import call_off
from .lines import Origin, write_order
from .paying import Contact, settle
from .pieces import AGREED, take_agreed

OF_ITS_OWN = "agreed"  # the sort that it is taxed as: at other rates, perhaps, than the brand has by now


@dataclass(frozen=True, slots=True)
class Agreed:
    """So many of one variant at a price each (minor units), and what sending them was said to cost."""

    variant: Variant
    quantity: int
    price: int
    sending: int
    words: str  # of the sending
    origin: Origin
    taxed: Taxing | None = None  # as it was told; else as the brand taxes there when it is placed


def cost_of(agreed: Agreed, country: str) -> Cost:
    """What it comes to. Zones are not asked: sending was agreed too."""
    variant = agreed.variant
    taxed = agreed.taxed or prices.taxed(variant.product.brand, country, variant.product.tax)
    thing = Thing(agreed.price, agreed.quantity, variant.grams, OF_ITS_OWN)
    rates = {OF_ITS_OWN: taxed.rate, STANDARD: taxed.sending}
    ask = Ask(agreed.sending, None, agreed.words)
    return cost([thing], currency=variant.currency, ask=ask, rates=rates, included=taxed.included)


@transaction.atomic
def place_agreed(*, by: Profile, agreed: Agreed, contact: Contact, key: str, method: str, until: datetime) -> Purchase:
    """A purchase of what was agreed, with its order awaiting payment and its stock held; the same key again gives the
    same one. What is kept for the origin is the purchase's from then on, and the origin's again when it lapses.

    `method` *kept*: whoever calls charges the card, outside, and settles; *card*: the buyer pays by the provider's page
    as any purchase. Refuses what is sold out where nothing is kept."""
    key = f"{AGREED}{key}"
    lines = OrderLine.objects.filter(order__purchase=OuterRef("pk"))
    of_it = Exists(lines.filter(origin_kind=agreed.origin[0], origin_id=agreed.origin[1]))
    found = Purchase.objects.select_related("payment").filter(of_it, buyer=by, key=key).first()
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
    take_agreed(purchase, origin=agreed.origin, variant=agreed.variant.pk, quantity=agreed.quantity)
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
    """The kept card was refused: nothing was charged, and the purchase lapses. False where it was paid, also at this
    very moment, or over."""
    payment = Payment.objects.get(pk=purchase.payment_id)
    if payment.method != Payment.KEPT or payment.state != Payment.OPEN:
        return False
    over = State(payment.session, payment.public, False, True, "", 0, payment.currency, "")
    settle(payment=payment, state=over)
    return Payment.objects.filter(pk=payment.pk, state=Payment.ENDED).exists()


@transaction.atomic
def undo(*, order: Order, reason: str = "") -> bool:
    """What many agreed on did not come about, or another `reason`: the hall itself gives back what of a paid order was
    not sent. False where nothing was left to give back."""
    if order.state != Order.PAID or Cancellation.objects.filter(order=order).exists():
        return False
    reason = reason or _("Too few could be charged, so this did not come about. All of your money goes back.")
    try:
        with transaction.atomic():
            call_off(by=the_hall(), order=order, reason=reason)
    except Refusal:  # it was sent already: what was sent stays sold
        return False
    return True
