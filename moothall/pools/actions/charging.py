"""Each pledge that counted is charged once: a purchase first, then the provider is asked, then the one settle(). Killed
anywhere, the next worker goes on with the same purchase and the same key."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.catalog.actions import stock
from moothall.core import clock, work
from moothall.core.hall import hall
from moothall.core.refusals import NotAllowed, Refusal
from moothall.orders import actions as orders
from moothall.orders.actions.paying import Contact
from moothall.orders.models import Order, Purchase
from moothall.orders.queries import waiting as unsent
from moothall.payments import provider
from moothall.payments.models import Payment
from moothall.people.actions import the_hall
from moothall.people.models import Profile

from .. import verbs
from ..models import Pledge, Pool
from .pledging import look_after_started

PATIENCE = timedelta(days=30)  # with a provider that does not answer
CONTACT = ("email", "name", "street", "postcode", "town", "country")


@work.enrol("pledges", Pledge, lease=120)
def look_after(row: Pledge) -> None:
    """Whatever is to be done about a pledge as it stands."""
    pledge = _pledge(row.pk)
    if pledge.state == Pledge.STARTED:
        look_after_started(pledge)
    elif pledge.state == Pledge.DUE:
        _charge(pledge)
    elif pledge.state == Pledge.FAILING:
        _wait_for_page(pledge)
    elif pledge.state == Pledge.RETURNING:
        _give_back(pledge)
    elif pledge.state in Pledge.OVER:
        _forget(pledge)
    else:
        Pledge.objects.filter(pk=row.pk, state=Pledge.STANDING).update(due=work.NEVER)


def _pledge(pk: int) -> Pledge:
    rows = Pledge.objects.select_related("pool__product__brand", "person", "variant__product__brand")
    return rows.select_related("purchase__payment").get(pk=pk)


# ---- the kept card


def _charge(pledge: Pledge) -> None:
    purchase = _purchase_of(pledge)
    if purchase is None:
        return
    payment = purchase.payment
    if payment.state == Payment.OPEN:
        try:
            state = _ask(pledge, payment)
        except provider.CardRefused:
            _refused(pledge, purchase)
            return
        orders.settle(payment=payment, state=state)
        payment.refresh_from_db()
    if payment.state == Payment.PAID:
        mark_paid(purchase=purchase)
    elif payment.state == Payment.OPEN:
        raise work.Later(30)  # the bank takes its time
    else:
        _refused(pledge, purchase)


def _purchase_of(pledge: Pledge) -> Purchase | None:
    """What is to be paid, made the first time; None where nothing is, or nothing was kept for it and it is sold out."""
    if pledge.purchase is not None:
        return pledge.purchase
    try:
        with transaction.atomic():
            waiting = Pledge.objects.filter(pk=pledge.pk, state=Pledge.DUE, purchase=None)
            return _place(pledge, Payment.KEPT) if waiting.update(state=Pledge.DUE) else None
    except Refusal:
        _drop(pledge)
        return None


def _place(pledge: Pledge, method: str) -> Purchase:
    purchase = orders.place_agreed(
        by=pledge.person,
        agreed=agreed_in(pledge, pledge.pool.price or 0),
        contact=Contact(**{name: getattr(pledge, name) for name in CONTACT}),
        key=f"pledge {pledge.public} {pledge.tried}",
        method=method,
        until=clock.now() + PATIENCE,
    )
    Pledge.objects.filter(pk=pledge.pk).update(purchase=purchase)
    return purchase


def agreed_in(pledge: Pledge, price: int) -> orders.Agreed:
    """What a pledge comes to at a price for each (minor units)."""
    return orders.Agreed(
        variant=pledge.variant,
        quantity=pledge.quantity,
        price=price,
        sending=pledge.sending,
        words=pledge.sending_words,
        origin=(Pledge.kind, pledge.pk),
        taxed=pledge.taxed,
    )


def _ask(pledge: Pledge, payment: Payment) -> provider.State:
    """Ask with a key of the payment's own. Who was asked before and did not answer may have charged: that is looked for
    first, as providers forget keys."""
    if pledge.asked is not None:
        for found in provider.charges_of(pledge.customer, payment.public):
            return found
    Pledge.objects.filter(pk=pledge.pk, asked=None).update(asked=clock.now())
    charge = provider.Charge(
        reference=payment.public,
        amount=payment.amount,
        currency=payment.currency,
        customer=pledge.customer,
        card=pledge.card,
        words=hall().name,
        key=f"charge-{payment.public}-{payment.attempt}",
    )
    return provider.charge_kept(charge)


@transaction.atomic
def _refused(pledge: Pledge, purchase: Purchase) -> None:
    """Nothing was charged. Its pieces stay kept: it may be paid by page until the grace ends. Unless it was paid after
    all, and the provider's word of that came first."""
    orders.give_up(purchase=purchase)
    if Payment.objects.get(pk=purchase.payment_id).state == Payment.PAID:
        mark_paid(purchase=purchase)
        return
    now = clock.now()
    refused = Pledge.objects.filter(pk=pledge.pk, state=Pledge.DUE, purchase=purchase)
    if refused.update(state=Pledge.FAILING, refused=now, purchase=None, tried=pledge.tried + 1, **work.anew(now)):
        record(verbs.FAILED, by=the_hall(), on=pledge)


# ---- the grace


@transaction.atomic
def pay_by_page(*, by: Profile, pledge: Pledge) -> Purchase:
    """After a refused card: a purchase to be paid by the provider's page, as any other. One that still waits to be paid
    is given again, and so is one that was paid. Refused when the grace is over."""
    if pledge.person_id != by.pk:
        raise NotAllowed(_("This is not your pledge."))
    Pledge.objects.filter(pk=pledge.pk, state=Pledge.FAILING).update(state=Pledge.FAILING)  # another press waits here
    pledge = _pledge(pledge.pk)
    if pledge.state != Pledge.FAILING:
        raise Refusal(_("There is nothing to pay here."))
    if pledge.purchase and pledge.purchase.payment.state != Payment.ENDED:
        if pledge.purchase.payment.state == Payment.PAID:  # and nobody told the pledge yet
            mark_paid(purchase=pledge.purchase)
        return pledge.purchase
    if clock.now() >= pledge.grace_ends:
        raise Refusal(_("The time to pay is over."))
    pledge.tried += 1
    Pledge.objects.filter(pk=pledge.pk).update(tried=pledge.tried, **work.anew(clock.now()))
    return _place(pledge, Payment.CARD)


def _wait_for_page(pledge: Pledge) -> None:
    purchase = pledge.purchase
    if purchase is not None:
        if purchase.payment.state == Payment.PAID:
            mark_paid(purchase=purchase)
            return
        if purchase.payment.state == Payment.OPEN:
            raise work.Later(30)
        # It was not paid by its page in time: there may be another try.
        Pledge.objects.filter(pk=pledge.pk, state=Pledge.FAILING, purchase=purchase).update(purchase=None)
    left = (pledge.grace_ends - clock.now()).total_seconds()
    if left > 0:
        raise work.Later(min(left + 1, 3600))
    _drop(pledge)


@transaction.atomic
def _drop(pledge: Pledge) -> None:
    waiting = Pledge.objects.filter(pk=pledge.pk, state__in=(Pledge.DUE, Pledge.FAILING), purchase=None)
    if waiting.update(state=Pledge.DROPPED, **work.anew(clock.now())):
        stock.release(owner_kind=Pledge.kind, owner_id=pledge.pk)
        record(verbs.DROPPED, by=the_hall(), on=pledge)
        _see_whether_all_is_done(pledge.pool_id)


@transaction.atomic
def mark_paid(*, purchase: Purchase) -> None:
    """The purchase of a pledge was paid, whoever learned of it. Any number of times."""
    pledge = Pledge.objects.select_related("person").filter(purchase=purchase).first()
    if pledge is None:
        return
    owed = Pledge.objects.filter(pk=pledge.pk, state__in=(Pledge.DUE, Pledge.FAILING))
    if owed.update(state=Pledge.PAID, **work.anew(clock.now())):
        record(verbs.PAID, by=pledge.person, on=pledge)
        _see_whether_all_is_done(pledge.pool_id)


def _see_whether_all_is_done(pool: int) -> None:
    """The last one need not wait for the end of the grace; of two at once the worker at its end is sure to see it."""
    if not Pledge.objects.filter(pool=pool, state__in=(Pledge.DUE, Pledge.FAILING)).exists():
        Pool.objects.filter(pk=pool, stage=Pool.WON).update(**work.anew(clock.now()))


# ---- afterwards


@transaction.atomic
def _give_back(pledge: Pledge) -> None:
    for order in Order.objects.filter(purchase=pledge.purchase_id).select_related("brand", "purchase"):
        orders.undo(order=order)
    if unsent(Order.objects.filter(purchase=pledge.purchase_id)).exists():
        raise work.Later(5)  # a parcel left at the very moment: what stays is counted anew
    returning = Pledge.objects.filter(pk=pledge.pk, state=Pledge.RETURNING)
    returning.update(state=Pledge.RETURNED, **work.anew(clock.now()))


def _forget(pledge: Pledge) -> None:
    """The card is needed no more: neither the provider nor we keep it. A page that still waits for one is closed."""
    customer, was_given = pledge.customer, False
    if not customer and pledge.session:
        provider.end_session(pledge.session)
        kept = provider.card_kept(pledge.session)
        customer, was_given = kept.customer, kept.done
    if customer:
        provider.forget_card(customer)
    _note_forgotten(pledge, was_given and pledge.pool.stage != Pool.OPEN)


@transaction.atomic
def _note_forgotten(pledge: Pledge, was_late: bool) -> None:
    """Who gave a card that nobody heard of before the decision is told that it counted for nothing."""
    over = Pledge.objects.filter(pk=pledge.pk, state__in=Pledge.OVER)
    known = over.filter(session=pledge.session, customer=pledge.customer)
    if known.update(customer="", card="", session="", page="", due=work.NEVER) and was_late:
        record(verbs.RELEASED, by=the_hall(), on=pledge)
