"""A brand's order written down: what each line costs stays as it was agreed, whatever becomes of the prices."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from moothall.core import hot
from moothall.prices.costs import Charge

from ..models import Allocation, Order, OrderLine, Purchase
from ..parcels import Parcel

Origin = tuple[str, int | None]


def write_order(purchase: Purchase, parcel: Parcel, voucher: str, origin: Origin = ("", None)) -> None:
    """An order with a line for each thing, one for sending if that costs anything, and its part of the payment.
    `origin`: the kind and id of what the things were agreed in."""
    cost = parcel.cost
    order = Order(
        purchase=purchase,
        brand=parcel.brand,
        total=cost.total.minor,
        currency=cost.currency,
        tax_included=cost.included,
        voucher=voucher if cost.discount else "",
    )
    hot.add(order)
    lines = [
        OrderLine(
            order=order,
            variant=line.variant,
            title=line.variant.product.title,
            label=line.variant.label,
            revision=line.variant.product.revision,
            quantity=line.quantity,
            price=line.variant.price,
            currency=order.currency,
            origin_kind=origin[0],
            origin_id=origin[1],
            **_charged(charge),
        )
        for line, charge in zip(parcel.lines, cost.lines, strict=True)
    ]
    if cost.shipping:
        words, price = cost.words or _("Sending"), cost.sending.full
        charged = _charged(cost.sending)
        lines.append(OrderLine(order=order, title=words, quantity=1, price=price, currency=order.currency, **charged))
    hot.add(*lines, Allocation(payment=purchase.payment, order=order, amount=order.total))


def _charged(charge: Charge) -> dict[str, Any]:
    return {
        "discount": charge.discount,
        "tax_rate": charge.tax_rate,
        "tax": charge.tax,
        "amount": charge.amount,
    }
