"""Delivery was promised by a day. Over, or moved: who paid and has not got all of it chooses the money or waits."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, text, work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.orders import actions as orders
from moothall.orders.models import Order
from moothall.people import queries as people
from moothall.people.actions import the_hall
from moothall.people.models import Profile

from .. import queries, verbs
from ..models import Pledge, Pool, today

LONGEST = timedelta(weeks=104)  # that a promised day is moved


def tell_late(pool: Pool) -> None:
    """Offer the money back, once for each pool, on the day after the promised one. In the caller's transaction."""
    now = clock.now()
    if not Pool.objects.filter(pk=pool.pk, stage=Pool.WON, late=None).update(late=now):
        return
    pool.late = now
    for one in queries.unsent(Pledge.objects.filter(pool=pool)).order_by("pk"):
        Pledge.objects.filter(pk=one.pk, state=Pledge.PAID, offered=None).update(offered=now)
        record(verbs.LATE, by=the_hall(), on=one)


@transaction.atomic
def move_promise(*, by: Profile, pool: Pool, to: date, why: str) -> None:
    """The brand promises a later day, once, before the first is over, with a reason that everybody reads. Whoever paid
    and will not wait may have the money back at once."""
    if not people.may_sell(by, pool.product.brand):
        raise NotAllowed(_("Only owners and sellers of the brand can do this."))
    why = text.tidy(why)
    if not why or len(why) > 400:
        raise BadInput(_("Say why, in four hundred letters at most: everybody who paid reads it."), field="why")
    row = Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    if row.stage != Pool.WON or row.wound_up is None or row.promised is None:
        raise Refusal(_("There is no promised day here that could be moved."))
    if row.moved is not None:
        raise Refusal(_("The day was moved once already."))
    if row.promised < today():
        raise Refusal(_("The day is over: everybody was offered their money back."))
    if not row.promised < to <= row.promised + LONGEST:
        raise BadInput(_("Choose a later day, two years later at most."), field="to")
    now = clock.now()
    said = {"promised": to, "first_promised": row.promised, "moved": now, "moved_why": why}
    if not Pool.objects.filter(pk=row.pk, stage=Pool.WON, moved=None, late=None).update(**said):
        raise Refusal(_("The day was moved once already."))
    pool.refresh_from_db()
    Pool.objects.filter(pk=row.pk).update(**work.anew(pool.late_from or work.NEVER))
    waiting = queries.unsent(Pledge.objects.filter(pool=pool))
    Pledge.objects.filter(pk__in=[one.pk for one in waiting], state=Pledge.PAID).update(offered=now)
    record(verbs.DELAYED, by=by, on=pool, brand=pool.product.brand)


@transaction.atomic
def take_back_money(*, by: Profile, pledge: Pledge) -> None:
    """Have the money back of what is late, as far as it was not sent. Refused where all of it is on its way by now.
    Twice is once."""
    if pledge.person_id != by.pk:
        raise NotAllowed(_("This is not your pledge."))
    paid = Pledge.objects.filter(pk=pledge.pk, state=Pledge.PAID, offered__isnull=False)
    if not paid.update(state=Pledge.RETURNED):
        pledge.refresh_from_db()
        if pledge.state == Pledge.RETURNED:
            return
        raise Refusal(_("There is nothing here to take back."))
    reason = _("It was not there by the promised day, and its buyer chose the money.")
    found = Order.objects.filter(purchase=pledge.purchase_id).select_related("brand", "purchase")
    if not [order for order in found if orders.undo(order=order, reason=reason)]:
        raise Refusal(_("It was sent meanwhile: it is on its way to you."))
    pledge.refresh_from_db()
    record(verbs.TAKEN_BACK, by=by, on=pledge)
