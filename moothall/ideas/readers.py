"""What ideas do when others have acted: who pledges for a concept says what they would pay for its idea; who paid or
pledged for something is known here."""

from __future__ import annotations

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.refusals import Refusal
from moothall.orders import verbs as orders
from moothall.orders.models import Order
from moothall.pools import verbs as pools
from moothall.pools.models import Pledge
from moothall.pools.verbs import ASKED, CHANGED, PLEDGED

from .actions.backing import back
from .actions.weighing import look
from .models import Backing, Idea
from .standing import HELD


@reads("voices of pledgers", PLEDGED, CHANGED, ASKED)
def hear_pledge(act: Act) -> None:
    """One voice each, at the limit they pledge now. Whoever takes a pledge back keeps their voice: they said it."""
    rows = Pledge.objects.select_related("pool", "person").filter(pk=act.subject_id, pool__concept=True)
    pledge = rows.filter(state__in=HELD).first()
    if pledge is None:
        return
    idea = Idea.objects.select_related("into").filter(concept=pledge.pool.product_id, stage=Idea.SHAPE).first()
    if idea is None or idea.lead_id == pledge.person_id:
        return
    try:
        back(by=pledge.person, idea=idea, level=Backing.PAY, price=pledge.most)
    except Refusal:
        return  # they are parted from its lead, or it went meanwhile: their pledge stands without a voice


@reads("standing of buyers", orders.PAID, orders.CANCELLED)
def hear_order(act: Act) -> None:
    """Somebody bought or got all of it back; a refund of less changes nothing, and the daily look finds the last."""
    order = Order.objects.select_related("purchase__buyer").filter(pk=act.subject_id).first()
    if order is not None:
        buyer = order.purchase.buyer
        _look_if_they_back(buyer.became_id or buyer.pk)


@reads("standing of pledgers", pools.PLEDGED, pools.WITHDRAWN, pools.RELEASED)
def hear_pledger(act: Act) -> None:
    pledge = Pledge.objects.filter(pk=act.subject_id).first()
    if pledge is not None:
        _look_if_they_back(pledge.person_id)


def _look_if_they_back(person: int) -> None:
    if Backing.objects.filter(person=person).exists():
        look([person])
