"""What the town sends back: asked for two days after it was sent, answered the next morning, and so on to the money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from moothall.orders import actions as orders
from moothall.orders.models import Order, OrderLine, Return, ReturnLine
from moothall.people.models import Profile

from .bought import Buy
from .stage import Stage
from .ties import BRAND_BY_HANDLE

ASKED, AGREED, DECLINED, SENT, ARRIVED, CLOSED = "asked", "agreed", "declined", "sent", "arrived", "closed"
HOURS = {ASKED: 44, AGREED: 62, DECLINED: 62, SENT: 71, ARRIVED: 116, CLOSED: 118}  # after the parcel left
WAYS = {
    ASKED: (ASKED,),
    DECLINED: (ASKED, DECLINED),
    AGREED: (ASKED, AGREED),
    SENT: (ASKED, AGREED, SENT),
    ARRIVED: (ASKED, AGREED, SENT, ARRIVED),
    CLOSED: (ASKED, AGREED, SENT, ARRIVED, CLOSED),
}


def course(buy: Buy, sent: datetime) -> list[tuple[datetime, Callable[[Stage], None]]]:
    """The steps of this return, each with its moment."""
    return [(sent + timedelta(hours=HOURS[step]), _step(buy, step)) for step in WAYS.get(buy.back, ())]


def _step(buy: Buy, step: str) -> Callable[[Stage], None]:
    def do(stage: Stage) -> None:
        order = Order.objects.select_related("brand", "purchase__buyer").get(purchase=stage.purchases[buy])
        seller = stage.people[BRAND_BY_HANDLE[order.brand.handle or ""].seller]
        if step == ASKED:
            thing = OrderLine.objects.filter(order=order, variant__isnull=False).earliest("pk")
            orders.ask_return(
                by=order.purchase.buyer, order=order, pieces={thing.pk: 1}, reason=buy.reason, words=buy.why
            )
        else:
            back = Return.objects.select_related("order__brand", "order__purchase").get(order=order)
            _go_on(stage, back, step, seller)

    return do


def _go_on(stage: Stage, back: Return, step: str, seller: Profile) -> None:
    buyer = back.order.purchase.buyer
    if step == AGREED:
        answer = "Of course. Wrap it as it came and send it to the address on the invoice; we pay for the stamp."
        orders.agree_to_return(by=seller, back=back, answer=answer)
    elif step == DECLINED:
        answer = "We cut this one to the length you gave us, so nobody else can have it. We would rather mend it."
        orders.decline_return(by=seller, back=back, answer=answer)
    elif step == SENT:
        orders.send_return(by=buyer, back=back, carrier="Royal Mail", tracking=f"RN {4400 + back.pk} 118 GB")
    elif step == ARRIVED:
        orders.receive_return(by=seller, back=back)
    else:
        pieces = dict(ReturnLine.objects.filter(back=back).values_list("line", "quantity"))
        orders.close_return(by=seller, back=back, pieces=pieces, restock=True)
