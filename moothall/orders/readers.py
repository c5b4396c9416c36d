"""What orders do when others have acted: write the mails that an order owes its buyer at each step, whatever they chose
for notices. What brands hear stands in tells.py."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.outbox.actions import write
from moothall.payments.models import Payment
from moothall.people.models import GUEST
from moothall.people.queries import who_proved

from . import queries, verbs
from .actions.adopting import adopt_guests
from .actions.invoices import issue_due
from .doors import link
from .models import Order, OrderLine, Purchase, Refund, Shipment, ShipmentLine


@reads("mail buyer: paid", verbs.PAID)
def thank(act: Act) -> None:
    """One mail for the purchase, however many brands it is from."""
    purchase = Purchase.objects.get(pk=Order.objects.get(pk=act.subject_id).purchase_id)
    orders = queries.wholes(list(Order.objects.filter(purchase=purchase).select_related("brand", "purchase")))
    write(
        key=f"paid {purchase.public}",
        to=purchase.email,
        subject=_("Thank you: your order %(id)s") % {"id": purchase.public},
        template="orders/mail/paid",
        purchase=purchase,
        orders=orders,
        link=link(purchase),
    )


@reads("invoices", verbs.PAID, verbs.REFUNDED, verbs.IMPRINT_SET)
def write_papers(act: Act) -> None:
    """All that the brand owes by now: one that came late does not bring the numbers out of order."""
    brand = act.brand or Order.objects.select_related("brand").get(pk=act.subject_id).brand
    issue_due(brand=brand)


@reads("guests", verbs.PAID)
def adopt(act: Act) -> None:
    """A member who bought as a guest, with the address they have proved, finds it among their orders."""
    purchase = Purchase.objects.select_related("buyer").get(pk=Order.objects.get(pk=act.subject_id).purchase_id)
    person = who_proved(purchase.email) if purchase.buyer.sort == GUEST else None
    if person:
        adopt_guests(by=person, email=purchase.email)


@reads("mail buyer: shipped", verbs.SHIPPED)
def tell_shipped(act: Act) -> None:
    shipment = Shipment.objects.select_related("order__brand", "order__purchase").get(pk=act.subject_id)
    lines = ShipmentLine.objects.filter(shipment=shipment).select_related("line").order_by("id")
    rest = any(line.to_ship for line in OrderLine.objects.filter(order=shipment.order))
    subject = _("Part of your order is on its way") if rest else _("Your order is on its way")
    _tell(
        shipment.order,
        f"shipped {shipment.public}",
        subject,
        "shipped",
        shipment=shipment,
        lines=list(lines),
        rest=rest,
    )


@reads("mail buyer: refunded", verbs.REFUNDED)
def tell_refunded(act: Act) -> None:
    rows = Refund.objects.select_related("order__brand", "order__purchase", "payback__capture")
    refund = rows.get(pk=act.subject_id)
    by_transfer = refund.payback.capture.method == Payment.TRANSFER
    subject = _("%(amount)s goes back to you") % {"amount": refund.money}
    _tell(refund.order, f"refunded {refund.public}", subject, "refunded", refund=refund, by_transfer=by_transfer)


@reads("mail buyer: cancelled", verbs.CANCELLED)
def tell_cancelled(act: Act) -> None:
    order = Order.objects.select_related("brand", "purchase").get(pk=act.subject_id)
    subject = _("%(brand)s cannot send your order") % {"brand": order.brand}
    _tell(order, f"cancelled {order.public}", subject, "cancelled", cancellation=queries.whole(order).cancellation)


def _tell(order: Order, key: str, subject: str, template: str, **context: Any) -> None:
    purchase = order.purchase
    write(
        key=key,
        to=purchase.email,
        subject=subject,
        template=f"orders/mail/{template}",
        order=order,
        purchase=purchase,
        link=link(purchase),
        **context,
    )
